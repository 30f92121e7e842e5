"""Counting what a model got right and wrong."""

from studio.evaluation.counting import evaluate

__all__ = ["evaluate"]
