"""Sessions at the command line: kept, corrected, still there after the next import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.datasets.projects import scene

Studio = Callable[..., Any]


def _frames(folder: Path, clips: range, frames: range) -> Path:
    for clip in clips:
        for frame in frames:
            path = folder / "ab"[clip % 2] / f"clip{clip}_{frame:02}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            scene(100 * clip + frame, 40, 40).save(path)
    return folder


def test_sessions_are_kept_corrected_and_outlast_an_import(studio: Studio, tmp_path: Path) -> None:
    project, photos = tmp_path / "a.automl", tmp_path / "photos"
    studio("new", project).ok()
    studio("import", project, _frames(photos, range(6), range(3))).ok()
    said = studio("split", project, "--apply").ok().out
    assert "Kept: Move 18 samples between sessions" in said
    assert "Parts of the file name." in studio("sessions", project).ok().out
    studio("sessions", project, "--join", "clip0", "clip2").ok()
    studio("import", project, _frames(photos, range(6), range(3, 4))).ok()
    document = studio("split", project, "--json").ok().document
    sizes = {s["name"]: len(s["samples"]) for s in document["sessions"]}
    assert sizes == {"clip0": 8, "clip1": 4, "clip3": 4, "clip4": 4, "clip5": 4}
    reasons = {s["name"]: s["reason"] for s in document["sessions"]}
    assert reasons["clip0"] == "Named by you."
    assert "seed" not in studio("freeze", project).ok().out
    again = studio("freeze", project, "--seed", "2").ok()
    assert "24 samples kept the side an earlier version gave: seed 2 decided" in again.out
    assert studio("sessions", project, "--move", "x", "clip0").status == 2
    assert studio("sessions", project, "--join", "nobody").status == 1
