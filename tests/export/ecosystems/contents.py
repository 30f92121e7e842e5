"""Contents of bundles with real generated C: a picture, rows, amounts, windows, statistics."""

from __future__ import annotations

from functools import cache
from typing import Any

from studio.app.build_target import build_target
from studio.codegen import Settings, generate
from studio.domain.candidate import ArtifactFormat, Precision
from studio.export import BundleContents, CCode

from ..conftest import make_contents
from ..kinds import KINDS, make_kind

__all__ = ["ALL_KINDS", "contents_of"]

ALL_KINDS = ("pictures", *KINDS)


@cache
def _code(content: bytes, title: str, kernels: str) -> CCode:
    made = generate(content, Settings(name=title, kernels=kernels))
    item = {"id": "host", "standing": "proved", "sentence": "6 inputs, 0 bytes differ."}
    return CCode(
        prefix=made.prefix,
        files=made.files,
        proof={"inputs": "all 6 inputs of the test side", "items": [{**item, "figures": {}}]},
    )


def contents_of(kind: str, *, kernels: str = "dsp", **changes: Any) -> BundleContents:
    """Return contents of one kind with C made of its model, for its device."""
    plain = make_contents(**changes) if kind == "pictures" else make_kind(kind, **changes)
    int8 = plain.candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE)
    assert int8 is not None
    given = {
        "code": _code(plain.files[int8.digest], plain.project_title, kernels),
        "build": build_target(plain.device),
        **changes,
    }
    return make_contents(**given) if kind == "pictures" else make_kind(kind, **given)
