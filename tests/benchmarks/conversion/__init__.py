"""Float against each recipe; see recipes.py."""
