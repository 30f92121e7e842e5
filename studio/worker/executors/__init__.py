"""Where trials run: one module an executor."""
