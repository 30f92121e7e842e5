"""Pipeline: the project as a living graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from studio.domain.candidate import Candidate
from studio.domain.search import Search
from studio.gui.i18n import mark, plural, tr
from studio.gui.pipeline.canvas import PipelineCanvas
from studio.gui.pipeline.desk import PipelineDesk
from studio.gui.pipeline.words import NEW_BUNDLE, Says, group_says, new_bundle_says, node_says
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, label, page_layout
from studio.gui.widgets.empty import EmptyFace
from studio.gui.widgets.notice import NoticeBar
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import Node
    from studio.domain.judgement import Comparison

__all__ = ["PipelinePage"]

_PLACES = {
    "data": "data",
    "version": "data",
    "search": "train",
    "candidate": "train",
    "artifact": "device",
    "bundle": "export",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One thing to do with a box: its words, on which boxes it can be done, and how."""

    title: str
    able: Callable[[str], bool]
    run: Callable[[str], None]


class PipelinePage(QWidget):
    """The graph, buttons for the current box, and what a comparison said.

    Signals:
        place_requested: The id of a place of the rail.
    """

    place_requested = Signal(str)

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace = workspace
        self._stale = True
        self._fitted = False
        self.desk = PipelineDesk(workspace, self)
        self.canvas = PipelineCanvas()
        self.title = label(tr("Pipeline"), "title")
        self.about = label("", "muted")
        self.notice = NoticeBar()
        self.says = label("", "strong", wrap=False)
        self.empty = EmptyFace(
            "pipeline",
            tr("Nothing has been made yet"),
            tr("Import data under Data; what comes of it is drawn here."),
            button(tr("Go to Data"), lambda: self.place_requested.emit("data"), role="primary"),
        )
        self.acts = self._acts()
        self.buttons = {
            name: button(tr(act.title), lambda name=name: self._do(name))  # type: ignore[misc]
            for name, act in self.acts.items()
        }
        self._lay_out()
        self._connect()

    def _acts(self) -> dict[str, _Act]:
        return {
            "open": _Act(title=mark("Open"), able=bool, run=self.open_box),
            "again": _Act(
                title=mark("Search again on the newest labels"),
                able=lambda id: self._request(id) is not None and not self._workspace.searching,
                run=self.search_again,
            ),
            "compare": _Act(
                title=mark("Compare with the chosen model"),
                able=lambda id: self._other(id) is not None,
                run=self._compare_chosen,
            ),
            "export": _Act(
                title=mark("Export"),
                able=lambda id: self._candidate(id) is not None or id == NEW_BUNDLE,
                run=self._export,
            ),
        }

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for text, name, act in (
            ("−", tr("Farther"), lambda: self.canvas.zoom(1 / 1.2)),
            ("+", tr("Nearer"), lambda: self.canvas.zoom(1.2)),
            (tr("Show all"), tr("Show all"), self.canvas.fit),
        ):
            each = button(text, act)
            each.setAccessibleName(name)
            each.setToolTip(name)
            head.addWidget(each)
        foot = QHBoxLayout()
        foot.setSpacing(SPACING[1])
        self.says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.says, 1)
        for each in self.buttons.values():
            foot.addWidget(each)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[2])
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.notice)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self.faces = QStackedWidget()
        self.faces.addWidget(self.empty)
        self.faces.addWidget(full)
        outer = QVBoxLayout()
        page_layout(self, outer)
        outer.addWidget(self.faces)

    def _connect(self) -> None:
        workspace, canvas, desk = self._workspace, self.canvas, self.desk
        for signal in (workspace.view_changed, workspace.samples_changed, workspace.exported):
            signal.connect(self._on_changed)
        for signal in (workspace.choice_changed, workspace.training_changed):
            signal.connect(self._show_acts)
        desk.changed.connect(self._show)
        desk.compared.connect(self._on_compared)
        desk.refused.connect(self.notice.show_error)
        canvas.current_changed.connect(self._show_acts)
        canvas.opened.connect(self.open_box)
        canvas.menu_wanted.connect(self._on_menu)
        canvas.compared.connect(desk.compare)
        canvas.export_wanted.connect(lambda number: self._export(f"candidate:{number}"))

    # -- reading -------------------------------------------------------------------------

    def _on_changed(self, *changed: object) -> None:
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self.canvas.setFocus()
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self.desk.read()

    def _show(self) -> None:
        graph = self.desk.graph
        if graph is None:
            return
        self.faces.setCurrentIndex(1 if graph.nodes else 0)
        stale = sum(node.stale for node in graph.nodes)
        self.about.setText(
            plural("{n} record is out of date.", "{n} records are out of date.", stale)
            if stale
            else tr("Everything is of the newest labels.")
        )
        self.canvas.show_graph(self.desk.boxes, self.desk.spots, self._words())
        if not self._fitted and graph.nodes:
            self._fitted = True
            self.canvas.fit()

    def _words(self) -> dict[str, Says]:
        view, graph = self._workspace.view, self.desk.graph
        task = view.overview.task if view else ""
        names = {id: device.name for id, device in self._workspace.devices.items()}
        said: dict[str, Says] = {}
        for box in self.desk.boxes:
            if box.members:
                stale = sum(self.desk.nodes[id].stale for id in box.members)
                said[box.id] = group_says(box.kind, len(box.members), stale)
            elif box.id == NEW_BUNDLE:
                said[box.id] = new_bundle_says()
            elif graph is not None:
                said[box.id] = node_says(self.desk.nodes[box.id], graph, task, names)
        return said

    def _show_acts(self, *changed: object) -> None:
        id = self.canvas.current
        drawn = self.canvas.drawn.get(id)
        self.says.setText(drawn.says.spoken if drawn else "")
        for name, act in self.acts.items():
            self.buttons[name].setVisible(bool(id) and act.able(id))

    # -- doing ---------------------------------------------------------------------------

    def _node(self, id: str) -> Node | None:
        return self.desk.nodes.get(id)

    def _candidate(self, id: str) -> Candidate | None:
        node = self._node(id)
        return node.record if node is not None and isinstance(node.record, Candidate) else None

    def _request(self, id: str) -> object:
        node = self._node(id)
        return node.record.request if node is not None and isinstance(node.record, Search) else None

    def _other(self, id: str) -> int | None:
        """Return the chosen model, where the box is of another one."""
        candidate, chosen = self._candidate(id), self._workspace.candidate
        if candidate is None or chosen is None or candidate.id == chosen.id:
            return None
        return chosen.id

    def _do(self, name: str) -> None:
        self.acts[name].run(self.canvas.current)

    def open_box(self, id: str) -> None:
        """Go where a record is at home; a group shows its members."""
        if id.startswith("group:"):
            self.desk.toggle(id)
            return
        if (candidate := self._candidate(id)) is not None:
            self._workspace.choose_candidate(candidate.id)
        kind = "bundle" if id == NEW_BUNDLE else id.partition(":")[0]
        if kind in _PLACES:
            self.place_requested.emit(_PLACES[kind])

    def search_again(self, id: str) -> None:
        """Search as that search did; every search begins by freezing the newest labels."""
        node = self._node(id)
        if node is not None and isinstance(node.record, Search):
            self._workspace.start_search(node.record.request)
            self.place_requested.emit("train")

    def _compare_chosen(self, id: str) -> None:
        candidate, other = self._candidate(id), self._other(id)
        if candidate is not None and other is not None:
            self.desk.compare(candidate.id, other)

    def _on_compared(self, found: Comparison) -> None:
        self.notice.show_words(found.phrase.text(tr))

    def _export(self, id: str) -> None:
        if (candidate := self._candidate(id)) is not None:
            self._workspace.choose_candidate(candidate.id)
        self.place_requested.emit("export")

    def menu_of(self, id: str) -> QMenu:
        """Return the menu of a box."""
        menu = QMenu(self)
        for act in self.acts.values():
            if act.able(id):
                menu.addAction(tr(act.title), lambda act=act: act.run(id))  # type: ignore[misc]
        return menu

    def _on_menu(self, id: str, place: QPoint) -> None:
        self.menu_of(id).popup(place)
