"""Golden vectors: inputs, and what the reference kernels answer to them, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export.escaping import file_name, one_line
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Member, Part

__all__ = ["ENTRY"]


def _make(draft: Draft) -> Iterator[Member]:
    contents = draft.contents
    classes = contents.candidate.classes
    samples = [
        {
            "name": file_name(name),
            "class": one_line(true),
            "class_index": classes.index(true),
            "output_index": int(output.argmax()),
            "output_class": one_line(classes[int(output.argmax())]),
        }
        for name, true, output in zip(
            contents.golden_names, contents.golden_classes, draft.outputs, strict=True
        )
    ]
    content = {
        "inputs": _tensor("golden/inputs.bin", draft.inputs.shape),
        "outputs": _tensor("golden/outputs.bin", draft.outputs.shape),
        "kernels": "TensorFlow Lite reference kernels",
        "samples": samples,
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
    yield Member(
        name="golden/golden.json",
        content=as_json_bytes(content),
        about="shapes, sample names and classes of the two files above",
    )


def _tensor(file: str, shape: tuple[int, ...]) -> dict[str, object]:
    return {"file": file, "dtype": "int8", "shape": list(shape), "order": "C"}


ENTRY = Part(id="golden", make=_make)
