"""Small files of every kind the importers read, made in the test."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Mapping

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.pictures import encoded, random_picture

__all__ = ["acquisition", "parquet", "signal_csv", "wav", "workbook", "zipped"]


def wav(values: np.ndarray, *, rate: int = 8000, bits: int = 16, floats: bool = False) -> bytes:
    """Return a WAV of values in -1..1, ``(samples, channels)``, written by hand from the format."""
    columns = np.atleast_2d(values.T).T
    if floats:
        data = columns.astype(f"<f{bits // 8}").tobytes()
    elif bits == 8:
        data = np.round(columns * 127 + 128).astype(np.uint8).tobytes()
    elif bits == 24:
        wide = np.round(columns * (2**23 - 1)).astype("<i4").tobytes()
        data = b"".join(wide[i : i + 3] for i in range(0, len(wide), 4))
    else:
        data = np.round(columns * (2.0 ** (bits - 1) - 1)).astype(f"<i{bits // 8}").tobytes()
    channels, frame = columns.shape[1], columns.shape[1] * bits // 8
    form = struct.pack("<HHIIHH", 3 if floats else 1, channels, rate, rate * frame, frame, bits)
    data += b"\0" * (len(data) % 2)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form
    chunks += b"data" + struct.pack("<I", len(columns) * frame) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def acquisition(rows: list[list[float]], *, interval_ms: float = 10.0) -> bytes:
    """Return a recording as Edge Impulse's devices send it."""
    return json.dumps(
        {
            "protected": {"ver": "v1", "alg": "HS256", "iat": 1700000000},
            "signature": "0" * 64,
            "payload": {
                "device_name": "aa:bb",
                "device_type": "NANO33BLE",
                "interval_ms": interval_ms,
                "sensors": [{"name": f"acc{i}", "units": "m/s2"} for i in range(len(rows[0]))],
                "values": rows,
            },
        }
    ).encode()


def signal_csv(samples: int = 100, *, header: str = "timestamp_ms,acc_x [mg],acc_y [mg]") -> bytes:
    """Return a recording of two channels at 50 Hz."""
    lines = [f"{20 * i},{i % 7},{-i % 5}" for i in range(samples)]
    return "\n".join([header, *lines, ""]).encode()


def workbook(rows: list[list[object]]) -> bytes:
    """Return an .xlsx with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(columns: Mapping[str, list[object]]) -> bytes:
    """Return a Parquet file."""
    out = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), out)
    return out.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()


def picture(seed: int = 1) -> bytes:
    """Return a small PNG."""
    return encoded(random_picture(seed))
