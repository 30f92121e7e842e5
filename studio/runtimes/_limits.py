"""Limits that a child process sets itself before it looks at anybody's model."""

from __future__ import annotations

import os
import threading
import time

__all__ = ["follow_parent", "limit"]


def limit(memory_bytes: int) -> None:
    """Limit this process's address space, and let it leave no picture of its memory."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def follow_parent() -> None:
    """End this process within a second or two of its parent's end."""
    # The end of input is missed while a model is being worked on, and when another child of
    # the same parent happens to hold the pipe open.
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
