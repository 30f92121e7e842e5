"""Names that end in a number, in the order of their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from studio.datasets.evidence._evidence import Trace

__all__ = ["base_name", "numbered_runs"]

_NUMBERED = re.compile(r"(.*?)(\d{1,15})(?:\.[^.]*)?")


def numbered_runs(traces: Sequence[Trace]) -> Iterable[list[tuple[int, int]]]:
    """Return runs of ``(number, position)``, sorted.

    One run over several folders if no number comes twice: then one device has counted.
    """
    by_prefix: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for position, trace in enumerate(traces):
        folder, _, file = trace.name.rpartition("/")
        match = _NUMBERED.fullmatch(file)
        if match:
            by_prefix[match[1]][folder].append((int(match[2]), position))
    for folders in by_prefix.values():
        together = sorted(place for run in folders.values() for place in run)
        once = len({number for number, _ in together}) == len(together)
        yield from [together] if once else [sorted(run) for run in folders.values()]


def base_name(trace: Trace) -> str:
    """Return the name of a sample without its folder and ending."""
    return trace.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
