"""The project file: schema steps, blobs, and a repository per noun."""
