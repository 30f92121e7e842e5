"""Reading WAV files from strangers."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from studio.tasks.recordings import BadRecording, Recording

__all__ = ["read"]


def read(content: bytes, options: Mapping[str, str]) -> Recording:
    """Read a WAV of 8, 16, 24 or 32 bits or floats; full scale is one.

    Raises:
        BadRecording: for anything else.
    """
    # Imported here: commands that read no sound need not pay for it.
    from scipy.io import wavfile

    if content[:4] not in (b"RIFF", b"RIFX", b"RF64") or content[8:12] != b"WAVE":
        raise BadRecording("it is not a WAV file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of chunks it does not know
            rate, raw = wavfile.read(io.BytesIO(content))
            values = _scaled(raw)
    except BadRecording:
        raise
    except Exception as error:
        # The reader raises whatever its parsing trips over: ValueError, struct.error, TypeError.
        raise BadRecording("it is damaged, cut off or compressed") from error
    if not 1 <= rate <= 10_000_000:
        raise BadRecording(f"its sampling rate of {rate} Hz cannot be")
    count = values.shape[1]
    names = ("audio",) if count == 1 else tuple(f"channel {i}" for i in range(1, count + 1))
    return Recording(
        values=values,
        times=None,
        rate_hz=float(rate),
        channels=names,
        units=("",) * count,
        notes=_notes(values),
    )


def _scaled(raw: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return float32 ``(samples, channels)``, full scale as one.

    Source:
        RIFF WAVE: 8-bit values are unsigned with 128 as zero, wider ones signed. The reader
        gives 24 bits in the upper bits of 32.
    """
    columns = raw.reshape(raw.shape[0], -1)
    if raw.dtype == np.uint8:
        return ((columns.astype(np.float32) - 128) / 128).astype(np.float32)
    if raw.dtype.kind == "i":
        scale = 2.0 ** (8 * raw.dtype.itemsize - 1)
        return (columns.astype(np.float64) / scale).astype(np.float32)
    if raw.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return columns.astype(np.float32)
    raise BadRecording("its values are of a kind the studio does not read")


def _notes(values: NDArray[np.float32]) -> tuple[str, ...]:
    bad = int(np.count_nonzero(~np.isfinite(values)))
    return (f"{bad:,} values are no numbers.",) if bad else ()
