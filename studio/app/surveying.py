"""The part of `Fitting` that looks at many devices and candidates at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from studio.app import exporting
from studio.app.advising import advise_candidate
from studio.app.devices import own_of
from studio.app.matrix import matrix_rows
from studio.app.models import chosen_devices
from studio.app.shopping import Shopped, shop_in_project
from studio.devices import DeviceFilter
from studio.domain.advice import Advice
from studio.domain.device import Device
from studio.domain.matrix import Matrix, MatrixRow
from studio.domain.shopping import Wishes
from studio.store import candidates
from studio.store.project_file import ProjectFile

__all__ = ["Surveying"]

_EVERY = DeviceFilter()

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
        wanted: DeviceFilter = _EVERY,
    ) -> Shopped:
        """Return the smallest of the wanted boards that meet wishes, and what smaller ones cost.

        Raises:
            EvaluationError: ``evaluation.wish``, as `studio.app.shopping.shop_in_project`.
        """
        among = wanted.among(self._devices(()).values())
        return shop_in_project(
            self._project,
            candidates.best_first(self._project),
            {device.id: device for device in among},
            wishes,
            progress=progress,
            cancelled=cancelled,
        )

    def advise(
        self,
        device_id: str,
        candidate_id: int | None = None,
        *,
        converting: bool = True,
        minutes: float = 0.0,
        progress: Callable[[str], None] = lambda sentence: None,
        cancelled: Callable[[], bool] = _never,
    ) -> Advice:
        """Return the smallest change with which a candidate (the best) fits a device.

        See `studio.app.advising.advise_candidate`. Below a second where neither ``converting``
        nor ``minutes`` ask for a worker.
        """
        [device] = self._devices([device_id]).values()
        ranked = candidates.best_first(self._project)
        return advise_candidate(
            self._project,
            exporting.one_of(ranked, candidate_id),
            ranked,
            device,
            converting=converting,
            minutes=minutes,
            progress=progress,
            cancelled=cancelled,
        )

    def _devices(self, ids: Sequence[str]) -> Mapping[str, Device]:
        return {device.id: device for device in chosen_devices(ids, own_of(self._project))}
