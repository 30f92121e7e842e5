"""How a project stands, in numbers."""

from __future__ import annotations

from pathlib import Path

from studio.app import Session
from studio.domain.sample import TimeRange


def test_a_recording_with_time_ranges_is_not_without_a_class(tmp_path: Path):
    for step, name in enumerate(("a", "b"), 7):
        rows = "".join(f"{20 * n},{n % step}\n" for n in range(500))
        (tmp_path / f"{name}.csv").write_text(f"time_ms,x\n{rows}")
    with Session.create(tmp_path / "pump.automl", task="sensor-classification") as session:
        session.import_paths([tmp_path / "a.csv", tmp_path / "b.csv"])
        first, second = session.samples()
        assert (session.overview().unlabelled, session.overview().stretched) == (2, ())
        session.arranging.mark(first.id, TimeRange(class_name="off", start_s=1, end_s=3))
        session.arranging.mark(first.id, TimeRange(class_name="on", start_s=4, end_s=6))
        assert session.overview().unlabelled == 1
        assert session.overview().stretched == ("off", "on")
        assert [each.id for each in session.samples(unlabelled=True)] == [second.id]
        session.undo()
        assert session.overview().stretched == ("off",)
        session.undo()
        assert session.overview().unlabelled == 2
