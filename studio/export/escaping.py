"""Names a person typed, made safe for the place they are put in."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import PurePosixPath

__all__ = ["c_comment", "c_string", "file_name", "html_text", "markdown_text", "one_line"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>&~$^@]|:(?=\S)|(?<=www)\.)", re.IGNORECASE)


def one_line(text: str) -> str:
    """Return the text without control, format-override and line-breaking characters."""
    kept = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    # Bidirectional overrides would make a report read differently from what it says.
    return "".join(
        c for c in kept if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def html_text(text: str) -> str:
    """Return the text for HTML content or a quoted attribute."""
    return html.escape(one_line(text), quote=True)


def markdown_text(text: str) -> str:
    """Return the text for Markdown: every character that could mean something is escaped.

    A colon before a space means nothing and is left, for whoever reads the plain text.
    """
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def c_string(text: str) -> str:
    """Return a C string literal with the text in UTF-8, quotes included.

    Everything but letters, digits, the space and ``_ . , -`` becomes a three-digit octal
    escape, which unlike a hexadecimal one ends by itself. So no trigraph, comment, quote,
    line end or non-ASCII byte is left, under any C or C++ standard.
    """
    plain = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _.,-")
    encoded = text.encode("utf-8", errors="replace")
    return '"' + "".join(chr(b) if b in plain else f"\\{b:03o}" for b in encoded) + '"'


def c_comment(text: str) -> str:
    """Return the text for the inside of a C comment, plain ASCII."""
    ascii_only = "".join(c if c.isascii() and c.isprintable() else "?" for c in one_line(text))
    return re.sub(r"[*/\\?]", "-", ascii_only)


def file_name(text: str) -> str:
    """Return the last part of a path, whichever system wrote it."""
    return one_line(PurePosixPath(text.replace("\\", "/")).name)
