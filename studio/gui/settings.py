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
        Setting(key="glances", default=""),
        Setting(key="projects_folder", default=""),
        Setting(key="last_folder", default=""),
        Setting(key="minutes", default="5"),
        Setting(key="device", default=""),
        Setting(key="recent_devices", default=""),
        Setting(key="bundles", default=""),
        Setting(key="boards", default=""),
        Setting(key="tour", default=""),
        Setting(key="keys", default=""),
        Setting(key="notify", default="yes"),
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
    def keys(self) -> dict[str, str]:
        """The keys the person chose, by command; whatever else stands there is passed over."""
        lines = (line.partition("=") for line in self["keys"].splitlines())
        return {command: keys for command, sign, keys in lines if sign}

    def choose_keys(self, command: str, keys: str | None) -> None:
        """Give a command other keys (empty for none), or with None its own again."""
        chosen = self.keys
        chosen.pop(command, None)
        if keys is not None:
            chosen[command] = keys
        self["keys"] = "\n".join(f"{command}={keys}" for command, keys in chosen.items())

    @property
    def recent(self) -> tuple[Path, ...]:
        """The projects opened last, newest first; some may be gone meanwhile."""
        return tuple(map(Path, self["recent"].splitlines()))

    def remember(self, project: Path) -> None:
        """Put a project first among the recent ones."""
        others = [p for p in self.recent if p != project]
        self["recent"] = "\n".join(str(p) for p in [project, *others][:RECENT_LIMIT])

    def forget(self, project: Path) -> None:
        """Take a project off the list; the file stays."""
        self["recent"] = "\n".join(str(p) for p in self.recent if p != project)

    @property
    def projects_folder(self) -> Path:
        """Where a project goes that was started by dropping a folder."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(self["projects_folder"] or QStandardPaths.writableLocation(documents))

    @property
    def last_folder(self) -> str:
        """Where the last file dialog stood."""
        return self["last_folder"] or str(self.projects_folder)
