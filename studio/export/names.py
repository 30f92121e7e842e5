"""Which file names a bundle may have, checked before a byte is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["name_fault", "shown", "tree_fault"]

_LONGEST_NAME = 240
_DEEPEST = 6
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_FORBIDDEN = frozenset('<>:"|?*\\')


def name_fault(name: str) -> str:
    """Return why a file of this name is refused, or an empty text.

    Whatever some system would take for a path outside the folder, a device, or another
    spelling of the same file is refused on all systems.
    """
    if not name or len(name) > _LONGEST_NAME:
        return "a name is empty or too long"
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in name):
        return "a name holds control characters"
    if any(c in _FORBIDDEN for c in name):
        return "a name holds characters some systems do not allow"
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return "a name leads outside the bundle"
    if len(parts) > _DEEPEST:
        return "folders are nested too deep"
    if any(part[-1] in ". " or _RESERVED.fullmatch(part) for part in parts):
        return "a name is reserved on some systems"
    return ""


def tree_fault(names: Iterable[str]) -> str:
    """Return why these names cannot stand beside each other, or an empty text.

    A name that ends with a slash is a folder.
    """
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        folded = _folded(name.rstrip("/"))
        if name.endswith("/"):
            folders.add(folded)
            continue
        if folded in seen:
            return "two names are the same on some systems"
        seen.add(folded)
        parts = folded.split("/")
        folders |= {"/".join(parts[:end]) for end in range(1, len(parts))}
    return "a name is a file and a folder at once" if seen & folders else ""


def shown(name: str) -> str:
    """Return a stranger's file name for a message: short, printable, quoted."""
    printable = "".join(c if c.isprintable() else "�" for c in name[:80])
    return repr(printable.encode("utf-8", "replace").decode("utf-8"))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
