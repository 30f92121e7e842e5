"""The course of a search told by its events."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.event import JobEvent
from studio.gui.training import TrainingRecord

from .fake_backend import search_events


def test_two_trials_are_two_curves():
    record = TrainingRecord(minutes=5)
    for event in search_events():
        record.take(event)
    assert {trial: len(curve.accuracy) for trial, curve in record.curves.items()} == {0: 3, 1: 3}
    assert (record.finished, record.rejected, record.best_trial) == (2, 1, 1)


def test_a_resumed_search_counts_its_time_from_where_it_goes_on():
    record = TrainingRecord(minutes=5, resumes=True)
    data = {"kind": "search", "resumed": 4}
    record.take(JobEvent(name="job_started", seconds=100.0, data=data))
    assert (record.ends_s, record.finished) == (400.0, 4)


@given(st.lists(st.sampled_from(search_events()), max_size=40))
def test_any_order_of_events_leaves_sane_figures(events):
    record = TrainingRecord(minutes=1)
    for event in events:
        record.take(event)
    assert record.best is None or 0 <= record.best <= 1
    assert record.seconds == max((e.seconds for e in events), default=0)
    for curve in record.curves.values():
        assert len(curve.seconds) == len(curve.accuracy)


@given(st.text().filter(lambda name: name not in {"epoch", "trial_started"}))
def test_an_unknown_event_changes_the_clock_only(name):
    record = TrainingRecord(minutes=1)
    if name in {e.name for e in search_events()}:
        return
    record.take(JobEvent(name=name, seconds=3.0, data={}))
    assert record.seconds == 3.0
    assert record.curves == {}
