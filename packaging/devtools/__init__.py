"""What ``packaging/dev.py`` does: environment, locked requirements, checks, demo."""
