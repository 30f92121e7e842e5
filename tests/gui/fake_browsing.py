"""The stand-in's lists of samples: what `studio.app.Session.browsing` gives, in memory."""

from __future__ import annotations

import io
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.app.browsing import Detail
from studio.domain.sample import Sample
from studio.domain.sieve import Sieve

if TYPE_CHECKING:
    from .fake_backend import Stored


class FakeBrowsing:
    """Classes, names and lists of samples; nobody predicts anything here."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    def ids(self, sieve: Sieve) -> array[int]:
        return array("q", (s.id for s in self._stored.samples if passes(s, sieve)))

    def records(self, ids: Sequence[int]) -> tuple[Sample, ...]:
        # The stand-in numbers its samples from 1 on and removes none.
        return tuple(self._stored.samples[id - 1] for id in ids)

    def detail(self, sample_id: int) -> Detail | None:
        found = self.records([sample_id])
        return Detail(sample=found[0], opinions=(), side="", marks=(), steps=()) if found else None

    def asked(self) -> bool:
        return False

    def sessions(self) -> tuple[()]:
        return ()

    def columns(self) -> dict[str, str]:
        return {}

    def picture(self, sample: Sample, side: int) -> NDArray[np.uint8]:
        with Image.open(io.BytesIO(self._stored.pictures[sample.digest])) as picture:
            return np.asarray(picture.convert("RGB"))


def passes(sample: Sample, sieve: Sieve) -> bool:
    """Whether a sample passes what can be said without a model, in plain Python."""
    return (
        (sieve.class_name is None or sample.class_name == sieve.class_name)
        and not (sieve.unlabelled and sample.class_name is not None)
        and (sieve.session is None or sample.session == sieve.session)
        and (sieve.only is None or sample.id in sieve.only)
        and _small(sieve.text) in _small(sample.name)
        and not sieve.needs_model
        and not sieve.suspicious
    )


def _small(text: str) -> str:
    """Return a text with small letters a to z, as SQLite's ``lower`` does."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)
