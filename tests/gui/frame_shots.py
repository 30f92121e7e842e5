"""Pictures of the frame: start, data with its sections, panels, keys; every theme and language.

Usage: ``python -m tests.gui.frame_shots OUTDIR``. The projects are real ones, made from samples.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.app import Session, build_sample
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.settings import Settings

from . import screenshots
from .conftest import settled
from .screenshots import _save, wait

screenshots._WAIT_S = 120.0


def _project(folder: Path, name: str, task: str, sample: str) -> Path:
    path = folder / f"{name}.automl"
    with Session.create(path, task=task) as session:
        session.import_paths([build_sample(sample, folder / "raw")])
    return path


def _settle(app: QApplication, program: Program) -> None:
    wait(app, lambda: program.workspace is not None and settled(program))


def _sections(app: QApplication, program: Program, out: Path, name: str, tag: str) -> None:
    page = program.window.page("data")
    for section in ("samples", "health", "sessions", "split", "files"):
        page.show_section(section)
        if section == "health":
            page.desk.look_over()
        if section == "sessions":
            page.desk.keep_sessions()
        if section == "split":
            page.desk.divide()
        _settle(app, program)
        wait(app, lambda: program.workspace.job is None and settled(program))
        _save(program, out, f"frame-{name}-{section}-{tag}")


def _round(app: QApplication, program: Program, out: Path, folder: Path, tag: str) -> None:
    photos = folder / "raw" / "digits"
    pumps = _project(folder, "Pump", "sensor-classification", "pump")
    build_sample("digits", folder / "raw")
    for each in sorted(photos.rglob("*.png"))[::3]:
        each.unlink()
    (photos / "3" / "notes.txt").write_text("no picture")
    _save(program, out, f"frame-start-empty-{tag}")
    program.take_paths([photos])
    start = program.window.page("start")
    wait(app, lambda: start.check.ready)
    _save(program, out, f"frame-preview-photos-{tag}")
    start.check.dismiss()
    program.take_paths([build_sample("iris", folder / "raw") / "iris.csv"])
    wait(app, lambda: start.check.ready)
    _save(program, out, f"frame-preview-table-{tag}")
    start.check.accept()
    _settle(app, program)
    wait(app, lambda: program.workspace.view.overview.samples == 150 and settled(program))
    _sections(app, program, out, "table", tag)
    program.open(pumps)
    wait(app, lambda: program.workspace.path == pumps and settled(program))
    _sections(app, program, out, "sensor", tag)
    program.window.menu_actions["history"].trigger()
    _settle(app, program)
    _save(program, out, f"frame-history-{tag}")
    program.workspace.lanes["work"].submit(lambda session, task: session.backup())
    _settle(app, program)
    program.window.menu_actions["backups"].trigger()
    _settle(app, program)
    _save(program, out, f"frame-backups-{tag}")
    program.window.side.close_panel()
    for place in ("settings", "keys"):
        program.window.go(place)
        _save(program, out, f"frame-{place}-{tag}")
    program.window.go("data")
    program.workspace.failed.emit(RuntimeError("the details"))
    program.start_tour()
    _save(program, out, f"frame-tour-{tag}")
    program.tour.leave()
    pumps.with_name("iris.automl").unlink()
    program.close_project()
    wait(app, lambda: program.workspace is None)
    _save(program, out, f"frame-start-{tag}")


def main(out: Path) -> None:
    """Write the pictures into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)
    for theme, language in (("light", "en"), ("dark", "ko"), ("light", "ko"), ("dark", "en")):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            os.environ["AUTOML_STUDIO_DATA"] = str(folder / "data")
            settings = Settings(QSettings(f"{name}/settings.ini", QSettings.Format.IniFormat))
            settings["theme"], settings["language"] = theme, language
            settings["projects_folder"] = name
            program = Program(app, AppBackend(), settings)
            program.show()
            _round(app, program, out, folder, f"{theme}-{language}")
            program.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
