"""Pictures of every page, in light and dark, English and Korean.

Usage: ``python -m tests.gui.screenshots OUTDIR``. The pictures come from the stand-in session;
look at them after every change of the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.gui.application import Program
from studio.gui.settings import Settings

from .conftest import settled
from .fake_backend import FakeBackend

_WAIT_S = 15.0


def wait(app: QApplication, until: Callable[[], bool]) -> None:
    """Let the program run until something is so."""
    end = time.monotonic() + _WAIT_S
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
        app.processEvents()
    for _ in range(20):
        app.processEvents()


def _save(program: Program, out: Path, name: str) -> None:
    for _ in range(10):
        QApplication.processEvents()
    assert program.window.grab().save(str(out / f"{name}.png"))


def _pages(app: QApplication, program: Program, backend: FakeBackend, out: Path, tag: str) -> None:
    _save(program, out, f"start-{tag}")
    folder = program.settings.projects_folder
    empty = folder / "Empty.automl"
    backend.create(empty)
    program.open(empty)
    wait(app, lambda: program.workspace is not None and settled(program))
    for place in ("data", "label", "train", "device", "export", "settings"):
        program.window.go(place)
        _save(program, out, f"empty-{place}-{tag}")
    program.open(backend.filled(folder / "Seedlings.automl", photos=412, candidates=6))
    wait(app, lambda: program.workspace.path.stem == "Seedlings" and settled(program))
    for place in ("data", "label", "device"):
        program.window.go(place)
        wait(app, lambda: settled(program))
        if place == "label":
            program.window.page("label").grid.selectAll()
        _save(program, out, f"{place}-{tag}")
    for view in ("matrix", "shop"):
        program.window.page("device").show_view(view)
        _save(program, out, f"device-{view}-{tag}")
    program.window.go("export")
    page = program.window.page("export")
    wait(app, page.export.isEnabled)
    page.export.click()
    wait(app, lambda: bool(page.result.verdict.text()) and settled(program))
    _save(program, out, f"export-{tag}")
    program.window.go("train")
    _save(program, out, f"train-{tag}")
    program.window.page("train").settings.start.click()
    wait(app, lambda: program.workspace.training.finished == 2 and settled(program))
    _save(program, out, f"train-running-{tag}")
    train = program.window.page("train")
    train.show_view("results")
    wait(app, lambda: train.mistakes.judgement is not None and settled(program))
    train.mistakes.strip.setCurrentRow(0)
    wait(app, lambda: settled(program))
    _save(program, out, f"train-results-{tag}")
    train.show_view("try")
    wait(app, lambda: settled(program))
    _save(program, out, f"train-try-{tag}")
    program.workspace.failed.emit(RuntimeError("the details"))
    _save(program, out, f"error-{tag}")
    program.close_project()


def main(out: Path) -> None:
    """Write the pictures into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)
    for theme in ("light", "dark"):
        for language in ("en", "ko"):
            with tempfile.TemporaryDirectory() as folder:
                store = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
                settings = Settings(store)
                settings["theme"], settings["language"] = theme, language
                settings["projects_folder"] = folder
                backend = FakeBackend()
                backend.endless = True
                program = Program(app, backend, settings)
                program.show()
                _pages(app, program, backend, out, f"{theme}-{language}")
                program.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
