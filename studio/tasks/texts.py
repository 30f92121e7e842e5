"""Reading text from strangers: which encoding it is in, and its lines in bounded memory."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

__all__ = ["ENCODINGS", "LONGEST_LINE", "BadText", "find_encoding", "lines"]

ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "cp949",
    "cp1252",
    "latin-1",
    "shift_jis",
    "gb18030",
)
"""The encodings a person may choose among; the first six are found without being told."""

LONGEST_LINE = 1 << 20
"""Characters. A thousand columns of numbers take 20,000; past a million it is no table."""

_LOOKED_AT = 64 << 20
"""Bytes looked at to tell the encoding; a stray letter further on is reported when it comes."""

_BLOCK = 1 << 20
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class BadText(Exception):
    """The bytes are no text we can read; the message says why, as the end of a sentence."""


def find_encoding(stream: BinaryIO) -> str:
    """Tell the encoding of a stream by its bytes; the stream is left at its beginning.

    A byte order mark decides; then zero bytes at every second place (UTF-16); then UTF-8 if
    it fits; then CP949 if it fits and what is not ASCII comes out as Korean; else CP1252.

    Raises:
        BadText: if it is no text.
    """
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    for mark, encoding in _BOMS.items():
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        return _two_bytes_each(head)
    if _fits(stream, "utf-8"):
        return "utf-8"
    return "cp949" if _fits(stream, "cp949") and _is_korean(stream) else _western(stream)


def _two_bytes_each(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) >= 4 and max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    raise BadText("it is not text")


def _fits(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        for _ in range(_LOOKED_AT // _BLOCK):
            block = stream.read(_BLOCK)
            decoder.decode(block, final=len(block) < _BLOCK)
            if len(block) < _BLOCK:
                break
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _is_korean(stream: BinaryIO) -> bool:
    """Whether most of what is not ASCII are Hangul syllables."""
    wide = hangul = 0
    decoder = codecs.getincrementaldecoder("cp949")()
    for _ in range(_LOOKED_AT // _BLOCK):
        block = stream.read(_BLOCK)
        text = decoder.decode(block)
        wide += sum(letter > "\x7f" for letter in text)
        hangul += sum("가" <= letter <= "힣" for letter in text)
        if wide > 1000 or len(block) < _BLOCK:
            break
    stream.seek(0)
    return hangul > wide / 2


def _western(stream: BinaryIO) -> str:
    return "cp1252" if _fits(stream, "cp1252") else "latin-1"


def lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    r"""Yield the lines of a stream, whatever they end with (``\n``, ``\r\n`` or ``\r``).

    Raises:
        BadText: for a line longer than `LONGEST_LINE` characters, or bytes that do not fit.
    """
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise BadText(f"line {number:,} is longer than {LONGEST_LINE:,} characters")
            if "\0" in line:
                raise BadText(f"line {number:,} holds zero bytes: it is not text")
            yield line.removeprefix("\ufeff") if number == 1 else line
    except UnicodeDecodeError:
        raise BadText(
            f"after line {number:,} there are bytes that are no {encoding.upper()};"
            " choose another encoding"
        ) from None
    finally:
        with suppress(ValueError):  # whoever opened the stream has closed it already
            text.detach()
