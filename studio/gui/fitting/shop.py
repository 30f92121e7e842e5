"""Reverse shopping: wishes in, boards out, and what each smaller board costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.app import DeviceFilter, shop_phrases
from studio.domain.shopping import Met, Step, Wishes
from studio.gui import words
from studio.gui.fitting.desk import FittingDesk
from studio.gui.fitting.words import WISH_WORDS, size_text
from studio.gui.i18n import plural, tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label, plain, scrolled

if TYPE_CHECKING:
    from studio.app import Shopped

__all__ = ["ShopPanel"]

_MOST_SHOWN = 12
_LARGEST_KIB = 1 << 22
_BOX_PX = 28


class ShopPanel(QWidget):
    """Five wishes, a button, and what came of it.

    Signals:
        chosen: A device's id and a candidate's number.
    """

    chosen = Signal(str, int)

    def __init__(self, desk: FittingDesk, wanted: Callable[[], DeviceFilter]) -> None:
        super().__init__()
        self._desk, self._wanted = desk, wanted
        self.accuracy = _double(100.0, " %", tr("Least accuracy"))
        self.error = _double(1e9, "", tr("Largest mean error"))
        self.latency = _double(1e6, " ms", tr("Longest time of one run"))
        self.ram = _kib(tr("Most RAM"))
        self.flash = _kib(tr("Most flash"))
        self.look = button(tr("Find boards"), self._on_find, role="primary")
        self.cancel = button(tr("Cancel"), self._on_cancel)
        self.cancel.hide()
        self.state = label("", "muted")
        self._results = QVBoxLayout()
        self._results.setSpacing(SPACING[0])
        self._lay_out()
        desk.shopped.connect(self._on_shopped)
        desk.failed.connect(self._on_failed)
        desk.workspace.view_changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        form = QFormLayout()
        self._form = form
        for box in (self.accuracy, self.error, self.latency, self.ram, self.flash):
            form.addRow(label(box.accessibleName(), wrap=False), box)
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addWidget(self.cancel)
        row.addStretch()
        card = Card()
        card.add(label(tr("What do you need?"), "section"))
        card.add_layout(form)
        card.add_layout(row)
        card.add(self.state)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addLayout(self._results)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    @property
    def _amounts(self) -> bool:
        view = self._desk.workspace.view
        return bool(view and view.overview.task.endswith("regression"))

    def _refresh(self) -> None:
        self._form.setRowVisible(self.accuracy, not self._amounts)
        self._form.setRowVisible(self.error, self._amounts)
        known = self._desk.workspace.candidate is not None
        self.look.setEnabled(known)
        if not known:
            self.state.setText(tr("Train a model first; then the boards that run it are found."))
        elif not self._results.count():
            self.state.setText(
                tr("What is left at 0 does not matter. The filters above hold here too.")
            )

    @property
    def wishes(self) -> Wishes:
        """What is wished for now."""
        return Wishes(
            accuracy=None if self._amounts else self.accuracy.value() / 100 or None,
            error=(self.error.value() or None) if self._amounts else None,
            latency_ms=self.latency.value() or None,
            ram_bytes=self.ram.value() * 1024 or None,
            flash_bytes=self.flash.value() * 1024 or None,
        )

    def _on_find(self) -> None:
        clear(self._results)
        self.state.setText(tr("Looking at every model on every board…"))
        self.cancel.show()
        self._desk.shop(self.wishes, self._wanted())

    def _on_cancel(self) -> None:
        self._desk.stop_shopping()
        self.cancel.hide()
        self.state.setText(tr("Cancelled."))

    def _on_failed(self, error: Exception) -> None:
        if self.cancel.isVisibleTo(self):
            self.cancel.hide()
            happened, remedy, _ = words.explain(error)
            self.state.setText(f"{happened} {remedy}")

    # -- what was found ------------------------------------------------------------------

    def _on_shopped(self, shopped: Shopped) -> None:
        self.cancel.hide()
        clear(self._results)
        found = shopped.found
        n = len(found.suitable)
        self.state.setText(
            plural("{n} board suits.", "{n} boards suit.", n)
            if n
            else tr("No board surely meets every wish.")
        )
        self._show(tr("These suit, the smallest first"), found.suitable)
        ladder = [phrase.text(tr) for phrase in shop_phrases(shopped)]
        if ladder:
            self._results.addSpacing(SPACING[1])
            title = tr("What less would cost") if n else tr("What stands in the way")
            self._results.addWidget(label(title, "strong"))
            for text in ladder:
                self._results.addWidget(label(f"– {text}", "muted"))
        self._show(tr("These might: something is not known of them"), found.might)
        self._show(tr("These come nearest"), found.nearest)

    def _show(self, title: str, steps: Sequence[Step]) -> None:
        if not steps:
            return
        self._results.addSpacing(SPACING[1])
        self._results.addWidget(label(title, "strong"))
        for step in steps[:_MOST_SHOWN]:
            self._results.addWidget(self._offer(step))
        if len(steps) > _MOST_SHOWN:
            more = len(steps) - _MOST_SHOWN
            self._results.addWidget(
                label(plural("and {n} larger board", "and {n} larger boards", more), "small")
            )

    def _offer(self, step: Step) -> QWidget:
        offer = step.offer
        parts = [
            offer.device.name,
            f"{size_text(offer.device.ram_bytes)} RAM",
            tr("model {name}", name=offer.name),
        ]
        if offer.validation is not None:
            parts.append(words.short_result(offer.validation))
        for met, text in ((Met.MIGHT, tr("not known")), (Met.NO, tr("not met"))):
            wishes = ", ".join(tr(WISH_WORDS[wish]) for wish in step.of(met))
            parts += [f"{text}: {wishes}"] if wishes else []
        number = int(offer.name.removeprefix("#"))
        text = " · ".join(parts).replace("&", "&&")
        found = button(text, partial(self.chosen.emit, offer.device.id, number), role="link")
        found.setToolTip(plain(text.replace("&&", "&")))
        # A long line must not push the form out of sight.
        found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return found


def _double(most: float, suffix: str, name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=0.0, maximum=most, decimals=2 if most > 100 else 1)
    box.setSuffix(suffix)
    _name(box, name)
    return box


def _kib(name: str) -> QSpinBox:
    box = QSpinBox(minimum=0, maximum=_LARGEST_KIB, singleStep=16, suffix=" KiB")
    _name(box, name)
    return box


def _name(box: QAbstractSpinBox, name: str) -> None:
    box.setSpecialValueText(tr("no wish"))
    box.setMinimumHeight(_BOX_PX)
    box.setAccessibleName(name)
