"""Start: a new project, one from before, or a sample; shown while no project is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.gui.i18n import tr
from studio.gui.icons import icon
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, label, page_layout
from studio.gui.widgets.drop_zone import DropZone

__all__ = ["StartPage"]


class StartPage(QWidget):
    """Three ways in.

    Signals:
        new_requested: Make an empty project.
        open_requested: Choose a project file.
        sample_requested: Make a project of sample photos.
        project_chosen: Open this project (a Path).
        photos_dropped: Start a project with these files and folders.
    """

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    project_chosen = Signal(object)
    photos_dropped = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.drop = DropZone(tr("Drop a folder of photos here to start a project."), settings)
        self.drop.paths_chosen.connect(self.photos_dropped)
        self.drop.setMinimumHeight(170)
        self.new = button(tr("New project…"), self.new_requested.emit, role="primary")
        self.open = button(tr("Open a project…"), self.open_requested.emit)
        self.sample = button(
            tr("Sample project: handwritten digits"), self.sample_requested.emit, picture="sample"
        )
        self.recent = QListWidget()
        self.recent.setAccessibleName(tr("Recent projects"))
        self.recent.itemActivated.connect(self._on_activated)
        self.recent.itemClicked.connect(self._on_activated)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACING[2])
        left.addWidget(label(tr("Sort photos with a small device"), "title"))
        left.addWidget(
            label(
                tr(
                    "Show the studio photos of each kind. It searches for a model that tells them "
                    "apart, checks that it fits your board, and packs it for your engineer. "
                    "Nothing leaves this computer."
                ),
                "muted",
            )
        )
        left.addWidget(self.drop, 1)
        for widget in (self.new, self.open, self.sample):
            left.addWidget(widget)
        frame = Card()
        frame.add(label(tr("Recent projects"), "section"))
        self.nothing = label(tr("Projects you open appear here."), "muted")
        frame.add(self.nothing)
        frame.add(self.recent, 1)
        frame.add_stretch()
        row = QHBoxLayout()
        page_layout(self, row)
        row.setContentsMargins(*[SPACING[5]] * 4)
        row.setSpacing(SPACING[4])
        row.addLayout(left, 3)
        row.addWidget(frame, 2)

    def refresh(self) -> None:
        """Read the recent projects again."""
        self.recent.clear()
        for path in self._settings.recent:
            item = QListWidgetItem(icon("new"), f"{path.stem}\n{path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            self.recent.addItem(item)
        self.recent.setVisible(self.recent.count() > 0)
        self.nothing.setVisible(self.recent.count() == 0)

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.project_chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))
