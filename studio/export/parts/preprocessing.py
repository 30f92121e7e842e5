"""What an input goes through before the model sees it: as data, in words and in Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studio.domain.preprocessing import ImagePreprocessing
from studio.export import preprocess
from studio.export.part import Draft, Member, Part
from studio.export.spec import FILE, write_spec
from studio.export.wording import words_of

__all__ = ["ENTRY", "python_source"]


def python_source() -> bytes:
    """Return the module that makes inputs of rows and recordings, as it travels.

    The same bytes wherever the studio is installed, whatever the line ends there.
    """
    return Path(preprocess.__file__).read_text(encoding="utf-8").encode("utf-8")


def _make(draft: Draft) -> Iterator[Member]:
    how = draft.contents.preprocessing
    yield Member(
        name=FILE,
        content=write_spec(how),
        about=f"what {words_of(how).raw} goes through before the model sees it",
    )
    if not isinstance(how, ImagePreprocessing):
        yield Member(
            name="preprocess.py",
            content=python_source(),
            about="does it in Python with NumPy alone; run it to make the golden inputs again",
        )


ENTRY = Part(id="preprocessing", make=_make)
