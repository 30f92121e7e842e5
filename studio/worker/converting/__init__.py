"""From a trained network to files: passes over the network, converters, and what helps them."""
