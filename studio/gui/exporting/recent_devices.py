"""The devices that were exported for lately, a press away."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.gui.i18n import tr
from studio.gui.settings import Settings
from studio.gui.theme import SPACING
from studio.gui.widgets.basics import button, clear, label
from studio.gui.workspace import Workspace

__all__ = ["RecentDevices"]

_KEPT = 5


class RecentDevices(QWidget):
    """Hidden while there are none besides the chosen one."""

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self._workspace, self._settings = workspace, settings
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING[1])
        self.ids: list[str] = []
        workspace.choice_changed.connect(self._show)
        self._show()

    def remember(self, device_id: str) -> None:
        """Put a device first."""
        others = [each for each in self._kept() if each != device_id]
        self._settings["recent_devices"] = "\n".join([device_id, *others][:_KEPT])
        self._show()

    def _kept(self) -> list[str]:
        return self._settings["recent_devices"].splitlines()

    def _show(self) -> None:
        devices, chosen = self._workspace.devices, self._workspace.device
        mine = chosen.id if chosen else ""
        self.ids = [each for each in self._kept() if each in devices and each != mine]
        clear(self._row)
        if self.ids:
            self._row.addWidget(label(tr("Lately for:"), "muted", wrap=False))
        for id in self.ids:
            choose = partial(self._workspace.choose_device, id)
            self._row.addWidget(button(devices[id].name, choose, role="link"))
        self._row.addStretch()
        self.setVisible(bool(self.ids))
