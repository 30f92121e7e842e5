"""The menus as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from studio.gui.i18n import mark, tr

__all__ = ["MENUS", "Entry", "default_keys", "fill"]

_Key = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a menu: what it is called, its keys, and the command behind it."""

    command: str
    title: str
    keys: _Key | str | None = None
    role: QAction.MenuRole = QAction.MenuRole.NoRole


MENUS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        mark("&Project"),
        (
            Entry(command="new", title=mark("&New project…"), keys=_Key.New),
            Entry(command="open", title=mark("&Open a project…"), keys=_Key.Open),
            Entry(command="save_as", title=mark("Save &as…"), keys=_Key.SaveAs),
            Entry(command="backups", title=mark("&Backups")),
            Entry(command="close", title=mark("&Close the project"), keys=_Key.Close),
            Entry(
                command="quit", title=mark("&Quit"), keys=_Key.Quit, role=QAction.MenuRole.QuitRole
            ),
        ),
    ),
    (
        mark("&Edit"),
        (
            Entry(command="undo", title=mark("&Undo"), keys=_Key.Undo),
            Entry(command="redo", title=mark("&Redo"), keys="Ctrl+Shift+Z"),
            Entry(command="history", title=mark("&History"), keys="Ctrl+H"),
        ),
    ),
    (
        mark("&Go"),
        (
            Entry(command="go:data", title=mark("Data"), keys="Ctrl+1"),
            Entry(command="go:label", title=mark("Label"), keys="Ctrl+2"),
            Entry(command="go:train", title=mark("Train"), keys="Ctrl+3"),
            Entry(command="go:device", title=mark("Device"), keys="Ctrl+4"),
            Entry(command="go:export", title=mark("Export"), keys="Ctrl+5"),
            Entry(command="go:pipeline", title=mark("Pipeline"), keys="Ctrl+6"),
        ),
    ),
    (
        mark("&Help"),
        (
            Entry(command="tour", title=mark("&Guided tour")),
            Entry(command="go:settings", title=mark("Settings"), keys="Ctrl+,"),
            Entry(command="go:keys", title=mark("Keys"), keys="F1"),
        ),
    ),
)


def default_keys(entry: Entry) -> str:
    """Return an entry's own keys as Qt writes them, empty where it has none."""
    return "" if entry.keys is None else QKeySequence(entry.keys).toString()


def fill(
    window: QMainWindow,
    commands: Mapping[str, Callable[[], object]],
    keys: Mapping[str, str] | None = None,
) -> dict[str, QAction]:
    """Build the menu bar; return the actions by command.

    Args:
        window: Whose.
        commands: What each command does.
        keys: What the person chose instead of an entry's own keys, by command.
    """
    actions: dict[str, QAction] = {}
    window.menuBar().clear()
    for title, entries in MENUS:
        menu = window.menuBar().addMenu(tr(title))
        for entry in entries:
            action = QAction(tr(entry.title), window)
            action.setMenuRole(entry.role)
            chosen = (keys or {}).get(entry.command, default_keys(entry))
            action.setShortcut(QKeySequence(chosen))
            action.triggered.connect(lambda checked=False, run=commands[entry.command]: run())
            menu.addAction(action)
            actions[entry.command] = action
    return actions
