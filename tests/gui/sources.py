"""Finds every text of the program that is shown through a translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import studio
from studio.domain import phrase
from studio.domain.phrase import PHRASES

_TEXTS = {"tr": 1, "mark": 1, "plural": 2}


def shown_texts() -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and text of what is shown through a translation.

    These are the literals given to ``tr``, ``mark`` or ``plural``, and every phrase.
    """
    for text in PHRASES.values():
        yield Path(phrase.__file__), 1, text
    for path in sorted(Path(studio.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TEXTS:
                for argument in node.args[: _TEXTS[node.func.id]]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield path, node.lineno, argument.value


def error_codes() -> set[str]:
    """Return the stable code of every error that says what happened, wherever it is raised."""
    found = set()
    for path in sorted(Path(studio.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                codes = [word.value for word in node.keywords if word.arg == "code"]
                texts = [code.value for code in codes if isinstance(code, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and "." in text}
    return found


if __name__ == "__main__":
    for text in sorted({text for _, _, text in shown_texts()}):
        print(text)
