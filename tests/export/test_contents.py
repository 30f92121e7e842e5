"""Contents that make no bundle are refused before anything is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from studio.export import BundleContents
from studio.export.bundle import assemble

from .conftest import bars, candidate, report


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"golden_inputs": bars(6).astype(np.float32)},
        lambda: {"golden_inputs": bars(6)[..., 0]},
        lambda: {"golden_inputs": bars(5)},
        lambda: {"golden_inputs": bars(0), "golden_names": (), "golden_truth": ()},
        lambda: {"golden_truth": ("unheard of",) * 6},
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


def test_classes_that_do_not_match_the_outputs_are_refused(
    build: Callable[..., BundleContents],
) -> None:
    with pytest.raises(ValueError, match="another number of outputs"):
        assemble(build(("a", "b", "c", "d")))
