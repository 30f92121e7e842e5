"""Folders below the class: ``leaf/tuesday/a.png``, ``leaf/wednesday/b.png``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.datasets.evidence._evidence import Clues, Evidence, Hint, Trace, tells_apart

__all__ = ["ENTRY"]


def _find(traces: Sequence[Trace], clues: Clues) -> Mapping[int, Hint]:
    """Take the first level of folders below the class that divides the classes."""
    folders = {trace.id: _below_class(trace) for trace in traces}
    for level in range(max((len(parts) for parts in folders.values()), default=0)):
        named = [trace for trace in traces if len(folders[trace.id]) > level]
        keys = ((t.class_name or "", folders[t.id][level]) for t in named)
        if tells_apart(keys):
            return {t.id: _hint("/".join(folders[t.id][: level + 1])) for t in named}
    return {}


def _hint(folder: str) -> Hint:
    return Hint(folder, f"They lie together in the folder {folder!r}.")


def _below_class(trace: Trace) -> tuple[str, ...]:
    parts = trace.name.split("/")[:-1]
    return tuple(parts[1:] if parts and parts[0] == trace.class_name else parts)


ENTRY = Evidence(id="folders", title="Folders below the class", order=20, find=_find)
