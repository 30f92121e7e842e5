"""A part of the file name that several samples of a class share: a clip, a speaker, a subject.

``clip03_frame_0001`` is clip 03; ``george_five_02`` among fives is george. The number a name
ends with is a counter and never a session; neither is a part that only repeats the class.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.datasets.evidence._evidence import Clues, Evidence, Hint, Trace, tells_apart

__all__ = ["ENTRY"]

_DIGEST = re.compile(r"[0-9a-fA-F]{8,}(-[0-9a-fA-F]{4,})*")
"""A name made by a program to be different from all others: its parts mean nothing."""

_FIELD = re.compile(r"\d+|[^\W\d_]+")

_PERSONS = frozenset({
    "s", "p", "id", "subject", "subj", "sub", "person", "participant", "user", "speaker", "spk",
    "patient", "volunteer", "animal", "plant", "dog", "cat", "tree", "사람", "참가자", "화자",
    "환자",
})  # fmt: skip
"""Words before a number that make it the same one in every class."""

_TAKES = frozenset({
    "clip", "video", "vid", "movie", "seq", "sequence", "session", "sess", "scene", "burst",
    "rec", "recording", "take", "run", "day", "trial", "track", "part", "batch", "lot", "영상",
    "세션", "녹음",
})  # fmt: skip
"""Words before a number that make it a take."""

_FEWEST_VALUES = 3
"""A part with two values is more often left and right, or two cameras, than two sessions."""


@dataclass(frozen=True, slots=True)
class _Field:
    """One part of a file name: its text, what precedes it, and the name up to its end."""

    text: str
    before: str
    prefix: str

    @property
    def label(self) -> str:
        return self.before.casefold()

    @property
    def session(self) -> str:
        """What the part is called when it is a session."""
        if not self.text.isdigit():
            return self.text
        return self.before + self.text if self.label in _PERSONS else self.prefix


def _find(traces: Sequence[Trace], clues: Clues) -> Mapping[int, Hint]:
    hints: dict[int, Hint] = {}
    for alike in _by_shape(traces):
        fields = {trace.id: _fields(trace.name) for trace in alike}
        position = _session_field(alike, fields)
        if position is not None:
            hints.update(_hints(alike, {t.id: fields[t.id][position] for t in alike}))
    return hints


def _by_shape(traces: Sequence[Trace]) -> Iterable[list[Trace]]:
    """Group names that are built alike: letters and digits in the same places."""
    shapes: dict[tuple[bool, ...], list[Trace]] = defaultdict(list)
    for trace in traces:
        shapes[tuple(field.text.isdigit() for field in _fields(trace.name))].append(trace)
    return shapes.values()


def _fields(name: str) -> list[_Field]:
    stem = unicodedata.normalize("NFC", name.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    found: list[_Field] = []
    if _DIGEST.fullmatch(stem):
        return found
    for match in _FIELD.finditer(stem):
        before = found[-1].text if found else ""
        found.append(_Field(match.group(), before, stem[: match.end()]))
    return found


def _session_field(traces: Sequence[Trace], fields: Mapping[int, list[_Field]]) -> int | None:
    """Return which part of the name names the session: names go from coarse to fine."""
    shape = fields[traces[0].id]
    counter = len(shape) - 1 if shape and shape[-1].text.isdigit() else -1
    useful = [
        position
        for position in range(len(shape))
        if position != counter
        and tells_apart((t.class_name or "", fields[t.id][position].text) for t in traces)
    ]
    ranks = [(_rank(position, traces, fields), position) for position in useful]
    return min(ranks)[1] if ranks else None


def _rank(
    position: int, traces: Sequence[Trace], fields: Mapping[int, list[_Field]]
) -> tuple[bool, bool, bool, int]:
    found = [fields[trace.id][position] for trace in traces]
    labels = {field.label for field in found if field.text.isdigit()}
    return (
        not labels & _PERSONS,
        not labels & _TAKES,
        len({field.text for field in found}) < _FEWEST_VALUES,
        position,
    )


def _hints(traces: Sequence[Trace], chosen: Mapping[int, _Field]) -> Mapping[int, Hint]:
    """Name the sessions; the same one in two classes, unless the very same names recur there.

    ``leaf/clip1_1`` and ``rust/clip1_2`` are frames of one clip; where ``rust/clip1_1`` exists
    too, every class has been numbered for itself.
    """
    stems: dict[str, set[str]] = defaultdict(set)
    for trace in traces:
        stems[trace.name.rsplit("/", 1)[-1]].add(trace.class_name or "")
    apart = any(len(classes) > 1 for classes in stems.values())
    hints = {}
    for trace in traces:
        field = chosen[trace.id]
        everywhere = not field.text.isdigit() or field.label in _PERSONS
        scope = "" if everywhere or not apart else f"{trace.class_name}: "
        hints[trace.id] = Hint(scope + field.session, f"Their file names share {field.session!r}.")
    return hints


ENTRY = Evidence(id="names", title="Parts of the file name", order=10, find=_find)
