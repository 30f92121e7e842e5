"""Reading Edge Impulse's JSON acquisition format from strangers.

Source:
    The "data acquisition format" of Edge Impulse's ingestion service: ``protected``,
    ``signature`` and a ``payload`` with ``device_type``, ``interval_ms``, ``sensors``
    (``name``, ``units``) and ``values``: a list a sample, or bare numbers for one sensor.
    The signature is not checked: the key it was made with is the sender's.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.tasks.recordings import MOST_VALUES, BadRecording, Recording
from studio.tasks.tables import unique_names

__all__ = ["looks_like", "read"]

_MOST_SENSORS = 1000


def looks_like(content: bytes) -> bool:
    """Whether the beginning of a file promises an acquisition."""
    head = content[:4096]
    return head.lstrip()[:1] == b"{" and b'"protected"' in head and b'"payload"' in content


def read(content: bytes, options: Mapping[str, str]) -> Recording:
    """Read one acquisition.

    Raises:
        BadRecording: for anything else.
    """
    payload = _payload(content)
    names, units = _sensors(payload.get("sensors"))
    values = _values(payload.get("values"), len(names))
    device = payload.get("device_type")
    return Recording(
        values=values,
        times=None,
        rate_hz=_rate(payload.get("interval_ms")),
        channels=names,
        units=units,
        gaps=int(np.count_nonzero(np.isnan(values).all(axis=1))),
        notes=(f"Taken with a {device[:100]}.",) if isinstance(device, str) and device else (),
    )


def _payload(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise BadRecording("it is damaged or cut off") from None
    payload = found.get("payload") if isinstance(found, dict) else None
    if not isinstance(payload, dict) or "protected" not in found:
        raise BadRecording("it is JSON, but no recording of Edge Impulse's format")
    return payload


def _sensors(given: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not isinstance(given, list) or not 0 < len(given) <= _MOST_SENSORS:
        raise BadRecording("it names no sensors")
    if not all(isinstance(sensor, dict) for sensor in given):
        raise BadRecording("it names no sensors")
    names = unique_names([str(sensor.get("name") or "") for sensor in given])
    return names, tuple(str(sensor.get("units") or "")[:50] for sensor in given)


def _values(given: Any, channels: int) -> NDArray[np.float32]:
    if not isinstance(given, list) or not given:
        raise BadRecording("there is no signal in it")
    if len(given) * channels > MOST_VALUES:
        raise BadRecording("there are too many values in it")
    rows = given if isinstance(given[0], list) else [[value] for value in given]
    if any(not isinstance(row, list) or len(row) != channels for row in rows):
        raise BadRecording(f"not every sample has a value for each of its {channels} sensors")
    values = np.array([[_number(value) for value in row] for row in rows], dtype=np.float64)
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def _number(value: Any) -> float:
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRecording("not all of its values are numbers")
    try:
        return float(value)
    except OverflowError:
        return math.nan


def _rate(interval_ms: Any) -> float | None:
    """Return samples a second, or None where the interval is unknown (Edge Impulse writes 0)."""
    if isinstance(interval_ms, bool) or not isinstance(interval_ms, int | float):
        return None
    if not 1e-6 <= interval_ms <= 1e9:
        return None
    return float(f"{1000 / interval_ms:.6g}")
