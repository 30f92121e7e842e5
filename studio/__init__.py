"""Edge AutoML Studio: from labelled samples to a model proved on a device."""

__version__ = "0.1.0"
