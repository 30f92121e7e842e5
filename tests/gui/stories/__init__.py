"""Whole stories: a person, a window, a real project and a real worker."""
