"""One split for everybody: our program freezes, and the peers get the very same samples.

``prepare`` leaves in a folder:

```
project.automl    imported and frozen by the command line, nothing searched yet
peer.npz          what a peer gets: train_, val_ and test_ x; train_ and val_ y and group
truth.npz         what it does not get: the truth of the test samples
job/              the job our program would write, for peers on our own space
about.json        set, seed, digest, classes, shapes
```

A peer may use training and validation samples as it likes.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.app.rooms import room_for
from studio.datasets import givens_of, groups_of, variants_for, write_snapshot
from studio.domain.dataset import DatasetVersion, Split
from studio.domain.preprocessing import Preprocessing, SignalPreprocessing
from studio.domain.sample import SampleKind
from studio.domain.search import SearchRequest
from studio.jobs import JobDirectory
from studio.search import SearchSpec
from studio.store import datasets
from studio.store.project_file import ProjectFile
from studio.tasks import Given, find_task
from studio.tasks.rows import row_of, target_column
from studio.tasks.windows import averaged, opened, pieces_of

from . import studio_cli
from .features import window_features
from .sets import SETS, Set
from .timeline import Timeline, Windows

__all__ = ["Limits", "prepare", "test_timeline"]

_SIDES = {Split.TRAIN: "train", Split.VALIDATION: "val", Split.TEST: "test"}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a model may take: bytes of arena and of the model's file."""

    ram: int
    flash: int

    def __str__(self) -> str:
        return f"{self.ram}-{self.flash}"


def prepare(id: str, seed: int, folder: Path, limits: Limits) -> Path:
    """Import and freeze a set and write what the peers get; kept if it is there already.

    Raises:
        sets.Missing: if its files are not on this computer.
        studio_cli.CommandFailed: if our program refuses.
    """
    if (folder / "about.json").is_file():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    making = folder.with_name(folder.name + ".part")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _make_project(SETS[id], seed, making)
    project = ProjectFile.open(making / "project.automl")
    try:
        about = _write_arrays(project, making, seed, limits)
    finally:
        project.close()
    about |= {"set": id, "seed": seed, "limits": asdict(limits)}
    (making / "about.json").write_text(json.dumps(about, indent=1), encoding="utf-8")
    making.rename(folder)
    return folder


def _make_project(data: Set, seed: int, folder: Path) -> None:
    path, home = folder / "project.automl", folder / "home"
    files = data.write(folder / "files")
    studio_cli.run("new", path, "--task", data.task, home=home)
    chosen = [word for option in data.options for word in ("--set", option)]
    studio_cli.run("import", path, *files, *chosen, home=home)
    studio_cli.run("freeze", path, "--seed", str(seed), home=home)
    shutil.rmtree(folder / "files")
    shutil.rmtree(home, ignore_errors=True)


def _write_arrays(project: ProjectFile, folder: Path, seed: int, limits: Limits) -> dict[str, Any]:
    version = datasets.get(project, datasets.latest_digest(project) or "")
    variants = variants_for(project, version)
    givens = givens_of(project, version)
    kind = find_task(version.task).kind
    inputs = _READERS[kind](givens, version, next(iter(variants.values())))
    sides = np.array([_SIDES[version.rows[n].split] for n in inputs.row])
    truth = _truth(version)[inputs.row]
    groups = np.array(groups_of(version))[inputs.row]
    given: dict[str, NDArray[Any]] = {}
    for side in _SIDES.values():
        given[f"{side}_x"] = inputs.x[sides == side]
        if side != "test":
            given[f"{side}_y"], given[f"{side}_group"] = truth[sides == side], groups[sides == side]
    np.savez(folder / "peer.npz", **given)
    np.savez(folder / "truth.npz", y=truth[sides == "test"])
    _write_job(project, version, variants, folder, seed, limits)
    return {
        "task": version.task,
        "kind": str(kind),
        "classes": list(version.classes),
        "dataset": version.digest,
        "usual": next(iter(variants.values())).as_json(),
        "shapes": {name: list(values.shape) for name, values in given.items()},
    }


def _truth(version: DatasetVersion) -> NDArray[Any]:
    if not version.classes:
        return np.array([row.amount for row in version.rows], np.float64)
    index = {name: number for number, name in enumerate(version.classes)}
    return np.array([index[row.class_name] for row in version.rows], np.int64)


# What a person would give another tool


@dataclass(frozen=True)
class _Inputs:
    """Inputs of the peers, and the dataset row each is of."""

    x: NDArray[Any]
    row: NDArray[np.int64]


def _pictures(givens: Sequence[Given], version: DatasetVersion, usual: Preprocessing) -> _Inputs:
    """Return the pictures as they are; they are all of one size."""
    from PIL import Image

    x = np.stack([np.asarray(Image.open(io.BytesIO(given.read()))) for given in givens])
    return _Inputs(x, np.arange(len(givens)))


def _rows(givens: Sequence[Given], version: DatasetVersion, usual: Preprocessing) -> _Inputs:
    """Return the numbers of the table; NaN where one is missing."""
    target = target_column(givens[0].columns)
    rows = [row_of(given) for given in givens]
    names = [name for name in rows[0] if name != target]
    x = np.array([[_number(row.get(name)) for name in names] for row in rows])
    return _Inputs(x, np.arange(len(givens)))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _windows(givens: Sequence[Given], version: DatasetVersion, usual: Preprocessing) -> _Inputs:
    """Return features of the windows our program usually takes, from the values themselves."""
    assert isinstance(usual, SignalPreprocessing)
    window, stride = usual.window, usual.stride
    found, owners = [], []
    for number, (given, recording) in enumerate(opened(givens)):
        for piece in pieces_of(given, recording, usual.channels, usual.rate_hz):
            values = averaged(piece, usual.keep_every)
            if len(values) < window:
                continue
            cut = np.lib.stride_tricks.sliding_window_view(values, window, axis=0)[::stride]
            found.append(window_features(cut.transpose(0, 2, 1)))
            owners.append(np.full(len(cut), number))
    return _Inputs(np.concatenate(found), np.concatenate(owners))


_READERS: dict[SampleKind, Callable[[Sequence[Given], DatasetVersion, Preprocessing], _Inputs]] = {
    SampleKind.IMAGE: _pictures,
    SampleKind.ROW: _rows,
    SampleKind.RECORDING: _windows,
}


def test_timeline(
    project: ProjectFile, how: SignalPreprocessing
) -> tuple[Timeline, Windows, set[int], NDArray[np.uint8]]:
    """Return the test recordings over time as one preprocessing cuts them.

    Returns:
        The pieces; the windows of ``how`` in them; the pieces that count, those that hold one
        of the windows our program usually takes, which the peers got; the inputs of ``how``.
    """
    version = datasets.get(project, datasets.latest_digest(project) or "")
    givens = givens_of(project, version, {Split.TEST})
    usual = next(iter(variants_for(project, version).values()))
    assert isinstance(usual, SignalPreprocessing)
    lengths, truth = [], []
    for given, recording in opened(givens):
        for piece in pieces_of(given, recording, how.channels, how.rate_hz):
            lengths.append(len(piece))
            truth.append(version.classes.index(given.class_name))
    line = Timeline(lengths=np.array(lengths), truth=np.array(truth))
    every, least = how.keep_every, usual.keep_every * usual.window
    # Averaging drops a rest, which may cost the last window; so lengths count in averages.
    whole = Timeline(lengths=line.lengths // every, truth=line.truth)
    cut = whole.windows(how.window, how.stride)
    where = Windows(piece=cut.piece, start=cut.start * every, stop=cut.stop * every)
    inputs = np.concatenate(find_task(version.task).prepare_all(givens, [how])[0])
    if len(inputs) != len(where.piece):
        raise AssertionError("our windows and the program's are not the same")
    return line, where, set(np.flatnonzero(line.lengths >= least).tolist()), inputs


# What a peer on our own space gets


def _write_job(
    project: ProjectFile,
    version: DatasetVersion,
    variants: dict[str, Preprocessing],
    folder: Path,
    seed: int,
    limits: Limits,
) -> None:
    request = SearchRequest(seed=seed, ram_bytes=limits.ram, flash_bytes=limits.flash)
    room, task = room_for(request), find_task(version.task)
    fitting = room.fitting(variants)
    spec = SearchSpec(
        space=task.spaces[room.size],
        classes=version.classes,
        variants=fitting,
        dataset_digest=version.digest,
        seconds=1.0,
        trials=None,
        seed=seed,
        flash_bytes=room.flash_bytes,
        ram_bytes=room.ram_beside(fitting),
    )
    directory = JobDirectory(folder / "job")
    directory.write_spec(spec.as_json())
    write_snapshot(project, version, fitting, directory.data)
