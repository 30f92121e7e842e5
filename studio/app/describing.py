"""Numbers that describe samples, for comparing them with one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.datasets import Material
from studio.datasets.features import picture_features, recording_features, row_features
from studio.datasets.health._tables import feature_columns
from studio.domain.sample import Sample

__all__ = ["described"]


def described(material: Material) -> tuple[Sequence[Sample], NDArray[np.float32]]:
    """Return the samples that can be read and their numbers, float32 ``(samples, features)``.

    Pictures are looked at, or else recordings, or else rows; a project holds one of them. The
    original is needed only where a thumbnail does not do.
    """
    shown, looks = material.pictures
    if shown:
        return shown, picture_features(looks)
    heard, signals = material.signals
    if heard:
        usual = signals[0].shape[1]
        same = [n for n, s in enumerate(signals) if s.shape[1] == usual and len(s) > 1]
        return [heard[n] for n in same], _standardised(
            recording_features([signals[n] for n in same])
        )
    found, values = material.rows
    return found, row_features(values, feature_columns(material))


def _standardised(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return features of one spread each: levels and log powers of signals differ by far."""
    spread = features.std(0)
    return np.asarray((features - features.mean(0)) / np.where(spread > 0, spread, 1), np.float32)
