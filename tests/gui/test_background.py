"""Lanes: order, errors, cancelling, and the end."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread

from studio.domain.errors import ProjectError
from studio.gui.background import Lane


class Session:
    """Notes the thread it was opened and closed on."""

    def __init__(self) -> None:
        self.threads = [threading.get_ident()]

    def close(self) -> None:
        self.threads.append(threading.get_ident())


@pytest.fixture
def lane(qtbot):
    made = Lane("test", Session)
    yield made
    made.close()
    assert not made.isRunning()


def test_work_is_done_in_order_on_one_other_thread(lane, qtbot):
    threads, results = [], []

    def work(number):
        def run(session, task):
            threads.append((session, threading.get_ident()))
            return number

        return run

    for number in range(20):
        lane.submit(work(number), results.append)
    qtbot.waitUntil(lambda: len(results) == 20)
    assert results == list(range(20))
    assert len(set(threads)) == 1
    session, thread = threads[0]
    assert thread != threading.get_ident()
    lane.close()
    assert session.threads == [thread, thread]


def test_an_error_reaches_the_one_who_asked(lane, qtbot):
    errors = []

    def work(session, task):
        raise ProjectError("No.", "Try another.", code="project.none")

    lane.submit(work, None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert errors[0].code == "project.none"
    assert lane.idle


def test_callbacks_come_on_the_thread_of_the_window(lane, qtbot):
    seen = []
    lane.submit(
        lambda session, task: task.progress(1, 2),
        lambda result: seen.append(QThread.currentThread()),
        None,
        lambda done, total: seen.append((done, total, QThread.currentThread())),
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    here = QThread.currentThread()
    assert seen == [(1, 2, here), here]


def test_nothing_is_called_after_closing(lane, qtbot):
    gate, called = threading.Event(), []
    lane.submit(lambda session, task: gate.wait(5), called.append)
    waiting = lane.submit(lambda session, task: 1, called.append)
    lane.ask_to_end()
    gate.set()
    lane.close()
    late = lane.submit(lambda session, task: 2, called.append)
    qtbot.wait(1)
    assert called == []
    assert waiting.cancelled()
    assert late.cancelled()
    assert not lane.isRunning()
