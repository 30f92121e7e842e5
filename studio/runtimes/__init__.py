"""What runs a model on a device: one module per runtime, each with an ``ENTRY``."""

from studio.registry import Registry
from studio.runtimes._runtime import Runtime

__all__ = ["RUNTIMES", "Runtime"]

RUNTIMES: Registry[Runtime] = Registry(__name__)
