"""The C files of a bundle, used by the plain C folder and by the sketches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.domain.report import CompatibilityReport
from studio.export.amount import AmountOutput
from studio.export.carray import array_lines, floats, signed, template, unsigned_hex
from studio.export.cpreprocess import preprocess_files
from studio.export.deciding import AnswerRule, rule_of
from studio.export.escaping import c_comment, c_string, file_name, one_line
from studio.export.part import Draft

__all__ = [
    "answer_file",
    "files",
    "golden_choice",
    "golden_order",
    "golden_room",
    "labels_file",
    "model_files",
    "output_file",
]

#: Golden inputs a sketch carries in flash at most; the full set stays in golden/.
_GOLDEN_BYTES = 32 << 10


def files(draft: Draft) -> dict[str, str]:
    """Return the C files by name, plain ASCII."""
    return {
        **model_files(draft.model),
        **_answer_file(draft),
        **preprocess_files(draft.contents.preprocessing),
        "golden.h": _golden(draft),
    }


def _answer_file(draft: Draft) -> dict[str, str]:
    target = draft.contents.target
    if target is None:
        return {
            "labels.h": labels_file(draft.contents.candidate.classes),
            "answer.h": answer_file(rule_of(draft.contents, draft.output)),
        }
    return {"output.h": output_file(AmountOutput.of(target, draft.output))}


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


def answer_file(rule: AnswerRule) -> str:
    """Return the way from the outputs to a class, or to "not sure", as C; verified likewise."""
    return template("answer.h.txt").substitute(below=rule.below)


def output_file(output: AmountOutput) -> str:
    """Return the way from a code to an amount as C; verified like the model's files."""
    offset, scale, step = floats((output.target.offset, output.target.scale, output.step))
    return template("output.h.txt").substitute(
        column=c_comment(output.target.column),
        zero_point=output.zero_point,
        output_scale=step,
        offset=offset,
        scale=scale,
    )


def golden_choice(draft: Draft) -> list[int]:
    """Return which golden vectors go into C: one of each class in turn while they fit."""
    room = max(1, golden_room(draft.contents.report) // draft.inputs[0].size)
    return sorted(golden_order(draft)[:room])


def golden_order(draft: Draft) -> list[int]:
    """Return the places of all golden vectors, one of each class in turn."""
    seen: dict[str | float, int] = {}
    turns = []
    for index, truth in enumerate(draft.contents.golden_truth):
        name = truth if draft.contents.target is None else ""
        seen[name] = seen.get(name, 0) + 1
        turns.append((seen[name], index))
    return [index for _, index in sorted(turns)]


def golden_room(report: CompatibilityReport) -> int:
    """Return what golden inputs may take: never more than half of the flash that is left."""
    used = report.flash.high if report.flash.high is not None else report.flash.value
    if report.flash_limit_bytes is None or used is None:
        return _GOLDEN_BYTES
    return min(_GOLDEN_BYTES, int(report.flash_limit_bytes - used) // 2)


def _golden(draft: Draft) -> str:
    chosen = golden_choice(draft)
    names = [file_name(draft.contents.golden_names[i]) for i in chosen]
    return template("golden.h.txt").substitute(
        count=len(chosen),
        input_bytes=draft.inputs[0].size,
        output_bytes=draft.outputs[0].size,
        comment="\n".join(f" *   {n}: {c_comment(name)}" for n, name in enumerate(names)),
        inputs=signed(np.stack([draft.inputs[i] for i in chosen])),
        outputs=signed(np.stack([draft.outputs[i] for i in chosen])),
        truth=_golden_truth(draft, chosen),
    )


def _golden_truth(draft: Draft, chosen: Sequence[int]) -> str:
    truth = [draft.contents.golden_truth[i] for i in chosen]
    if draft.contents.target is None:
        classes = ", ".join(str(draft.contents.candidate.classes.index(str(t))) for t in truth)
        return (
            "/* The class a person gave each, as an index into studio_labels. */\n"
            f"static const int studio_golden_classes[STUDIO_GOLDEN_COUNT] = {{{classes}}};"
        )
    return (
        "/* The amount a person gave each. */\n"
        "static const float studio_golden_amounts[STUDIO_GOLDEN_COUNT] = {\n"
        f"{array_lines(floats(map(float, truth)))}\n}};"
    )
