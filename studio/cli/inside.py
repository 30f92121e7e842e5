"""What a stranger's bundle or project holds, as text and as a document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from studio.app import BundleGlance, Glance
from studio.cli.table import plain
from studio.cli.wording import counted
from studio.domain.wording import bytes_text

__all__ = ["seen_document", "seen_text"]

_MOST_NAMED = 12


def seen_document(seen: BundleGlance | Glance) -> dict[str, Any]:
    """Return what was seen, for machines."""
    kind = "bundle" if isinstance(seen, BundleGlance) else "project"
    return {kind: asdict(seen)}


def seen_text(seen: BundleGlance | Glance) -> str:
    """Return what was seen, for a person."""
    return _bundle(seen) if isinstance(seen, BundleGlance) else _project(seen)


def _bundle(seen: BundleGlance) -> str:
    whole = "every file is as its manifest says" if seen.whole else "NOT as its manifest says"
    return "\n".join(
        [
            f"A bundle of {plain(seen.title)}, {plain(seen.ecosystem or 'the usual form')}:"
            f" {plain(seen.task)} for {plain(seen.device_name)} ({plain(seen.device_id)}).",
            f"Candidate #{seen.candidate_id}, dataset {plain(seen.dataset[:12])}.",
            f"{counted(seen.files, 'file')}, {bytes_text(seen.size_bytes)} unpacked; {whole}.",
            f"Would run code if somebody starts them: {_named(seen.programs)}"
            if seen.programs
            else "No file in it is a program.",
            "Nothing of it was run. Next: automl-studio verify",
        ]
    )


def _project(seen: Glance) -> str:
    media = ", ".join(f"{count:,} {plain(kind)}" for kind, count in seen.media.items())
    lines = [
        f"A project called {plain(seen.title)} ({plain(seen.task)}, {bytes_text(seen.size_bytes)},"
        f" made {plain(seen.made_at)}).",
        f"{counted(seen.samples, 'sample')}: {media}" if seen.samples else "No samples.",
        f"Classes: {_named(seen.classes)}" if seen.classes else "",
        f"{counted(seen.searches, 'search', 'searches')},"
        f" {counted(seen.candidates, 'candidate')}, {counted(seen.steps, 'step')} to undo.",
        f"Originals of {counted(seen.linked, 'sample')} stayed where it comes from; opened to be"
        " written, it would read files of those names here."
        if seen.linked
        else "",
        "It is of an older format: opened to be written, it is brought up to date."
        if seen.older
        else "",
        "Nothing was written.",
    ]
    return "\n".join(filter(None, lines))


def _named(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return plain(", ".join(names[:_MOST_NAMED])) + more
