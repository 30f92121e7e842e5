"""Golden samples as C for the self-test, and what a device must say of them."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from studio.domain.preprocessing import (
    CategoryFeature,
    ImagePreprocessing,
    NumberFeature,
    SignalPreprocessing,
    TablePreprocessing,
)
from studio.export import csource
from studio.export.amount import AmountOutput
from studio.export.carray import array_lines, floats, signed, template
from studio.export.deciding import rule_of
from studio.export.escaping import c_string
from studio.export.part import Draft, Int8Array
from studio.export.preprocess import filled

__all__ = ["Expected", "expected_of", "model_id", "selftest_data", "selftest_facts"]

Words = npt.NDArray[np.uint32]

_ROW_MIX, _BYTE_MIX, _ALL = 2654435761, 2246822519, 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a device says when it is right.

    Attributes:
        model: The first 16 hexadecimal digits of the SHA-256 of the int8 model.
        device: Id of the device it was exported for.
        vectors: Golden vectors it has.
        prepare: CRC-32 of the inputs it prepares.
        run: CRC-32 of the outputs of its model.
    """

    model: str
    device: str
    vectors: int
    prepare: int
    run: int


def model_id(draft: Draft) -> str:
    """Return what a device calls its model."""
    return hashlib.sha256(draft.model).hexdigest()[:16]


def expected_of(draft: Draft, vectors: int | None = None) -> Expected:
    """Return what the self-test in a zip of these contents must print on a device.

    Args:
        draft: Contents, golden inputs and outputs.
        vectors: How many it has; as many as an export would take where left out. How many that
            is depends on what the report said of the flash that day.

    Raises:
        ValueError: if no export could have had that many.
    """
    chosen = _chosen(draft, vectors)
    if vectors is not None and len(chosen) != vectors:
        raise ValueError("no self-test of these contents has that many vectors")
    how = draft.contents.preprocessing
    prepared = (
        _picture_input(how).tobytes()
        if isinstance(how, ImagePreprocessing)
        else _of(draft.inputs, chosen).tobytes()
    )
    return Expected(
        model=model_id(draft),
        device=draft.contents.device.id,
        vectors=len(chosen),
        prepare=zlib.crc32(prepared),
        run=zlib.crc32(_of(draft.outputs, chosen).tobytes()),
    )


def selftest_data(draft: Draft) -> str:
    """Return ``selftest_data.h``."""
    chosen = _chosen(draft)
    return template("library/selftest_data.h.txt").substitute(
        model=model_id(draft),
        device=draft.contents.device.id,
        vectors=len(chosen),
        input_bytes=draft.inputs[0].size,
        output_bytes=draft.outputs[0].size,
        raw="\n".join(_raw(draft, chosen)),
        inputs=signed(_of(draft.inputs, chosen)),
        outputs=signed(_of(draft.outputs, chosen)),
        answers="\n".join(_answers(draft, chosen)),
    )


def selftest_facts(draft: Draft) -> dict[str, Any]:
    """Return what a program needs to know to print the same lines, as JSON values.

    It has room for every golden vector that a device could carry.
    """
    how = draft.contents.preprocessing
    places = range(len(draft.inputs))
    if isinstance(how, TablePreprocessing):
        possible = sum(_can_be_said(draft, place) for place in places)
    else:
        possible = len(places)
    picture = None
    if isinstance(how, ImagePreprocessing):
        width, height = _picture_size(how)
        crc = zlib.crc32(_picture_input(how).tobytes())
        picture = {"width": width, "height": height, "crc": crc}
    return {
        "model": model_id(draft),
        "device": draft.contents.device.id,
        "places": _chosen(draft, possible or 1),
        "picture": picture,
    }


def _of(values: Int8Array, chosen: Sequence[int]) -> Int8Array:
    return np.stack([values[place] for place in chosen])


# --- which golden samples --------------------------------------------------------------------


def _chosen(draft: Draft, vectors: int | None = None) -> list[int]:
    """Return which golden vectors a device carries, in the order it prepares them."""
    how = draft.contents.preprocessing
    if isinstance(how, SignalPreprocessing):
        return [place for places in _windows(draft, how, vectors) for place in places]
    order = [i for i in csource.golden_order(draft) if _can_be_said(draft, i)] or [0]
    room = max(1, csource.golden_room(draft.contents.report) // draft.inputs[0].size)
    return sorted(order[: vectors or room])


def _can_be_said(draft: Draft, place: int) -> bool:
    """Tell whether a row can be told in C: a text there ends at its first nul."""
    raws = draft.contents.golden_raw
    raw = raws[place] if raws else None
    cells = raw.values() if isinstance(raw, Mapping) else ()
    return not any(isinstance(cell, str) and "\0" in cell for cell in cells)


def _windows(draft: Draft, how: SignalPreprocessing, vectors: int | None) -> list[range]:
    """Return the places of the windows that are carried, recording by recording.

    The first that fit the flash of `_selections`; one whatever it takes.
    """
    room = csource.golden_room(draft.contents.report)
    found: list[range] = []
    for found in _selections(draft):
        if vectors is not None:
            if sum(map(len, found)) == vectors:
                break
        elif sum(_window_bytes(how, len(places)) for places in found) <= room:
            break
    return found


def _selections(draft: Draft) -> Iterator[list[range]]:
    """Yield the first windows of each recording, fewer each time; then fewer recordings."""
    counts = Counter(draft.contents.groups)
    groups = sorted(counts)
    firsts = [sum(counts[g] for g in groups[:at]) for at in range(len(groups))]
    for most in range(max(counts.values()), 0, -1):
        many = [min(most, counts[g]) for g in groups]
        yield [range(at, at + count) for at, count in zip(firsts, many, strict=True)]
    for kept in range(len(firsts) - 1, 0, -1):
        yield [range(first, first + 1) for first in firsts[:kept]]


def _window_bytes(how: SignalPreprocessing, windows: int) -> int:
    values = _samples(how, windows) * len(how.channels) * 4
    return values + windows * int(np.prod(how.shape))


def _samples(how: SignalPreprocessing, windows: int) -> int:
    return how.keep_every * (how.window + (windows - 1) * how.stride)


# --- what they are made from -----------------------------------------------------------------


def _raw(draft: Draft, chosen: Sequence[int]) -> Iterator[str]:
    how = draft.contents.preprocessing
    if isinstance(how, TablePreprocessing):
        rows = [draft.contents.golden_raw[i] for i in chosen]
        yield from _rows(how, [row for row in rows if isinstance(row, Mapping)])
    elif isinstance(how, SignalPreprocessing):
        yield from _recordings(draft, how)
    elif isinstance(how, ImagePreprocessing):
        yield from _picture(how)


def _rows(how: TablePreprocessing, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    numbers = [_number(row.get(f.column)) for row in rows for f in how.features
               if isinstance(f, NumberFeature)]  # fmt: skip
    texts = [_text(row.get(f.column)) for row in rows for f in how.features
             if isinstance(f, CategoryFeature)]  # fmt: skip
    yield "/* Golden rows: the bits of the float32 numbers of each, and its texts. */"
    yield _words("numbers", np.array(numbers or [0], np.float32))
    lines = array_lines(texts or ["0"])
    yield f"static const char *const selftest_texts[{max(1, len(texts))}] = {{\n{lines}\n}};\n"


def _number(cell: Any) -> float:
    if isinstance(cell, (int, float, np.floating)) and not isinstance(cell, bool):
        with np.errstate(all="ignore"):
            try:
                return float(np.float32(float(cell)))
            except OverflowError:
                return float("inf") if cell > 0 else float("-inf")
    return float("nan")


def _text(cell: Any) -> str:
    return "0" if cell is None or isinstance(cell, bool) else c_string(str(cell))


def _recordings(draft: Draft, how: SignalPreprocessing) -> Iterator[str]:
    kept = _windows(draft, how, None)
    groups = draft.contents.groups
    values = [
        _begun(draft.contents.golden_raw[groups[places[0]]])[: _samples(how, len(places))]
        for places in kept
    ]
    yield "/* Golden recordings: the bits of the float32 values, one behind the other. */"
    yield f"#define SELFTEST_RECORDINGS {len(kept)}u"
    samples = ", ".join(f"{len(one)}u" for one in values)
    windows = ", ".join(f"{len(places)}u" for places in kept)
    yield f"static const uint32_t selftest_samples[SELFTEST_RECORDINGS] = {{{samples}}};"
    yield f"static const uint32_t selftest_windows[SELFTEST_RECORDINGS] = {{{windows}}};"
    yield _words("values", np.concatenate(values))


def _begun(raw: Any) -> npt.NDArray[np.float32]:
    """Return a recording whose channels begin with a value: a device cannot know the first."""
    values = np.asarray(raw, np.float32)
    begun = np.logical_or.accumulate(~np.isnan(values), axis=0)
    return np.where(begun, values, filled(values)).astype(np.float32)


def _words(name: str, values: npt.NDArray[np.float32]) -> str:
    words = values.astype("<f4").view("<u4").ravel().tolist()
    lines = array_lines(f"0x{word:08x}u" for word in words)
    return f"static const uint32_t selftest_{name}[{len(words)}] = {{\n{lines}\n}};\n"


def _picture(how: ImagePreprocessing) -> Iterator[str]:
    width, height = _picture_size(how)
    crc = zlib.crc32(_picture_input(how).tobytes())
    yield "/* A picture that is made on the device, and the CRC-32 of the input it must give. */"
    yield f"#define SELFTEST_PICTURE_WIDTH {width}u"
    yield f"#define SELFTEST_PICTURE_HEIGHT {height}u"
    yield f"#define SELFTEST_PICTURE_CRC 0x{crc:08x}u\n"


def _picture_size(how: ImagePreprocessing) -> tuple[int, int]:
    """Return the size of the picture: shrunk in one direction and stretched in the other."""
    return 2 * how.width + how.width // 3 + 1, max(1, how.height - how.height // 4)


def _picture_input(how: ImagePreprocessing) -> Int8Array:
    """Return the input the picture makes, with the library the studio prepares pictures with."""
    width, height = _picture_size(how)
    state = np.arange(3 * width * height, dtype=np.uint64) * _ROW_MIX & _ALL
    state ^= state >> np.uint64(15)
    state = state * _BYTE_MIX & _ALL
    pixels = (state >> np.uint64(24)).astype(np.uint8).reshape(height, width, 3)
    image = Image.fromarray(pixels).convert("L" if how.channels == 1 else "RGB")
    small = image.resize((how.width, how.height), Image.Resampling.BILINEAR)
    return (np.asarray(small, np.int16) - 128).astype(np.int8).reshape(how.shape)


# --- what they must give ---------------------------------------------------------------------


def _answers(draft: Draft, chosen: Sequence[int]) -> Iterator[str]:
    outputs = _of(draft.outputs, chosen)
    if draft.contents.target is None:
        codes = ", ".join(map(str, rule_of(draft.contents, draft.output).answers(outputs)))
        yield "/* The place of the answer in studio_labels; -1 is 'not sure'. */"
        yield f"static const int16_t selftest_answers[SELFTEST_VECTORS] = {{{codes}}};"
        return
    meaning = AmountOutput.of(draft.contents.target, draft.output)
    amounts = np.array([meaning.amount(int(code[0])) for code in outputs], np.float32)
    near = abs(meaning.step * meaning.target.scale) / 4
    yield "/* The bits of the amounts, and how much an amount may be off: a quarter of a code. */"
    yield _words("amounts", amounts)
    yield f"#define SELFTEST_AMOUNT_NEAR {floats([near])[0]}"
