"""The stand-in's devices and what fits them: as `studio.app.devices` and `studio.app.fitting`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.app import Shopped
from studio.compatibility.shopping import shop
from studio.devices import core_like, own_device, read_fields
from studio.domain.advice import Advice, Change, Outcome, Try
from studio.domain.candidate import Candidate
from studio.domain.device import Device
from studio.domain.matrix import Cell, Matrix, MatrixRow
from studio.domain.phrase import Phrase
from studio.domain.report import CompatibilityReport, Verdict
from studio.domain.shopping import Offer, Wishes

if TYPE_CHECKING:
    from .fake_backend import FakeBackend, Stored

Check = Callable[[Candidate, Device], CompatibilityReport]


class FakeDevices:
    """The catalogue and a person's own; fields are checked as the real ones are."""

    def __init__(self, backend: FakeBackend, stored: Stored) -> None:
        self._backend, self._stored = backend, stored

    def all(self) -> Mapping[str, Device]:
        own = {id: own_device({**f, "id": id}, "It") for id, f in self._stored.own.items()}
        return {**own, **self._backend.catalogue}

    def fields(self, id: str) -> Mapping[str, Any]:
        return self._stored.own[id]

    def add(self, fields: Mapping[str, Any]) -> Device:
        given = {**fields, "core": core_like(fields.get("core") or "")}
        device = own_device(given, "This device", self.all())
        self._stored.own[device.id] = given
        return device

    def add_file(self, path: Path) -> Device:
        return self.add(read_fields(path))

    def change(self, id: str, fields: Mapping[str, Any]) -> Device:
        merged = {k: v for k, v in {**self._stored.own[id], **fields}.items() if v is not None}
        device = own_device({**merged, "id": id}, "This device")
        self._stored.own[id] = merged
        return device

    def remove(self, id: str) -> None:
        self._stored.removed = (id, self._stored.own.pop(id))


class FakeFitting:
    """Judges with the stand-in's reports; the gate of the backend holds a matrix up."""

    def __init__(self, backend: FakeBackend, stored: Stored, check: Check) -> None:
        self._backend, self._stored, self._check = backend, stored, check
        self._devices = FakeDevices(backend, stored).all()

    def check(
        self, candidate_id: int | None, device_ids: Sequence[str], *, measure: bool = False
    ) -> tuple[CompatibilityReport, ...]:
        candidate = next(c for c in self._stored.candidates if candidate_id in (None, c.id))
        return tuple(self._check(candidate, self._devices[id]) for id in device_ids)

    def _row(self, candidate: Candidate) -> MatrixRow:
        found = {id: Cell.of(self._check(candidate, d)) for id, d in self._devices.items()}
        return MatrixRow(candidate=candidate, cells=found)

    def matrix(
        self,
        cancelled: Callable[[], bool],
        on_row: Callable[[MatrixRow], None],
        progress: Callable[[int, int], None] = lambda done, total: None,
        device_ids: Sequence[str] = (),
    ) -> Matrix:
        rows = []
        for candidate in self._stored.candidates:
            self._backend.matrix_gate.wait(10)
            if cancelled():
                break
            rows.append(self._row(candidate))
            on_row(rows[-1])
        return Matrix(rows=tuple(rows), devices=self._devices)

    def shop(self, wishes: Wishes, **options: Any) -> Shopped:
        among = {d.id for d in options["wanted"].among(self._devices.values())}
        offers = [
            Offer(
                name=f"#{row.candidate.id}",
                rank=rank,
                device=self._devices[id],
                cell=cell,
                validation=row.candidate.validation,
            )
            for rank, row in enumerate(map(self._row, self._stored.candidates))
            for id, cell in row.cells.items()
            if id in among
        ]
        return Shopped(found=shop(offers, wishes), compared={})

    def advise(
        self,
        device_id: str,
        candidate_id: int,
        *,
        converting: bool = True,
        cancelled: Callable[[], bool] = lambda: False,
        **_: Any,
    ) -> Advice:
        """Say that another model fits, or as told by the backend that nothing does."""
        device = self._devices[device_id]
        [report] = self.check(candidate_id, [device_id])
        if converting:
            self._backend.advice_gate.wait(10)
        tries = [self._precision(converting and not cancelled(), candidate_id)]
        if tries[-1].outcome is not Outcome.FITS:
            tries.append(self._other(device, candidate_id))
        found = next((one for one in tries if one.outcome is Outcome.FITS), None)
        left = Phrase.of("advice-search-left")
        if found is None:
            tries.append(Try(change=Change.SEARCH, outcome=Outcome.NOT_TRIED, phrases=(left,)))
        key = "advice-nothing" if found is None else f"advice-fits-{found.change}"
        name = f"#{found.candidate_id}" if found and found.candidate_id else ""
        return Advice(
            report=report,
            candidate_id=candidate_id,
            tries=tuple(tries),
            grower=Phrase.of(key, device=device.name, name=name, runtime="Generated C"),
            spare=None,
            engineer=report.for_engineer,
        )

    def _precision(self, wanted: bool, candidate_id: int) -> Try:
        if not wanted:
            said = Phrase.of("advice-precision-left")
            return Try(change=Change.PRECISION, outcome=Outcome.NOT_TRIED, phrases=(said,))
        fits = self._backend.pruned_fits
        return Try(
            change=Change.PRECISION,
            outcome=Outcome.FITS if fits else Outcome.REFUSED,
            phrases=(Phrase.of("advice-pruned-loses"),),
            candidate_id=candidate_id,
            recipe="int8-pruned-tflite",
        )

    def _other(self, device: Device, candidate_id: int) -> Try:
        others = [c for c in self._stored.candidates if c.id != candidate_id]
        for other in others:
            if self._check(other, device).verdict is Verdict.FITS:
                named = Phrase.of("advice-other", name=f"#{other.id}", device=device.name)
                return Try(
                    change=Change.CANDIDATE,
                    outcome=Outcome.FITS,
                    phrases=(named,),
                    candidate_id=other.id,
                )
        none = Phrase.of("advice-no-other", count=len(others), device=device.name)
        return Try(change=Change.CANDIDATE, outcome=Outcome.DOES_NOT_FIT, phrases=(none,))


def open_gates(backend: FakeBackend) -> None:
    """Let nothing be held up."""
    for gate in ("matrix_gate", "advice_gate"):
        setattr(backend, gate, threading.Event())
        getattr(backend, gate).set()
