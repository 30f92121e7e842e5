"""What a picture goes through before the model sees it: as data and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.domain.preprocessing import ImagePreprocessing
from studio.export.manifest import as_json_bytes
from studio.export.part import Draft, Member, Part

__all__ = ["ENTRY", "steps_in_words"]


def steps_in_words() -> tuple[str, ...]:
    """Return the sentences of `ImagePreprocessing` that say what is done, word for word.

    Raises:
        ValueError: if its description no longer has that paragraph.
    """
    text = " ".join((ImagePreprocessing.__doc__ or "").split())
    found = re.search(r"In this order: (.+?) A float model (.+?)\s*Attributes:", text)
    if found is None:
        raise ValueError("ImagePreprocessing no longer describes its steps")
    return (f"In this order: {found[1]}", f"A float model {found[2]}")


def _make(draft: Draft) -> Iterator[Member]:
    preprocessing = draft.contents.candidate.preprocessing
    content = {
        "kind": "image",
        **preprocessing.as_json(),
        "resampling": "Pillow BILINEAR, antialiased, aspect ratio not kept",
        "grey": "ITU-R 601 luma",
        "layout": "height, width, channels; rows from the top, pixels from the left",
        "float32_input": {"dtype": "float32", "formula": "pixel / 255"},
        "int8_input": {
            "dtype": "int8",
            "formula": "pixel - 128",
            "scale": 1 / 255,
            "zero_point": -128,
        },
        "words": list(steps_in_words()),
    }
    yield Member(
        name="preprocessing.json",
        content=as_json_bytes(content),
        about="what a picture goes through before the model sees it",
    )


ENTRY = Part(id="preprocessing", make=_make)
