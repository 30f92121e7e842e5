"""The words of the window, through Qt's translation; see `studio.languages` for the files."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from studio.languages import LANGUAGES, mark, translations

__all__ = [
    "LANGUAGES",
    "StudioTranslator",
    "install",
    "language",
    "mark",
    "plural",
    "system_language",
    "tr",
]

_CONTEXT = "studio"


def tr(text: str, **values: object) -> str:
    """Return `text` in the person's language with ``{names}`` filled in."""
    found = QCoreApplication.translate(_CONTEXT, text)
    return found.format(**values) if values else found


def plural(one: str, many: str, n: int, **values: object) -> str:
    """Return the form for `n`, which both texts may show as ``{n}``."""
    return tr(one if n == 1 else many, n=f"{n:,}", **values)


class StudioTranslator(QTranslator):
    """Answers from the translations of a language; unknown texts stay English."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._entries = translations(language)

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the translation, or None where Qt should go on looking."""
        return self._entries.get(source) if context == _CONTEXT else None

    def isEmpty(self) -> bool:
        """Say whether nothing is translated, as Qt asks before installing."""
        return not self._entries


def system_language() -> str:
    """Return the language of the desktop if the window speaks it, else English."""
    code = QLocale.system().name().split("_")[0]
    return code if code in LANGUAGES else "en"


_installed: list[StudioTranslator] = []
_spoken: list[str] = ["en"]


def language() -> str:
    """Return the code of the language the window speaks."""
    return _spoken[0]


def install(wanted: str) -> None:
    """Make a language (a key of `LANGUAGES`, or empty for the system's) the window's own."""
    while _installed:
        QCoreApplication.removeTranslator(_installed.pop())
    code = wanted if wanted in LANGUAGES else system_language()
    _spoken[0] = code
    translator = StudioTranslator(code)
    if not translator.isEmpty():
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)
