"""Models of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "truth" / "models"


@pytest.fixture(params=["kws_ref_model.tflite", "pretrainedResnet_quant.tflite"])
def shared_model(request: pytest.FixtureRequest) -> bytes:
    """A model of MLPerf Tiny; the tests are skipped where the shared folder is absent."""
    path = SHARED / request.param
    if not path.is_file():
        pytest.skip("the folder of shared models is not here")
    return path.read_bytes()
