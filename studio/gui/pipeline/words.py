"""What the boxes of the graph say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.candidate import Candidate
from studio.domain.search import Search, SearchState
from studio.domain.wording import bytes_text
from studio.gui import words
from studio.gui.i18n import mark, plural, tr
from studio.gui.nouns import nouns

if TYPE_CHECKING:
    from studio.app import DatasetSummary, Exported, Lineage, Node

__all__ = ["COLUMN_TITLES", "NEW_BUNDLE", "Says", "group_says", "new_bundle_says", "node_says"]

NEW_BUNDLE = "export:"
"""Id of the box that is no record yet: where a model is dropped to be exported."""

COLUMN_TITLES = {
    "data": mark("Data"),
    "version": mark("Frozen versions"),
    "search": mark("Searches"),
    "candidate": mark("Models"),
    "artifact": mark("Files"),
    "bundle": mark("Bundles"),
}
_GROUPS = {
    "version": (mark("{n} version more"), mark("{n} versions more")),
    "search": (mark("{n} search more"), mark("{n} searches more")),
    "candidate": (mark("{n} model more"), mark("{n} models more")),
    "artifact": (mark("files of {n} model"), mark("files of {n} models")),
    "bundle": (mark("{n} bundle more"), mark("{n} bundles more")),
}
_SIDES = (mark("{n} train"), mark("{n} val"), mark("{n} test"))
_STATES = {
    SearchState.RUNNING: mark("running"),
    SearchState.STOPPED: mark("stopped"),
    SearchState.FAILED: mark("failed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """The words of a box.

    Attributes:
        title: What it is.
        about: A figure or two.
        stale: Why it is out of date; empty where it is not.
    """

    title: str
    about: str = ""
    stale: str = ""

    @property
    def spoken(self) -> str:
        """All of it in a line."""
        return ". ".join(part for part in (self.title, self.about, self.stale) if part)


def node_says(node: Node, graph: Lineage, task: str, devices: dict[str, str]) -> Says:
    """Return the words of a record.

    Args:
        node: The record.
        graph: All of them.
        task: Of the project, for the word for its samples.
        devices: Names of devices by id.
    """
    kind, record = str(node.kind), node.record
    if isinstance(record, int):
        about = tr("of {samples}", samples=nouns(task).count(graph.samples))
        return Says(title=tr("{n} labelled", n=f"{record:,}"), about=about)
    if isinstance(record, Search):
        return _search(record, node, devices)
    if isinstance(record, Candidate):
        return _files(record, node) if kind == "artifact" else _model(record, node)
    if kind == "version":
        return _version(record, node, task)  # type: ignore[arg-type]
    return _bundle(record, node, devices)  # type: ignore[arg-type]


def _version(version: DatasetSummary, node: Node, task: str) -> Says:
    about = " · ".join(
        tr(side).format(n=f"{count:,}")
        for side, count in zip(
            _SIDES, (version.train, version.validation, version.test), strict=True
        )
    )
    behind = nouns(task).count(node.behind)
    stale = tr("lacks {samples}", samples=behind) if node.behind else ""
    older = tr("a later one is frozen") if node.older else ""
    title = tr("Version {n}", n=node.order + 1)
    return Says(title=title, about=about, stale=stale or older)


def _old(node: Node) -> str:
    return tr("from an older version") if node.older else ""


def _search(search: Search, node: Node, devices: dict[str, str]) -> Says:
    asked = search.request
    device = devices.get(asked.device_id, asked.device_id) or tr("own limits")
    minutes = tr("{n} min", n=f"{asked.minutes:g}")
    state = "" if search.state is SearchState.FINISHED else tr(_STATES[search.state])
    about = " · ".join(part for part in (state, minutes, device) if part)
    return Says(title=tr("Search {n}", n=search.id), about=about, stale=_old(node))


def _model(candidate: Candidate, node: Node) -> Says:
    size = words.int8_size(candidate)
    # Of one side for all of them, so that they can be set side by side.
    figure = tr(_SIDES[1], n=words.short_result(candidate.validation))
    about = f"{figure} · {bytes_text(size)}" if size else figure
    return Says(title=tr("Model #{id}", id=candidate.id), about=about, stale=_old(node))


def _files(candidate: Candidate, node: Node) -> Says:
    count = plural("{n} file", "{n} files", len(candidate.artifacts))
    size = bytes_text(sum(each.size_bytes for each in candidate.artifacts))
    title = tr("Files of #{id}", id=candidate.id)
    return Says(title=title, about=f"{count} · {size}", stale=_old(node))


def _bundle(bundle: Exported, node: Node, devices: dict[str, str]) -> Says:
    device = devices.get(bundle.device_id, bundle.device_id)
    about = f"{device} · {bundle.made_at[:10]}"
    return Says(title=bundle.name, about=about, stale=_old(node))


def group_says(kind: str, count: int, stale: int) -> Says:
    """Return the words of a group of so many, of which some are out of date."""
    one, many = _GROUPS[kind]
    return Says(
        title=plural(one, many, count),
        about=tr("Enter shows them"),
        stale=tr("{n} out of date", n=f"{stale:,}") if stale else "",
    )


def new_bundle_says() -> Says:
    """Return the words of the box for a bundle that is not made yet."""
    return Says(title=tr("New bundle"), about=tr("drop a model here"))
