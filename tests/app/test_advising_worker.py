"""Advice that takes a worker: a pruned file, and a search for a device that is too small."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.app import Session
from studio.domain.advice import Change, Outcome
from studio.domain.report import Verdict

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.timeout(300)]


def flash_of(session: Session, device: str) -> int:
    """Return the flash that the best candidate needs at most on a device."""
    [report] = session.check(None, [device])
    assert report.flash.value is not None
    return int(report.flash.value)


def test_a_file_with_fewer_channels_fits_where_the_whole_does_not(trained_project: Path) -> None:
    fields = {"id": "mine", "name": "My board", "core": "Cortex-M4F"}
    only = {"runtimes": ["tflite-micro"], "ram_bytes": "512K"}
    with Session.open(trained_project) as session:
        session.devices.add({**fields, **only, "flash_bytes": "4M"})
        needed = flash_of(session, "mine")
        session.devices.change("mine", {"flash_bytes": needed - 1})
        told: list[str] = []
        found = session.fitting.advise("mine", progress=told.append)
        assert found.report.verdict is not Verdict.FITS
        tried = found.tries[0]
        assert tried.change is Change.PRECISION
        assert any(sentence.startswith("int8-pruned") for sentence in told)
        assert tried.outcome in (Outcome.FITS, Outcome.REFUSED)
        if tried.outcome is Outcome.FITS:
            assert tried.report is not None
            assert tried.after is not None
            assert tried.report.flash.value is not None
            assert tried.report.flash.value < needed
            assert found.command.startswith("convert PROJECT --recipe int8-pruned-tflite")
        else:  # too much was lost on these few scans: then it says so, and goes on
            assert tried.phrases
            assert len(found.tries) > 1
