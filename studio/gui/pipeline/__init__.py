"""The project as a graph: what came from what, and what is out of date."""
