"""Generated code gives the reference kernels' codes, in every tensor."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.exact import SANITIZED, compare


@pytest.mark.parametrize("kernels", ["c99", "dsp"])
def test_shared_models_are_exact(shared_model: bytes, kernels: str, tmp_path: Path) -> None:
    result = compare(shared_model, tmp_path, count=6, kernels=kernels)
    assert result.differing == {}
    assert len(result.compared) >= 10


def test_shared_models_touch_only_their_memory(shared_model: bytes, tmp_path: Path) -> None:
    assert compare(shared_model, tmp_path, count=2, flags=SANITIZED).differing == {}
