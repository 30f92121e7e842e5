"""Pictures of the page Label in every state, light and dark, English and Korean.

Usage: ``python -m tests.gui.label_shots OUTDIR``; look at them after every change of the page.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.app import Session
from studio.domain.sample import Box, TimeRange
from studio.domain.sieve import Sieve
from studio.gui import i18n, theme
from studio.gui.backend import AppBackend
from studio.gui.labelling.selection import go_to_row
from studio.gui.pages.label import LabelPage
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

from .label_bench import idle, photos, recordings, shown, sound, table
from .screenshots import wait


class _Bot:
    """Waits as pytest-qt's robot does."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def waitUntil(self, callback: Callable[[], bool]) -> None:
        wait(self._app, callback)


def main(out: Path) -> None:
    """Write the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("a", "b", "c", "d", "e"):
            (root / name).mkdir()
        paths = {
            "photos": photos(root / "a", 140),
            "signal": recordings(root / "b"),
            "sound": sound(root / "c"),
            "table": table(root / "d", 400),
        }
        _prepare(paths)
        empty = root / "e" / "empty.automl"
        Session.create(empty).close()
        store = QSettings(f"{folder}/settings.ini", QSettings.Format.IniFormat)
        for look in ("light", "dark"):
            for language in ("en", "ko"):
                i18n.install(language)
                theme.apply(app, look)
                _all(app, Settings(store), paths, empty, out, f"{look}-{language}")


def _prepare(paths: dict[str, Path]) -> None:
    with Session.open(paths["photos"]) as session:
        session.move_to_session(list(range(1, 30)), "2026-05-01 greenhouse")
        session.reviewing.predict()
        session.arranging.mark(2, Box(class_name="rust", x=0.2, y=0.25, width=0.4, height=0.5))
    with Session.open(paths["signal"]) as session:
        first = session.samples()[0].id
        for name, start, end in (("idle", 1.0, 6.5), ("running", 8.0, 15.0)):
            session.arranging.mark(first, TimeRange(class_name=name, start_s=start, end_s=end))


def _all(
    app: QApplication,
    settings: Settings,
    paths: dict[str, Path],
    empty: Path,
    out: Path,
    tag: str,
) -> None:
    bot = _Bot(app)

    def save(page: object, name: str) -> None:
        page.grab()
        wait(app, lambda: idle(page))
        assert page.grab().save(str(out / f"label-{name}-{tag}.png"))

    workspace = Workspace(paths["photos"], AppBackend())
    page = LabelPage(workspace, settings)
    page.resize(1200, 760)
    assert page.grab().save(str(out / f"label-loading-{tag}.png"))
    workspace.close()
    with shown(empty, settings, bot) as page:
        save(page, "empty")
    with shown(paths["photos"], settings, bot) as page:
        save(page, "grid")
        go_to_row(page.grid, 1)
        page.bar.set(Sieve(session="2026-05-01 greenhouse", text="p0"))
        wait(app, lambda: idle(page))
        page.ask_merge("rust", "<b>mite</b>")
        save(page, "chips-merge")
        page.ask.hide()
        page.bar.set(Sieve(text="nowhere", unlabelled=True))
        wait(app, lambda: idle(page))
        save(page, "filter-empty")
        page.bar.clear_all()
        wait(app, lambda: idle(page))
        go_to_row(page.grid, 1)
        page.toggle_one()
        page.rapid.boxes.setChecked(True)
        wait(app, lambda: idle(page) and bool(page.rapid.photo.boxes))
        page.rapid.photo.pick_next()
        save(page, "rapid")
        page.toggle_one()
        page.inspector.tabs.setCurrentIndex(2)
        page.keys.click()
        save(page, "keys-history")
    for name in ("signal", "sound", "table"):
        with shown(paths[name], settings, bot) as page:
            go_to_row(page.middle.view, 0)
            wait(app, lambda page=page: idle(page))
            if name == "signal":
                page.middle.signal.plot.stretch(16.0, 18.0)
            save(page, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
