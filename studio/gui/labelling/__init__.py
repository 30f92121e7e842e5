"""What the page Label is made of."""
