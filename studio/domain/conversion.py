"""What became of a model when it was converted, and whether that is good enough."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from studio.domain.candidate import ArtifactFormat, Precision
from studio.domain.dataset import Split
from studio.domain.evaluation import AnyEvaluation, evaluation_from_json
from studio.domain.figure import Figure
from studio.domain.phrase import Phrase
from studio.domain.plain import Plain

__all__ = ["Attempt", "Conversion", "Gate", "GateLimits", "Loss", "Outcome", "Verdict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLimits(Plain):
    """How much a converted model may lose against float, in shares of one.

    Attributes:
        overall: Of all samples; of amounts, of the variance explained.
        any_class: Of the samples of any one class.
    """

    overall: float = 0.01
    any_class: float = 0.03

    def __post_init__(self) -> None:
        if not (0 <= self.overall <= 1 and 0 <= self.any_class <= 1):
            raise ValueError("a limit is a share of one")


class Verdict(StrEnum):
    """What the gate says.

    ``UNSURE``: over a limit, but by so few samples that it may be chance.
    """

    PASSES = "passes"
    UNSURE = "unsure"
    FAILS = "fails"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss(Plain):
    """What was lost among some samples.

    Attributes:
        name: Class; ``""`` for all samples.
        samples: How many.
        before: Share that float calls rightly; of amounts, of the variance explained.
        after: The same of the converted model.
        lost: Samples that only float calls rightly.
        won: Samples that only the converted model calls rightly.
        limit: How much may be lost.
        p: How often chance alone would turn as many of the samples that turned; None for
            amounts.
    """

    name: str
    samples: int
    before: float
    after: float
    lost: int
    won: int
    limit: float
    p: float | None

    @property
    def drop(self) -> float:
        """Share that was lost; below 0 where something was won."""
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate(Plain):
    """Whether a converted model is near enough to float.

    Attributes:
        split: Side it was judged on.
        verdict: The whole of it.
        losses: All samples first, then every class.
        phrases: The same in sentences, the worst first.
    """

    split: Split
    verdict: Verdict
    losses: tuple[Loss, ...]
    phrases: tuple[Phrase, ...]

    @property
    def overall(self) -> Loss:
        """What was lost of all samples."""
        return self.losses[0]

    @property
    def worst_class(self) -> Loss | None:
        """The class that lost most; None for amounts."""
        return max(self.losses[1:], key=lambda loss: loss.drop, default=None)


class Outcome(StrEnum):
    """What came of a remedy."""

    HELPED = "helped"
    NO_BETTER = "no better"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(Plain):
    """One remedy, tried or not.

    Attributes:
        remedy: Its id.
        outcome: What came of it; what helped was kept for the next.
        sentence: What was done, or why it was not.
        verdict: Of the gate, with it; None where it was not tried.
        overall: Share of all samples lost with it; None as above.
        worst: Share of the worst class lost with it; None as above, and for amounts.
    """

    remedy: str
    outcome: Outcome
    sentence: str
    verdict: Verdict | None = None
    overall: float | None = None
    worst: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One converted file and everything known about it.

    Attributes:
        recipe: Id of its recipe.
        precision: Number type.
        format: File format.
        file: As `JobDirectory.add_artifact` names it.
        size: Of the file, in bytes.
        arena: Tensor arena under TensorFlow Lite Micro.
        runtimes: Ids of the runtimes that run it.
        agreement: Share of the test samples it answers as float does; of amounts, the share of
            float's variance it follows.
        gate: On the validation side, where files and remedies are chosen; None where there
            was nothing to judge with.
        tested: Its evaluation on the test side, which only tells; None as above.
        float_tested: That of the float model before conversion; None as above.
        attempts: Remedies, in the order they were tried.
        notes: What else a person should know, a sentence each.
    """

    recipe: str
    precision: Precision
    format: ArtifactFormat
    file: dict[str, Any]
    size: Figure
    arena: Figure
    runtimes: tuple[str, ...]
    agreement: Figure
    gate: Gate | None = None
    tested: AnyEvaluation | None = None
    float_tested: AnyEvaluation | None = None
    attempts: tuple[Attempt, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Conversion:
        """Rebuild from `as_json`; raises KeyError, TypeError or ValueError on nonsense."""
        gate, tested, before = data["gate"], data["tested"], data["float_tested"]
        made = {
            "precision": Precision(data["precision"]),
            "format": ArtifactFormat(data["format"]),
            **{name: Figure.from_json(data[name]) for name in ("size", "arena", "agreement")},
            "gate": Gate.from_json(gate) if gate else None,
            "tested": evaluation_from_json(tested) if tested else None,
            "float_tested": evaluation_from_json(before) if before else None,
            "attempts": tuple(map(Attempt.from_json, data["attempts"])),
            **{name: tuple(data[name]) for name in ("runtimes", "notes")},
        }
        return cls(**{**data, **made})


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    return value.as_json() if hasattr(value, "as_json") else value
