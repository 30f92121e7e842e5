"""The languages the program speaks: English in the sources, the others as Qt Linguist files.

``assets/translations/<language>/*.ts``, one file for each part of the program, hold English
sentences and their translations. They are read as they are, so nothing is compiled and a
translator needs Qt Linguist or a text editor. A sentence stands in one of the files only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from xml.etree import ElementTree

from studio.resources import assets

__all__ = ["LANGUAGES", "translations", "translator"]

#: Language code to its own name for itself.
LANGUAGES = {"en": "English", "ko": "한국어"}


def mark(text: str) -> str:
    """Return `text` unchanged; says that it is translated later, so that it is looked for."""
    return text


@cache
def translations(language: str) -> dict[str, str]:
    """Return translations by English sentence; empty for English and for unknown languages."""
    found: dict[str, str] = {}
    if language not in LANGUAGES:
        return found
    for path in sorted((assets() / "translations" / language).glob("*.ts")):
        for message in ElementTree.parse(path).iter("message"):
            translated = message.findtext("translation")
            if translated:
                found[message.findtext("source") or ""] = translated
    return found


def translator(language: str) -> Callable[[str], str]:
    """Return what turns an English sentence into another language, or leaves it as it is."""
    entries = translations(language)
    return lambda text: entries.get(text, text)
