"""Saying what samples are: each action one durable change."""

from studio.labelling.assign import assign, clear

__all__ = ["assign", "clear"]
