"""The C that every ecosystem carries under ``src/``: model, preparation, answer, self-test."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.preprocessing import ImagePreprocessing, SignalPreprocessing
from studio.export import csource
from studio.export.amount import AmountOutput
from studio.export.cpicture import picture_files
from studio.export.cpreprocess import preprocess_files
from studio.export.deciding import rule_of
from studio.export.ecosystems._selftest import selftest_data
from studio.export.ecosystems._shape import Material
from studio.export.part import Member

__all__ = ["library", "sources"]

_ABOUT = {
    "labels.h": "class names as C strings, UTF-8",
    "answer.h": "from the int8 model's outputs to a class, or to 'not sure'",
    "output.h": "from the int8 model's output to the amount",
    "preprocess.h": "declares what makes an input of a row or a signal",
    "preprocess.c": "makes an input of a row or a signal, with the studio's bytes; no libm",
    "picture.h": "declares what makes an input of a picture",
    "picture.c": "makes an input of a picture, with the studio's bytes; no libm",
    "selftest.h": "declares the self-test",
    "selftest.c": "prepares golden samples, runs the model, compares, prints lines",
    "selftest_data.h": "the golden samples of the self-test",
}


def library(material: Material) -> Iterator[Member]:
    """Return the files of ``src/``."""
    model = {f"model/{name}": text for name, text in material.code.files.items()}
    about = dict.fromkeys(model, "the model as C99: no library, no malloc")
    inference = f"{material.prefix}_inference.h"
    about |= {inference: "all that a program includes; begin here"} | _ABOUT
    texts = {**model, inference: _inference(material), **_answer(material), **_prepare(material)}
    texts["selftest.h"] = material.filled("library/selftest.h.txt")
    texts["selftest.c"] = _selftest(material)
    texts["selftest_data.h"] = selftest_data(material.draft)
    for name, text in texts.items():
        yield Member(name=f"src/{name}", content=text.encode("ascii"), about=about[name])


def sources(material: Material) -> list[str]:
    """Return the names of all C files of ``src/`` that are compiled."""
    return sorted(member.name for member in library(material) if member.name.endswith(".c"))


def _prepare(material: Material) -> dict[str, str]:
    how = material.draft.contents.preprocessing
    return picture_files(how) if isinstance(how, ImagePreprocessing) else preprocess_files(how)


def _answer(material: Material) -> dict[str, str]:
    contents, output = material.draft.contents, material.draft.output
    if contents.target is not None:
        return {"output.h": csource.output_file(AmountOutput.of(contents.target, output))}
    return {
        "labels.h": csource.labels_file(contents.candidate.classes),
        "answer.h": csource.answer_file(rule_of(contents, output)),
    }


def _inference(material: Material) -> str:
    names = [name for name in (*_answer(material), *_prepare(material)) if name.endswith(".h")]
    return material.filled(
        "library/inference.h.txt",
        includes="".join(f'#include "{name}"\n' for name in sorted(names)),
        call=material.filled(f"library/call_{_answers(material)}.txt"),
    )


def _answers(material: Material) -> str:
    return "class" if material.draft.contents.target is None else "amount"


def _selftest(material: Material) -> str:
    how = material.draft.contents.preprocessing
    kind = "row"
    if isinstance(how, (ImagePreprocessing, SignalPreprocessing)):
        kind = "picture" if isinstance(how, ImagePreprocessing) else "signal"
    steps = (f"library/prepare_{kind}.c.txt", f"library/answer_{_answers(material)}.c.txt")
    return material.filled(
        "library/selftest.c.txt", prepare="".join(material.filled(name) for name in steps)
    )
