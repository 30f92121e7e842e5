"""An import preview as text."""

from __future__ import annotations

from studio.cli.table import plain, render
from studio.cli.wording import counted
from studio.importers import ImportPreview, Question

__all__ = ["preview_text"]

_SHOWN = 10


def preview_text(preview: ImportPreview) -> str:
    """Return what an import would bring, and how to correct what was found."""
    blocks = [
        plain(preview.title),
        _counts(preview),
        "\n".join(plain(note) for note in preview.notes),
        _skipped(preview),
        _questions(preview.questions),
    ]
    return "\n\n".join(block for block in blocks if block)


def _counts(preview: ImportPreview) -> str:
    if not preview.counts:
        return ""
    rows = [(plain(name), f"{count:,}") for name, count in preview.counts.items()]
    return render(("class", "count"), rows)


def _skipped(preview: ImportPreview) -> str:
    if not preview.skipped:
        return ""
    shown = [f"  {plain(s.name)}: {plain(s.why)}" for s in preview.skipped[:_SHOWN]]
    more = len(preview.skipped) - len(shown)
    lines = [f"{counted(len(preview.skipped), 'file')} would be skipped:", *shown]
    return "\n".join(lines + ([f"  and {more:,} more (--json lists all)"] if more else []))


def _questions(questions: tuple[Question, ...]) -> str:
    if not questions:
        return ""
    rows = [
        (plain(q.id), plain(q.value) or ("(needed)" if q.needed else "-"), plain(q.text))
        for q in questions
    ]
    head = "Found, and correctable with --set ID=VALUE:"
    return f"{head}\n{render(('id', 'value', 'what it is'), rows)}"
