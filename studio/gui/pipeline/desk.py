"""What the pipeline page asks of the session: the graph, and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from studio.gui.asking import Asker
from studio.gui.pipeline.layout import Box, Item, Spot, collapsed, laid
from studio.gui.pipeline.words import NEW_BUNDLE
from studio.gui.workspace import Workspace

if TYPE_CHECKING:
    from studio.app import Lineage, Node
    from studio.app.session import Session

__all__ = ["PipelineDesk"]


class PipelineDesk(QObject):
    """The graph as it was last read, and as it is shown.

    Signals:
        changed: `graph`, `boxes` or `spots` are others.
        compared: What a comparison of two models says (a `Comparison`).
        refused: An exception.
    """

    changed = Signal()
    compared = Signal(object)
    refused = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asker = Asker(workspace, self)
        self.graph: Lineage | None = None
        self.nodes: dict[str, Node] = {}
        self.opened: set[str] = set()
        self.boxes: tuple[Box, ...] = ()
        self.spots: dict[str, Spot] = {}

    def read(self) -> None:
        """Read the graph and lay it out in the background; `changed` follows."""
        opened, chosen = frozenset(self.opened), self._workspace.candidate
        best = chosen.id if chosen else 0

        def question(session: Session) -> tuple[Lineage, tuple[Box, ...], dict[str, Spot]]:
            graph = session.lineage()
            boxes = collapsed(_items(graph, best), opened)
            return graph, boxes, dict(laid(boxes))

        self._asker.ask("lineage", question, self._on_read, self.refused.emit)

    def _on_read(self, found: tuple[Lineage, tuple[Box, ...], dict[str, Spot]]) -> None:
        self.graph, self.boxes, self.spots = found
        self.nodes = {node.id: node for node in self.graph.nodes}
        self.changed.emit()

    def toggle(self, group: str) -> None:
        """Show the members of a group one by one, or put them together again."""
        self.opened ^= {group}
        self.read()

    def compare(self, first: int, second: int) -> None:
        """Compare two models on samples that both answered."""

        def question(session: Session) -> Any:
            return session.judging.compare(first, second)

        self._asker.ask(
            "compare", question, lambda found: self.compared.emit(found[1]), self.refused.emit
        )


def _items(graph: Lineage, chosen: int) -> list[Item]:
    """Return the records as the layout sees them; what is in use is never hidden in a group."""
    latest = {str(kind): nodes[-1].id for kind, nodes in _by_kind(graph).items() if nodes}
    shipped = {
        parent.partition(":")[2]
        for node in graph.nodes
        if str(node.kind) == "bundle"
        for parent in node.parents
    }
    used = {*shipped, str(chosen)}
    items = [
        Item(
            id=node.id,
            kind=str(node.kind),
            parents=node.parents,
            order=node.order,
            keep=_kept(node, used, latest),
        )
        for node in graph.nodes
    ]
    if "artifact" in latest:
        items.append(Item(id=NEW_BUNDLE, kind="bundle", order=-1, keep=True))
    return items


def _by_kind(graph: Lineage) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in graph.nodes:
        found.setdefault(str(node.kind), []).append(node)
    return found


def _kept(node: Node, used: set[str], latest: dict[str, str]) -> bool:
    kind, _, number = node.id.partition(":")
    if kind in ("candidate", "artifact"):
        return number in used
    return latest[kind] == node.id
