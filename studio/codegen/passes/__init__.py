"""Changes of a graph that leave every result as it is, bit by bit."""
