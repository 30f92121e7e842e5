"""The records of a project as a graph: what came from what, and what is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.app.exported import Exported, all_exported
from studio.app.searching import not_in_latest
from studio.domain.candidate import ArtifactFormat, Candidate, Precision
from studio.domain.search import Search
from studio.store import candidates, datasets, samples, searches
from studio.store.datasets import DatasetSummary
from studio.store.project_file import ProjectFile
from studio.store.samples import SampleFilter

__all__ = ["Lineage", "Node", "NodeKind", "lineage_of"]


class NodeKind(StrEnum):
    """What a node is a record of, in the order things come from one another."""

    DATA = "data"
    VERSION = "version"
    SEARCH = "search"
    CANDIDATE = "candidate"
    ARTIFACT = "artifact"
    BUNDLE = "bundle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One record.

    Attributes:
        id: Stable: the kind, a colon, and the record's own id.
        kind: What it is a record of.
        record: The record; of `DATA` the number of labelled samples.
        parents: Ids of the nodes it was made from.
        order: Where it stands among its kind by time, from 0, the oldest.
        behind: How many labelled samples came or changed since, where that is known; a node
            with more than 0 is out of date.
        older: It was made from a version that is not the latest.
    """

    id: str
    kind: NodeKind
    record: int | DatasetSummary | Search | Candidate | Exported
    parents: tuple[str, ...] = ()
    order: int = 0
    behind: int = 0
    older: bool = False

    @property
    def stale(self) -> bool:
        """Whether it is out of date."""
        return self.older or self.behind > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The graph.

    Attributes:
        nodes: Parents before what was made from them.
        samples: How many samples there are, labelled or not.
    """

    nodes: tuple[Node, ...]
    samples: int

    def of_kind(self, kind: NodeKind) -> tuple[Node, ...]:
        """Return the nodes of a kind, the oldest first."""
        return tuple(node for node in self.nodes if node.kind is kind)


def lineage_of(project: ProjectFile) -> Lineage:
    """Return the graph of a project.

    A version lacks samples that were labelled or changed since it was frozen; what was made from
    an earlier version than the latest is older. A candidate's files are one node, from when its
    int8 file was tested, which is when all of them were made.
    """
    total = samples.count(project, SampleFilter())
    labelled = total - samples.count(project, SampleFilter(unlabelled=True))
    frozen = datasets.summaries(project)[::-1]
    latest = frozen[-1].digest if frozen else ""
    ran = searches.all_searches(project)[::-1]
    ranked = sorted(candidates.best_first(project), key=lambda each: each.id)
    nodes = [Node(id="data:", kind=NodeKind.DATA, record=labelled)] if total else []
    nodes += _versions(frozen, latest, not_in_latest(project))
    nodes += [_search(search, order, latest) for order, search in enumerate(ran)]
    nodes += [_candidate(each, order, latest) for order, each in enumerate(ranked)]
    made = [each for each in ranked if _has_files(each)]
    nodes += [_artifact(each, order, latest) for order, each in enumerate(made)]
    with_files = {each.id: each for each in made}
    nodes += [
        _bundle(one, order, with_files[one.candidate_id], latest)
        for order, one in enumerate(all_exported(project))
        if one.candidate_id in with_files
    ]
    return Lineage(nodes=tuple(nodes), samples=total)


def _versions(frozen: tuple[DatasetSummary, ...], latest: str, behind: int) -> list[Node]:
    return [
        Node(
            id=f"version:{each.digest}",
            kind=NodeKind.VERSION,
            record=each,
            parents=("data:",),
            order=order,
            behind=behind if each.digest == latest else 0,
            older=each.digest != latest,
        )
        for order, each in enumerate(frozen)
    ]


def _search(search: Search, order: int, latest: str) -> Node:
    return Node(
        id=f"search:{search.id}",
        kind=NodeKind.SEARCH,
        record=search,
        parents=(f"version:{search.dataset_digest}",),
        order=order,
        older=search.dataset_digest != latest,
    )


def _candidate(candidate: Candidate, order: int, latest: str) -> Node:
    return Node(
        id=f"candidate:{candidate.id}",
        kind=NodeKind.CANDIDATE,
        record=candidate,
        parents=(f"search:{candidate.search_id}",),
        order=order,
        older=candidate.dataset_digest != latest,
    )


def _has_files(candidate: Candidate) -> bool:
    return candidate.artifact(Precision.INT8, ArtifactFormat.TFLITE) is not None


def _artifact(candidate: Candidate, order: int, latest: str) -> Node:
    return Node(
        id=f"artifact:{candidate.id}",
        kind=NodeKind.ARTIFACT,
        record=candidate,
        parents=(f"candidate:{candidate.id}",),
        order=order,
        older=candidate.dataset_digest != latest,
    )


def _bundle(bundle: Exported, order: int, candidate: Candidate, latest: str) -> Node:
    return Node(
        id=f"bundle:{order}",
        kind=NodeKind.BUNDLE,
        record=bundle,
        parents=(f"artifact:{bundle.candidate_id}",),
        order=order,
        older=candidate.dataset_digest != latest,
    )
