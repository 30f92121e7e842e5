"""Qt models over the records of the project."""
