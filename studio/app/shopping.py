"""Reverse shopping in a project, or for anybody's model: which boards would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.app.answered import Answering, on_same_samples
from studio.app.matrix import matrix_rows
from studio.app.models import file_facts
from studio.app.standing import name_of
from studio.compatibility import check_model, size_text
from studio.compatibility.shopping import shop
from studio.domain.candidate import Candidate
from studio.domain.dataset import Split
from studio.domain.device import Device, DeviceKind
from studio.domain.errors import EvaluationError, SearchError
from studio.domain.evaluation import Evaluation
from studio.domain.judgement import Comparison
from studio.domain.matrix import Cell
from studio.domain.phrase import Phrase
from studio.domain.shopping import Offer, Shopping, Step, Wishes
from studio.evaluation import compare
from studio.store.project_file import ProjectFile

__all__ = ["Shopped", "shop_for_file", "shop_in_project", "shop_phrases"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopped:
    """What came of shopping.

    Attributes:
        found: Boards, the ladder, and what comes nearest.
        compared: By the name of a model of the ladder: the best of the ladder (first) with it,
            on the validation side; lacking for the best itself and where answers are not kept.
    """

    found: Shopping
    compared: Mapping[str, Comparison]


def shop_in_project(
    project: ProjectFile,
    ranked: Sequence[Candidate],
    devices: Mapping[str, Device],
    wishes: Wishes,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Shopped:
    """Return which boards would do for the candidates of the newest dataset version.

    Errors on different dataset versions are not comparable, so only candidates of that of the
    best one are offered.

    Raises:
        EvaluationError: ``evaluation.wish`` if amounts are learned and a share is wished for, or
            the other way round.
    """
    _refuse_other_kind(ranked, wishes)
    alike = [c for c in ranked if c.dataset_digest == ranked[0].dataset_digest] if ranked else []
    there, offers = boards(devices), list[Offer]()
    asked = _by_runtime(there) if wishes.latency_ms is not None else there
    for rank, row in enumerate(matrix_rows(project, alike, asked)):
        if cancelled():
            break
        offers += _offers(row.candidate, rank, row.cells, there)
        progress(rank + 1, len(alike))
    found = shop(offers, wishes)
    named = {name_of(candidate): candidate for candidate in alike}
    return Shopped(found=found, compared=dict(_compared(project, named, found.ladder)))


def shop_for_file(path: Path, devices: Mapping[str, Device], wishes: Wishes) -> Shopped:
    """Return which boards would do for anybody's model file; its accuracy is not known.

    Raises:
        ModelError: as `studio.app.models.check_model_file`.
    """
    there = boards(devices)
    asked = _by_runtime(there) if wishes.latency_ms is not None else there
    facts = file_facts(path)
    offers = [
        Offer(
            name=path.name,
            rank=0,
            device=there[device.id],
            cell=Cell.of(check_model(facts, device)),
        )
        for device in asked.values()
    ]
    return Shopped(found=shop(offers, wishes), compared={})


def boards(devices: Mapping[str, Device]) -> Mapping[str, Device]:
    """Return those of the devices that one can buy as a board: no phones, no computers."""
    kinds = (DeviceKind.MICROCONTROLLER, DeviceKind.LINUX_BOARD)
    return {id: device for id, device in devices.items() if device.kind in kinds}


def shop_phrases(shopped: Shopped) -> tuple[Phrase, ...]:
    """Return what each step down costs, and where nothing suits, which wish excludes most."""
    found = shopped.found
    told: list[Phrase] = []
    for step in found.ladder[1:]:
        told += _step_phrase(found.ladder[0].offer, step.offer)
        compared = shopped.compared.get(step.offer.name)
        told += [compared.phrase] if compared and not compared.better else []
    if found.without:
        hardest = found.hardest
        told.append(
            Phrase.of("shop-nothing")
            if hardest is None
            else Phrase.of(f"shop-without-{hardest}", boards=found.without[hardest])
        )
    return tuple(told)


def _step_phrase(best: Offer, here: Offer) -> list[Phrase]:
    most, told = best.validation, here.validation
    if most is None or told is None:
        return []
    ram = here.device.ram_bytes.value or 0
    where = {"board": here.device.name, "ram": size_text(ram)}
    if isinstance(told, Evaluation) and isinstance(most, Evaluation):
        share = {
            name: 100 * getattr(told.accuracy, end)
            for name, end in (("now", "value"), ("low", "low"), ("high", "high"))
        }
        return [Phrase.of("shop-step", best=100 * most.accuracy.value, **where, **share)]
    off = {"now": told.error.value, "low": told.error.low, "high": told.error.high}
    unit = getattr(told, "unit", "")
    return [Phrase.of("shop-step-amount", best=most.error.value, unit=unit, **where, **off)]


def _refuse_other_kind(ranked: Sequence[Candidate], wishes: Wishes) -> None:
    """Refuse a wish for a share where amounts are learned, and the other way round."""
    amounts = bool(ranked) and not ranked[0].classes
    asked = wishes.accuracy if amounts else wishes.error
    if asked is not None and ranked:
        kind, other = ("amounts", "error") if amounts else ("classes", "accuracy")
        raise EvaluationError(
            f"This project learns {kind}.",
            f"Wish for the {other} instead.",
            code="evaluation.wish",
        )


def _by_runtime(devices: Mapping[str, Device]) -> Mapping[str, Device]:
    """Return each device once for each of its runtimes, the preferred one first.

    A report is about the runtime that takes least, and of that nobody may know how long it takes.
    """
    return {
        f"{id} {runtime}": replace(device, runtimes=(runtime,))
        for id, device in devices.items()
        for runtime in device.runtimes
    }


def _offers(
    candidate: Candidate, rank: int, cells: Mapping[str, Cell], devices: Mapping[str, Device]
) -> list[Offer]:
    return [
        Offer(
            name=name_of(candidate),
            rank=rank,
            device=devices[cell.device_id],
            cell=cell,
            validation=candidate.validation,
            test=candidate.test,
        )
        for cell in cells.values()
    ]


def _compared(
    project: ProjectFile, named: Mapping[str, Candidate], ladder: Sequence[Step]
) -> Iterator[tuple[str, Comparison]]:
    """Yield the best of a ladder beside each other model of it, where answers are kept."""
    if not ladder:
        return
    answering, best = Answering(project), ladder[0].offer.name
    for step in ladder[1:]:
        name = step.offer.name
        try:
            given = [answering.of(named[one], Split.VALIDATION) for one in (best, name)]
            first, second = on_same_samples(given)
            yield name, compare(first, second, names=(best, name))
        except (EvaluationError, SearchError):
            continue  # found by an earlier version, or too few samples: nothing is claimed
