"""Steps of the history in the person's language; the project keeps them in English."""

from __future__ import annotations

import re

from studio.domain.operation import Operation
from studio.gui.i18n import mark, tr

__all__ = ["step_text"]

_N = r"(?P<n>[\d,]+) \w+"
_KINDS = {
    "assign": (rf'Label {_N} "(?P<name>.*)"', mark("Label {n}: {name}")),
    "clear": (rf".*?{_N}", mark("Clear the class of {n}")),
    "exclude": (rf".*?{_N}", mark("Leave out {n}")),
    "include": (rf".*?{_N}", mark("Let in {n} again")),
    "add-class": (r'New class "(?P<name>.*)"', mark("New class {name}")),
    "rename-class": (r'Rename "(?P<name>.*)" to "(?P<new>.*)"', mark("Rename {name} to {new}")),
    "merge-classes": (r'Merge "(?P<name>.*)" into "(?P<new>.*)"', mark("Merge {name} into {new}")),
    "delete-class": (r'Delete the class "(?P<name>.*)"', mark("Delete the class {name}")),
    "mark-range": (r'Mark a time range "(?P<name>.*)"', mark("Mark a time range: {name}")),
    "move-edge": ("", mark("Move a time range")),
    "add-region": (r'Draw a box "(?P<name>.*)"', mark("Draw a box: {name}")),
    "change-region": (r'Change a [\w ]+ "(?P<name>.*)"', mark("Change a mark: {name}")),
    "delete-regions": (rf"Delete {_N}", mark("Delete marks: {n}")),
    "move-to-session": (rf"Move {_N}", mark("Move {n} to another session")),
    "remove-samples": (rf"Remove {_N}", mark("Remove {n}")),
    "import": (rf"Import {_N} from (?P<name>.*)", mark("Import {n} from {name}")),
    "accept-suggestions": (rf"Accept {_N}", mark("Accept {n} as suggested")),
    "keep-device": (r'Keep the device "(?P<name>.*)"', mark("Keep the device {name}")),
    "remove-device": (r'Remove the device "(?P<name>.*)"', mark("Remove the device {name}")),
}


def step_text(step: Operation) -> str:
    """Return what was done, in words; in English where a step is not known here."""
    pattern, words = _KINDS.get(step.kind, (None, ""))
    found = re.match(pattern, step.title, re.DOTALL) if pattern is not None else None
    return tr(words, **found.groupdict()) if found else step.title
