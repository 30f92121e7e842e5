"""Start: a new project, one from before, or a sample; shown while no project is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.gui.arrivals import ImportCheck
from studio.gui.i18n import language, tr
from studio.gui.icons import icon
from studio.gui.import_words import OFFERED, task_text
from studio.gui.nouns import nouns
from studio.gui.recents import Recent, recent_projects
from studio.gui.settings import Settings
from studio.gui.theme import SPACING, tokens
from studio.gui.widgets.basics import Card, button, label, page_layout, scrolled
from studio.gui.widgets.drop_zone import DropZone
from studio.gui.widgets.import_panel import ImportPanel
from studio.recipes import SampleProject

__all__ = ["StartPage"]

_PATH = Qt.ItemDataRole.UserRole
_PICTURES = {"image-classification": "sample", "sensor-classification": "train"}
_PICTURE_PX = 40


class StartPage(QWidget):
    """Ways in: dropping something, a new project, one from before, a sample, the tour.

    Signals:
        new_requested: Make an empty project for a task (its id).
        open_requested: Choose a project file.
        sample_requested: Make a project of a sample (its id).
        tour_requested: Show how it goes, on a sample.
        project_chosen: Open this project (a Path).
        paths_dropped: Files and folders fell on the page.
        import_accepted: Start a project with what `check` holds.
    """

    new_requested = Signal(str)
    open_requested = Signal()
    sample_requested = Signal(str)
    tour_requested = Signal()
    project_chosen = Signal(object)
    paths_dropped = Signal(object)
    import_accepted = Signal()

    def __init__(
        self,
        settings: Settings,
        check: ImportCheck,
        samples: Sequence[SampleProject],
    ) -> None:
        super().__init__()
        self._settings = settings
        self.check = check
        check.setParent(self)
        self.check.accepted.connect(self.import_accepted)
        self.check.changed.connect(self._on_check_changed)
        self.panel = ImportPanel(self.check)
        self.drop = DropZone(
            tr("Drop photos, recordings or a table here to start a project."), settings
        )
        self.drop.paths_chosen.connect(self.paths_dropped)
        self.drop.setMinimumHeight(150)
        self.task = QComboBox()
        self.task.setAccessibleName(tr("What a new project is to learn"))
        for task in OFFERED:
            self.task.addItem(task_text(task), task)
        self.new = button(tr("New project…"), self._on_new, role="primary")
        self.open = button(tr("Open a project…"), self.open_requested.emit)
        self.tour = button(tr("Show me how: a tour of two minutes"), self.tour_requested.emit)
        self.samples = {sample.id: self._sample(sample) for sample in samples}
        self.recent = self._recent_list()
        self.forget = button(tr("Take off the list"), self._on_forget, role="link")
        self._stack = QStackedWidget()
        self._lay_out()
        self.refresh()

    # -- building ------------------------------------------------------------------------

    def _recent_list(self) -> QListWidget:
        recent = QListWidget()
        recent.setAccessibleName(tr("Recent projects"))
        recent.setIconSize(QSize(_PICTURE_PX, _PICTURE_PX))
        recent.setWordWrap(True)
        recent.itemActivated.connect(self._on_activated)
        recent.itemClicked.connect(self._on_activated)
        recent.currentItemChanged.connect(lambda *items: self._on_current())
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), recent)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self._on_forget)
        return recent

    def _sample(self, sample: SampleProject) -> Card:
        told = language()
        title = sample.titles.get(told, sample.titles["en"])
        card = Card()
        picture = _PICTURES.get(sample.task, "data")
        start = button(title, self._starter(sample.id), picture=picture, role="link")
        start.setObjectName(f"sample-{sample.id}")
        card.add(start)
        card.add(label(sample.abouts.get(told, sample.abouts["en"]), "muted"))
        return card

    def _starter(self, id: str) -> Callable[[], None]:
        return lambda: self.sample_requested.emit(id)

    def _lay_out(self) -> None:
        home = QWidget()
        row = QHBoxLayout(home)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING[4])
        row.addLayout(self._left(), 3)
        row.addWidget(self._right(), 2)
        scroll = scrolled(home)
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.panel)
        column = QVBoxLayout()
        page_layout(self, column)
        column.setContentsMargins(*[SPACING[4]] * 4)
        column.addWidget(self._stack)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(SPACING[2])
        left.addWidget(label(tr("Teach a small device"), "title"))
        left.addWidget(
            label(
                tr(
                    "Show the studio examples of each kind. It searches for a model that tells "
                    "them apart, checks that it fits your board, and packs it for your engineer. "
                    "Nothing leaves this computer."
                ),
                "muted",
            )
        )
        left.addWidget(self.drop, 1)
        making = QHBoxLayout()
        making.addWidget(self.task, 1)
        making.addWidget(self.new)
        making.addWidget(self.open)
        left.addLayout(making)
        left.addWidget(label(tr("Or try a sample"), "section"))
        row = QHBoxLayout()
        row.setSpacing(SPACING[2])
        for card in self.samples.values():
            row.addWidget(card, 1)
        left.addLayout(row)
        left.addWidget(self.tour)
        return left

    def _right(self) -> Card:
        frame = Card()
        frame.add(label(tr("Recent projects"), "section"))
        self.nothing = label(tr("Projects you open appear here."), "muted")
        frame.add(self.nothing)
        frame.add(self.recent, 1)
        frame.box.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        frame.add_stretch()
        return frame

    # -- recent projects -----------------------------------------------------------------

    def refresh(self) -> None:
        """Read the recent projects again."""
        self.recent.clear()
        for recent in recent_projects(self._settings):
            self.recent.addItem(self._item(recent))
        some = self.recent.count() > 0
        self.recent.setVisible(some)
        self.nothing.setVisible(not some)
        self._on_current()

    def _item(self, recent: Recent) -> QListWidgetItem:
        told = nouns(recent.task).count(recent.samples) if recent.task else ""
        if not recent.there:
            told = tr("not there any more")
        lines = (recent.path.stem, " · ".join(filter(None, (told, str(recent.path.parent)))))
        item = QListWidgetItem(_picture(recent), "\n".join(lines))
        item.setData(_PATH, str(recent.path))
        item.setToolTip(str(recent.path).replace("<", "&lt;"))
        if not recent.there:
            item.setForeground(QColor(tokens().muted))
        return item

    def _on_current(self) -> None:
        self.forget.setVisible(self.recent.count() > 0)
        self.forget.setEnabled(self.recent.currentItem() is not None)

    def _on_activated(self, item: QListWidgetItem) -> None:
        path = Path(item.data(_PATH))
        if path.is_file():
            self.project_chosen.emit(path)

    def _on_forget(self) -> None:
        item = self.recent.currentItem()
        if item is not None:
            self._settings.forget(Path(item.data(_PATH)))
            self.refresh()

    # -- something new -------------------------------------------------------------------

    def _on_new(self) -> None:
        self.new_requested.emit(str(self.task.currentData()))

    def check_paths(self, paths: Sequence[Path], tasks: Sequence[str]) -> None:
        """Show what a project with these files would hold, before it is made."""
        self.check.begin(paths, tasks)

    @property
    def chosen(self) -> tuple[tuple[Path, ...], str, Mapping[str, str]]:
        """What the person decided on: files, task, and answers."""
        return self.check.paths, self.check.task, dict(self.check.options)

    def _on_check_changed(self) -> None:
        self._stack.setCurrentIndex(1 if self.check.active else 0)


def _picture(recent: Recent) -> QIcon:
    pixmap = QPixmap()
    if recent.there and recent.picture and pixmap.loadFromData(recent.picture, "PNG"):
        return QIcon(pixmap)
    return icon("new" if recent.there else "warning", tokens().muted, _PICTURE_PX)
