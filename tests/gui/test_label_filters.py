"""Filters that compose, against plain Python; and a list of 100,000 that is jumped through."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from studio.app import Session
from studio.domain.sample import ImageFacts, Sample
from studio.domain.sieve import Sieve, Sight
from studio.gui.pages.label import LabelPage
from studio.gui.workspace import Workspace
from studio.store import predictions
from studio.store.predictions import Prediction
from studio.store.project_file import ProjectFile
from studio.store.sifting import sift

from .fake_backend import FakeBackend, png
from .fake_browsing import _small
from .label_bench import idle, photos

NAMES = ("leaf", "rust", "<b>mite</b>")


@dataclass(frozen=True)
class Known:
    """A project with what the nearest neighbours say of its samples."""

    project: ProjectFile
    samples: tuple[Sample, ...]
    said: dict[int, Prediction]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    path = photos(tmp_path_factory.mktemp("sieve"), 36)
    with Session.open(path) as session:
        for n in range(3):
            session.move_to_session(list(range(3 + 9 * n, 9 + 9 * n)), f"day {n}")
        samples = session.samples(limit=-1)
    project = ProjectFile.open(path)
    dice = random.Random(4)
    with project.transaction():
        neighbours = predictions.put_predictor(project, None, NAMES)
        said = {s.id: _prediction(s.id, dice) for s in samples if dice.random() < 0.8}
        predictions.put(project, neighbours.id, said.values())
    yield Known(project, samples, said)
    project.close()


def _prediction(id: int, dice: random.Random) -> Prediction:
    numbers = [dice.randint(1, 40) for _ in NAMES]
    # Shares that half precision holds exactly, as those of an int8 model are.
    shares = tuple(round(256 * n / sum(numbers)) / 256 for n in numbers)
    return Prediction(sample_id=id, shares=shares)


def expected(known: Known, sieve: Sieve) -> set[int]:
    """Return what passes, in plain Python."""
    found = set()
    for s in known.samples:
        said = known.said.get(s.id)
        called = NAMES[said.best] if said is not None else None
        contradicted = s.class_name is not None and called not in (None, s.class_name)
        if (
            (sieve.class_name is None or s.class_name == sieve.class_name)
            and (not sieve.unlabelled or s.class_name is None)
            and (sieve.session is None or s.session == sieve.session)
            and (sieve.only is None or s.id in sieve.only)
            and _small(sieve.text) in _small(s.name)
            and (sieve.predicted_as is None or called == sieve.predicted_as)
            and (not sieve.wrong or contradicted)
            and (not sieve.suspicious or contradicted)
        ):
            found.add(s.id)
    return found


SIEVES = st.builds(
    Sieve,
    class_name=st.none() | st.sampled_from([*NAMES, "nobody's"]),
    unlabelled=st.booleans(),
    suspicious=st.booleans(),
    session=st.none() | st.sampled_from(["day 0", "day 2", "never"]),
    predicted_as=st.none() | st.sampled_from(NAMES),
    wrong=st.booleans(),
    text=st.sampled_from(["", "p0", "P01", "LEAF/", "'; --", "%", "_", "응"]),
    only=st.none() | st.frozensets(st.integers(1, 40)).map(tuple),
    sight=st.sampled_from(Sight),
)


@given(sieve=SIEVES)
@settings(max_examples=250, deadline=None)
def test_filters_compose_as_plain_python_says(known, sieve):
    asked = predictions.find(known.project, None)
    found = list(sift(known.project, sieve, model=asked, near=asked))
    assert len(found) == len(set(found))
    assert set(found) == expected(known, sieve)


def test_the_most_useful_come_first(known):
    asked = predictions.find(known.project, None)
    order = list(sift(known.project, Sieve(sight=Sight.USEFUL), model=asked, near=None))
    by_id = {s.id: s for s in known.samples}
    ranks = []
    for id in order:
        name, said = by_id[id].class_name, known.said.get(id)
        wrong = name is not None and said is not None and NAMES[said.best] != name
        ranks.append(0 if name is None else 1 if wrong else 2)
    assert ranks == sorted(ranks)
    doubts = [known.said[id].margin for id, rank in zip(order, ranks, strict=True)
              if rank == 0 and id in known.said]  # fmt: skip
    assert doubts == sorted(doubts)
    sure = [known.said[id].confidence for id, rank in zip(order, ranks, strict=True) if rank == 1]
    assert sure == sorted(sure, reverse=True)


def test_without_a_model_nothing_is_predicted_and_all_orders_hold_everything(known):
    for sight in Sight:
        found = sift(known.project, Sieve(sight=sight), model=None, near=None)
        assert sorted(found) == [s.id for s in known.samples]
    assert not sift(known.project, Sieve(wrong=True), model=None, near=None)
    assert not sift(known.project, Sieve(predicted_as="rust"), model=None, near=None)


def seen(page: LabelPage) -> Sample | None:
    """Return what is shown in the middle of the first column."""
    return page.model.sample(page.grid.indexAt(QPoint(60, 300)).row())


def test_one_jumps_through_100_000_and_only_what_was_seen_is_held(
    qapp: QApplication, qtbot, tmp_path: Path, settings
):
    backend = FakeBackend()
    path = backend.filled(tmp_path / "many.automl", photos=1)
    stored = backend.stored[path]
    picture = png(3)
    [first] = stored.samples
    stored.pictures[first.digest] = picture
    stored.samples = [
        Sample(id=n, digest=first.digest, name=f"{n:06}.png", media_type="image/png",
               facts=ImageFacts(width=64, height=64), class_name=NAMES[n % 3])
        for n in range(1, 100_001)
    ]  # fmt: skip
    workspace = Workspace(path, backend)
    page = LabelPage(workspace, settings)
    page.resize(1200, 760)
    page.show()
    workspace.begin()
    try:
        qtbot.waitUntil(lambda: idle(page) and page.model.rowCount() == 100_000)
        bar, dice = page.grid.verticalScrollBar(), random.Random(1)
        qtbot.waitUntil(lambda: bar.maximum() > 1_000_000)
        for _ in range(12):
            bar.setValue(dice.randint(0, bar.maximum()))
            qtbot.waitUntil(lambda: seen(page) is not None)
        qtbot.waitUntil(lambda: idle(page))
        assert len(page.model._pages) < 60
        page.grid.selectAll()
        assert page.middle.count_chosen() == 100_000
        assert page.chosen.text() == "100,000 photos selected"
    finally:
        workspace.close()
        page.hide()
        page.deleteLater()
        workspace.deleteLater()
