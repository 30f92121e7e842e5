"""Classes that may be one: no import brought both, and their names are alike."""

from __future__ import annotations

import re
import shlex
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

from studio.datasets.health._check import ANY_KIND, Check
from studio.datasets.material import Material
from studio.domain.health import ActionKind, HealthFinding, Severity, SuggestedAction
from studio.domain.operation import OperationState
from studio.domain.sample import RowFacts, Sample
from studio.store import history
from studio.store.project_file import ProjectFile

__all__ = ["ENTRY", "one_under_two_names"]

_OTHERWISE = frozenset(
    {"no", "non", "not", "without", "un", "anti", "half", "semi", "partly", "partially"}
    | {"over", "under", "pre", "post", "early", "late"}
    | {"없음", "없는", "안", "비", "반", "미"}
)
"""Words that make of a name the name of something else: "not ripe", "half ripe"."""

_FEWEST_LETTERS = 3
_FEWEST_SIGNS = 2
"""Letters a name has at least to be looked for in another: Latin ones, or others, which say
more each. "A" or "ok" in a longer name says nothing."""


def one_under_two_names(places: Mapping[str, Collection[Hashable]]) -> list[tuple[str, ...]]:
    """Return groups of class names that may mean one class.

    Two names are alike when they are the same but for case, spaces and punctuation, or one
    holds the words of the other in a row and no word or number that makes it something else.
    A group is told only when no source has two of its classes: whoever writes "leaf" and
    "leaf rust" side by side means two things.

    Args:
        places: The sources each class occurs in.
    """
    same = _groups(list(places), places, _same)
    told = {name for group in same for name in group}
    others = [name for name in places if name not in told]
    return same + _groups(others, places, _holds)


def _groups(
    names: Sequence[str],
    places: Mapping[str, Collection[Hashable]],
    alike: Callable[[str, str], bool],
) -> list[tuple[str, ...]]:
    """Return the names that are alike, directly or by way of others, where sources allow it."""
    left, found = list(names), []
    while left:
        group = [left.pop(0)]
        for one in group:  # grows while it is gone through
            more = [name for name in left if alike(one, name)]
            group += more
            left = [name for name in left if name not in more]
        met = Counter(place for name in group for place in set(places[name]))
        if len(group) > 1 and max(met.values(), default=0) <= 1:
            found.append(tuple(group))
    return found


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("_", " ")
    return re.findall(r"[^\W\d]+|\d+", plain)


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _same(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    # "1 2" is not "12", though "sea gull" is "seagull".
    alike = "".join(first) == "".join(second) and _numbers(first) == _numbers(second)
    return alike and bool(first)


def _holds(one: str, other: str) -> bool:
    short, long = sorted((_words(one), _words(other)), key=len)
    if not _says_enough(short) or _numbers(short) != _numbers(long):
        return False
    starts = range(len(long) - len(short) + 1)
    at = next((i for i in starts if long[i : i + len(short)] == short), None)
    if at is None:
        return False
    return not _OTHERWISE & {*long[:at], *long[at + len(short) :]}


def _says_enough(words: Sequence[str]) -> bool:
    letters = [sign for word in words for sign in word if not sign.isdigit()]
    fewest = _FEWEST_LETTERS if "".join(letters).isascii() else _FEWEST_SIGNS
    return len(letters) >= fewest


def _find(material: Material) -> Iterator[HealthFinding]:
    source_of = _sources(material.project)
    places: dict[str, set[Hashable]] = defaultdict(set)
    samples: dict[str, list[int]] = defaultdict(list)
    for sample in material.samples:
        if sample.class_name is not None:
            places[sample.class_name].add(source_of(sample))
            samples[sample.class_name].append(sample.id)
    for group in one_under_two_names(places):
        yield _finding(group, samples)


def _sources(project: ProjectFile) -> Callable[[Sample], Hashable]:
    """Return what tells which source a sample is from: its table, or else its import.

    Imports whose step is no longer kept count as one source.
    """
    ranges: list[tuple[int, int, int]] = []
    for step in history.latest(project, history.STEPS):
        if step.kind == "import" and step.state is OperationState.DONE:
            inserted = (e for e in history.log_of(project, step.id) if e["table"] == "samples")
            ranges += [(low, high, step.id) for e in inserted for low, high in e.get("ids", ())]
    ranges.sort()
    starts = [low for low, _, _ in ranges]

    def source_of(sample: Sample) -> Hashable:
        if isinstance(sample.facts, RowFacts):
            return sample.facts.table
        at = bisect_right(starts, sample.id) - 1
        return ranges[at][2] if at >= 0 and sample.id <= ranges[at][1] else 0

    return source_of


def _finding(group: tuple[str, ...], samples: Mapping[str, Sequence[int]]) -> HealthFinding:
    into = max(group, key=lambda name: (len(samples[name]), -len(name)))
    others = [name for name in group if name != into]
    ids = [id for name in others for id in samples[name]]
    names = " and ".join(map(repr, (into, *others)))
    command = f"classes PROJECT --merge {shlex.join([*others, into])}"
    return HealthFinding(
        code="health.one_class_two_names",
        severity=Severity.WARNING,
        title="One class under two names?",
        sentence=f"{names} never come from the same import, and are alike. Do they mean the"
        f" same? Then one class is better: `{command}` merges them.",
        sample_ids=tuple(ids),
        action=SuggestedAction(kind=ActionKind.MERGE_CLASSES, sample_ids=tuple(ids), target=into),
        figures={"classes": len(group), "samples": len(ids)},
    )


ENTRY = Check(id="class-names", title="Names of classes", kinds=ANY_KIND, find=_find)
