"""Model files, ours and real ones, and the script that makes ours."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
TRUTH = ROOT.parent / "shared" / "truth"
OURS = sorted(DATA.glob("*.tflite"))
REAL = sorted(TRUTH.glob("*/*.tflite"))


@pytest.fixture(scope="session")
def one_operator():
    """Return the function that makes a model of one operator."""
    spec = importlib.util.spec_from_file_location("make_models", DATA / "make_models.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.one_operator


@pytest.fixture(scope="session")
def int8_model():
    return (DATA / "tiny_int8.tflite").read_bytes()


@pytest.fixture(scope="session")
def float_model():
    return (DATA / "tiny_float32.tflite").read_bytes()


@pytest.fixture(params=OURS + REAL, ids=lambda path: path.stem)
def any_model(request):
    """Return every model at hand; real ones only where they are."""
    return request.param.read_bytes()


@pytest.fixture
def truth():
    """Return the folder of models from outside."""
    if not REAL:
        pytest.skip("the models from outside (../shared/truth) are not here")
    return TRUTH
