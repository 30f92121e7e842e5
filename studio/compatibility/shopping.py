"""Reverse shopping: from wishes to the smallest boards, and what each step down costs.

Pure: it looks at what was judged before. What is not known never meets a wish.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from studio.domain.device import Device
from studio.domain.figure import Figure
from studio.domain.report import Verdict
from studio.domain.shopping import Met, Offer, Shopping, Step, Wish, Wishes

__all__ = ["board_size", "met_by", "shop"]

_NEAREST = 3


def shop(offers: Sequence[Offer], wishes: Wishes) -> Shopping:
    """Return the boards that meet wishes, the ladder of what less costs, or what comes nearest.

    Args:
        offers: Every model on every device that is thought of.
        wishes: What a person asks for.
    """
    steps = [Step(offer=offer, met=met_by(offer, wishes)) for offer in offers]
    steps.sort(key=lambda step: (*board_size(step.offer.device), *_preferred(step.offer)))
    suitable = _one_a_board(step for step in steps if step.together is Met.YES)
    boards = {step.offer.device.id for step in suitable}
    might = _one_a_board(
        step for step in steps if step.together is Met.MIGHT and step.offer.device.id not in boards
    )
    return Shopping(
        suitable=suitable,
        might=might,
        ladder=_ladder(steps),
        nearest=() if suitable else _nearest(steps, wishes),
        without={} if suitable else _without(steps, wishes.asked),
    )


def board_size(device: Device) -> tuple[float, float, float, str]:
    """Return what boards are ordered by: RAM, flash, clock; what is unknown counts as largest.

    Prices are not known, so the size stands for them.
    """
    facts = (device.ram_bytes, device.flash_bytes, device.clock_hz)
    ram, flash, clock = (math.inf if fact.value is None else fact.value for fact in facts)
    return ram, flash, clock, device.id


def met_by(offer: Offer, wishes: Wishes) -> Mapping[Wish, Met]:
    """Return every wish asked for and whether an offer meets it, at the worst end of ranges."""
    cell = offer.cell
    found = {Wish.FITS: _FITTING.get(cell.verdict, Met.MIGHT)}
    if wishes.most_error is not None:
        error = offer.validation.error.value if offer.validation else None
        found[Wish.ACCURACY] = _within(error, error, wishes.most_error)
    for wish, figure, most in (
        (Wish.LATENCY, cell.latency, wishes.latency_ms),
        (Wish.RAM, cell.ram, wishes.ram_bytes),
        (Wish.FLASH, cell.flash, wishes.flash_bytes),
    ):
        if most is not None:
            found[wish] = _within(*_ends(figure), most)
    return found


_FITTING = {Verdict.FITS: Met.YES, Verdict.DOES_NOT_FIT: Met.NO}


def _ends(figure: Figure) -> tuple[float | None, float | None]:
    """Return the best and the worst end; the worst is None where it is not known."""
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None or figure.value is None else figure.high
    return low, high


def _within(low: float | None, high: float | None, most: float) -> Met:
    if high is not None and high <= most:
        return Met.YES
    return Met.NO if low is not None and low > most else Met.MIGHT


def _error(offer: Offer) -> float:
    return offer.validation.error.value if offer.validation else math.inf


def _preferred(offer: Offer) -> tuple[float, int]:
    return _error(offer), offer.rank


def _one_a_board(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the first step of every board."""
    found: dict[str, Step] = {}
    for step in steps:
        found.setdefault(step.offer.device.id, step)
    return tuple(found.values())


def _but(step: Step, wish: Wish) -> bool:
    """Return whether every wish but one is met."""
    return all(met is Met.YES for other, met in step.met.items() if other is not wish)


def _ladder(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the front of board size against error, the largest board first."""
    found: list[Step] = []
    least = math.inf
    for step in _one_a_board(step for step in steps if _but(step, Wish.ACCURACY)):
        if _error(step.offer) < least:
            least = _error(step.offer)
            found.append(step)
    return tuple(reversed(found))


def _without(steps: Sequence[Step], asked: Sequence[Wish]) -> Mapping[Wish, int]:
    return {
        wish: len({step.offer.device.id for step in steps if _but(step, wish)})
        for wish in asked
        if wish is not Wish.FITS
    }


def _nearest(steps: Sequence[Step], wishes: Wishes) -> tuple[Step, ...]:
    """Return steps of different boards: fewest wishes missed, then the least missing."""

    def distance(step: Step) -> tuple[int, int, float]:
        missing = sum(_excess(step.offer, wish, wishes) for wish in step.of(Met.NO))
        return len(step.of(Met.NO)), len(step.of(Met.MIGHT)), missing

    return _one_a_board(sorted(steps, key=distance))[:_NEAREST]


def _excess(offer: Offer, wish: Wish, wishes: Wishes) -> float:
    """Return how far over a wish the best end of an offer is, as a factor's logarithm."""
    over, most = _EXCESSES[wish](offer, wishes)
    if over is None or not math.isfinite(over):
        return math.inf
    return math.log(max(over, 1e-9) / max(most, 1e-9)) if over > most else 0.0


def _over_device(offer: Offer, wishes: Wishes) -> tuple[float | None, float]:
    """Return the memory that is most too small: what is needed in shares of what there is."""
    cell = offer.cell
    shares = [
        low / limit
        for figure, limit in (
            (cell.flash, cell.flash_limit_bytes),
            (cell.ram, cell.ram_limit_bytes),
        )
        if limit and (low := _ends(figure)[0]) is not None
    ]
    # One that does not run for other reasons than memory is not near at all.
    most = max(shares, default=0.0)
    return (most if most > 1 else None), 1.0


_EXCESSES: Mapping[Wish, Callable[[Offer, Wishes], tuple[float | None, float]]] = {
    Wish.FITS: _over_device,
    Wish.ACCURACY: lambda offer, wishes: (_error(offer), wishes.most_error or 0.0),
    Wish.LATENCY: lambda offer, wishes: (
        _ends(offer.cell.latency)[0],
        wishes.latency_ms or 0.0,
    ),
    Wish.RAM: lambda offer, wishes: (_ends(offer.cell.ram)[0], wishes.ram_bytes or 0),
    Wish.FLASH: lambda offer, wishes: (_ends(offer.cell.flash)[0], wishes.flash_bytes or 0),
}
