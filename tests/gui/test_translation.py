"""Every text of the window has a Korean entry with the same blanks, and no entry is left over."""

from __future__ import annotations

import re
import string

import pytest
from PySide6.QtCore import QCoreApplication

from studio.domain.phrase import PHRASES
from studio.gui import i18n
from studio.languages import translations

from .sources import error_codes, shown_texts

TEXTS = sorted({*(text for _, _, text in shown_texts()), *PHRASES.values(), *error_codes()})
"""Texts of the window, the sentences of the floors below that it shows, and codes of errors."""


def korean() -> dict[str, str]:
    """Return the Korean texts of the window."""
    return translations("ko")


def blanks(text: str) -> set[str]:
    """Return the names of the blanks in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_nothing_is_missing_and_nothing_is_left_over():
    assert set(TEXTS) - set(korean()) == set()
    assert set(korean()) - set(TEXTS) == set()


@pytest.mark.parametrize("text", TEXTS)
def test_the_korean_text_has_the_same_blanks(text):
    assert blanks(korean()[text]) == blanks(text)


def test_the_korean_texts_are_korean():
    same = {text for text, other in korean().items() if not re.search("[가-힣]", other)}
    assert same <= {
        "RAM",
        "of {limit}",
        "{low} to {high}",
        "{place}: {state}",
        "{points} points",
        "{value} (between {low} and {high})",
    }


def test_switching_changes_what_is_said(qapp: QCoreApplication):
    i18n.install("ko")
    assert i18n.plural("{n} photo", "{n} photos", 1200) == "사진 1,200장"
    i18n.install("en")
    assert i18n.plural("{n} photo", "{n} photos", 1200) == "1,200 photos"
    assert i18n.plural("{n} photo", "{n} photos", 1) == "1 photo"
