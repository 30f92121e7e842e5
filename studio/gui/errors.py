"""Errors as a person reads them, in their language, and as an engineer does."""

from __future__ import annotations

import platform
import re
import traceback
from pathlib import Path

import PySide6

from studio import __version__
from studio.domain.errors import StudioError
from studio.gui.i18n import language
from studio.languages import translations

__all__ = ["details_of", "told"]

_HOME = re.compile(r"(/home/|/Users/|[A-Za-z]:\\Users\\)[^/\\\s\"']+")
_DEEPEST = 40


def told(error: StudioError) -> tuple[str, str]:
    """Return what happened and what to do, in the person's language.

    English speaks as the error does, with its names and numbers. Another language has a
    sentence a code, and says them where the code's own words stand under the details.
    """
    found = translations(language()).get(error.code)
    if found is None:
        return error.happened, error.remedy
    happened, _, remedy = found.partition("\n")
    return happened, remedy or error.remedy


def details_of(error: Exception) -> str:
    """Return code, words, versions and the way there, without the names of people's folders."""
    code = f"{error.code}: {error}" if isinstance(error, StudioError) else ""
    lines = [
        code or f"{type(error).__name__}: {error}",
        f"Edge AutoML Studio {__version__}, Python {platform.python_version()},"
        f" PySide {PySide6.__version__}, {platform.system()} {platform.machine()}",
    ]
    way = traceback.format_exception(error, limit=_DEEPEST)
    return without_homes("\n".join([*lines, "".join(way)]).strip())


def without_homes(text: str) -> str:
    """Return a text in which folders of people are called ``~``."""
    return _HOME.sub("~", text.replace(str(Path.home()), "~"))
