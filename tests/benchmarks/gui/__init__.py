"""The window against what people would use instead: time to a usable window, and memory."""
