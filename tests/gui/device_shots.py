"""Pictures of the page Device in its states, light and dark, English and Korean.

Usage: ``python -m tests.gui.device_shots OUTDIR [light dark en ko]``; on a real project whose
models were put there, not trained. Look at them after every change of the page.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.app import Session
from studio.domain.report import Verdict
from studio.gui.application import Program
from studio.gui.backend import AppBackend
from studio.gui.fitting.chips import BoardFilter
from studio.gui.fitting.page import DevicePage
from studio.gui.settings import Settings
from tests.app.test_judging import project

from .conftest import settled
from .screenshots import wait


def main(out: Path, looks: set[str]) -> None:
    """Write the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["AUTOML_STUDIO_CACHE"] = str(root / "cache")
        path = project(root, [(2, 900_000), (5, 500_000), (9, 0), (30, 0)])
        with Session.open(path) as session:
            own = {"name": "Field logger 3", "core": "Cortex-M4F", "flash_bytes": "256K"}
            session.devices.add({**own, "ram_bytes": "20K", "camera": ["OV7670"]})
            small = {"ram_bytes": "96K", "flash_bytes": "512K", "runtimes": ["tflite-micro"]}
            session.devices.add({"name": "Gate relay", "core": "Cortex-M4F", **small})
        for theme in ("light", "dark"):
            for language in ("en", "ko"):
                if {theme, language} <= looks:
                    store = QSettings(f"{folder}/{theme}{language}.ini", QSettings.Format.IniFormat)
                    settings = Settings(store)
                    settings["theme"], settings["language"] = theme, language
                    program = Program(app, AppBackend(), settings)
                    program.show()
                    program.open(path)
                    wait(app, lambda p=program: p.workspace is not None and settled(p))
                    _states(app, program, out, f"{theme}-{language}")
                    program.end()
                    program.window.close()


def _states(app: QApplication, program: Program, out: Path, tag: str) -> None:
    window, workspace = program.window, program.workspace

    def save(name: str) -> None:
        wait(app, lambda: settled(program))
        assert window.grab().save(str(out / f"device-{name}-{tag}.png"))

    if size := os.environ.get("SHOT_SIZE"):
        window.resize(*map(int, size.split("x")))
    window.notice.hide()  # of thumbnails, which the models that were put there lack
    window.go("device")
    page: DevicePage = window.page("device")
    wait(app, lambda: settled(program))
    for id in ("pico", "nano33ble"):
        page.choose(id)
    save("cards")
    page.panel.details.click()
    bar = page.panel.verticalScrollBar()
    wait(app, lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    save("details")
    page.panel.details.click()
    bar.setValue(0)
    fitting = page.filters.filter.wanted
    page.filters.set(BoardFilter(wanted=fitting, verdict=Verdict.DOES_NOT_FIT))
    page.choose("field-logger-3")
    save("advice")
    page.filters.own.click()
    page.choose("gate-relay")
    save("found")
    page.filters.clear_all()
    page.choose("field-logger-3")
    page.remedy.measure.click()
    wait(app, lambda: workspace.job is None and settled(program))
    save("measured")
    page.filters.search.setText("nothing is called so")
    save("nothing")
    page.filters.clear_all()
    page.show_view("matrix")
    save("matrix")
    page.show_view("shop")
    page.shop.accuracy.setValue(90.0)
    page.shop.look.click()
    save("shop")
    page.show_view("boards")
    page.begin_own()
    page.form.name.setText("Bench board")
    page.form.ram.setText("a lot")
    page.form.core.setEditText("Cortex-M4F")
    page.form.save.click()
    save("own")
    page.form.cancel.click()


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]) or {"light", "dark", "en", "ko"})
