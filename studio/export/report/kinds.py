"""The files a report can be: by the ending of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from studio.export.archive import write_whole
from studio.export.facts import compared_facts, report_facts
from studio.export.manifest import as_json_bytes
from studio.export.report.comparing import make_comparison
from studio.export.report.html import html_page
from studio.export.report.model import Document
from studio.export.report.subject import Comparing, Subject
from studio.export.report.whole import make_report

__all__ = ["KINDS", "write_comparison", "write_report"]


def _html(document: Document) -> bytes:
    return html_page(document).encode("utf-8", "replace")


def _pdf(document: Document) -> bytes:
    from studio.export.report.pdf import pdf_pages  # its library takes a while to load

    return pdf_pages(document)


_DRAWN: Mapping[str, Callable[[Document], bytes]] = {".html": _html, ".pdf": _pdf}
_JSON = ".json"
KINDS = frozenset({*_DRAWN, _JSON})
"""Endings, small."""


def write_report(subject: Subject, out: Path, language: str) -> int:
    """Write a report whole or not at all and return its length in bytes.

    Raises:
        ExportError: ``export.disk_full``, ``export.cannot_write``.
    """
    kind = out.suffix.lower()
    if kind == _JSON:
        return _write(as_json_bytes(report_facts(subject)), out)
    return _write(_DRAWN[kind](make_report(subject, language)), out)


def write_comparison(comparing: Comparing, out: Path, language: str) -> int:
    """Write a comparison, as `write_report`."""
    kind = out.suffix.lower()
    if kind == _JSON:
        return _write(as_json_bytes(compared_facts(comparing)), out)
    return _write(_DRAWN[kind](make_comparison(comparing, language)), out)


def _write(content: bytes, out: Path) -> int:
    write_whole(content, out)
    return len(content)
