"""The model as C that needs no runtime, and what was shown of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from studio.export.part import Draft, Member, Part

__all__ = ["ENTRY"]

_ABOUT = {
    ".h": "declares the model as C that needs no runtime; begin here",
    ".c": "the model as C99: no library, no malloc; the same bytes as the reference kernels",
}


def _make(draft: Draft) -> Iterator[Member]:
    code = draft.contents.code
    if code is None:
        return
    for name, text in code.files.items():
        about = _ABOUT[name[-2:]]
        yield Member(name=f"c_code/{name}", content=text.encode("ascii"), about=about)
    proof = {"why_not": code.why} if code.why else dict(code.proof)
    yield Member(
        name="c_code/proof.json",
        content=(json.dumps(proof, indent=2) + "\n").encode("ascii"),
        about="what was shown of the C code, with what compilers, and what was not done",
    )


ENTRY = Part(id="c_code", make=_make)
