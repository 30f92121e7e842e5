"""What is to be told of each sample: its class, the classes of its stretches, or an amount."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.datasets.material import Material
from studio.datasets.splits import FEWEST_PER_CLASS
from studio.domain.errors import DatasetError
from studio.domain.sample import RecordingFacts, RowFacts, Sample, SampleKind, TimeRange
from studio.store import regions, tables
from studio.tasks import Goal, find_task
from studio.tasks.rows import target_column

__all__ = ["Answer", "Answers", "amount_of", "answers_of"]

_MOST_BINS = 10
_FEWEST_IN_BIN = 6
"""Amounts are divided like classes: in tenths, or fewer of them with few rows."""

_JUST_TOUCHING_S = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is to be told of one sample, or of one stretch of it.

    Attributes:
        sample: The sample.
        class_name: Its class; ``""`` where an amount is told.
        amount: The amount, or None.
        range_s: Start and end of the stretch in seconds; None for the whole sample.
    """

    sample: Sample
    class_name: str = ""
    amount: float | None = None
    range_s: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of a project's samples, and what a split balances.

    Attributes:
        each: In the order of the samples; stretches of one in the order of time.
        holds: By sample digest, how much of which class it holds: 1 of a class, or seconds
            of several; of amounts the tenth they are in.
        mostly: By sample id, what it mostly is.
    """

    each: tuple[Answer, ...]
    holds: Mapping[str, Mapping[str, int]]
    mostly: Mapping[int, str]

    @property
    def samples(self) -> list[Sample]:
        """The samples there is an answer for, once each, in order."""
        return list({answer.sample.id: answer.sample for answer in self.each}.values())


def answers_of(material: Material) -> Answers:
    """Return what is to be told, as the project's task wants it.

    Stretches go before the label of a whole recording: they say more exactly what it is. What
    lies outside them has no answer, nor has a row without an amount.

    Raises:
        DatasetError: ``dataset.overlapping_stretches``.
    """
    task = find_task(material.project.property("task"))
    return _amounts(material) if task.goal is Goal.REGRESSION else _classes(material)


# Classes


def _classes(material: Material) -> Answers:
    recordings = [sample.id for sample in material.of_kind(SampleKind.RECORDING)]
    stretches: dict[int, list[TimeRange]] = defaultdict(list)
    if recordings:
        for region in regions.of_samples(material.project, recordings):
            if isinstance(region.shape, TimeRange):
                stretches[region.sample_id].append(region.shape)
    each: list[Answer] = []
    for sample in material.samples:
        if sample.id in stretches:
            each.extend(_of_stretches(sample, stretches[sample.id]))
        elif sample.class_name is not None:
            each.append(Answer(sample=sample, class_name=sample.class_name))
    seconds = _held(each) if stretches else {}
    holds: dict[str, dict[str, int]] = defaultdict(dict)
    for answer in each:
        share = seconds.get((answer.sample.id, answer.class_name), 1)
        holds[answer.sample.digest].setdefault(answer.class_name, share)
    mostly = {
        answer.sample.id: max(holds[answer.sample.digest].items(), key=lambda pair: pair[1])[0]
        if answer.range_s
        else answer.class_name
        for answer in each
    }
    return Answers(each=tuple(each), holds=holds, mostly=mostly)


def _of_stretches(sample: Sample, given: Sequence[TimeRange]) -> Iterator[Answer]:
    """Yield the stretches of a recording; those of one class that overlap are one."""
    ordered = sorted(given, key=lambda shape: (shape.start_s, shape.end_s))
    name, start, end = ordered[0].class_name, ordered[0].start_s, ordered[0].end_s
    for shape in ordered[1:]:
        if shape.start_s >= end - _JUST_TOUCHING_S:
            yield Answer(sample=sample, class_name=name, range_s=(start, end))
            name, start, end = shape.class_name, shape.start_s, shape.end_s
        elif shape.class_name == name:
            end = max(end, shape.end_s)
        else:
            raise DatasetError(
                f"Stretches of {sample.name!r} overlap: at {shape.start_s:.3f} s it is both"
                f" {name!r} and {shape.class_name!r}.",
                "Make one of them shorter, or take it away.",
                code="dataset.overlapping_stretches",
            )
    yield Answer(sample=sample, class_name=name, range_s=(start, end))


def _held(each: Sequence[Answer]) -> dict[tuple[int, str], int]:
    """Return whole seconds of each class in each recording, one at least."""
    seconds: Counter[tuple[int, str]] = Counter()
    for answer in each:
        facts = answer.sample.facts
        whole = (facts.seconds or 1.0) if isinstance(facts, RecordingFacts) else 1.0
        start, end = answer.range_s or (0.0, whole)
        seconds[answer.sample.id, answer.class_name] += max(1, round(end - start))
    return dict(seconds)


# Amounts


def _amounts(material: Material) -> Answers:
    found, values = material.rows
    types = tables.all_columns(material.project)
    targets = {table: target_column(columns) for table, columns in types.items()}
    each = []
    for sample, row in zip(found, values, strict=True):
        column = targets.get(sample.facts.table, "") if isinstance(sample.facts, RowFacts) else ""
        amount = amount_of(row.get(column))
        if amount is not None:
            each.append(Answer(sample=sample, amount=amount))
    bins = _bins({answer.sample.digest: answer.amount or 0.0 for answer in each})
    return Answers(
        each=tuple(each),
        holds={digest: {name: 1} for digest, name in bins.items()},
        mostly={answer.sample.id: bins[answer.sample.digest] for answer in each},
    )


def amount_of(cell: object) -> float | None:
    """Return what a cell of the target column says as an amount; None where it says none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    # No double is larger; a whole number that is cannot be learned either.
    return float(cell) if abs(cell) <= sys.float_info.max else None


def _bins(amounts: Mapping[str, float]) -> dict[str, str]:
    """Return the name of the bin of each amount: as many in each, equal ones in one."""
    ordered = sorted(amounts.items(), key=lambda pair: (pair[1], pair[0]))
    count = max(1, min(_MOST_BINS, len(ordered) // _FEWEST_IN_BIN))
    rank: dict[float, int] = {}
    for number, (_, amount) in enumerate(ordered):
        rank.setdefault(amount, number)
    groups: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for digest, amount in ordered:
        groups[rank[amount] * count // len(ordered)].append((digest, amount))
    joined: list[list[tuple[str, float]]] = []
    for _, group in sorted(groups.items()):
        if joined and min(len(group), len(joined[-1])) < FEWEST_PER_CLASS:
            joined[-1] += group
        else:
            joined.append(group)
    return {digest: _bin_name(group) for group in joined for digest, _ in group}


def _bin_name(group: Sequence[tuple[str, float]]) -> str:
    low, high = group[0][1], group[-1][1]
    return f"{low:.6g}" if low == high else f"{low:.6g} to {high:.6g}"
