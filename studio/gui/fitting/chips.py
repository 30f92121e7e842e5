"""Which boards are shown: words, switches and chips that all hold together, and the order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from studio.app import DeviceFilter
from studio.domain.device import FEATURES, Device
from studio.domain.report import Verdict
from studio.gui import words
from studio.gui.fitting.words import FEATURE_WORDS, KIND_WORDS
from studio.gui.i18n import tr
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, clear
from studio.gui.workspace import Workspace

__all__ = ["BoardFilter", "FilterBar"]

_VERDICTS = (Verdict.FITS, Verdict.DOES_NOT_FIT, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What is wanted of a device, and of the verdict on it; None is any."""

    wanted: DeviceFilter = field(default_factory=DeviceFilter)
    verdict: Verdict | None = None

    def among(self, devices: Iterable[Device]) -> tuple[Device, ...]:
        """Return the devices that are wanted, whatever the verdict."""
        return self.wanted.among(devices)


class FilterBar(QWidget):
    """Holds the filter.

    Signals:
        changed: `filter` or `by_name` is another.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.filter = BoardFilter()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(tr("Search by name, maker or core"))
        self.search.setAccessibleName(tr("Search devices"))
        self.search.textChanged.connect(self._on_text)
        self.order = QComboBox()
        self.order.setAccessibleName(tr("Order of the boards"))
        self.order.addItem(tr("Smallest that fits first"))
        self.order.addItem(tr("By name"))
        self.order.currentIndexChanged.connect(lambda index: self.changed.emit())
        self.fits = button(tr("Fits"), self._on_fits)
        self.own = button(tr("Yours"), self._on_own)
        self.features = {
            name: button(
                tr(FEATURE_WORDS[name]).capitalize(), partial(self._on_feature, name), picture=name
            )
            for name in FEATURES
        }
        self.switches = (self.fits, *self.features.values(), self.own)
        for each in self.switches:
            each.setCheckable(True)
        self.more = button(tr("More…"), self._on_more)
        self.chips = QHBoxLayout()
        self.chips.setSpacing(SPACING[0])
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.search, 1)
        first.addWidget(self.order)
        for widget in (*self.switches, self.more):
            second.addWidget(widget)
        second.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING[0])
        for row in (first, second, self.chips):
            row.setSpacing(SPACING[0])
            column.addLayout(row)

    @property
    def by_name(self) -> bool:
        """Whether boards come by their names."""
        return self.order.currentIndex() == 1

    # -- the filter ----------------------------------------------------------------------

    def set(self, wanted: BoardFilter) -> None:
        """Show what passes a filter."""
        self.filter = wanted
        if self.search.text() != wanted.wanted.text:
            self.search.blockSignals(True)
            self.search.setText(wanted.wanted.text)
            self.search.blockSignals(False)
        self._show()
        self.changed.emit()

    def clear_all(self) -> None:
        """Show every board again."""
        self.set(BoardFilter())

    def _with(self, **changed: object) -> BoardFilter:
        wanted = replace(self.filter.wanted, **changed)  # type: ignore[arg-type]
        return replace(self.filter, wanted=wanted)

    def _on_text(self, text: str) -> None:
        self.set(self._with(text=text))

    def _on_fits(self) -> None:
        verdict = Verdict.FITS if self.fits.isChecked() else None
        self.set(replace(self.filter, verdict=verdict))

    def _on_own(self) -> None:
        self.set(self._with(own=True if self.own.isChecked() else None))

    def _on_feature(self, name: str) -> None:
        self.set(self._with(features=self.filter.wanted.features ^ {name}))

    # -- faces ---------------------------------------------------------------------------

    def texts(self) -> list[tuple[str, BoardFilter]]:
        """Return the conditions that no switch shows, each with the filter without it."""
        wanted, verdict = self.filter.wanted, self.filter.verdict
        other = verdict if verdict is not Verdict.FITS else None
        found = [
            (wanted.vendor, tr("Maker: {name}", name=wanted.vendor), self._with(vendor="")),
            (wanted.core, tr("Core: {name}", name=wanted.core), self._with(core="")),
            (
                wanted.kind,
                tr(KIND_WORDS[wanted.kind]) if wanted.kind else "",
                self._with(kind=None),
            ),
            (
                wanted.accelerated is not None,
                tr("with an accelerator"),
                self._with(accelerated=None),
            ),
            (other, words.verdict_word(other) if other else "", replace(self.filter, verdict=None)),
        ]
        return [(text, without) for holds, text, without in found if holds]

    def _show(self) -> None:
        wanted = self.filter.wanted
        self.fits.setChecked(self.filter.verdict is Verdict.FITS)
        self.own.setChecked(wanted.own is True)
        for name, switch in self.features.items():
            switch.setChecked(name in wanted.features)
        clear(self.chips)
        for text, without in self.texts():
            chip = button(text.replace("&", "&&"), partial(self.set, without), picture="close")
            chip.setAccessibleName(tr("Remove the filter {filter}", filter=text))
            self.chips.addWidget(chip)
        if self.filter != BoardFilter():
            self.chips.addWidget(button(tr("Show all boards"), self.clear_all, role="link"))
        self.chips.addStretch(1)

    # -- adding --------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Return what else can be asked for."""
        menu = QMenu(self)
        devices = self._workspace.devices.values()
        makers = sorted({d.vendor for d in devices if d.vendor}, key=str.casefold)
        cores = sorted({d.core.split("x ")[-1].removesuffix(" (dual)") for d in devices if d.core})
        self._sub(menu, tr("Maker"), makers, lambda name: self._with(vendor=name))
        self._sub(menu, tr("Core"), cores, lambda name: self._with(core=name))
        kinds = menu.addMenu(tr("Kind"))
        for kind, title in KIND_WORDS.items():
            kinds.addAction(tr(title), partial(self._set_kind, kind))
        verdicts = menu.addMenu(tr("Verdict"))
        for verdict in _VERDICTS:
            changed = replace(self.filter, verdict=verdict)
            verdicts.addAction(words.verdict_word(verdict), partial(self.set, changed))
        menu.addAction(tr("with an accelerator"), partial(self.set, self._with(accelerated=True)))
        return menu

    def _set_kind(self, kind: object) -> None:
        self.set(self._with(kind=kind))

    def _sub(
        self, menu: QMenu, title: str, names: list[str], changed: Callable[[str], BoardFilter]
    ) -> None:
        sub = menu.addMenu(title)
        for name in names:
            sub.addAction(name.replace("&", "&&"), partial(self._set_named, changed, name))

    def _set_named(self, changed: Callable[[str], BoardFilter], name: str) -> None:
        self.set(changed(name))

    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
