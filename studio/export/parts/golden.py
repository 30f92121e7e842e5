"""Golden vectors: inputs, and what the reference kernels answer to them, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studio.export.amount import AmountOutput
from studio.export.escaping import file_name, one_line
from studio.export.golden import pack_raw
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Int8Array, Member, Part
from studio.export.wording import words_of

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    raw = pack_raw(draft.contents)
    content: dict[str, Any] = {
        "inputs": _tensor("golden/inputs.bin", draft.inputs.shape),
        "outputs": _tensor("golden/outputs.bin", draft.outputs.shape),
        "kernels": "TensorFlow Lite reference kernels",
        "samples": _samples(draft),
    }
    count = len(draft.inputs)
    yield Member(
        name="golden/inputs.bin",
        content=draft.inputs.tobytes(),
        about=f"{count} inputs of the int8 model, one after the other, no header",
    )
    yield Member(
        name="golden/outputs.bin",
        content=draft.outputs.tobytes(),
        about="what the int8 model must answer, byte for byte",
    )
    if raw is not None:
        name, packed, content["raw"] = raw
        many = words_of(draft.contents.preprocessing).raw_many
        yield Member(name=name, content=packed, about=f"the {many} the inputs were made from")
    yield Member(
        name="golden/golden.json",
        content=as_json_bytes(content),
        about="shapes, sample names and true answers of the files above",
    )


def _samples(draft: Draft) -> list[dict[str, Any]]:
    contents = draft.contents
    tell = _amounts if contents.target else _classes
    rows = zip(contents.golden_names, contents.golden_truth, draft.outputs, strict=True)
    answer = tell(draft)
    return [{"name": file_name(name), **answer(true, output)} for name, true, output in rows]


def _classes(draft: Draft) -> Any:
    classes = draft.contents.candidate.classes

    def answer(true: str, output: Int8Array) -> dict[str, Any]:
        return {
            "class": one_line(true),
            "class_index": classes.index(true),
            "output_index": int(output.argmax()),
            "output_class": one_line(classes[int(output.argmax())]),
        }

    return answer


def _amounts(draft: Draft) -> Any:
    target = draft.contents.target
    assert target is not None
    meaning = AmountOutput.of(target, draft.output)

    def answer(true: float, output: Int8Array) -> dict[str, Any]:
        return {"amount": float(true), "output_amount": meaning.amount(int(output[0]))}

    return answer


def _tensor(file: str, shape: tuple[int, ...]) -> dict[str, object]:
    return {"file": file, "dtype": "int8", "shape": list(shape), "order": "C"}


ENTRY = Part(id="golden", make=_make)
