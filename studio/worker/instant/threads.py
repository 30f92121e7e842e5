"""How many threads linear algebra uses here."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

__all__ = ["one_thread"]


def one_thread() -> AbstractContextManager[Any]:
    """Keep BLAS and OpenMP to one thread within a ``with``.

    Their threads wait by spinning. On two busy cores the instant model of digits took 2.7 s
    of processor time with two threads and 0.6 s with one; the result is also the same on
    machines of more cores.
    """
    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits
