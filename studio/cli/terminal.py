"""Where words go: results to stdout, progress and notices to stderr."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from studio.cli.table import fit, plain, width

__all__ = ["Terminal", "as_json", "use_utf8"]

_RED = "\x1b[31m"
_PLAIN = "\x1b[0m"


def use_utf8(*streams: TextIO) -> None:
    """Make streams take any text: UTF-8 whatever the locale, and never fail on a character."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def as_json(document: Mapping[str, Any]) -> str:
    """Return a document as JSON text; a value that JSON cannot hold is a bug, not ``NaN``."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


class Terminal:
    """Two streams, one of them with a line that can be written over.

    Args:
        out: For results.
        err: For progress and notices.
        json: Whether the person asked for JSON.
    """

    def __init__(
        self, out: TextIO | None = None, err: TextIO | None = None, *, json: bool = False
    ) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self.json = json
        self._live_columns = 0

    @property
    def colour(self) -> bool:
        """Whether stderr may be coloured: a terminal, and NO_COLOR is not set (no-color.org)."""
        return self._err.isatty() and not os.environ.get("NO_COLOR")

    def result(self, document: Mapping[str, Any], text: str) -> None:
        """Print a result in the form the person asked for."""
        self._clear()
        shown = as_json(document) if self.json else text
        if shown:
            print(shown, file=self._out, flush=True)

    def note(self, text: str) -> None:
        """Print a line that stays."""
        self._clear()
        print(plain(text), file=self._err, flush=True)

    def live(self, text: str) -> None:
        """Show a line that the next one replaces; nothing where stderr is no terminal."""
        if not self._err.isatty():
            return
        line = fit(plain(text), shutil.get_terminal_size().columns - 1)
        rest = " " * max(0, self._live_columns - width(line))
        self._err.write("\r" + line + rest)
        self._err.flush()
        self._live_columns = width(line)

    def error(self, code: str, sentence: str) -> None:
        """Print an expected failure: ``code: sentence``, on one line."""
        self._clear()
        start, end = (_RED, _PLAIN) if self.colour else ("", "")
        print(f"{start}{code}{end}: {plain(sentence)}", file=self._err, flush=True)

    def _clear(self) -> None:
        if self._live_columns:
            self._err.write("\r" + " " * self._live_columns + "\r")
            self._live_columns = 0
