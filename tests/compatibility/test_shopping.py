"""From wishes to boards: properties over any models on any devices."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studio.compatibility import check_model
from studio.compatibility.shopping import board_size, met_by, shop
from studio.domain.dataset import Split
from studio.domain.device import Fact
from studio.domain.evaluation import Evaluation
from studio.domain.figure import Figure, FigureKind
from studio.domain.footprint import Footprint
from studio.domain.matrix import Cell
from studio.domain.report import Verdict
from studio.domain.shopping import Met, Offer, Wish, Wishes
from tests.compatibility.conftest import fact, make_device, make_facts

SIZES = st.one_of(st.none(), st.integers(8, 1024).map(lambda kib: kib << 10))
SDKS = st.sampled_from(["", "arduino-mbed", "arduino-stm32", "arduino-samd"])


@st.composite
def figures(draw, unit="ms"):
    low, wide = draw(st.floats(0.01, 300)), draw(st.floats(1, 3))
    if draw(st.booleans()):
        return Figure.unknown(unit, "nobody published it")
    return Figure(
        value=low * wide**0.5, unit=unit, kind=FigureKind.ESTIMATED, low=low, high=low * wide
    )


@st.composite
def devices(draw):
    return [
        make_device(
            id=f"board-{number}",
            ram_bytes=fact(draw(SIZES)),
            flash_bytes=fact(draw(SIZES)),
            sdk=draw(SDKS),
            runtimes=draw(
                st.sampled_from(
                    [("tflite-micro",), ("generated-c",), ("generated-c", "tflite-micro")]
                )
            ),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


@st.composite
def models(draw):
    arena = draw(SIZES)
    how = "in a test"
    takes = {
        part: Figure.measured(draw(st.integers(0, 200 << 10)), "B", how)
        for part in ("code", "weights", "variables", "arena", "stack")
    }
    compiled = Footprint(
        core="",
        kernels="c99",
        refused=draw(st.sampled_from(["", "", "It has a loop."])),
        instructions=Figure.unknown("instructions", how),
        **takes,
    )
    return make_facts(
        footprint=lambda core: compiled,
        size_bytes=draw(st.integers(1 << 10, 800 << 10)),
        arena=Figure.unknown("B", how) if arena is None else Figure.measured(arena, "B", how),
    )


@st.composite
def offers(draw):
    there = draw(devices())
    found = []
    for rank in range(draw(st.integers(1, 5))):
        facts, right = draw(models()), draw(st.integers(0, 100))
        told = Evaluation(
            split=Split.VALIDATION,
            classes=("a", "b"),
            confusion=((right, 100 - right), (0, 0)),
        )
        for device in there:
            cell = replace(Cell.of(check_model(facts, device)), latency=draw(figures()))
            found.append(
                Offer(name=f"#{rank}", rank=rank, device=device, cell=cell, validation=told)
            )
    return found


WISHES = st.builds(
    Wishes,
    accuracy=st.one_of(st.none(), st.integers(0, 100).map(lambda points: points / 100)),
    latency_ms=st.one_of(st.none(), st.floats(0.1, 500)),
    ram_bytes=SIZES,
    flash_bytes=SIZES,
)


@given(models(), devices(), st.integers(0, 1 << 20), st.integers(0, 1 << 20))
def test_more_memory_never_takes_a_fit_away(model, boards, ram, flash):
    order = [Verdict.DOES_NOT_FIT, Verdict.UNKNOWN, Verdict.FITS]
    for board in boards:
        if None in (board.ram_bytes.value, board.flash_bytes.value):
            assert check_model(model, board).verdict is not Verdict.FITS
            continue
        more = replace(
            board,
            ram_bytes=Fact(value=board.ram_bytes.value + ram, sources=("a", "b")),
            flash_bytes=Fact(value=board.flash_bytes.value + flash, sources=("a", "b")),
        )
        before, after = (check_model(model, one).verdict for one in (board, more))
        assert order.index(after) >= order.index(before)


@given(offers(), WISHES)
def test_what_is_suitable_meets_every_wish_by_the_figures_themselves(some, wishes):
    found = shop(some, wishes)
    for step in found.suitable:
        cell, told = step.offer.cell, step.offer.validation
        assert cell.verdict is Verdict.FITS
        assert wishes.accuracy is None or told.accuracy.value >= wishes.accuracy - 1e-9
        for figure, most in (
            (cell.latency, wishes.latency_ms),
            (cell.ram, wishes.ram_bytes),
            (cell.flash, wishes.flash_bytes),
        ):
            if most is not None:
                assert figure.value is not None
                assert max(figure.value, figure.high or 0) <= most
    sizes = [board_size(step.offer.device) for step in found.suitable]
    assert sizes == sorted(set(sizes))
    suiting = {o.device.id for o in some if set(met_by(o, wishes).values()) == {Met.YES}}
    assert {step.offer.device.id for step in found.suitable} == suiting
    for step in found.suitable:  # nothing better that suits was passed over
        same = [o for o in some if o.device is step.offer.device]
        good = [o for o in same if set(met_by(o, wishes).values()) == {Met.YES}]
        least = min(o.validation.error.value for o in good)
        assert step.offer.validation.error.value == least


@given(offers(), WISHES)
def test_an_unknown_never_meets_a_wish_and_stands_apart(some, wishes):
    found = shop(some, wishes)
    suiting = {step.offer.device.id for step in found.suitable}
    for step in found.might:
        assert step.together is Met.MIGHT
        assert step.of(Met.MIGHT)
        assert step.offer.device.id not in suiting
    for offer in some:
        if wishes.latency_ms is not None and offer.cell.latency.value is None:
            assert met_by(offer, wishes)[Wish.LATENCY] is Met.MIGHT


@given(offers(), WISHES)
def test_each_step_down_is_a_smaller_board_and_a_larger_error(some, wishes):
    ladder = shop(some, wishes).ladder
    sizes = [board_size(step.offer.device) for step in ladder]
    errors = [step.offer.validation.error.value for step in ladder]
    assert all(upper > lower for upper, lower in pairwise(sizes))
    assert all(upper < lower for upper, lower in pairwise(errors))
    others = [wish for wish in wishes.asked if wish is not Wish.ACCURACY]
    for step in ladder:
        assert {step.met[wish] for wish in others} == {Met.YES}


@given(offers(), WISHES)
def test_where_nothing_suits_dropping_the_hardest_wish_gives_as_many_boards_as_told(some, wishes):
    found = shop(some, wishes)
    if found.suitable:
        assert not found.nearest
        assert not found.without
        return
    assert found.nearest
    fields = {
        Wish.ACCURACY: "accuracy",
        Wish.LATENCY: "latency_ms",
        Wish.RAM: "ram_bytes",
        Wish.FLASH: "flash_bytes",
    }
    for wish, boards in found.without.items():
        again = shop(some, replace(wishes, **{fields[wish]: None}))
        assert len(again.suitable) == boards
    if found.hardest is not None:
        assert found.without[found.hardest] == max(found.without.values())
