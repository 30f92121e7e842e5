"""Both numbers: how well a quick model seems to do, and how well it does on new sessions.

A split by chance puts samples of one session, and copies of one picture, on both sides; a
model then recognises the session, and the figure is too good. Both ways are cross-validated
with one quick model, so both figures are about the same samples.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.datasets.chains import Chains
from studio.datasets.features import picture_features, recording_features, row_features
from studio.datasets.health._tables import feature_columns
from studio.datasets.material import Material
from studio.datasets.split_report import SplitReport, split_report
from studio.domain.evaluation import Interval, wilson_interval
from studio.domain.sample import Sample
from studio.store.project_file import ProjectFile

__all__ = ["LeakReport", "both_numbers", "leak_report"]

_FOLDS = 5
_MOST_SAMPLES = 5_000
_FEWEST_SAMPLES = 30
_FEWEST_SESSIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakReport:
    """What a split by chance shows, and what an honest one does.

    Attributes:
        naive: Share of samples named rightly when chance divides them, with its 95 % Wilson
            interval; folds share training samples, so the true interval is a little wider.
        honest: The same when sessions and copies stay together.
        samples: How many samples were tested, each once.
        groups: Into how many sessions and chains of copies they fall.
    """

    naive: Interval
    honest: Interval
    samples: int
    groups: int

    @property
    def leaking(self) -> bool:
        """Whether chance looks better than it is: its interval lies above the honest figure."""
        return self.naive.low > self.honest.value and self.honest.high < self.naive.value

    @property
    def sentence(self) -> str:
        """Both numbers for the person."""
        text = (
            f"A quick model names {_percent(self.honest)} of the samples of sessions it has not"
            f" seen, and {_percent(self.naive)} when samples are divided by chance."
        )
        if self.leaking:
            return text + " Only the first figure will hold in use."
        return text + " The two do not differ clearly."

    def as_json(self) -> dict[str, Any]:
        """Return the plain form."""
        return {
            "naive": self.naive.as_json(),
            "honest": self.honest.as_json(),
            "samples": self.samples,
            "groups": self.groups,
            "leaking": self.leaking,
            "sentence": self.sentence,
        }


def _percent(share: Interval) -> str:
    return f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})"


def leak_report(
    project: ProjectFile,
    seed: int = 1,
    *,
    material: Material | None = None,
    split: SplitReport | None = None,
) -> LeakReport | None:
    """Return both numbers for a project, or None where there is nothing to compare.

    There is nothing where no sessions and copies are known, where fewer than two classes have
    two sessions, or where samples are too few. Of more than 5,000 samples 5,000 are taken.
    """
    material = material or Material(project)
    split = split or split_report(project, seed, material=material)
    found, features = _features(material)
    labelled = [n for n, sample in enumerate(found) if sample.class_name is not None]
    if not labelled:
        return None
    if len(labelled) > _MOST_SAMPLES:
        chosen = np.random.default_rng(seed).choice(labelled, _MOST_SAMPLES, replace=False)
        labelled = sorted(int(n) for n in chosen)
    groups = _groups(material, split)
    return both_numbers(
        features[labelled],
        [found[n].class_name or "" for n in labelled],
        [groups.find(found[n].id) for n in labelled],
        seed=seed,
    )


def _features(material: Material) -> tuple[Sequence[Sample], NDArray[np.float32]]:
    shown, looks = material.pictures
    if shown:
        return shown, picture_features(looks)
    heard, signals = material.signals
    if heard:
        usual = signals[0].shape[1]
        same = [n for n, s in enumerate(signals) if s.shape[1] == usual and len(s) > 1]
        return [heard[n] for n in same], recording_features([signals[n] for n in same])
    found, values = material.rows
    return found, row_features(values, feature_columns(material))


def _groups(material: Material, split: SplitReport) -> Chains[int]:
    groups: Chains[int] = Chains(sample.id for sample in material.samples)
    for session in split.sessions:
        groups.link_all(session.sample_ids)
    if not any(finding.code == "split.all_alike" for finding in split.findings):
        for chain in split.copies:
            groups.link_all(chain)
    return groups


def both_numbers(
    features: NDArray[np.float32], classes: Sequence[str], groups: Sequence[int], *, seed: int
) -> LeakReport | None:
    """Cross-validate a quick model both ways.

    Args:
        features: float32 ``(samples, features)``.
        classes: Class of each sample.
        groups: What each sample must not be separated from.
        seed: Of the folds.

    Returns:
        None if there are no groups to keep together, or too little to test on.
    """
    kept = _judgeable(classes, groups)
    names, parts = np.array(classes)[kept], np.array(groups)[kept]
    several = len(set(parts.tolist())) < len(parts)
    if len(kept) < _FEWEST_SAMPLES or len(set(names.tolist())) < 2 or not several:
        return None
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    fewest = min(len(set(parts[names == name].tolist())) for name in set(names.tolist()))
    folds = min(_FOLDS, fewest)
    x = features[kept]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # classes of few sessions make uneven folds
        naive = StratifiedKFold(folds, shuffle=True, random_state=seed).split(x, names)
        honest = StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(x, names, parts)
        right = [
            sum(_right(x, names, train, test) for train, test in way) for way in (naive, honest)
        ]
    return LeakReport(
        naive=wilson_interval(right[0], len(x)),
        honest=wilson_interval(right[1], len(x)),
        samples=len(x),
        groups=len(set(parts.tolist())),
    )


def _judgeable(classes: Sequence[str], groups: Sequence[int]) -> NDArray[np.int64]:
    """Return the samples of classes that have two groups or more."""
    by_class: dict[str, set[int]] = defaultdict(set)
    for name, group in zip(classes, groups, strict=True):
        by_class[name].add(group)
    return np.array(
        [n for n, name in enumerate(classes) if len(by_class[name]) >= _FEWEST_SESSIONS], np.int64
    )


def _right(
    x: NDArray[np.float32], names: NDArray[np.str_], train: NDArray[Any], test: NDArray[Any]
) -> int:
    """Return how many of the test samples a quick model names rightly."""
    from sklearn.ensemble import ExtraTreesClassifier

    model = ExtraTreesClassifier(100, random_state=0)
    model.fit(x[train], names[train])
    return int((model.predict(x[test]) == names[test]).sum())
