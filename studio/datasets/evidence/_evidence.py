"""The record every kind of evidence fills in, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from studio.datasets.ends import Ends

__all__ = ["NO_CLUES", "Clues", "Content", "Evidence", "Hint", "Trace", "tells_apart"]

Content = NDArray[np.float32] | None
"""float32 ``(samples, features)``: colours and shapes of pictures, or None if not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What the samples themselves show, beside what is known of where they come from.

    Attributes:
        content: Colours and shapes, a row a trace; None unless all are pictures.
        grey: uint8 ``(samples, side, side)``, a row a trace; None unless all are pictures.
        ends: How recordings begin and end, by sample id.
    """

    content: Content = None
    grey: NDArray[np.uint8] | None = None
    ends: Mapping[int, Ends] = field(default_factory=dict)


NO_CLUES = Clues()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known of where a sample comes from.

    Attributes:
        id: Row number in the project.
        name: Path inside what was imported, with forward slashes.
        class_name: Its class, or None.
        taken_at: When it was taken, ISO 8601, or None.
        session: The session it was given, or None.
    """

    id: int
    name: str
    class_name: str | None = None
    taken_at: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """The session a sample seems to belong to, and why, in one sentence."""

    session: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A kind of evidence.

    Attributes:
        id: Stable name.
        title: For the person: where the sessions come from.
        order: The lower, the stronger; the strongest that says anything decides.
        find: From traces, and what the samples show, to hints by sample id.
            Silence on a sample means that nothing is known, not that it stands alone.
    """

    id: str
    title: str
    order: int
    find: Callable[[Sequence[Trace], Clues], Mapping[int, Hint]]


def tells_apart(keys: Iterable[tuple[str, str]]) -> bool:
    """Return whether a grouping can be sessions: several in a class, several samples each.

    Args:
        keys: Class and group of every sample. A group that is nothing but the class again,
            or a number that every sample has for itself, tells nothing.
    """
    pairs = sorted(keys)
    groups = {pair: len(list(found)) for pair, found in groupby(pairs)}
    if not groups:
        return False
    classes = {class_name for class_name, _ in groups}
    divided = sum(1 for name in classes if sum(class_name == name for class_name, _ in groups) > 1)
    return divided * 2 > len(classes) and len(pairs) >= 2 * len(groups)
