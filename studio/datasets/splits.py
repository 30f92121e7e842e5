"""Dividing samples into training, validation and test, stratified and seeded."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from studio.domain.dataset import Split, SplitShares

__all__ = ["FEWEST_PER_CLASS", "split_by_content"]

FEWEST_PER_CLASS = 3
"""Distinct samples a class needs: one for each side."""


def split_by_content(
    samples: Iterable[tuple[str, str]], *, seed: int, shares: SplitShares
) -> Mapping[tuple[str, str], Split]:
    """Return the side of every ``(class name, sample digest)``.

    Within a class the samples are put in the order of a hash of seed and content, and cut at
    the shares. So the split depends on nothing but content, class and seed: not on file
    names, not on the order of import; and copies of one picture stand on one side.

    Args:
        samples: Pairs of class name and sample digest; each class needs at least
            `FEWEST_PER_CLASS` distinct digests.
        seed: Any whole number.
        shares: What part goes to validation and test; each side gets at least one.
    """
    by_class: dict[str, set[str]] = defaultdict(set)
    for class_name, digest in samples:
        by_class[class_name].add(digest)
    sides: dict[tuple[str, str], Split] = {}
    for class_name, digests in by_class.items():
        order = sorted(digests, key=lambda digest: _shuffle_key(seed, digest))
        test = _part(len(order), shares.test)
        validation = _part(len(order), shares.validation)
        for position, digest in enumerate(order):
            sides[class_name, digest] = _side(position, test, validation)
    return sides


def _part(total: int, share: float) -> int:
    return max(1, round(total * share))


def _side(position: int, test: int, validation: int) -> Split:
    if position < test:
        return Split.TEST
    return Split.VALIDATION if position < test + validation else Split.TRAIN


def _shuffle_key(seed: int, digest: str) -> bytes:
    return hashlib.sha256(f"{seed}:{digest}".encode()).digest()
