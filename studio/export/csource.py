"""The C files of a bundle, used by the plain C folder and by the sketches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.domain.report import CompatibilityReport
from studio.export.carray import signed, template, unsigned_hex
from studio.export.escaping import c_comment, c_string, file_name, one_line
from studio.export.part import Draft

__all__ = ["files", "golden_choice", "labels_file", "model_files"]

#: Golden inputs a sketch carries in flash at most; the full set stays in golden/.
_GOLDEN_BYTES = 32 << 10


def files(draft: Draft) -> dict[str, str]:
    """Return the C files by name, plain ASCII."""
    return {
        **model_files(draft.model),
        "labels.h": labels_file(draft.contents.candidate.classes),
        "golden.h": _golden(draft),
    }


def model_files(model: bytes) -> dict[str, str]:
    """Return the model as a C array: header and source by file name.

    Verification compares a bundle's files with what this gives, so a change of these templates
    is a new bundle format.
    """
    return {
        "model_data.h": template("model_data.h.txt").substitute(size=len(model)),
        "model_data.c": template("model_data.c.txt").substitute(bytes=unsigned_hex(model)),
    }


def labels_file(classes: Sequence[str]) -> str:
    """Return the class names as C; verified like the model's files."""
    lines = ",\n".join(f"  {c_string(one_line(name))}" for name in classes)
    return template("labels.h.txt").substitute(count=len(classes), names=lines)


def golden_choice(draft: Draft) -> list[int]:
    """Return which golden vectors go into C: a picture of each class in turn while they fit."""
    seen: dict[str, int] = {}
    turns = []
    for index, name in enumerate(draft.contents.golden_classes):
        seen[name] = seen.get(name, 0) + 1
        turns.append((seen[name], index))
    room = max(1, _golden_bytes(draft.contents.report) // draft.inputs[0].size)
    return sorted(index for _, index in sorted(turns)[:room])


def _golden_bytes(report: CompatibilityReport) -> int:
    """Return what golden inputs may take: never more than half of the flash that is left."""
    used = report.flash.high if report.flash.high is not None else report.flash.value
    if report.flash_limit_bytes is None or used is None:
        return _GOLDEN_BYTES
    return min(_GOLDEN_BYTES, int(report.flash_limit_bytes - used) // 2)


def _golden(draft: Draft) -> str:
    chosen = golden_choice(draft)
    names = [file_name(draft.contents.golden_names[i]) for i in chosen]
    classes = [
        draft.contents.candidate.classes.index(draft.contents.golden_classes[i]) for i in chosen
    ]
    return template("golden.h.txt").substitute(
        count=len(chosen),
        input_bytes=draft.inputs[0].size,
        output_bytes=draft.outputs[0].size,
        comment="\n".join(f" *   {n}: {c_comment(name)}" for n, name in enumerate(names)),
        inputs=signed(np.stack([draft.inputs[i] for i in chosen])),
        outputs=signed(np.stack([draft.outputs[i] for i in chosen])),
        classes=", ".join(map(str, classes)),
    )
