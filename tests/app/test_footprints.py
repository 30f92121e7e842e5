"""What was compiled once for a core is not compiled again, and estimates stand in until then."""

from pathlib import Path

import pytest

from studio.app import footprints
from studio.codegen import measure_footprint
from studio.domain.figure import FigureKind

TINY = (Path(__file__).resolve().parents[1] / "data" / "tiny_int8.tflite").read_bytes()


@pytest.fixture
def compiled(monkeypatch, tmp_path):
    """Return the list of cores that were compiled for, with an empty cache."""
    cores = []

    def measure(content, core):
        cores.append(core)
        return measure_footprint(content, core, count=False)

    monkeypatch.setenv("AUTOML_STUDIO_CACHE", str(tmp_path))
    monkeypatch.setattr(footprints, "measure_footprint", measure)
    return cores


def test_a_core_is_compiled_for_once_and_only_when_asked(compiled, tmp_path):
    guessed = footprints.footprints_of(TINY)("Cortex-M3")
    assert guessed.code.kind is FigureKind.ESTIMATED
    assert compiled == []
    first = footprints.footprints_of(TINY, measure=True)("Cortex-M3")
    again = footprints.footprints_of(TINY, measure=True)("Cortex-M3")
    without_asking = footprints.footprints_of(TINY)("Cortex-M3")
    assert compiled == ["Cortex-M3"]
    assert first == again == without_asking
    assert first.code.kind is first.stack.kind is FigureKind.MEASURED
    # A file somebody damaged is measured anew, not believed.
    [kept] = (tmp_path / "footprints").glob("*.json")
    kept.write_text('{"core": "Cortex-M3", "code": {"value": -1}}', encoding="utf-8")
    assert footprints.footprints_of(TINY, measure=True)("Cortex-M3") == first
    assert compiled == ["Cortex-M3"] * 2


def test_where_nothing_can_be_compiled_the_estimate_stays(compiled):
    asked = footprints.footprints_of(TINY, measure=True)
    assert asked("Xtensa LX7 (dual)").code.kind is FigureKind.ESTIMATED
    assert "16 bits" in asked("AVR").refused
    assert compiled == []
