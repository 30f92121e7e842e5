"""Labelled data out again, for other programs or another project."""

from __future__ import annotations

from collections.abc import Mapping

from studio.domain.sample import SampleKind
from studio.export.data import DATA_FORMATS, DataChoice, DataSummary, write_data

__all__ = ["DataChoice", "DataSummary", "data_formats", "write_data"]


def data_formats(kind: SampleKind | None = None) -> Mapping[str, str]:
    """Return the title of every form labelled data (of a kind) can be written in, by id."""
    return {
        id: entry.title for id, entry in DATA_FORMATS.items() if kind is None or kind in entry.kinds
    }
