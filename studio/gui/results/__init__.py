"""What the chosen model gets right and wrong, how sure it is, and where it looks."""
