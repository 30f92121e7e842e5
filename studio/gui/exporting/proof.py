"""What is proved of an export, as lines that tick off when it has really happened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from studio.domain.device import Device, DeviceKind
from studio.domain.figure import Figure
from studio.gui import words
from studio.gui.i18n import mark, plural, tr
from studio.gui.nouns import nouns
from studio.gui.widgets.checklist import CheckLine

if TYPE_CHECKING:
    from studio.app import ExportStep

__all__ = ["VERIFIED", "file_name", "planned", "proof_lines"]

VERIFIED = "verified"
_BOARD = "board"
_CODE = ("host", "memory", "device", "emulation")
_TOPICS = {
    "fits": mark("It fits the memory of the device"),
    "files": mark("Model files made, each tested"),
    "host": mark("C code compared with the model"),
    "memory": mark("Working memory planned"),
    "device": mark("C code compiled for the device"),
    "emulation": mark("C code run on an emulated core"),
    "written": mark("Bundle written"),
    VERIFIED: mark("Bundle read back and verified"),
    _BOARD: mark("Run on the board itself"),
}


def planned(device: Device) -> tuple[str, ...]:
    """Return the steps of an export for a device in their order; only some run C code."""
    code = _CODE if device.kind is DeviceKind.MICROCONTROLLER else ()
    return ("fits", "files", *code, "written", VERIFIED)


def proof_lines(
    device: Device, steps: Mapping[str, ExportStep], task: str, *, running: bool, ended: bool
) -> list[CheckLine]:
    """Return a line for every step.

    Args:
        device: What is exported for.
        steps: Those that are done, by id.
        task: Of the project, for the word for its samples.
        running: Whether the export is at work; then the first that is not done is busy.
        ended: Whether it ended well; then what was not heard of was not done.
    """
    lines, busy = [], running
    for id in planned(device):
        if (step := steps.get(id)) is not None:
            lines.append(_done(id, step, task))
        else:
            note = _why(steps) if ended and id in _CODE else ""
            lines.append(CheckLine(good=None, text=tr(_TOPICS[id]), note=note, busy=busy))
            busy = False
    return [*lines, _on_board()]


def _on_board() -> CheckLine:
    note = tr("not done here; the self-test in it does that")
    return CheckLine(good=None, text=tr(_TOPICS[_BOARD]), note=note)


def _why(steps: Mapping[str, ExportStep]) -> str:
    code = steps.get("code")
    return tr("not done: no C code can be made of this model") if code else tr("not done")


def _done(id: str, step: ExportStep, task: str) -> CheckLine:
    good = {"proved": True, "failed": False}.get(str(step.standing))
    note = _note(id, step, task) if good else tr("not done") if good is None else tr("failed")
    return CheckLine(good=good, text=tr(_TOPICS[id]), note=note, detail=step.sentence)


def _note(id: str, step: ExportStep, task: str) -> str:
    samples = nouns(task).count(step.inputs)
    notes = {
        "files": tr("on {samples} of the test side", samples=samples) if step.inputs else "",
        "host": plural(
            "{n} test input: every byte equal", "{n} test inputs: every byte equal", step.inputs
        ),
        "emulation": plural(
            "{n} input: every byte equal", "{n} inputs: every byte equal", step.inputs
        ),
        "memory": _figure(step.figures, "arena"),
        "device": _sizes(step.figures),
    }
    return notes.get(id, "")


def _figure(figures: Mapping[str, Figure], name: str) -> str:
    return words.figure_text(figures[name]) if name in figures else ""


def _sizes(figures: Mapping[str, Figure]) -> str:
    if not {"flash", "ram"} <= set(figures):
        return ""
    return tr(
        "RAM {ram}, flash {flash}",
        ram=_figure(figures, "ram"),
        flash=_figure(figures, "flash"),
    )


def file_name(title: str, device: Device, form: str) -> str:
    """Return a file name every system takes."""
    kept = "".join(" " if c in '\\/:*?"<>|' or c < " " else c for c in title)
    name = " ".join(kept.split()).strip(" .") or "bundle"
    parts = [name, device.id, *([form] if form else [])]
    return PurePath(" - ".join(parts) + ".zip").name
