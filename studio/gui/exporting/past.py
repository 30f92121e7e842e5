"""Bundles that were made of this project; where they lie is known on this computer only."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from studio.domain.wording import bytes_text
from studio.gui.exporting.forms import FORMS
from studio.gui.i18n import tr
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import Card, button, clear, label, plain

if TYPE_CHECKING:
    from studio.app import Exported

__all__ = ["PastBundles", "place_of", "remember_place"]

_SHOWN = 6
_KEPT = 200


def place_of(settings: Settings, sha256: str) -> Path | None:
    """Return where a bundle was written on this computer, if it is still there."""
    place = _places(settings).get(sha256)
    path = Path(place) if place else None
    return path if path is not None and path.is_file() else None


def remember_place(settings: Settings, sha256: str, path: Path) -> None:
    """Keep where a bundle was written."""
    places = {name: place for name, place in _places(settings).items() if name != sha256}
    newest = list({**places, sha256: str(path)}.items())[-_KEPT:]
    settings["bundles"] = json.dumps(dict(newest))


def _places(settings: Settings) -> dict[str, str]:
    try:
        found = json.loads(settings["bundles"] or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


class PastBundles(Card):
    """The latest bundles, a line each; hidden while there are none.

    Args:
        settings: Where places are remembered.
        on_open: Gets the path of a bundle to look at again.
    """

    def __init__(self, settings: Settings, on_open: Callable[[Path], object]) -> None:
        super().__init__()
        self._settings, self._on_open = settings, on_open
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACING[3])
        self.names: list[str] = []
        self.add(label(tr("Earlier bundles"), "section"))
        self.add_layout(self._grid)
        self.hide()

    def show_bundles(self, bundles: Sequence[Exported]) -> None:
        """Show the newest ones."""
        clear(self._grid)
        newest = bundles[: -_SHOWN - 1 : -1]
        self.names = [each.name for each in newest]
        for row, each in enumerate(newest):
            name = label(each.name)
            name.setToolTip(plain(each.sha256))
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(label(_about(each), "muted"), row, 1)
            place = place_of(self._settings, each.sha256)
            if place is None:
                self._grid.addWidget(label(tr("not where it was written"), "small"), row, 2)
            else:
                again = button(tr("Show"), partial(self._on_open, place), role="link")
                again.setAccessibleName(tr("Show {name}", name=each.name))
                self._grid.addWidget(again, row, 2)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.setVisible(bool(newest))


def _about(bundle: Exported) -> str:
    titles = {form.id: tr(form.title) for form in FORMS}
    try:
        when = f"{datetime.fromisoformat(bundle.made_at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        when = ""
    return " · ".join(
        part
        for part in (
            tr("model #{id} for {device}", id=bundle.candidate_id, device=bundle.device_id),
            titles.get(bundle.ecosystem, bundle.ecosystem),
            bytes_text(bundle.size_bytes),
            when,
        )
        if part
    )
