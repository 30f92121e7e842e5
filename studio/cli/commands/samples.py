"""``samples``: list samples with the numbers other commands take."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict

from studio.app import Session
from studio.cli.arguments import add_project, positive
from studio.cli.command import Command, Outcome, Surroundings
from studio.cli.table import plain, render
from studio.domain.sample import Sample


def _arguments(parser: ArgumentParser) -> None:
    add_project(parser)
    parser.add_argument("--class", dest="class_name", metavar="NAME", help="only of this class")
    parser.add_argument("--unlabelled", action="store_true", help="only those without a class")
    parser.add_argument("--limit", metavar="N", type=positive, default=50, help="default: 50")
    parser.add_argument("--offset", metavar="N", type=int, default=0, help="default: 0")


def _run(options: Namespace, surroundings: Surroundings) -> Outcome:
    which = {"class_name": options.class_name, "unlabelled": options.unlabelled}
    with Session.open(options.project) as session:
        total = session.sample_count(**which)
        found = session.samples(offset=max(0, options.offset), limit=options.limit, **which)
        ids = [sample.id for sample in found]
        outside = {link.sample_id: link.path for link in session.links(ids)}
        broken = {link.sample_id: link.why for link in session.broken_links(ids)}
    rows = [
        (str(s.id), plain(s.name), plain(s.class_name or "-"), _notes(s, outside, broken))
        for s in found
    ]
    text = f"{render(('id', 'name', 'class', 'notes'), rows)}\n{len(found):,} of {total:,}."
    if broken:
        text += "\nOriginals are missing: put them back, or look for them with `relink`."
    document = {
        "total": total,
        "samples": [
            {**_document(s), "link": outside.get(s.id), "trouble": broken.get(s.id)} for s in found
        ],
    }
    return Outcome(document=document, text=text)


def _notes(sample: Sample, outside: Mapping[int, str], broken: Mapping[int, str]) -> str:
    notes = [f"session {plain(sample.session)}"] if sample.session else []
    notes += ["excluded"] if sample.excluded else []
    if sample.id in broken:
        notes.append(f"{plain(outside[sample.id])}: {broken[sample.id].rstrip('.').lower()}")
    elif sample.id in outside:
        notes.append("linked")
    return ", ".join(notes)


def _document(sample: Sample) -> dict[str, object]:
    return {**asdict(sample), "kind": str(sample.kind)}


ENTRY = Command(id="samples", order=22, summary="list samples", arguments=_arguments, run=_run)
