"""Candidates judged by the answers a project keeps of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.app import Session, check_project_file, exporting, salvage_project
from studio.app.answered import Answering
from studio.app.certainty import certainty_of
from studio.domain.dataset import Split
from studio.domain.errors import EvaluationError, ExportError, SearchError
from studio.domain.evaluation import Evaluation, RegressionEvaluation, Unit
from studio.domain.judgement import Costs
from studio.search.answers import Answers
from studio.store import candidates
from studio.store.project_file import ProjectFile
from tests.app.judged import add_candidate, softly, with_amounts, with_pictures

SIDES = (Split.TRAIN, Split.VALIDATION, Split.TEST)
EACH = 60


def side_of(number: int) -> Split:
    return SIDES[number // EACH]


TRUTH = np.arange(3 * EACH) % 2


def answered(split: Split, wrong: int, sure: float = 0.9) -> Answers:
    """The first so many of a side are called wrongly."""
    numbers = np.flatnonzero([side_of(n) is split for n in range(len(TRUTH))])
    called = TRUTH[numbers].copy()
    called[:wrong] = 1 - called[:wrong]
    return Answers(
        outputs=softly(called, sure),
        truth=TRUTH[numbers].astype(np.int32),
        groups=numbers.astype(np.int32),
        numbers=numbers.astype(np.int64),
    )


def project(
    tmp_path: Path, wrong: list[tuple[int, int]], sessions: list[str | None] | None = None
) -> Path:
    """A candidate for each number wrong on validation and padding of its file."""
    path = tmp_path / "p.automl"
    sides = [side_of(n) for n in range(len(TRUTH))]
    search = with_pictures(path, TRUTH.tolist(), sides, sessions or [])
    for trial, (count, padding) in enumerate(wrong):
        given = {side: answered(side, count) for side in (Split.VALIDATION, Split.TEST)}
        add_candidate(path, search, trial, given, padding=padding)
    return path


def test_mistakes_and_confusions_name_samples_of_the_project(tmp_path: Path) -> None:
    with Session.open(project(tmp_path, [(3, 0)])) as session:
        found = session.judging.evaluate()
        assert isinstance(found.evaluation, Evaluation)
        assert found.evaluation.details is not None
        assert found.evaluation.split is Split.TEST
        wrong = {f"{2 * EACH + n:03d}.png" for n in range(3)}
        named = {found.names[one.sample_id] for one in found.evaluation.details.mistakes}
        assert named == wrong
        assert {found.names[id] for c in found.confusions for id in c.sample_ids} == wrong
        assert [c.truth for c in found.confusions] == ["leaf", "rust"]
        assert found.sureness is not None
        assert found.evaluation.details.resampling.unit is Unit.SAMPLE
        assert found.unsure is None
        assert session.judging.evaluate(split=Split.VALIDATION).evaluation.split != Split.TEST


def test_samples_of_one_session_count_once_in_the_intervals(tmp_path: Path) -> None:
    bursts: list[str | None] = [f"burst {number // 10}" for number in range(3 * EACH)]
    with Session.open(project(tmp_path, [(10, 0)], bursts)) as session:
        together = session.judging.evaluate().evaluation
    (tmp_path / "alone").mkdir()
    with Session.open(project(tmp_path / "alone", [(10, 0)])) as session:
        alone = session.judging.evaluate().evaluation
    assert isinstance(together, Evaluation)
    assert isinstance(alone, Evaluation)
    assert together.details is not None
    assert together.details.resampling.units == EACH // 10
    assert together.accuracy.value == alone.accuracy.value
    assert together.accuracy.low < alone.accuracy.low - 0.1


def test_a_threshold_is_chosen_on_validation_and_told_on_test(tmp_path: Path) -> None:
    with Session.open(project(tmp_path, [(3, 0)])) as session:
        never_wrong = Costs(miss=1.0, false_alarm=1.0, not_sure=0.01)
        found = session.judging.evaluate(costs=never_wrong).unsure
        assert found is not None
        assert found.chosen.test is not None
        assert found.chosen.validation.samples == found.chosen.test.samples == EACH
        with pytest.raises(EvaluationError, match="costs"):
            session.judging.evaluate(costs=Costs(miss=1, false_alarm=1, not_sure=-1))


def test_a_bundle_gets_the_default_the_costs_or_the_reason(tmp_path: Path) -> None:
    path = project(tmp_path, [(3, 0)])
    with ProjectFile.open(path) as opened:
        answering = Answering(opened)
        tested = exporting.one_of(candidates.best_first(opened), 1)
        usual = certainty_of(answering, tested, None)
        assert usual is not None
        assert usual.not_sure is not None
        assert (usual.costs_given, usual.not_sure.costs.not_sure) == (False, 1.0)
        assert usual.not_sure.test is not None
        assert usual.calibration is not None
        assert usual.calibration.split is Split.TEST
        shy = Costs(miss=1.0, false_alarm=1.0, not_sure=0.01)
        asked = certainty_of(answering, tested, shy)
        assert asked is not None
        assert asked.not_sure is not None
        assert (asked.costs_given, asked.not_sure.costs) == (True, shy)
        with pytest.raises(EvaluationError, match="costs"):
            certainty_of(answering, tested, Costs(miss=1, false_alarm=1, not_sure=-1))

        with opened.transaction():
            opened.execute("DELETE FROM answers")
        told = certainty_of(answering, tested, None)
        assert told is not None
        assert "not kept" in told.why
        with pytest.raises(EvaluationError, match="not kept"):
            certainty_of(answering, tested, shy)


def test_what_cannot_be_told_apart_is_said_and_what_can_is_too(tmp_path: Path) -> None:
    with Session.open(project(tmp_path, [(2, 900), (3, 0), (30, 0)])) as session:
        best, alike, worse = session.judging.leaderboard()
        assert (best.compared, alike.within_noise, worse.within_noise) == (None, True, False)
        side, compared = session.judging.compare(1, 3)
        assert side is Split.TEST
        assert (compared.better, compared.only_first) == ("#1", 28)
        assert "cannot be told apart" in session.judging.compare(1, 2)[1].phrase.text()
        chosen = session.judging.best_within_noise()
        assert chosen is not None
        assert (chosen.chosen, chosen.best) == ("#2", "#1")
        with pytest.raises(ExportError, match="no candidate 9"):
            session.judging.compare(1, 9)


def test_export_names_the_smaller_where_validation_cannot_tell(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 900), (3, 0), (30, 0)])
    with ProjectFile.open(path) as opened:
        chosen = exporting.choose(opened, "nano33ble", None)
        assert chosen.candidate.id == 1
        assert chosen.smaller is not None
        assert "#2 is smaller than #1" in chosen.smaller.text()
        asked = exporting.choose(opened, "nano33ble", 1)
        assert (asked.candidate.id, asked.smaller) == (1, None)


def test_the_test_side_has_no_say_in_what_is_exported(tmp_path: Path) -> None:
    path = tmp_path / "p.automl"
    search = with_pictures(path, TRUTH.tolist(), [side_of(n) for n in range(len(TRUTH))])
    for trial, (validation, test) in enumerate([(0, 50), (20, 0)]):
        given = {
            Split.VALIDATION: answered(Split.VALIDATION, validation),
            Split.TEST: answered(Split.TEST, test),
        }
        add_candidate(path, search, trial, given, padding=900 * (1 - trial))
    with ProjectFile.open(path) as opened:
        assert exporting.choose(opened, "nano33ble", None).candidate.id == 1


def test_candidates_of_before_are_told_as_such(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 900), (3, 0)])
    with ProjectFile.open(path) as opened:
        opened.execute("DELETE FROM answers")
        assert exporting.choose(opened, "nano33ble", None).candidate.id == 1
    with Session.open(path) as session:
        assert not any(one.within_noise for one in session.judging.leaderboard())
        with pytest.raises(EvaluationError) as caught:
            session.judging.evaluate()
    assert caught.value.code == "evaluation.no_answers"


def windows(each: int, wrong: int) -> Answers:
    """So many windows of each of four recordings; those of the first few are called wrongly."""
    groups = np.repeat(np.arange(2, 6), each)
    truth = groups % 2
    called = np.where(groups < 2 + wrong, 1 - truth, truth)
    return Answers(
        outputs=softly(called),
        truth=truth.astype(np.int32),
        groups=groups.astype(np.int32),
        numbers=np.arange(100, 100 + len(groups)),
    )


def test_windows_of_a_recording_are_one_observation(tmp_path: Path) -> None:
    path = tmp_path / "p.automl"
    sides = [Split.TRAIN] * 2 + [Split.VALIDATION] * 4
    search = with_pictures(path, [0, 1] * 3, sides, task="sensor-classification")
    for trial, (each, wrong) in enumerate([(10, 1), (5, 3)]):
        add_candidate(path, search, trial, {Split.VALIDATION: windows(each, wrong)})
    with Session.open(path) as session:
        found = session.judging.evaluate(1).evaluation
        assert isinstance(found, Evaluation)
        assert found.details is not None
        assert (found.samples, found.details.resampling.units) == (40, 4)
        assert {one.sample_id for one in found.details.mistakes} == {3}
        _, compared = session.judging.compare(1, 2)
        assert (compared.samples, compared.only_first, compared.better) == (4, 2, "")


def test_amounts_are_in_the_unit_of_their_column(tmp_path: Path) -> None:
    path = tmp_path / "p.automl"
    off = with_amounts(path, [float(n) for n in range(60)])
    with Session.open(path) as session:
        found = session.judging.evaluate()
        assert isinstance(found.evaluation, RegressionEvaluation)
        assert found.evaluation.mae.value == pytest.approx(off)
        assert found.evaluation.prediction_interval is not None
        costs = Costs(miss=1, false_alarm=1, not_sure=0.1)
        with pytest.raises(EvaluationError, match="never a miss"):
            session.judging.evaluate(costs=costs)
        candidate = session.candidates()[0]
    with ProjectFile.open(path) as opened:
        assert certainty_of(Answering(opened), candidate, None) is None
        with pytest.raises(EvaluationError, match="never a miss"):
            certainty_of(Answering(opened), candidate, costs)


def test_answers_are_rescued_and_their_damage_is_noticed(tmp_path: Path) -> None:
    path = project(tmp_path, [(2, 0)])
    assert check_project_file(path).whole
    rescued = tmp_path / "rescued.automl"
    assert salvage_project(path, rescued).rows["answers"] == 2
    with Session.open(rescued) as session:
        assert session.judging.evaluate().evaluation.samples == EACH
    with ProjectFile.open(path) as opened, opened.transaction():
        opened.execute("UPDATE answers SET content = substr(content, 1, 200) WHERE split = 'test'")
    assert "test answers of candidate 1" in check_project_file(path).problems[0]
    with Session.open(path) as session, pytest.raises(SearchError, match="damaged"):
        session.judging.evaluate()
