"""From a table whose column to be learned was guessed wrongly to a proved bundle."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

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

_ROWS = 150
_TARGET = "state"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Measurements of a pump, what it did, and last a column that has nothing to do with it."""
    chance = random.Random(3)
    lines = ["current_a,warmth_c,state,shift"]
    for number in range(_ROWS):
        state = ("off", "running", "blocked")[number % 3]
        current = {"off": 0.1, "running": 2.0, "blocked": 4.5}[state] + chance.gauss(0, 0.2)
        warmth = {"off": 20, "running": 45, "blocked": 60}[state] + chance.gauss(0, 4)
        lines.append(f"{current:.3f},{warmth:.1f},{state},{chance.choice(('day', 'night'))}")
    path = tmp_path / "pump.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def _try_a_row(person: Person) -> None:
    """Type in a row and read the answer of the model."""
    page = person.page("train")
    person.blocks.stage("trying")
    person.click(page.tabs["try"])
    trying = page.trying
    person.wait(lambda: bool(trying.row.fields))
    person.write(trying.row.fields["current_a"], "4.4")
    person.write(trying.row.fields["warmth_c"], "61")
    person.wait(lambda: trying.said.text() == "blocked")
    person.write(trying.row.fields["current_a"], "0.1")
    person.write(trying.row.fields["warmth_c"], "19")
    person.wait(lambda: trying.said.text() == "off")
    person.picture("try")


def test_a_table_becomes_a_bundle_that_proves_itself(person: Person, table: Path, long_form: bool):
    import_dropped(person, table)
    start = person.page("start")
    person.choose(start.panel.task, "Sort table rows into classes")
    person.wait(lambda: start.check.ready and "target" in start.panel.questions)
    if start.panel.questions["target"].currentText() == _TARGET:
        person.choose(start.panel.questions["target"], "shift")
        person.wait(lambda: start.check.ready)
    target = start.panel.questions["target"]
    assert target.currentText() == "shift"
    person.choose(target, _TARGET)
    person.wait(lambda: start.check.ready and len(start.check.preview.counts) == 3)
    accept_import(person, f"{_ROWS} rows added")
    search(person, whole=long_form)
    results(person)
    _try_a_row(person)
    choose_device(person)
    check_bundle(export(person), "tabular-classification")
