"""Which boards would do: a person's wishes, what meets them, and what less would cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from studio.domain.device import Device
from studio.domain.evaluation import AnyEvaluation
from studio.domain.matrix import Cell

__all__ = ["Met", "Offer", "Shopping", "Step", "Wish", "Wishes"]


class Wish(StrEnum):
    """What a person may wish for; that it fits goes without saying."""

    FITS = "fits"
    ACCURACY = "accuracy"
    LATENCY = "latency"
    RAM = "ram"
    FLASH = "flash"


class Met(StrEnum):
    """Whether a wish is met; ``MIGHT``: what is known does not tell."""

    YES = "yes"
    MIGHT = "might"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wishes for; None is no wish.

    Attributes:
        accuracy: Least share that the int8 model calls rightly on the validation side.
        error: In its place where amounts are learned: its largest mean absolute error there, in
            their unit.
        latency_ms: Longest time of one run.
        ram_bytes: Most RAM the whole program may take.
        flash_bytes: Most flash the whole program may take.
    """

    accuracy: float | None = None
    error: float | None = None
    latency_ms: float | None = None
    ram_bytes: int | None = None
    flash_bytes: int | None = None

    def __post_init__(self) -> None:
        if (self.accuracy or 0) > 1 or None not in (self.accuracy, self.error):
            raise ValueError("accuracy is a share of one, and error is for amounts")
        given = (self.accuracy, self.error, self.latency_ms, self.ram_bytes, self.flash_bytes)
        if any(one is not None and one < 0 for one in given):
            raise ValueError("a wish is not below 0")

    @property
    def most_error(self) -> float | None:
        """The largest error that meets the wish for accuracy, as an evaluation has it."""
        return self.error if self.accuracy is None else 1 - self.accuracy

    @property
    def asked(self) -> tuple[Wish, ...]:
        """What is wished for, `Wish.FITS` first."""
        given = {
            Wish.ACCURACY: self.most_error,
            Wish.LATENCY: self.latency_ms,
            Wish.RAM: self.ram_bytes,
            Wish.FLASH: self.flash_bytes,
        }
        return (Wish.FITS, *(wish for wish, value in given.items() if value is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One model on one device.

    Attributes:
        name: What a person calls the model: ``#3``, or a file's name.
        rank: Its place among the models; the lowest is preferred.
        device: Where.
        cell: Whether it fits, and what it takes.
        validation: Of the int8 model; what is chosen by. None for a stranger's model.
        test: Of the int8 model, only told; None where it was not tested.
    """

    name: str
    rank: int
    device: Device
    cell: Cell
    validation: AnyEvaluation | None = None
    test: AnyEvaluation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An offer beside wishes.

    Attributes:
        offer: Which.
        met: Every wish asked for, and whether it is met.
    """

    offer: Offer
    met: Mapping[Wish, Met]

    @property
    def together(self) -> Met:
        """The worst of all."""
        found = set(self.met.values())
        return next((met for met in (Met.NO, Met.MIGHT) if met in found), Met.YES)

    def of(self, met: Met) -> tuple[Wish, ...]:
        """Return the wishes that are met so."""
        return tuple(wish for wish, found in self.met.items() if found is met)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopping:
    """What came of some wishes; boards always come from the smallest.

    Attributes:
        suitable: Each board that meets every wish, with the best model that does so there.
        might: Boards of which what is known does not tell, with the best such model.
        ladder: Boards on which a better model meets all wishes but that for accuracy than on
            every smaller one; the largest first, so each next one is a smaller board and a
            larger error.
        nearest: What comes nearest, from different boards; empty where something is suitable.
        without: How many boards would suit if one wish were dropped, by wish; empty likewise.
    """

    suitable: tuple[Step, ...]
    might: tuple[Step, ...]
    ladder: tuple[Step, ...]
    nearest: tuple[Step, ...]
    without: Mapping[Wish, int]

    @property
    def hardest(self) -> Wish | None:
        """The wish without which most boards would suit; None where no single one decides."""
        most = max(self.without, key=lambda wish: self.without[wish], default=None)
        return most if most is not None and self.without[most] else None
