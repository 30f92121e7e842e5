"""Splits are stratified, seeded, and keep copies together."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from studio.datasets.splits import FEWEST_PER_CLASS, split_by_content
from studio.domain.dataset import Split, SplitShares

SHARES = SplitShares()
pools = st.dictionaries(
    st.sampled_from(["leaf", "rust", "mite"]),
    st.sets(st.integers(0, 10**6).map(str), min_size=FEWEST_PER_CLASS, max_size=60),
    min_size=1,
)


def pairs(pool: dict[str, set[str]]) -> list[tuple[str, str]]:
    return [(name, digest) for name, digests in pool.items() for digest in sorted(digests)]


@given(pools, st.integers(0, 2**31))
def test_every_class_is_on_every_side_in_its_share(pool: dict[str, set[str]], seed: int) -> None:
    sides = split_by_content(pairs(pool), seed=seed, shares=SHARES)
    counts: dict[str, Counter[Split]] = defaultdict(Counter)
    for (name, _), side in sides.items():
        counts[name][side] += 1
    for name, digests in pool.items():
        assert set(counts[name]) == set(Split)
        for side in (Split.VALIDATION, Split.TEST):
            assert abs(counts[name][side] - 0.2 * len(digests)) <= 1


@given(pools, st.integers(0, 2**31), st.randoms())
def test_the_order_of_import_changes_nothing(pool, seed, random) -> None:  # type: ignore[no-untyped-def]
    given_order = pairs(pool)
    shuffled = [*given_order, *given_order]
    random.shuffle(shuffled)
    first = split_by_content(given_order, seed=seed, shares=SHARES)
    assert split_by_content(shuffled, seed=seed, shares=SHARES) == first


def test_the_seed_changes_the_split() -> None:
    pool = pairs({"leaf": {str(n) for n in range(50)}})
    splits = [split_by_content(pool, seed=seed, shares=SHARES) for seed in (1, 2)]
    assert splits[0] != splits[1]
