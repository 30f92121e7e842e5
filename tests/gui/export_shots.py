"""Pictures of the Export page and the pipeline. Usage: ``python -m tests.gui.export_shots DIR``.

The pictures come from the stand-in session.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.gui.application import Program
from studio.gui.settings import Settings

from .conftest import settled
from .fake_backend import FakeBackend
from .screenshots import _save as save
from .screenshots import wait


def _export(app: QApplication, program: Program, backend: FakeBackend, out: Path, tag: str) -> None:
    window = program.window
    window.go("export")
    page = window.page("export")
    wait(app, lambda: page.export.isEnabled() and settled(program))
    save(program, out, f"export-before-{tag}")
    backend.exporting.hold_after = "device"
    page.export.click()
    wait(app, lambda: "device" in page.desk.steps)
    save(program, out, f"export-running-{tag}")
    backend.exporting.gate.set()
    wait(app, lambda: bool(page.result.verdict.text()) and settled(program))
    page.says.said.setPlainText("STUDIO-SELFTEST 1")
    page.says.record.click()
    wait(app, lambda: bool(page.says.outcome.text()) and settled(program))
    save(program, out, f"export-done-{tag}")
    page.export.click()
    page.not_sure.own.setChecked(True)
    wait(app, lambda: settled(program))
    page.result.report.click()
    wait(app, lambda: bool(page.preview.pages))
    save(program, out, f"export-report-{tag}")


def _pipeline(app: QApplication, program: Program, out: Path, tag: str) -> None:
    window = program.window
    print(window.notice.details[-800:])
    window.menu_actions["go:pipeline"].trigger()
    page = window.page("pipeline")
    wait(app, lambda: bool(page.desk.boxes) and settled(program))
    page.canvas.choose("candidate:2")
    save(program, out, f"pipeline-{tag}")
    page.desk.compare(1, 2)
    wait(app, lambda: page.notice.isVisibleTo(page))
    page.desk.toggle(next(box.id for box in page.desk.boxes if box.members))
    wait(app, lambda: bool(page.desk.opened) and settled(program))
    save(program, out, f"pipeline-opened-{tag}")


def main(out: Path) -> None:
    """Write the pictures into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)
    for theme, language in (("light", "en"), ("dark", "ko"), ("light", "ko"), ("dark", "en")):
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(QSettings(f"{folder}/s.ini", QSettings.Format.IniFormat))
            settings["theme"], settings["language"] = theme, language
            settings["projects_folder"] = folder
            backend = FakeBackend()
            program = Program(app, backend, settings)
            program.show()
            path = backend.filled(Path(folder) / "Seedlings.automl", photos=120, candidates=9)
            program.open(path)
            wait(app, lambda shown=program: shown.workspace is not None and settled(shown))
            _export(app, program, backend, out, f"{theme}-{language}")
            stored = backend.stored[path]
            stored.searches.append(replace(stored.searches[0], id=2))
            _pipeline(app, program, out, f"{theme}-{language}")
            program.end()
            program.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
