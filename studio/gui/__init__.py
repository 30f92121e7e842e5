"""The window: shows what the session knows and passes on what the person asks.

Importing this package is cheap; Qt is loaded by `studio.gui.application`.
"""
