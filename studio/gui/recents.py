"""The projects opened last, with what was seen of them: so the list needs to open none."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QObject, Qt
from PySide6.QtGui import QImage

from studio.domain.sample import SampleKind
from studio.gui.background import Task
from studio.gui.settings import Settings
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["Recent", "RecentWatch", "recent_projects"]

_PICTURE_PX = 48
_FORMAT: Any = "PNG"
_LONGEST = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """A project of the list.

    Attributes:
        path: Where it was.
        there: Whether it still is.
        task: What it learns, or empty when it was never seen.
        samples: How many samples it had.
        picture: One of them as a small PNG, or empty.
    """

    path: Path
    there: bool
    task: str = ""
    samples: int = 0
    picture: bytes = b""


def recent_projects(settings: Settings) -> tuple[Recent, ...]:
    """Return the projects opened last, newest first."""
    seen = _seen(settings)
    return tuple(_recent(path, seen.get(str(path))) for path in settings.recent)


def _recent(path: Path, seen: object) -> Recent:
    glance = seen if isinstance(seen, dict) else {}
    samples = glance.get("samples")
    try:
        picture = base64.b64decode(str(glance.get("picture", "")))
    except binascii.Error:
        picture = b""
    return Recent(
        path=path,
        there=path.is_file(),
        task=str(glance.get("task", "")),
        samples=samples if isinstance(samples, int) else 0,
        picture=picture,
    )


def _seen(settings: Settings) -> dict[str, Any]:
    """Return what was kept by path; a settings file somebody else wrote is empty at worst."""
    try:
        found = json.loads(settings["glances"][:_LONGEST] or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class RecentWatch(QObject):
    """Keeps what the open project looks like, as often as the number of samples changes."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__(workspace)
        self._workspace, self._settings = workspace, settings
        self._samples = -1
        workspace.view_changed.connect(self._on_view_changed)

    def _on_view_changed(self) -> None:
        view = self._workspace.view
        if view is None or view.overview.samples == self._samples:
            return
        self._samples = view.overview.samples
        self._workspace.lanes["look"].submit(_first_picture, self._keep)

    def _keep(self, picture: bytes) -> None:
        view = self._workspace.view
        if view is None:
            return
        seen = _seen(self._settings)
        seen[str(self._workspace.path)] = {
            "task": view.overview.task,
            "samples": view.overview.samples,
            "picture": base64.b64encode(_small(picture)).decode(),
        }
        recent = {str(path) for path in self._settings.recent}
        kept = {path: glance for path, glance in seen.items() if path in recent}
        self._settings["glances"] = json.dumps(kept)


def _first_picture(session: Session, task: Task) -> bytes:
    first = session.samples(limit=1)
    picture = bool(first) and first[0].kind is SampleKind.IMAGE
    return session.thumbnail(first[0].digest) if picture else b""


def _small(png: bytes) -> bytes:
    image = QImage.fromData(png, _FORMAT)
    if image.isNull():
        return b""
    mode = Qt.TransformationMode.SmoothTransformation
    image = image.scaled(_PICTURE_PX, _PICTURE_PX, Qt.AspectRatioMode.KeepAspectRatio, mode)
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, _FORMAT)
    return bytes(out.data())
