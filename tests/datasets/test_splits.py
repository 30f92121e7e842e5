"""Splits are honest, stratified and seeded, and nobody ever changes sides."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.datasets.balance import target_counts
from studio.datasets.splits import FEWEST_PER_CLASS, Divided, SplitPlan, plan_split
from studio.domain.dataset import Split, SplitShares

SHARES = SplitShares()
NAMES = ["leaf", "rust", "mite"]
pools = st.dictionaries(
    st.sampled_from(NAMES),
    st.sets(st.integers(0, 10**6), min_size=FEWEST_PER_CLASS, max_size=60),
    min_size=1,
).map(lambda pool: {f"{name}{n}": name for name, numbers in pool.items() for n in numbers})
seeds = st.integers(0, 2**31)


def plan(classes: Mapping[str, str], seed: int = 1, **more) -> SplitPlan:  # type: ignore[no-untyped-def]
    return plan_split(classes, seed=seed, shares=SHARES, **more)


def counted(found: SplitPlan, classes: Mapping[str, str]) -> dict[str, Counter[Split]]:
    counts: dict[str, Counter[Split]] = defaultdict(Counter)
    for digest, side in found.sides.items():
        counts[classes[digest]][side] += 1
    return counts


def sessions_of(classes: Mapping[str, str], number: int, seed: int) -> list[list[str]]:
    """Deal the samples into sessions of unequal sizes, across classes."""
    dice = random.Random(seed)
    dealt: dict[int, list[str]] = defaultdict(list)
    for digest in sorted(classes):
        dealt[int(number * dice.random() ** 2)].append(digest)
    return list(dealt.values())


@given(pools, seeds)
def test_every_class_is_on_every_side_in_its_share(classes: dict[str, str], seed: int) -> None:
    found = plan(classes, seed)
    assert set(found.sides) == set(classes)
    assert found.divided == {}
    for name, counts in counted(found, classes).items():
        total = sum(counts.values())
        assert total == sum(c == name for c in classes.values())
        assert set(counts) == set(Split)
        for side in (Split.VALIDATION, Split.TEST):
            assert counts[side] == target_counts(total, SHARES)[side]


@given(pools, seeds, st.integers(1, 12), st.randoms())
def test_the_order_of_import_changes_nothing(  # type: ignore[no-untyped-def]
    classes: dict[str, str], seed: int, number: int, dice
) -> None:
    sessions = sessions_of(classes, number, seed)
    first = plan(classes, seed, sessions=sessions)
    digests = list(classes)
    dice.shuffle(digests)
    dice.shuffle(sessions)
    again = plan({d: classes[d] for d in digests}, seed, sessions=sessions)
    assert again.sides == first.sides


def test_the_seed_changes_the_split() -> None:
    classes = {str(n): "leaf" for n in range(50)}
    assert plan(classes, 1).sides != plan(classes, 2).sides


@given(pools, seeds, st.integers(6, 20))
def test_a_session_stands_on_one_side(classes: dict[str, str], seed: int, number: int) -> None:
    sessions = sessions_of(classes, number, seed)
    found = plan(classes, seed, sessions=sessions)
    assert set(found.sides) == set(classes)
    for session in sessions:
        whole = [d for d in session if classes[d] not in found.divided]
        assert len({found.sides[d] for d in whole}) <= 1
    for counts in counted(found, classes).values():
        assert set(counts) == set(Split)


@settings(max_examples=20)
@given(seeds)
def test_shares_are_met_well_with_sessions_of_unequal_size(seed: int) -> None:
    dice = random.Random(seed)
    classes: dict[str, str] = {}
    sessions = []
    for number in range(60):
        members = [f"{number}-{n}" for n in range(dice.randint(1, 25))]
        favourite = dice.choice(NAMES)
        classes |= {m: favourite if dice.random() < 0.7 else dice.choice(NAMES) for m in members}
        sessions.append(members)
    found = plan(classes, seed, sessions=sessions)
    for counts in counted(found, classes).values():
        total = sum(counts.values())
        assert abs(counts[Split.TEST] / total - SHARES.test) < 0.05
        assert abs(counts[Split.VALIDATION] / total - SHARES.validation) < 0.05


@given(pools, seeds, st.integers(0, 30))
def test_copies_stand_on_one_side(classes: dict[str, str], seed: int, number: int) -> None:
    dice = random.Random(seed)
    digests = sorted(classes)
    copies = [(dice.choice(digests), dice.choice(digests)) for _ in range(number)]
    found = plan(classes, seed, copies=copies)
    for one, other in copies:
        if Divided.COPIES not in (
            found.divided.get(classes[one]),
            found.divided.get(classes[other]),
        ):
            same_class = classes[one] == classes[other]
            divided = classes[one] in found.divided or classes[other] in found.divided
            assert found.sides[one] is found.sides[other] or (divided and not same_class)


def test_one_session_of_a_class_is_divided_and_said() -> None:
    classes = {f"{name}{n}": name for name in ("leaf", "rust") for n in range(20)}
    one_go = [d for d in classes if d.startswith("leaf")]
    found = plan(classes, sessions=[one_go], copies=[(one_go[0], one_go[1])])
    assert found.divided == {"leaf": Divided.SESSIONS}
    assert set(counted(found, classes)["leaf"]) == set(Split)
    assert found.sides[one_go[0]] is found.sides[one_go[1]]


def test_of_two_sessions_the_smaller_one_tests() -> None:
    classes = {str(n): "leaf" for n in range(30)}
    small, large = [str(n) for n in range(8)], [str(n) for n in range(8, 30)]
    found = plan(classes, sessions=[small, large])
    assert found.divided == {"leaf": Divided.SESSIONS}
    assert {found.sides[d] for d in small} == {Split.TEST}
    assert {found.sides[d] for d in large} == {Split.TRAIN, Split.VALIDATION}


def test_a_class_of_copies_only_is_divided_and_said() -> None:
    classes = {str(n): "leaf" for n in range(9)}
    found = plan(classes, copies=[("0", str(n)) for n in range(1, 9)])
    assert found.divided == {"leaf": Divided.COPIES}
    assert set(found.sides.values()) == set(Split)


@given(pools, pools, seeds, seeds, st.data())
def test_nobody_ever_changes_sides(
    old: dict[str, str], new: dict[str, str], seed: int, other: int, data: st.DataObject
) -> None:
    """Adding, removing, relabelling, other sessions, another seed: whoever stays, stands."""
    first = plan(old, seed, sessions=sessions_of(old, data.draw(st.integers(1, 10)), seed))
    kept = {d: c for d, c in old.items() if data.draw(st.booleans())}
    relabelled = {d: data.draw(st.sampled_from(NAMES)) for d in kept}
    later = {**new, **relabelled}
    later = {d: c for d, c in later.items() if Counter(later.values())[c] >= FEWEST_PER_CLASS}
    sessions = sessions_of(later, data.draw(st.integers(1, 10)), other)
    second = plan(later, other, sessions=sessions, remembered=first.sides)
    for digest in later:
        if digest in first.sides and digest not in second.left_out:
            assert second.sides[digest] is first.sides[digest]
    for session in sessions:
        whole = [d for d in session if later[d] not in second.divided and d in second.sides]
        assert len({second.sides[d] for d in whole}) <= 1
    assert second.left_out <= set(first.sides)


@given(pools, seeds)
def test_freezing_again_gives_the_same(classes: dict[str, str], seed: int) -> None:
    sessions = sessions_of(classes, 4, seed)
    first = plan(classes, seed, sessions=sessions)
    again = plan(classes, seed, sessions=sessions, remembered=first.sides)
    assert again.sides == first.sides
    assert not again.left_out


def test_a_new_sample_joins_the_side_of_its_session() -> None:
    classes = {f"{s}-{n}": "leaf" for s in range(8) for n in range(5)}
    sessions = [[f"{s}-{n}" for n in range(6)] for s in range(8)]
    first = plan(classes, sessions=sessions)
    more = {**classes, "3-5": "leaf"}
    second = plan(more, sessions=sessions, remembered=first.sides)
    assert second.sides["3-5"] is first.sides["3-0"]


def test_what_turns_out_to_belong_together_is_left_out_not_moved() -> None:
    classes = {str(n): "leaf" for n in range(40)}
    first = plan(classes)
    test = [d for d, side in first.sides.items() if side is Split.TEST]
    train = [d for d, side in first.sides.items() if side is Split.TRAIN]
    joined = [train[0], train[1], test[0]]
    second = plan(classes, sessions=[joined], remembered=first.sides)
    assert second.left_out == {test[0]}
    assert all(second.sides[d] is side for d, side in first.sides.items() if d != test[0])


def test_a_hundred_thousand_samples_take_seconds() -> None:
    classes = {f"{n:06}": f"class {n % 20}" for n in range(100_000)}
    sessions = [[f"{n:06}" for n in range(s * 40, s * 40 + 40)] for s in range(500)]
    found = plan(classes, sessions=sessions)
    assert set(found.sides) == set(classes)
