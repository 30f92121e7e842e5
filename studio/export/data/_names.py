"""File names that every file system takes and that no importer passes over."""

from __future__ import annotations

import re
import unicodedata

from studio.export.names import name_fault

__all__ = ["Names", "safe_part"]

_LONGEST_PART_BYTES = 120
_LONGEST_NAME = 200
_DEEPEST = 5
_HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""Names other programs give their own files; whoever imports passes over them."""

_REFUSED = re.compile(r'[<>:"|?*\\/]')


def safe_part(text: str) -> str:
    """Return a name for a file or folder: close to the text, safe on every file system.

    The text is returned as it is (in NFC) where it is safe already.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join("_" if _is_unseen(letter) else letter for letter in composed)
    plain = _REFUSED.sub("_", kept).strip()
    stem, point, ending = plain.rpartition(".")
    if not point or len(ending) > 8:
        stem, ending = plain, ""
    stem = _cut(stem.strip(), _LONGEST_PART_BYTES).strip()
    part = f"{stem}.{ending}" if ending else stem
    part = part.rstrip(". ") or "_"
    if part.startswith(".") or part.casefold() in _HIDDEN or name_fault(part):
        part = f"_{part}"
    return part if not name_fault(part) else "_"


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _cut(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, between letters."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


class Names:
    """Names given out so far, none of which two systems could take for one.

    Args:
        taken: Names that are spoken for.
    """

    def __init__(self, *taken: str) -> None:
        self._taken = {_folded(name) for name in taken}
        self._last: dict[str, int] = {}

    def new(self, wanted: str) -> str:
        """Return a free and safe name, with forward slashes, as close as may be."""
        parts = [safe_part(part) for part in wanted.split("/") if part]
        parts = parts[: _DEEPEST - 1] + parts[-1:] if len(parts) > _DEEPEST else parts or ["_"]
        if len("/".join(parts)) > _LONGEST_NAME:
            parts = [_cut(parts[0], 40).rstrip(". ") or "_", parts[-1]][-len(parts) :]
        name = "/".join(parts)
        folder, slash, last = name.rpartition("/")
        stem, _, ending = last.rpartition(".")
        number = self._last.get(_folded(name), 1)
        while not self._free(name):
            number += 1
            numbered = f"{stem}~{number}.{ending}" if stem else f"{last}~{number}"
            name = f"{folder}{slash}{numbered}"
        self._last[_folded("/".join(parts))] = number
        self._take(name)
        return name

    def _free(self, name: str) -> bool:
        """Whether neither the name nor a folder above it is a file, or it a folder."""
        folded = _folded(name)
        above = folded.split("/")[:-1]
        files = ("/".join(above[: end + 1]) for end in range(len(above)))
        return folded not in self._taken and not any(f"{part}\0" in self._taken for part in files)

    def _take(self, name: str) -> None:
        folded = _folded(name)
        self._taken |= {folded, f"{folded}\0"}
        above = folded.split("/")[:-1]
        self._taken |= {"/".join(above[: end + 1]) for end in range(len(above))}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
