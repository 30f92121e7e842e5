"""Contents that make no bundle are refused before anything is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from studio.export import BundleContents

from .conftest import bars, candidate, report


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"golden_pixels": bars(6).astype(np.float32)},
        lambda: {"golden_pixels": bars(6)[..., 0]},
        lambda: {"golden_pixels": bars(5)},
        lambda: {"golden_pixels": bars(0), "golden_names": (), "golden_classes": ()},
        lambda: {"golden_classes": ("unheard of",) * 6},
        lambda: {"report": report(device_id="another")},
        lambda: {"candidate": candidate(artifacts=candidate().artifacts[1:])},
        lambda: {"files": {}},
    ],
)
def test_nonsense_is_refused(
    change: Callable[[], dict[str, Any]], build: Callable[..., BundleContents]
) -> None:
    with pytest.raises(ValueError, match=r"golden|report|int8|missing"):
        build(**change())
