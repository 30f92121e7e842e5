"""The harness of the comparison does what its table says; made-up peers, nothing is trained."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.event import JobEvent

from . import raw, table
from .kills import repeated
from .ours import over_budget, trainings_of
from .peers.optuna_peer import Suggesting
from .prepare import Limits
from .run import _runner, measure
from .runners import PEERS, Peer, run_peer
from .scoring import errors
from .sets import covtype_like
from .timeline import Timeline

LIMITS = Limits(ram=1000, flash=2000)


def made_up(id: str, seed: int, folder: Path, limits: Limits) -> Path:
    """Write a prepared set of a threshold at 0, one of whose test samples is mislabelled."""
    folder.mkdir(parents=True, exist_ok=True)
    x = np.array([[-2.0], [3.0], [-1.0], [2.0]])
    y = np.array([0, 1, 0, 1])
    sides = {f"{side}_x": x for side in ("train", "val", "test")}
    np.savez(folder / "peer.npz", train_y=y, val_y=y, train_group=y, val_group=y, **sides)
    np.savez(folder / "truth.npz", y=np.array([0, 1, 1, 1]))
    about = {"kind": "row", "classes": ["no", "yes"]}
    (folder / "about.json").write_text(json.dumps(about))
    return folder


def results_of(tmp_path: Path, **runners: Any) -> list[dict[str, Any]]:
    return list(
        measure(
            "error",
            sets=["wine"],
            methods=list(runners),
            seeds=[1, 2],
            seconds=60,
            limits=LIMITS,
            trainings=0,
            results=tmp_path / "raw",
            work=tmp_path / "work",
            python=Path(sys.executable),
            runners=runners,
            prepared=made_up,
        )
    )


def answer(error: float) -> Any:
    return lambda *_, **__: {"wall_s": 1.0, "late": False, "failed": "", "errors": {"error": error}}


def test_a_peer_is_scored_by_the_truth_it_never_saw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PEERS, "fake", Peer(module="fake_peer"))  # type: ignore[arg-type]
    folder = made_up("wine", 1, tmp_path / "set", LIMITS)
    run = _runner("fake", Path(sys.executable))
    found = run(folder, tmp_path / "run", seconds=20, seed=1, limits=LIMITS, trainings=0)
    assert found["errors"] == {"error": 0.25}
    assert (found["best"], found["failed"], found["late"]) == ("a threshold", "", False)
    with np.load(folder / "peer.npz") as given_to_peers:
        assert "test_y" not in given_to_peers.files


def test_a_peer_without_an_answer_is_ended_with_all_it_started(tmp_path: Path) -> None:
    folder = made_up("wine", 1, tmp_path / "set", LIMITS)
    for option, seconds, why in (
        ("breaks", 20, "status 1: nothing came"),
        ("hangs", 0.3, "no answer in half"),
    ):
        peer, out = Peer(module="fake_peer", option=option), tmp_path / option
        found = run_peer(peer, Path(sys.executable), folder, out, seed=1, seconds=seconds)
        assert why in found.failed
        assert found.outputs is None
    child = (tmp_path / "breaks" / "child.txt").read_text()
    until = time.monotonic() + 10
    while is_running(int(child)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_running(int(child))


def is_running(number: int) -> bool:
    """Return whether there is such a process that is not merely waiting to be noticed as dead."""
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return False
    return fields[0] != "Z"


def test_what_was_measured_is_kept_and_not_measured_again(tmp_path: Path) -> None:
    assert len(results_of(tmp_path, ours=answer(0.1))) == 2
    with (tmp_path / "raw" / "error.jsonl").open("a") as file:
        file.write('{"torn')
    with (tmp_path / "raw" / "error.jsonl").open("a") as file:
        file.write("\n")
    again = results_of(tmp_path, ours=answer(0.5), flaml=answer(0.2))
    assert [r["method"] for r in again] == ["flaml", "flaml"]
    shown = table.report(tmp_path / "raw")
    assert (
        "| wine | 60 s | 2 | 0.1 (0.1 to 0.1) | 0.2 (0.2 to 0.2) | 0.50, means 0.50 (flaml) |"
        in shown
    )


def test_ratios_are_of_medians_and_nothing_is_divided_by_nothing() -> None:
    base = {"figure": "error", "set": "wine", "seconds": 60.0, "limits": "1-2"}
    rows = [("ours", (0.0, 0.1, 0.3)), ("flaml", (0.2, 0.2, 0.9)), ("autokeras", (None,) * 3)]
    found = [
        {**base, "method": method, "seed": seed, "errors": {} if e is None else {"error": e}}
        for method, made in rows
        for seed, e in enumerate(made)
    ]
    shown = table.errors_table(found)
    assert "| 0.50, means 0.31 (flaml) |" in shown
    assert "| none |" in shown
    for result in found:
        result["errors"] = {"error": 0.0}
    assert "both 0, means both 0 (autokeras)" in table.errors_table(found)


def test_trainings_are_counted_up_to_the_first_that_fits_and_is_good_enough() -> None:
    def run(method: str, accuracies: list[tuple[float | None, bool, float]]) -> dict[str, Any]:
        done = [{"accuracy": a, "fits": f, "share": s} for a, f, s in accuracies]
        head = {"figure": "trainings", "set": "digits", "limits": "1-2", "seed": 1}
        return {**head, "method": method, "done": done}

    found = [
        run("ours", [(None, False, 0.25), (0.9, True, 0.5), (0.95, True, 1.0)]),
        run(
            "optuna-random",
            [(0.99, False, 1.0), (0.5, True, 1.0), (0.8, True, 1.0), (0.9, True, 1)],
        ),
    ]
    shown = table.trainings_table(found)
    assert "| 0.9000 | ours | 2 (1) | 2 | - |" in shown
    assert "| 0.9000 | ours, in whole trainings | 0.75 (1) | 0.75 | - |" in shown
    assert "| 0.9000 | optuna-random | 4 (1) | 4 | 0.50 |" in shown
    missed = table.trainings_table(found, {"digits": 0.94})
    assert "| 0.9400 | optuna-random | over 4 (1) | over 4 | under 0.75 |" in missed
    assert "| ours | over 3 (1) | over 3 | - |" in table.trainings_table(found, {"digits": 0.96})


def test_instant_models_count_as_trainings_but_not_among_networks() -> None:
    instant = {"accuracy": 0.9, "fits": True, "share": 0.0}
    network = {"accuracy": 0.9, "fits": True, "share": 1 / 9}
    head = {"figure": "trainings", "set": "digits", "limits": "1-2", "method": "ours"}
    found = [
        {**head, "seed": seed, "done": done}
        for seed, done in enumerate([[instant, network], [instant], [network], [instant]])
    ]
    shown = table.trainings_table(found, {"digits": 0.9})
    assert "| ours | 1 (0), 1 (1), 1 (2), 1 (3) | 1 |" in shown
    assert "| ours, networks only | 1 (0), over 0 (1), 1 (2), over 0 (3) | over 0.5 |" in shown


@given(
    lengths=st.lists(st.integers(0, 40), min_size=1, max_size=5),
    window=st.integers(1, 12),
    stride=st.integers(1, 12),
)
def test_the_error_over_time_is_that_of_the_answers_however_long_the_windows(
    lengths: list[int], window: int, stride: int
) -> None:
    stride = min(stride, window)
    line = Timeline(lengths=np.array(lengths), truth=np.arange(len(lengths)) % 2)
    where = line.windows(window, stride)
    assert (where.stop <= line.lengths[where.piece]).all()
    counted = {n for n, length in enumerate(lengths) if length >= window}
    right = np.eye(2)[line.truth[where.piece]]
    if counted:
        assert line.error(right, where, counted) == 0
        assert line.error(1 - right, where, counted) == 1
        # Who cannot decide on a piece that counts is wrong there.
        none = line.windows(1000, 1)
        assert line.error(np.zeros((0, 2)), none, counted) == 1


def test_a_trial_trained_again_after_its_end_is_noticed() -> None:
    def event(name: str, trial: int) -> JobEvent:
        return JobEvent(name=name, seconds=0.0, data={"trial": trial})

    killed = [event("trial_started", 1), event("trial_started", 1), event("trial_finished", 1)]
    assert repeated(killed) == 0  # begun again because it had not ended
    assert repeated([*killed, event("trial_started", 1), event("trial_finished", 1)]) == 1


def test_what_our_journal_says_of_trainings() -> None:
    confusion = {"confusion": [[8, 2], [1, 9]]}
    events = [
        JobEvent(name="trial_started", seconds=1.0, data={"trial": 0, "share": 0.25}),
        JobEvent(
            name="trial_finished",
            seconds=2.0,
            data={"trial": 0, "score": 0.8, "validation": confusion, "int8": {}},
        ),
        JobEvent(name="trial_failed", seconds=3.0, data={"trial": 1}),
    ]
    first, second = trainings_of(events)
    assert (first["accuracy"], first["share"], first["fits"]) == (0.85, 0.25, True)
    assert (second["accuracy"], second["fits"]) == (None, False)


def test_over_budget_counts_file_and_arena() -> None:
    def candidate(size: int, arena: int | None) -> dict[str, Any]:
        file = {"precision": "int8", "format": "tflite"}
        return {"artifacts": [{**file, "size": {"value": size}, "arena": {"value": arena}}]}

    fits, too_long, too_wide = candidate(2000, 1000), candidate(2001, 9), candidate(9, 1001)
    found = [fits, too_long, too_wide, candidate(9, None), {"artifacts": []}]
    assert over_budget(found, LIMITS) == 4


def test_inactive_questions_are_not_asked_of_the_peer() -> None:
    class Trial:
        def suggest_categorical(self, name: str, values: Any) -> Any:
            return values[-1]

        def suggest_int(self, name: str, low: int, high: int, **_: Any) -> int:
            return low

    hp = Suggesting(Trial())
    assert hp.Int("blocks", 1, 4, default=3) == 1
    with hp.conditional_scope("blocks", [2, 3, 4]):
        assert hp.Choice("kernel_1", [3, 5], default=3) == 3
    with hp.conditional_scope("blocks", [1]):
        assert hp.Choice("kernel_0", [3, 5], default=3) == 5
    assert hp.values == {"blocks": 1, "kernel_0": 5}


def test_errors_of_amounts() -> None:
    truth = np.array([0.0, 2.0])
    found = errors(np.array([[1.0], [3.0]]), truth, classes=False)
    assert found == {"rmse": 1.0, "mae": 1.0, "r2": 0.0}


def test_the_made_up_table_is_shaped_like_covertype(long_form: bool) -> None:
    if not long_form:
        pytest.skip("importing scikit-learn takes longer than all the rest here; --long runs it")
    names, x, y = covtype_like(300)
    assert (len(names), x.shape, set(np.unique(y))) == (54, (300, 54), set(range(7)))
    assert (x[:, 10:14].sum(axis=1) == 1).all()
    assert (x[:, 14:].sum(axis=1) == 1).all()
    assert (covtype_like(300)[1] == x).all()


def test_results_are_one_measurement_by_what_was_asked_not_by_what_came(tmp_path: Path) -> None:
    one = {"figure": "error", "set": "wine", "seed": 1, "method": "ours", "seconds": 60.0}
    raw.append(tmp_path, {**one, "wall_s": 1.0})
    raw.append(tmp_path, {**one, "wall_s": 2.0})
    kept = list(raw.read(tmp_path))
    assert [r["wall_s"] for r in kept] == [1.0, 2.0]
    assert [r["wall_s"] for r in table.latest(kept)] == [2.0]
