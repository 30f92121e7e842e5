"""Goes through a morning's work with the disk failing at the 1st, 2nd, ... write or sync.

Run with ``failing_disk.so`` preloaded: ``python -m tests.faults.failing_disk_child LIBRARY
PROJECT ERRNO STEP STAYS``. Prints one JSON document; exit 0 when nothing was lost.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from pathlib import Path

from studio import labelling
from studio.domain.errors import ProjectError
from studio.labelling.operations import ImportStep
from studio.store import backup, samples
from studio.store.project_file import ProjectFile
from studio.store.saving import compact, save_as

from .children import new


class Work:
    """What a person does in a morning, and what was acknowledged of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.labelled: dict[int, str] = {}
        self.imported = 0
        self.messages: dict[str, str] = {}

    def run(self) -> None:
        """Do everything; what the disk refuses is noted and the next thing tried."""
        try:
            project = ProjectFile.open(self.path)
        except ProjectError as error:
            self._note(error)
            return
        with project:
            step = ImportStep(project, "photos")
            for number in range(3):
                self._try(self._label, project, number)
                self._try(self._import, step, number)
            self._try(backup.make, project)
            self._try(labelling.undo, project)
            self._try(labelling.redo, project)
            self._try(save_as, project, self.path.with_name("copy.automl"))
            self._try(compact, project)

    def _label(self, project: ProjectFile, number: int) -> None:
        labelling.assign(project, [number + 1], f"label {number}")
        self.labelled[number + 1] = f"label {number}"

    def _import(self, step: ImportStep, number: int) -> None:
        step.add([(new(1000 + n, 9000), b"t") for n in range(number * 5, number * 5 + 5)])
        self.imported += 5

    def _try(self, do: object, *arguments: object) -> None:
        try:
            do(*arguments)  # type: ignore[operator]
        except ProjectError as error:
            self._note(error)

    def _note(self, error: ProjectError) -> None:
        self.messages[error.code] = str(error)


def verify(work: Work) -> list[str]:
    """Return what is wrong with the project and its copies afterwards."""
    wrong: list[str] = []
    with ProjectFile.open(work.path) as project:
        if project.value("PRAGMA integrity_check") != "ok":
            wrong.append("integrity")
        found = {sample.id: sample.class_name for sample in samples.page(project)}
        # Undo and redo may have been refused between: then the last import is taken back.
        wrong += [f"label {id}" for id, name in work.labelled.items() if found[id] != name]
        there = len(found) - 100
        if there % 5 or there < min(work.imported, 10) - 10:
            wrong.append(f"{there} of {work.imported} imported")
    for other in (*work.path.parent.parent.rglob("data/**/*.automl"), *work.path.parent.iterdir()):
        if other.suffix == ".automl" and other != work.path:
            with ProjectFile.open(other) as copy:
                if copy.value("PRAGMA integrity_check") != "ok":
                    wrong.append(f"copy {other.name}")
        elif other != work.path:
            wrong.append(f"left behind: {other.name}")
    return wrong


def main() -> None:
    """Fail at one write after the other until a whole run meets no failure."""
    library, original, error, step, stays = sys.argv[1:6]
    disk = ctypes.CDLL(library)
    place = Path(original).parent / "fault"
    at, faults, wrong = 1, 0, []
    messages: dict[str, str] = {}
    while True:
        shutil.rmtree(place, ignore_errors=True)
        (place / "work").mkdir(parents=True)
        os.environ["AUTOML_STUDIO_DATA"] = str(place / "data")
        path = Path(shutil.copy(original, place / "work" / "a.automl"))
        work = Work(path)
        disk.disk_arm(os.fsencode(place), at, int(error), int(stays))
        work.run()
        fired = disk.disk_disarm()
        messages |= work.messages
        wrong += [f"{at}: {found}" for found in verify(work)]
        if not fired:
            break
        faults += 1
        at += int(step)
    print(json.dumps({"faults": faults, "wrong": wrong, "messages": messages}))


if __name__ == "__main__":
    main()
