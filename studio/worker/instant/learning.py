"""Which instant models are learned from an input of which shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.worker.instant.banks import learn_bank, learn_banks
from studio.worker.instant.records import Learned, Material
from studio.worker.instant.tables import learn_table, learn_tables
from studio.worker.instant.threads import one_thread

__all__ = ["learn", "learn_one"]


def learn(
    material: Material,
    seconds: float,
    *,
    flash_bytes: int | None = None,
    ram_bytes: int | None = None,
) -> list[Learned]:
    """Return instant models that may fit, best on the validation side first.

    Rows and statistics, ``(samples, features)``, get linear models and random bends; images
    and windows, ``(samples, height, width, channels)``, get banks of filters.

    Args:
        material: What to learn from; both sides have samples.
        seconds: Time there is. The plan follows from it and from the data's size, so the
            same seed gives the same models unless the machine is very slow.
        flash_bytes: Room for the int8 file; None for any. Lower bounds are compared with
            it: what is returned may turn out too large once converted.
        ram_bytes: Room for the arena; as above.

    Returns:
        None or more; none only where the smallest fits nowhere.
    """
    by_rank = learn_tables if material.pixels.ndim == 2 else learn_banks
    with one_thread():
        return by_rank(material, seconds, flash_bytes, ram_bytes)


def learn_one(material: Material, hyperparameters: Mapping[str, Any]) -> Learned:
    """Return the instant model of given hyperparameters, as `learn` would learn it.

    Args:
        material: What to learn from, of the shape the hyperparameters were chosen for.
        hyperparameters: As `Learned` has them; others are passed over.
    """
    by_rank = learn_table if material.pixels.ndim == 2 else learn_bank
    with one_thread():
        return by_rank(material, hyperparameters)
