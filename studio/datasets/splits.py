"""Dividing samples into training, validation and test: honest, stratified, seeded, and lasting.

What was taken in one go, and what are copies of each other, stands on one side. A sample that
an earlier dataset version put on a side never changes it: not when samples are added, removed
or labelled anew. Where sessions learned of later join samples that stand on different sides,
the fewer are left out rather than moved. A class of fewer than three sessions cannot be judged
honestly; its sessions are divided (still keeping copies together), and that is said.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from studio.datasets.balance import SIDES, Part, place
from studio.datasets.chains import Chains
from studio.domain.dataset import Split, SplitShares

__all__ = ["FEWEST_PER_CLASS", "Divided", "SplitPlan", "plan_split"]

FEWEST_PER_CLASS = 3
"""Distinct samples a class needs: one for each side."""


class Divided(IntEnum):
    """What had to be divided so that a class is on every side."""

    NOTHING = 0
    SESSIONS = 1
    COPIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPlan:
    """Where every sample stands.

    Attributes:
        sides: Side by sample digest.
        left_out: Digests that stand on no side, because they belong with samples on another
            side than the one they had before.
        divided: By class, what had to be divided for it; classes not named are honest.
        groups: What was kept together, as lists of digests.
    """

    sides: Mapping[str, Split]
    left_out: frozenset[str]
    divided: Mapping[str, Divided]
    groups: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Draft:
    """A part in the making: digests, and where they may go."""

    digests: list[str]
    level: Divided = Divided.NOTHING
    allowed: tuple[Split, ...] = SIDES


@dataclass(slots=True)
class _Planner:
    holds: Mapping[str, Mapping[str, int]]
    copies: Chains[str]
    remembered: Mapping[str, Split]
    drafts: list[_Draft]
    divided: dict[str, Divided] = field(default_factory=dict)

    def settle(self, draft: _Draft) -> tuple[Split | None, set[str]]:
        """Return the side a part must have, and who stood elsewhere before."""
        before = {d: self.remembered[d] for d in draft.digests if d in self.remembered}
        if not before:
            return None, set()
        counts = Counter(before.values())
        side = max(SIDES, key=lambda s: (counts[s], -SIDES.index(s)))
        return side, {digest for digest, stood in before.items() if stood is not side}

    def reaches_every_side(self, class_name: str) -> bool:
        """Return whether the parts of a class can be on all three sides."""
        fixed: set[Split] = set()
        free = 0
        for draft in self.drafts:
            side, elsewhere = self.settle(draft)
            kept = [d for d in draft.digests if d not in elsewhere]
            if not any(class_name in self.holds[digest] for digest in kept):
                continue
            free += side is None
            fixed |= {side} if side is not None else set()
            if len(fixed) + free >= len(SIDES):
                return True
        return False

    def divide(self, class_name: str, level: Divided) -> None:
        """Divide what a class has too little of, as little as possible."""
        self.divided[class_name] = level
        holding = [d for d in self.drafts if self._count(d, class_name)]
        # With two sessions the smaller one judges, and only the larger one is divided.
        spared = min(holding, key=lambda d: (self._count(d, class_name), min(d.digests)))
        two = len(holding) == 2 and level is Divided.SESSIONS
        for draft in holding:
            if two and draft is spared and self.settle(draft)[0] is None:
                draft.allowed = (Split.TEST,)
                continue
            self.drafts.remove(draft)
            allowed = (Split.VALIDATION, Split.TRAIN) if two else SIDES
            self.drafts.extend(self._pieces(draft, class_name, level, allowed))

    def _pieces(
        self, draft: _Draft, class_name: str, level: Divided, allowed: tuple[Split, ...]
    ) -> Iterable[_Draft]:
        mine = [d for d in draft.digests if class_name in self.holds[d]]
        rest = [d for d in draft.digests if class_name not in self.holds[d]]
        groups: dict[str, list[str]] = defaultdict(list)
        for digest in mine:
            groups[digest if level is Divided.COPIES else self.copies.find(digest)].append(digest)
        for group in groups.values():
            yield _Draft(group, level, allowed)
        if rest:
            yield _Draft(rest, draft.level, draft.allowed)

    def _count(self, draft: _Draft, class_name: str) -> int:
        return sum(self.holds[digest].get(class_name, 0) for digest in draft.digests)


def plan_split(
    classes: Mapping[str, str | Mapping[str, int]],
    *,
    sessions: Iterable[Sequence[str]] = (),
    copies: Iterable[tuple[str, str]] = (),
    remembered: Mapping[str, Split] = MappingProxyType({}),
    seed: int,
    shares: SplitShares,
) -> SplitPlan:
    """Divide samples.

    Without memory the plan depends on nothing but its arguments: not on file names, nor on
    the order of import.

    Args:
        classes: Class name by sample digest, or how much of which classes a recording with
            labelled stretches holds; each class has `FEWEST_PER_CLASS` digests or more.
        sessions: Digests taken in one go; digests not among the samples are passed over.
        copies: Pairs of digests that are copies.
        remembered: Sides earlier versions gave, by digest.
        seed: Any whole number; decides between equals.
        shares: What part goes to validation and test.
    """
    linked, close = Chains(sorted(classes)), Chains(sorted(classes))
    for first, second in copies:
        if first in classes and second in classes:
            linked.link(first, second)
            close.link(first, second)
    for session in sessions:
        linked.link_all(sorted(set(session) & set(classes)))
    groups = [sorted(group) for group in linked.groups()]
    holds = {d: {found: 1} if isinstance(found, str) else found for d, found in classes.items()}
    fresh = _planned(_Planner(holds, close, {}, list(map(_Draft, groups))), seed, shares)
    before = {digest: remembered[digest] for digest in classes if digest in remembered}
    if all(fresh.sides.get(digest) is side for digest, side in before.items()):
        return fresh  # also what was divided of need is divided again, and nobody left out
    return _planned(_Planner(holds, close, before, list(map(_Draft, groups))), seed, shares)


def _planned(planner: _Planner, seed: int, shares: SplitShares) -> SplitPlan:
    for class_name in _names(planner.holds):
        for level in (Divided.SESSIONS, Divided.COPIES):
            if planner.reaches_every_side(class_name):
                break
            planner.divide(class_name, level)
    found = _placed(planner, seed, shares)
    while lacking := _lacking(found, planner.holds):
        # Sessions across classes can stand in each other's way; then the first gives in.
        name = lacking[0]
        level = planner.divided.get(name, Divided.NOTHING)
        planner.divide(name, Divided.SESSIONS if level is Divided.NOTHING else Divided.COPIES)
        found = _placed(planner, seed, shares)
        if level is Divided.COPIES:
            break
    return found


def _names(holds: Mapping[str, Mapping[str, int]]) -> list[str]:
    return sorted({name for found in holds.values() for name in found})


def _lacking(plan: SplitPlan, holds: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Return the classes that are not on every side."""
    sides: dict[str, set[Split]] = defaultdict(set)
    for digest, side in plan.sides.items():
        for name in holds[digest]:
            sides[name].add(side)
    return [name for name in _names(holds) if len(sides[name]) < len(SIDES)]


def _placed(planner: _Planner, seed: int, shares: SplitShares) -> SplitPlan:
    drafts = sorted(planner.drafts, key=lambda draft: _shuffle_key(seed, min(draft.digests)))
    parts: list[Part] = []
    left_out: set[str] = set()
    for draft in drafts:
        side, elsewhere = planner.settle(draft)
        left_out |= elsewhere
        kept = [digest for digest in draft.digests if digest not in elsewhere]
        counts: Counter[str] = Counter()
        for digest in kept:
            counts.update(planner.holds[digest])
        key = _shuffle_key(seed, min(draft.digests))
        parts.append(Part(key=key, counts=counts, side=side, allowed=draft.allowed))
    sides = place(parts, shares)
    return SplitPlan(
        sides={
            digest: side
            for draft, side in zip(drafts, sides, strict=True)
            for digest in draft.digests
            if digest not in left_out
        },
        left_out=frozenset(left_out),
        divided=dict(planner.divided),
        groups=tuple(tuple(draft.digests) for draft in drafts),
    )


def _shuffle_key(seed: int, digest: str) -> bytes:
    return hashlib.sha256(f"{seed}:{digest}".encode()).digest()
