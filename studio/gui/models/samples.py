"""The samples as a list of any length: rows and thumbnails come when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage, QPixmap

from studio.domain.sample import Sample, SampleKind
from studio.gui.i18n import tr
from studio.gui.widgets.basics import plain
from studio.gui.workspace import Workspace

__all__ = ["SampleListModel"]

_PAGE = 200
_BATCH = 24
_CACHED = 2000
_WAITING = 240
#: Named, so that no other decoder has a try at the bytes; the stubs want bytes, Qt a text.
_FORMAT: Any = "PNG"
THUMBNAIL_PX = 96

Index = QModelIndex | QPersistentModelIndex


def _picture(png: bytes) -> QImage:
    """Decode a thumbnail and bring it to the size it is shown in."""
    image = QImage.fromData(png, _FORMAT)
    if image.isNull():
        return image
    small = max(image.width(), image.height()) < THUMBNAIL_PX // 2
    mode = Qt.TransformationMode
    return image.scaled(
        THUMBNAIL_PX,
        THUMBNAIL_PX,
        Qt.AspectRatioMode.KeepAspectRatio,
        mode.FastTransformation if small else mode.SmoothTransformation,
    )


class SampleListModel(QAbstractListModel):
    """Samples of one filter, paged from the session.

    Only pages and thumbnails somebody looked at are in memory; the newest requests are
    served first, those scrolled past long ago are dropped.
    """

    SampleRole = Qt.ItemDataRole.UserRole

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._class_name: str | None = None
        self._unlabelled = False
        self._generation = 0
        self._count = 0
        self._pages: dict[int, tuple[Sample, ...] | None] = {}
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, int] = OrderedDict()
        self._loading = False
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._load_thumbnails)
        workspace.samples_changed.connect(self.reload)

    def set_filter(self, *, class_name: str | None = None, unlabelled: bool = False) -> None:
        """Show all samples, those of one class, or those without one."""
        self._class_name, self._unlabelled = class_name, unlabelled
        self.reload()

    def reload(self) -> None:
        """Count again and forget the pages; thumbnails stay, they cannot change."""
        self._generation += 1
        generation, wanted = self._generation, self._filter()
        self._workspace.lanes["read"].submit(
            lambda session, task: (
                session.sample_count(**wanted),
                session.samples(offset=0, limit=_PAGE, **wanted),
            ),
            lambda found: self._on_counted(generation, *found),
            self._workspace.failed.emit,
        )

    def _filter(self) -> dict[str, Any]:
        return {"class_name": self._class_name, "unlabelled": self._unlabelled}

    def _on_counted(self, generation: int, count: int, first: tuple[Sample, ...]) -> None:
        if generation != self._generation:
            return
        self.beginResetModel()
        self._count = count
        self._pages = {0: first}
        self.endResetModel()

    # -- Qt ------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many samples pass the filter."""
        return 0 if parent is not None and parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, thumbnail or record of a row; None until it has come."""
        sample = self.sample(index.row())
        if sample is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            photo = sample.kind is SampleKind.IMAGE  # rows and recordings have no picture yet
            return self._thumbnail(sample.digest, index.row()) if photo else None
        if role == Qt.ItemDataRole.DisplayRole:
            return sample.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(sample.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{sample.name}, {sample.class_name or tr('no class')}"
        return sample if role == self.SampleRole else None

    def sample(self, row: int) -> Sample | None:
        """Return the sample of a row, asking for its page if need be."""
        number, place = divmod(row, _PAGE)
        if number not in self._pages:
            self._ask_for_page(number)
        page = self._pages[number]
        return page[place] if page is not None and place < len(page) else None

    # -- pages ---------------------------------------------------------------------------

    def _ask_for_page(self, number: int) -> None:
        self._pages[number] = None
        generation, wanted = self._generation, self._filter()
        self._workspace.lanes["read"].submit(
            lambda session, task: session.samples(offset=number * _PAGE, limit=_PAGE, **wanted),
            lambda page: self._on_page(generation, number, page),
            self._workspace.failed.emit,
        )

    def _on_page(self, generation: int, number: int, page: tuple[Sample, ...]) -> None:
        if generation == self._generation:
            self._pages[number] = page
            last = min(number * _PAGE + _PAGE, self._count) - 1
            self.dataChanged.emit(self.index(number * _PAGE), self.index(last))

    # -- thumbnails ----------------------------------------------------------------------

    def _thumbnail(self, digest: str, row: int) -> QPixmap | None:
        if digest in self._pixmaps:
            self._pixmaps.move_to_end(digest)
            return self._pixmaps[digest]
        self._wanted[digest] = row
        self._wanted.move_to_end(digest)
        while len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)
        if not self._loading:
            self._timer.start()
        return None

    def _load_thumbnails(self) -> None:
        if self._loading or not self._wanted:
            return
        some = [self._wanted.popitem() for _ in range(min(_BATCH, len(self._wanted)))]
        self._loading = True
        self._workspace.lanes["thumbnails"].submit(
            lambda session, task: [(d, r, _picture(session.thumbnail(d))) for d, r in some],
            self._on_thumbnails,
            self._on_thumbnails_failed,
        )

    def _on_thumbnails(self, found: list[tuple[str, int, QImage]]) -> None:
        self._loading = False
        for digest, row, image in found:
            self._pixmaps[digest] = QPixmap.fromImage(image)
            if row < self._count:
                self.dataChanged.emit(
                    self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole]
                )
        while len(self._pixmaps) > _CACHED:
            self._pixmaps.popitem(last=False)
        self._timer.start()

    def _on_thumbnails_failed(self, error: Exception) -> None:
        self._loading = False
        self._workspace.failed.emit(error)
