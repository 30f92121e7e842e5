"""What the window remembers between runs, one record per setting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal

__all__ = ["RECENT_LIMIT", "SETTINGS", "Setting", "Settings"]

RECENT_LIMIT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One remembered value: its key in the settings file and what holds before."""

    key: str
    default: Any


SETTINGS = {
    setting.key: setting
    for setting in (
        Setting(key="theme", default="system"),
        Setting(key="language", default=""),
        Setting(key="recent", default=""),
        Setting(key="projects_folder", default=""),
        Setting(key="last_folder", default=""),
        Setting(key="minutes", default="5"),
        Setting(key="device", default=""),
    )
}


class Settings(QObject):
    """The settings of this person on this computer.

    Args:
        store: Where they are kept; the default is the desktop's usual place.

    Signals:
        changed: A setting has a new value; carries its key.
    """

    changed = Signal(str)

    def __init__(self, store: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store or QSettings(
            QSettings.Format.IniFormat,
            QSettings.Scope.UserScope,
            "edge-automl-studio",
            "edge-automl-studio",
        )

    def __getitem__(self, key: str) -> str:
        return str(self._store.value(key, SETTINGS[key].default) or SETTINGS[key].default)

    def __setitem__(self, key: str, value: str) -> None:
        if self[key] != value:
            self._store.setValue(SETTINGS[key].key, value)
            self.changed.emit(key)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The projects opened last, newest first, without those that are gone."""
        return tuple(p for p in map(Path, self["recent"].splitlines()) if p.is_file())

    def remember(self, project: Path) -> None:
        """Put a project first among the recent ones."""
        others = [p for p in self.recent if p != project]
        self["recent"] = "\n".join(str(p) for p in [project, *others][:RECENT_LIMIT])

    @property
    def projects_folder(self) -> Path:
        """Where a project goes that was started by dropping a folder."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(self["projects_folder"] or QStandardPaths.writableLocation(documents))

    @property
    def last_folder(self) -> str:
        """Where the last file dialog stood."""
        return self["last_folder"] or str(self.projects_folder)
