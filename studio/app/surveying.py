"""The part of `Fitting` that looks at many devices and candidates at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from studio.app.devices import own_of
from studio.app.matrix import matrix_rows
from studio.app.models import chosen_devices
from studio.app.shopping import Shopped, shop_in_project
from studio.domain.device import Device
from studio.domain.matrix import Matrix, MatrixRow
from studio.domain.shopping import Wishes
from studio.store import candidates
from studio.store.project_file import ProjectFile

__all__ = ["Surveying"]

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Report nothing."""


def _never() -> bool:
    return False


class Surveying:
    """Every method is *slow*; what ``cancelled`` ends gives what was found so far."""

    _project: ProjectFile

    def matrix(
        self,
        progress: Progress = _silent,
        cancelled: Callable[[], bool] = _never,
        *,
        device_ids: Sequence[str] = (),
        on_row: Callable[[MatrixRow], None] = lambda row: None,
    ) -> Matrix:
        """Return every candidate on devices (all of them), judging what has changed.

        Args:
            progress: Called with candidates done and candidates in all.
            cancelled: Asked before each candidate.
            device_ids: Which devices; none for all.
            on_row: Called with each row as soon as it is there, on this thread.
        """
        devices = self._devices(device_ids)
        ranked = candidates.best_first(self._project)
        rows: list[MatrixRow] = []
        for row in matrix_rows(self._project, ranked, devices):
            rows.append(row)
            on_row(row)
            progress(len(rows), len(ranked))
            if cancelled():
                break
        return Matrix(rows=tuple(rows), devices=devices)

    def shop(
        self,
        wishes: Wishes,
        progress: Progress = _silent,
        cancelled: Callable[[], bool] = _never,
        *,
        device_ids: Sequence[str] = (),
    ) -> Shopped:
        """Return the smallest boards that meet wishes, and what smaller ones cost."""
        return shop_in_project(
            self._project,
            candidates.best_first(self._project),
            self._devices(device_ids),
            wishes,
            progress=progress,
            cancelled=cancelled,
        )

    def _devices(self, ids: Sequence[str]) -> Mapping[str, Device]:
        return {device.id: device for device in chosen_devices(ids, own_of(self._project))}
