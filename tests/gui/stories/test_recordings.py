"""From recordings whose time ranges are marked by hand to a proved bundle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt

from studio.app import Session

from ..test_label_signals import drag_time
from .person import Person
from .steps import (
    accept_import,
    check_bundle,
    choose_device,
    export,
    import_dropped,
    results,
    search,
)

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.together("trained")]

_RATE_HZ, _SECONDS, _TURNS_ON_S = 50, 20, 8.0
_FILES = 4


@pytest.fixture(autouse=True)
def _every_move_counts():
    """A test's hand is faster than a person's; pyqtgraph takes 100 moves a second."""
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    pg.setConfigOption("mouseRateLimit", before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Recordings of a pump that is off, and on from the eighth second."""
    made = tmp_path / "pump"
    made.mkdir()
    random = np.random.default_rng(7)
    time = np.arange(0, _SECONDS, 1 / _RATE_HZ)
    for number in range(_FILES):
        on = np.where(time > _TURNS_ON_S, 1.0, 0.05)
        shaft = 2 * np.pi * (6 + 0.3 * number) * time
        axes = [on * np.sin(shaft + k) + random.normal(0, 0.05, len(time)) for k in range(3)]
        rows = [
            f"{1000 * t:.0f},{x:.3f},{y:.3f},{z:.3f}"
            for t, x, y, z in zip(time, *axes, strict=True)
        ]
        (made / f"day{number + 1}.csv").write_text("time_ms,x,y,z\n" + "\n".join(rows) + "\n")
    return made


def _ranges(project: Path) -> list[tuple[str, float, float]]:
    with Session.open(project) as session:
        found = [region.shape for region in session.reviewing.ranges()]
    return [(s.class_name, round(s.start_s, 1), round(s.end_s, 1)) for s in found]


def _mark(person: Person) -> None:
    """Make two classes; mark in each recording when the pump was off and when it ran."""
    person.blocks.stage("label")
    person.go("label")
    page, project = person.page("label"), person.program.workspace.path
    person.wait(lambda: page.model.rowCount() == _FILES)
    for name in ("off", "running"):
        person.write(page.new_class, name)
        person.key(page.new_class, Qt.Key.Key_Return)
        person.wait(lambda name=name: name in page.filter.names())
    person.rest()
    view = page.middle.signal
    for number in range(_FILES):
        person.click_row(page.grid, page.model.index(number))
        wanted = page.model.sample(number).id
        person.wait(lambda wanted=wanted: view.sample is not None and view.sample.id == wanted)
        person.rest()
        for key, start, end in ((Qt.Key.Key_1, 0.5, 7.5), (Qt.Key.Key_2, 8.5, 16.0)):
            before = len(_ranges(project))
            drag_time(view.plot, start, end)
            person.key(view.plot, key)
            person.wait(lambda before=before: len(_ranges(project)) == before + 1)
            person.rest()
        # The second one was marked too short: its edge is taken to where it belongs.
        person.wait(lambda: view.ranges.count() == 2)
        drag_time(view.plot, _ranges(project)[-1][2], 19.0)
        person.wait(lambda: _ranges(project)[-1][2] == pytest.approx(19.0, abs=0.2))
        person.rest()
    person.picture("label")
    assert [name for name, _, _ in _ranges(project)] == ["off", "running"] * _FILES


def test_marked_recordings_become_a_bundle_that_proves_itself(
    person: Person, folder: Path, long_form: bool
):
    import_dropped(person, folder)
    start = person.page("start")
    person.choose(start.panel.task, "Sort sensor recordings into classes")
    accept_import(person, f"{_FILES} recordings added")
    _mark(person)
    person.wait(lambda: person.window.rail.buttons["label"].text() == "Label\n✓")
    search(person, whole=long_form)
    results(person)
    choose_device(person)
    check_bundle(export(person), "sensor-classification")
