"""Many devices and candidates at once: the matrix and reverse shopping, as text and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from studio.app import Shopped, shop_phrases
from studio.cli.documents import device_document, evaluation_document
from studio.cli.table import render
from studio.cli.wording import counted, fact_text, figure_text, result, span_text
from studio.domain.matrix import Cell, Matrix, MatrixRow
from studio.domain.report import Verdict
from studio.domain.shopping import Met, Step, Wishes

__all__ = ["matrix_document", "matrix_text", "shopping_document", "shopping_text"]

Document = dict[str, Any]

_SHOWN = 10
_MARKS = {Verdict.FITS: "fits", Verdict.DOES_NOT_FIT: "no", Verdict.UNKNOWN: "?"}
_KINDS = "Kinds: ● measured, ◐ emulated, ○ estimated (worst end shown), ◇ published, ? unknown."


def matrix_document(matrix: Matrix) -> Document:
    """Return every cell, with the kind of every figure, and the best that fits each device."""
    best = {id: matrix.best_on(id) for id in matrix.devices}
    return {
        "source": "project",
        "rows": [
            {
                "candidate": row.candidate.id,
                "fits": len(row.fitting),
                "cells": [_cell_document(cell) for cell in row.cells.values()],
            }
            for row in matrix.rows
        ],
        "best": {id: None if found is None else found.id for id, found in best.items()},
    }


def _cell_document(cell: Cell) -> Document:
    return {
        "device": cell.device_id,
        "runtime": cell.runtime,
        "verdict": str(cell.verdict),
        "flash": cell.flash.as_json(),
        "ram": cell.ram.as_json(),
        "latency": cell.latency.as_json(),
        "limits_verified": cell.limits_verified,
    }


def matrix_text(matrix: Matrix) -> str:
    """Return how many devices each candidate fits, and for each device the best that fits."""
    if not matrix.rows:
        return "No candidate yet; `automl-studio search` makes some."
    rows = [
        (
            f"#{row.candidate.id}",
            result(row.candidate.validation),
            result(row.candidate.test),
            *(_counted(row, verdict) for verdict in _MARKS),
        )
        for row in matrix.rows
    ]
    headers = ("model", "validation", "test", "fits", "does-not-fit", "unknown")
    table = render(headers, rows, right="fits does-not-fit unknown")
    return f"{table}\n\n{_devices_table(matrix)}"


def _counted(row: MatrixRow, verdict: Verdict) -> int:
    return sum(cell.verdict is verdict for cell in row.cells.values())


def _devices_table(matrix: Matrix) -> str:
    rows = []
    for id, device in matrix.devices.items():
        best = matrix.best_on(id)
        verdicts = [row.cells[id].verdict for row in matrix.rows if id in row.cells]
        rows.append(
            (
                id,
                device.name,
                f"{verdicts.count(Verdict.FITS)} of {len(verdicts)}",
                f"#{best.id}" if best else "?" if Verdict.UNKNOWN in verdicts else "-",
                result(best.validation) if best else "",
            )
        )
    headers = ("device", "name", "fit", "best", "validation")
    table = render(headers, rows, right="fit")
    return (
        f"{table}\nbest: the best candidate that fits; - none fits; ? none surely fits.\n"
        "`check --device ID` tells why; `advise --device ID` tries what would fit."
    )


def shopping_document(shopped: Shopped, wishes: Wishes) -> Document:
    """Return boards and ladder, every figure with its kind."""
    found = shopped.found
    return {
        "wishes": asdict(wishes),
        "order": "RAM, flash, clock; prices are not known",
        **{
            name: [_step_document(step) for step in getattr(found, name)]
            for name in ("suitable", "might", "nearest")
        },
        "ladder": [
            {**_step_document(step), "beside_best": _beside(shopped, step)} for step in found.ladder
        ],
        "without": {str(wish): boards for wish, boards in found.without.items()},
        "hardest": None if found.hardest is None else str(found.hardest),
        "phrases": [phrase.text() for phrase in shop_phrases(shopped)],
    }


def _beside(shopped: Shopped, step: Step) -> Document | None:
    found = shopped.compared.get(step.offer.name)
    return None if found is None else {**found.as_json(), "phrase": found.phrase.text()}


def _step_document(step: Step) -> Document:
    offer = step.offer
    return {
        "device": device_document(offer.device),
        "model": offer.name,
        "met": {str(wish): str(met) for wish, met in step.met.items()},
        "cell": _cell_document(offer.cell),
        **{
            side: None if told is None else evaluation_document(told)
            for side, told in (("validation", offer.validation), ("test", offer.test))
        },
    }


def shopping_text(shopped: Shopped) -> str:
    """Return the boards as tables, the smallest first, and what smaller ones cost."""
    found = shopped.found
    parts = []
    if found.suitable:
        head = f"{counted(len(found.suitable), 'board')} meet every wish, the smallest first:"
        parts.append(f"{head}\n{_boards(found.suitable)}")
    else:
        parts.append("No board surely meets every wish.")
    if found.might:
        parts.append(
            f"{counted(len(found.might), 'board')} might; what is not known is named:\n"
            f"{_boards(found.might, Met.MIGHT)}"
        )
    if not found.suitable and found.nearest:
        parts.append(f"What comes nearest:\n{_boards(found.nearest, Met.NO)}")
    parts += ["\n".join(phrase.text() for phrase in shop_phrases(shopped))]
    parts.append(f"Boards are ordered by RAM, flash and clock: prices are not known. {_KINDS}")
    return "\n\n".join(part for part in parts if part)


def _boards(steps: Sequence[Step], told: Met | None = None) -> str:
    rows = []
    for step in steps[:_SHOWN]:
        offer, cell = step.offer, step.offer.cell
        rows.append(
            (
                offer.device.id,
                fact_text(offer.device.ram_bytes),
                fact_text(offer.device.flash_bytes),
                offer.name,
                cell.runtime,
                result(offer.validation),
                result(offer.test),
                figure_text(cell.ram),
                figure_text(cell.flash),
                span_text(cell.latency),
                *([", ".join(step.of(told))] if told else []),
            )
        )
    headers = ["board", "RAM", "flash", "model", "runtime", "validation", "test"]
    headers += [
        "takes-RAM",
        "takes-flash",
        "latency",
        *({Met.MIGHT: ["unknown"], Met.NO: ["missed"]}[told] if told else []),
    ]
    table = render(headers, rows, right="RAM flash takes-RAM takes-flash")
    more = len(steps) - _SHOWN
    return table + (f"\nand {more} more (--json lists all)" if more > 0 else "")
