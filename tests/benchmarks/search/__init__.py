"""The search against what people would use instead; see README.md."""
