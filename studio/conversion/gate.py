"""Whether a converted model is near enough to the float model it came from."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.domain.conversion import Gate, GateLimits, Loss, Verdict
from studio.domain.dataset import Split
from studio.domain.figure import Figure
from studio.domain.phrase import Phrase

__all__ = ["agreement", "judge"]

_CHANCE = 0.05
"""As rarely as this must chance turn as many samples before the loss counts as real."""

Outputs = NDArray[np.float32]


def judge(
    before: Outputs,
    after: Outputs,
    truth: NDArray[Any],
    *,
    classes: tuple[str, ...],
    split: Split,
    limits: GateLimits,
) -> Gate:
    """Return what a conversion lost, sample by sample.

    Args:
        before: ``(samples, outputs)`` of the float model.
        after: The same of the converted one.
        truth: ``(samples,)``: index of the class, or the scaled amount.
        classes: Names; empty for amounts.
        split: Side the samples are of.
        limits: What may be lost.
    """
    losses = (
        _class_losses(before, after, truth, classes, limits)
        if classes
        else (_amount_loss(before, after, truth, limits),)
    )
    verdicts = [_verdict(loss) for loss in losses]
    worst = max(verdicts, key=list(Verdict).index)
    phrases = _phrases(losses, verdicts)
    return Gate(split=split, verdict=worst, losses=losses, phrases=phrases)


def agreement(before: Outputs, after: Outputs, *, classes: bool, of: str) -> Figure:
    """Return how far a converted model answers as float does, sample by sample.

    Args:
        before: ``(samples, outputs)`` of the float model.
        after: The same of the converted one.
        classes: Whether the largest output is the answer; else the only one is an amount.
        of: What the samples are, for the figure's source.
    """
    if not len(before):
        return Figure.unknown("1", f"There are no {of}.")
    if classes:
        same = float(np.mean(before.argmax(axis=1) == after.argmax(axis=1)))
        return Figure.measured(same, "1", f"share of {len(before)} {of} answered the same")
    same = _explained(after[:, 0], before[:, 0])
    return Figure.measured(same, "1", f"share of float's variance followed on {len(before)} {of}")


def _class_losses(
    before: Outputs,
    after: Outputs,
    truth: NDArray[Any],
    classes: tuple[str, ...],
    limits: GateLimits,
) -> tuple[Loss, ...]:
    was, now = (outputs.argmax(axis=1) == truth for outputs in (before, after))
    each = (
        _loss(name, was[truth == i], now[truth == i], limits.any_class)
        for i, name in enumerate(classes)
    )
    return (_loss("", was, now, limits.overall), *each)


def _loss(name: str, was: NDArray[np.bool_], now: NDArray[np.bool_], limit: float) -> Loss:
    lost, won = int((was & ~now).sum()), int((now & ~was).sum())
    return Loss(
        name=name,
        samples=len(was),
        before=float(was.mean()) if len(was) else 0.0,
        after=float(now.mean()) if len(was) else 0.0,
        lost=lost,
        won=won,
        limit=limit,
        p=_chance(lost, won),
    )


def _chance(lost: int, won: int) -> float:
    """Return how often a coin thrown for every sample that turned loses as many, or more.

    Source:
        McNemar, Q. (1947), one-sided and exact by the binomial distribution.
    """
    turned = lost + won
    as_bad = sum(math.comb(turned, k) for k in range(lost, turned + 1))
    return float(as_bad / 2**turned)


def _amount_loss(before: Outputs, after: Outputs, truth: NDArray[Any], limits: GateLimits) -> Loss:
    return Loss(
        name="",
        samples=len(truth),
        before=_explained(before[:, 0], truth),
        after=_explained(after[:, 0], truth),
        lost=0,
        won=0,
        limit=limits.overall,
        p=None,
    )


def _explained(predicted: NDArray[Any], truth: NDArray[Any]) -> float:
    spread = float(np.sum((truth - np.mean(truth)) ** 2)) if len(truth) else 0.0
    missed = float(np.sum((predicted - truth) ** 2))
    if spread == 0:
        return 1.0 if missed == 0 else 0.0
    return 1 - missed / spread


def _verdict(loss: Loss) -> Verdict:
    # A hair above, since 0.97 - 0.96 is not 0.01 in floating point.
    if loss.drop <= loss.limit + 1e-9:
        return Verdict.PASSES
    by_chance = loss.p is not None and loss.p > _CHANCE
    return Verdict.UNSURE if by_chance else Verdict.FAILS


def _phrases(losses: tuple[Loss, ...], verdicts: list[Verdict]) -> tuple[Phrase, ...]:
    """Return a sentence for every loss over its limit, the worst first; else for all of it."""
    order = list(Verdict)
    pairs = sorted(
        zip(losses, verdicts, strict=True),
        key=lambda pair: (-order.index(pair[1]), -(pair[0].drop - pair[0].limit)),
    )
    over = tuple(_over(loss, verdict) for loss, verdict in pairs if verdict is not Verdict.PASSES)
    few = sum(0 < loss.samples * loss.limit < 1 for loss in losses[1:])
    told = () if over else (_within(losses),)
    return (*told, *over, *((Phrase.of("gate-few", classes=few),) if few else ()))


def _within(losses: tuple[Loss, ...]) -> Phrase:
    overall, worst = losses[0], max(loss.drop for loss in losses)
    points = max(0.0, 100 * overall.drop)
    if overall.p is None:
        return Phrase.of("gate-passes-amount", points=points, samples=overall.samples)
    worst = max(0.0, 100 * worst)
    return Phrase.of("gate-passes", points=points, worst=worst, samples=overall.samples)


def _over(loss: Loss, verdict: Verdict) -> Phrase:
    points = {"points": 100 * loss.drop, "limit": 100 * loss.limit}
    if loss.p is None:
        return Phrase.of("gate-amount", samples=loss.samples, **points)
    key = f"gate-{verdict}-class" if loss.name else f"gate-{verdict}"
    counts = {"samples": loss.samples, "lost": loss.lost, "won": loss.won, "p": loss.p}
    return Phrase.of(key, **points, **counts, **({"name": loss.name} if loss.name else {}))
