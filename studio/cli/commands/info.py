"""``info``: what a project holds, or a bundle."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from studio.app import DatasetSummary, Overview, Session, look_into
from studio.cli.arguments import path
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.documents import dataset_document, overview_document, search_document
from studio.cli.inside import seen_document, seen_text
from studio.cli.table import plain, render
from studio.cli.wording import counted, result
from studio.domain.sample import SampleClass
from studio.domain.search import Search
from studio.domain.wording import bytes_text


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "project", metavar="FILE", type=path, help="a project, or a bundle's zip or folder"
    )
    parser.add_argument(
        "--untouched",
        action="store_true",
        help="a project from somebody else: only look, and write nothing to it",
    )


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    bundle = options.project.is_dir() or options.project.suffix.lower() == ".zip"
    if bundle or options.untouched:
        seen = look_into(options.project)
        return Outcome(document=seen_document(seen), text=seen_text(seen))
    with Session.open(options.project) as session:
        overview = session.overview()
        classes = session.classes()
        versions = session.dataset_versions()
        searches = session.searches()
        rejections = {s.id: session.outlook.rejections(s) for s in searches if s.rejected}
    document = {
        "overview": overview_document(overview),
        "classes": [{"name": found.name, "samples": found.samples} for found in classes],
        "dataset_versions": [dataset_document(version) for version in versions],
        "searches": [
            {**search_document(search), "rejections": rejections.get(search.id, "")}
            for search in searches
        ],
    }
    parts = [_overview(overview), _classes(classes), _versions(versions), _searches(searches)]
    parts += [f"search {id}: {text}" for id, text in rejections.items() if text]
    return Outcome(document=document, text="\n\n".join(filter(None, parts)))


def _overview(overview: Overview) -> str:
    best = overview.best
    lines = [
        f"{plain(overview.title)} ({overview.task}, {bytes_text(overview.size_bytes)})",
        f"  {counted(overview.samples, 'sample')}, {overview.unlabelled:,} unlabelled",
        f"  {counted(overview.candidates, 'candidate')}",
    ]
    if best is not None:
        lines[-1] += f"; best #{best.id}: {result(best.validation)} on the validation split"
    return "\n".join([*lines, *(["  A search is running."] if overview.running else [])])


def _classes(classes: Sequence[SampleClass]) -> str:
    rows = [(found.name, f"{found.samples:,}") for found in classes]
    return render(("class", "samples"), rows, right="samples") if rows else ""


def _versions(versions: Sequence[DatasetSummary]) -> str:
    rows = [
        (version.digest[:12], version.seed, version.train, version.validation, version.test)
        for version in versions
    ]
    headers = ("dataset", "seed", "train", "validation", "test")
    return render(headers, rows, right="seed train validation test") if rows else ""


def _searches(searches: Sequence[Search]) -> str:
    rows = [
        (s.id, s.state, s.request.device_id, f"{s.request.minutes:g}", s.rejected, s.failed, s.note)
        for s in searches
    ]
    headers = ("search", "state", "device", "minutes", "rejected", "failed", "note")
    return render(headers, rows, right="search minutes rejected failed") if rows else ""


ENTRY = Command(
    id="info",
    order=100,
    summary="show what a project or a bundle holds",
    arguments=_arguments,
    run=_run,
)
