"""The model, its answers, the preprocessing and some golden vectors as C99 source."""

from __future__ import annotations

from collections.abc import Iterator

from studio.export import csource
from studio.export.part import Draft, Member, Part

__all__ = ["ENTRY"]

_ABOUT = {
    "model_data.h": "declares the model as a C array",
    "model_data.c": "the int8 model as a C array; the same bytes as model/model_int8.tflite",
    "labels.h": "class names as C strings, UTF-8",
    "answer.h": "from the int8 model's outputs to a class, or to 'not sure'",
    "output.h": "from the int8 model's output to the amount",
    "preprocess.h": "declares what makes an input of a row or a signal",
    "preprocess.c": "makes an input of a row or a signal, with the studio's bytes; no libm",
    "golden.h": "some of the golden vectors as C arrays",
}


def _make(draft: Draft) -> Iterator[Member]:
    for name, text in csource.files(draft).items():
        yield Member(name=f"c/{name}", content=text.encode("ascii"), about=_ABOUT[name])


ENTRY = Part(id="c_source", make=_make)
