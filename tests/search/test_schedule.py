"""Which training comes next."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from studio.search.schedule import ONE_RUNG, THREE_RUNGS, Ladder, Step


def played(scores: dict[int, float], trials: int, ladder: Ladder = THREE_RUNGS) -> list[Step]:
    """Run the schedule with one hand; a configuration's score is that of its first trial."""
    steps: list[Step] = []
    for trial in range(trials):
        going_on = ladder.promote(steps)
        if going_on is None:
            steps.append(Step(trial=trial, rung=0, continues=None, score=scores[trial]))
        else:
            score = (going_on.score or 0.0) + 0.01
            steps.append(
                Step(trial=trial, rung=going_on.rung + 1, continues=going_on.trial, score=score)
            )
    return steps


def test_the_best_third_goes_on_with_its_weights() -> None:
    steps = played({0: 0.5, 1: 0.9, 2: 0.7, 4: 0.6, 5: 0.8, 6: 0.1}, 5)
    assert [(s.rung, s.continues) for s in steps] == [
        (0, None), (0, None), (0, None), (1, 1), (0, None),
    ]  # fmt: skip


def test_the_top_is_reached_and_nobody_goes_on_from_there() -> None:
    rng = random.Random(0)
    steps = played({n: rng.random() for n in range(60)}, 60)
    assert max(s.rung for s in steps) == THREE_RUNGS.top
    top = {s.trial for s in steps if s.rung == THREE_RUNGS.top}
    assert not top & {s.continues for s in steps}


@given(st.lists(st.floats(0, 1), min_size=40, max_size=40))
def test_nobody_goes_on_twice_and_shares_add_up_to_one(scores: list[float]) -> None:
    steps = played(dict(enumerate(scores)), 40)
    gone_on = [s.continues for s in steps if s.continues is not None]
    assert len(gone_on) == len(set(gone_on))
    by_trial = {s.trial: s for s in steps}
    for step in steps:
        total, here = 0.0, step
        while True:
            begun = None if here.continues is None else by_trial[here.continues].rung
            total += THREE_RUNGS.share(here.rung, begun)
            if here.continues is None:
                break
            here = by_trial[here.continues]
        assert abs(total - THREE_RUNGS.shares[step.rung]) < 1e-9


@given(st.permutations(range(9)))
def test_it_follows_from_the_scores_and_not_from_their_order(order: list[int]) -> None:
    steps = [Step(trial=n, rung=0, continues=None, score=n / 10) for n in range(9)]
    chosen = THREE_RUNGS.promote([steps[n] for n in order])
    assert chosen is not None
    assert chosen.trial == 8


def test_the_leader_is_taken_to_the_top_unless_it_is_there_or_on_its_way() -> None:
    low = Step(trial=0, rung=0, continues=None, score=0.9)
    assert THREE_RUNGS.leader([low]) == low
    on_its_way = Step(trial=1, rung=1, continues=0, score=None)
    assert THREE_RUNGS.leader([low, on_its_way]) is None
    assert ONE_RUNG.leader([low]) is None
    assert THREE_RUNGS.leader([]) is None
