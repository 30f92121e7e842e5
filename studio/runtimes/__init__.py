"""What runs a model on a device: one module per runtime, each with an ``ENTRY``."""
