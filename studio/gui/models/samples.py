"""The samples as a list of any length: records and thumbnails come when they are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QElapsedTimer,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap

from studio.domain.sample import Sample, SampleKind
from studio.domain.sieve import Sieve
from studio.gui.i18n import tr
from studio.gui.labelling.lanes import QUIET_MS, browse_lane
from studio.gui.labelling.mime import samples_mime
from studio.gui.widgets.basics import plain
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app.session import Session

__all__ = ["THUMBNAIL_PX", "SampleListModel"]

_PAGE = 200
_BATCH = 24
_CACHED = 2000
_WAITING = 240
#: Named, so that no other decoder has a try at the bytes; the stubs want bytes, Qt a text.
_FORMAT: Any = "PNG"
THUMBNAIL_PX = 96

Index = QModelIndex | QPersistentModelIndex


def _picture(png: bytes, side: int) -> QImage:
    """Decode a thumbnail and bring it to the size it is shown in."""
    image = QImage.fromData(png, _FORMAT)
    if image.isNull():
        return image
    small = max(image.width(), image.height()) < side // 2
    mode = Qt.TransformationMode
    return image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatio,
        mode.FastTransformation if small else mode.SmoothTransformation,
    )


def _read(session: Session, sieve: Sieve) -> tuple[Sequence[int], tuple[Sample, ...]]:
    """Return what passes, and the first page of it, so that what is on top never flickers."""
    ids = session.browsing.ids(sieve)
    return ids, session.browsing.records(ids[:_PAGE])


class SampleListModel(QAbstractListModel):
    """Samples that pass a sieve: their row numbers at once, the rest from the session by pages.

    Only pages and thumbnails somebody looked at are in memory; the newest requests are
    served first, those scrolled past long ago are dropped. While it is `held`, what it lists
    stays as it is and only labels are read again.

    Signals:
        counted: The row numbers were read again; the list may be as it was.
    """

    SampleRole = Qt.ItemDataRole.UserRole
    counted = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._lane = workspace, browse_lane(workspace)
        self.sieve = Sieve()
        self.loaded = False
        self.held = False
        self._generation = 0
        self._ids: Sequence[int] = array("q")
        self._pages: dict[int, tuple[Sample, ...] | None] = {}
        self._stale: set[int] = set()
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, int] = OrderedDict()
        self._loading = False
        self._side = THUMBNAIL_PX
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._load_thumbnails)
        self._later = QTimer(self, interval=QUIET_MS, singleShot=True)
        self._later.timeout.connect(self.reload)
        self._last = QElapsedTimer()
        workspace.samples_changed.connect(self._on_changed)

    def set_filter(self, *, class_name: str | None = None, unlabelled: bool = False) -> None:
        """Show all samples, those of one class, or those without one."""
        self.set_sieve(Sieve(class_name=class_name, unlabelled=unlabelled))

    def set_sieve(self, sieve: Sieve) -> None:
        """Show what passes."""
        self.sieve = sieve
        self.reload()

    def _on_changed(self) -> None:
        """Count again at once, or after a moment where changes follow each other quickly."""
        if self._last.isValid() and not self._last.hasExpired(QUIET_MS):
            self._later.start()
        elif not self._later.isActive():
            self.reload()

    def reload(self) -> None:
        """Count again; what is the same stays where it is, and thumbnails cannot change."""
        self._later.stop()
        self._last.start()
        self._generation += 1
        generation, sieve = self._generation, self.sieve
        if self.held and self.loaded:
            self._on_counted(generation, self._ids, ())
            return
        self._lane.submit(
            # What was asked for again meanwhile need not be counted.
            lambda session, task: _read(session, sieve) if generation == self._generation else None,
            lambda found: self._on_counted(generation, *found) if found else None,
            self._workspace.failed.emit,
        )

    def _on_counted(self, generation: int, ids: Sequence[int], first: tuple[Sample, ...]) -> None:
        if generation != self._generation:
            return
        self.loaded = True
        if ids == self._ids and self._pages:
            # Whoever shows some of them asks for them again.
            self._stale = set(self._pages)
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))
        else:
            self.beginResetModel()
            self._ids, self._pages, self._stale = ids, {0: first}, set()
            self.endResetModel()
        self.counted.emit()

    @property
    def settled(self) -> bool:
        """Whether the list is what the project holds, as far as anybody told."""
        return self.loaded and not self._later.isActive()

    # -- Qt ------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many samples pass the sieve."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, thumbnail or record of a row; None until it has come."""
        sample = self.sample(index.row())
        if sample is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            photo = sample.kind is SampleKind.IMAGE  # rows and recordings have no picture
            return self._thumbnail(sample.digest, index.row()) if photo else None
        if role == Qt.ItemDataRole.DisplayRole:
            return sample.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(sample.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{sample.name}, {sample.class_name or tr('no class')}"
        return sample if role == self.SampleRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let samples be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """Return the row numbers of what is dragged."""
        return samples_mime(self.ids_at(sorted({index.row() for index in indexes})))

    # -- asking --------------------------------------------------------------------------

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        """Return the samples of rows, whether or not their records have come."""
        return [self._ids[row] for row in rows if row < len(self._ids)]

    def row_of(self, sample_id: int) -> int | None:
        """Return where a sample stands, or None where it is not in the list."""
        try:
            return self._ids.index(sample_id)
        except ValueError:
            return None

    def say(self, ids: Sequence[int], class_name: str | None) -> None:
        """Show a class at once that is being written; what is read later is what counts."""
        named = set(ids)
        for number, page in self._pages.items():
            if page is None or named.isdisjoint(sample.id for sample in page):
                continue
            self._pages[number] = tuple(
                replace(sample, class_name=class_name) if sample.id in named else sample
                for sample in page
            )
            last = min(number * _PAGE + _PAGE, len(self._ids)) - 1
            self.dataChanged.emit(self.index(number * _PAGE), self.index(last))

    def next_unlabelled(self, row: int) -> int | None:
        """Return the next row without a class among those that were read; None if there is none.

        The first row that was not read yet may be one.
        """
        for later in range(row + 1, len(self._ids)):
            page = self._pages.get(later // _PAGE)
            if page is None or later % _PAGE >= len(page) or page[later % _PAGE].class_name is None:
                return later
        return None

    def sample(self, row: int) -> Sample | None:
        """Return the sample of a row, asking for its page if need be."""
        if not 0 <= row < len(self._ids):
            return None
        number, place = divmod(row, _PAGE)
        if number not in self._pages or number in self._stale:
            self._ask_for_page(number)
        page = self._pages[number]
        return page[place] if page is not None and place < len(page) else None

    # -- pages ---------------------------------------------------------------------------

    def _ask_for_page(self, number: int) -> None:
        self._stale.discard(number)
        self._pages.setdefault(number, None)
        generation = self._generation
        wanted = self._ids[number * _PAGE : (number + 1) * _PAGE]
        self._workspace.lanes["read"].submit(
            lambda session, task: session.browsing.records(wanted),
            lambda page: self._on_page(generation, number, page),
            self._workspace.failed.emit,
        )

    def _on_page(self, generation: int, number: int, page: tuple[Sample, ...]) -> None:
        if generation == self._generation and number * _PAGE < len(self._ids):
            self._pages[number] = page
            last = min(number * _PAGE + _PAGE, len(self._ids)) - 1
            self.dataChanged.emit(self.index(number * _PAGE), self.index(last))

    # -- thumbnails ----------------------------------------------------------------------

    def set_thumbnail_px(self, side: int) -> None:
        """Show thumbnails in another size; they are made again as they are looked at."""
        if side != self._side:
            self._side = side
            self._pixmaps.clear()

    def thumbnail_of(self, digest: str) -> QPixmap | None:
        """Return a thumbnail that has come."""
        return self._pixmaps.get(digest)

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
        self._loading, side = True, self._side
        self._workspace.lanes["thumbnails"].submit(
            lambda session, task: [(d, r, _picture(session.thumbnail(d), side)) for d, r in some],
            self._on_thumbnails,
            self._on_thumbnails_failed,
        )

    def _on_thumbnails(self, found: list[tuple[str, int, QImage]]) -> None:
        self._loading = False
        for digest, row, image in found:
            self._pixmaps[digest] = QPixmap.fromImage(image)
            if row < len(self._ids):
                self.dataChanged.emit(
                    self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole]
                )
        while len(self._pixmaps) > _CACHED:
            self._pixmaps.popitem(last=False)
        self._timer.start()

    def _on_thumbnails_failed(self, error: Exception) -> None:
        self._loading = False
        self._workspace.failed.emit(error)
