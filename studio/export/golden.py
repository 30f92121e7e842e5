"""What golden inputs were made from: written, read back, and prepared once more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from studio.domain.errors import BundleError, ExportError
from studio.domain.preprocessing import Preprocessing, SignalPreprocessing, TablePreprocessing
from studio.export import preprocess
from studio.export.contents import BundleContents, Raw
from studio.export.json_schema import compiled
from studio.export.manifest import as_json_bytes, damaged, read_json
from studio.export.schema import check, is_count, is_text, record, sequence

__all__ = ["RAW_SCHEMA", "check_prepared", "pack_raw", "prepared_again", "unpack_raw"]

ROWS, RECORDINGS = "golden/rows.json", "golden/recordings.bin"
_MOST = 10_000
_LARGEST_RAW_BYTES = 64 << 20
_LARGEST_ROWS_BYTES = 16 << 20
_MOST_CELLS = 2_000_000
_MOST_NUMBERS = 1 << 26
_BEYOND_FLOAT32 = 1e39

RAW_SCHEMA = record(
    {
        "file": is_text,
        "inputs": sequence(is_count, longest=_MOST),
        "shapes": sequence(sequence(is_count, longest=2), longest=_MOST),
    }
)
_ROWS_SCHEMA = compiled(
    {
        "type": "array",
        "maxItems": _MOST,
        "items": {"type": "object"},
    }
)
_CELL = (int, float, str, type(None))


def pack_raw(contents: BundleContents) -> tuple[str, bytes, dict[str, Any]] | None:
    """Return name, content and description of the file of raw golden samples; None for pictures.

    Only what the inputs are made of leaves the house: the columns of the features, and of a
    recording as much as its golden windows need.
    """
    counts = _counts(contents.groups)
    how = contents.preprocessing
    if isinstance(how, TablePreprocessing):
        rows = [_plain_row(how, raw) for raw in contents.golden_raw if isinstance(raw, Mapping)]
        facts = {"file": ROWS, "inputs": counts, "shapes": []}
        return ROWS, as_json_bytes(rows), facts
    if isinstance(how, SignalPreprocessing):
        recordings = [
            _shortened(how, np.asarray(raw, dtype="<f4"), count)
            for raw, count in zip(contents.golden_raw, counts, strict=True)
        ]
        facts = {
            "file": RECORDINGS,
            "inputs": counts,
            "shapes": [list(values.shape) for values in recordings],
        }
        return RECORDINGS, b"".join(values.tobytes() for values in recordings), facts
    return None


def unpack_raw(content: bytes, facts: Mapping[str, Any], how: Preprocessing) -> list[Raw]:
    """Return the raw golden samples of a stranger's bundle.

    Raises:
        BundleError: ``bundle.damaged``.
    """
    if len(content) > _LARGEST_RAW_BYTES:
        raise damaged("its raw golden samples are larger than any")
    if isinstance(how, TablePreprocessing) and facts["file"] == ROWS:
        if len(content) > _LARGEST_ROWS_BYTES:
            raise damaged("its golden rows are larger than any")
        return _read_rows(content)
    if isinstance(how, SignalPreprocessing) and facts["file"] == RECORDINGS:
        return _read_recordings(content, facts["shapes"], how)
    raise damaged("its raw golden samples are not of the kind its model takes")


def prepared_again(
    how: Preprocessing, raws: Sequence[Raw], counts: Sequence[int]
) -> npt.NDArray[np.uint8]:
    """Return the first ``counts[i]`` inputs that ``raws[i]`` makes, one after the other.

    Raises:
        BundleError: ``bundle.damaged`` if one makes fewer, or that would take too long.
    """
    if len(raws) != len(counts) or not raws:
        raise damaged("raw golden samples and golden inputs are not equally many")
    if _effort(how, counts) > 1:
        raise damaged("its golden inputs are larger than any")
    plain = how.as_json()
    made = [
        preprocess.prepare(plain, _cut(how, raw, count))[:count]
        for raw, count in zip(raws, counts, strict=True)
    ]
    if [len(one) for one in made] != list(counts):
        raise damaged("a raw golden sample makes fewer inputs than it says")
    return np.concatenate(made)


def check_prepared(contents: BundleContents) -> None:
    """Raise `ExportError` if the bundle's preprocessing is not the one the model learned with."""
    if not contents.golden_raw:
        return
    counts = _counts(contents.groups)
    try:
        again = prepared_again(contents.preprocessing, contents.golden_raw, counts)
    except BundleError as error:
        raise _differs() from error
    if not np.array_equal(again, contents.golden_inputs):
        raise _differs()


def _differs() -> ExportError:
    return ExportError(
        "The preprocessing for the device does not make the inputs the model learned from.",
        "This is a fault of the studio: please report it; nothing was written.",
        code="export.preprocessing_differs",
    )


def _counts(groups: Sequence[int]) -> list[int]:
    """Return how many inputs each raw sample has."""
    counted = Counter(groups)
    return [counted[group] for group in sorted(counted)]


def _effort(how: Preprocessing, counts: Sequence[int]) -> float:
    """Return how much there is to do, as a share of the most that is done for a stranger."""
    if isinstance(how, SignalPreprocessing):
        return sum(counts) * how.window * len(how.channels) / _MOST_NUMBERS
    if isinstance(how, TablePreprocessing):
        return sum(counts) * len(how.features) / _MOST_CELLS
    return 0.0


def _cut(how: Preprocessing, raw: Raw, count: int) -> Raw:
    if isinstance(how, SignalPreprocessing) and isinstance(raw, np.ndarray):
        # Filled first: the first value of a channel may come after the last window.
        return preprocess.filled(raw)[: _needed(how, count)]
    return raw


def _needed(how: SignalPreprocessing, count: int) -> int:
    """Return how many samples so many windows are made of."""
    return how.keep_every * (how.window + (count - 1) * how.stride) if count else 0


def _shortened(
    how: SignalPreprocessing, values: npt.NDArray[np.float32], count: int
) -> npt.NDArray[np.float32]:
    """Return what ``count`` windows need: up to their end, or to the first value of a channel."""
    here = ~np.isnan(values)
    begins = here.argmax(axis=0) + 1 if len(values) else np.zeros(0, np.intp)
    return values[: max(_needed(how, count), *begins.tolist())]


def _plain_row(how: TablePreprocessing, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells the features are made of, as JSON has them."""
    columns = {feature.column for feature in how.features}
    return {name: _plain_cell(cell) for name, cell in row.items() if name in columns}


def _plain_cell(cell: Any) -> float | int | str | None:
    plain = cell.item() if isinstance(cell, np.generic) else cell
    if isinstance(plain, bool) or not isinstance(plain, _CELL):
        return None
    if isinstance(plain, float) and not math.isfinite(plain):
        # JSON has no infinity; a number beyond float32 is the same on the device.
        return None if math.isnan(plain) else math.copysign(_BEYOND_FLOAT32, plain)
    return plain


def _read_rows(content: bytes) -> list[Raw]:
    rows = read_json(content, ROWS)
    check(rows, _ROWS_SCHEMA, ROWS)
    if not all(isinstance(cell, _CELL) for row in rows for cell in row.values()):
        raise damaged(f"{ROWS} holds what is no cell")
    found: list[Raw] = list(rows)
    return found


def _read_recordings(
    content: bytes, shapes: Sequence[Sequence[int]], how: SignalPreprocessing
) -> list[Raw]:
    wide = len(how.channels)
    if any(len(shape) != 2 or shape[1] != wide for shape in shapes):
        raise damaged(f"{RECORDINGS} has another number of channels than the preprocessing")
    if sum(samples for samples, _ in shapes) * wide * 4 != len(content):
        raise damaged(f"{RECORDINGS} is not as long as its shapes say")
    values = np.frombuffer(content, dtype="<f4").astype(np.float32, copy=False).reshape(-1, wide)
    ends = np.cumsum([samples for samples, _ in shapes])[:-1]
    found: list[Raw] = list(np.split(values, ends))
    return found
