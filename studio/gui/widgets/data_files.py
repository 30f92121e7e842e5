"""Originals outside of the project, dataset versions, and data out for other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from studio.gui.data_desk import DataDesk, Files
from studio.gui.i18n import plural, tr
from studio.gui.settings import Settings
from studio.gui.widgets.basics import Card, button, label, scrolled

__all__ = ["DataFiles"]

_SHOWN = 200
_LIST_PX = 140


def _list(name: str) -> QListWidget:
    widget = QListWidget()
    widget.setAccessibleName(name)
    widget.setMaximumHeight(_LIST_PX)
    return widget


class DataFiles(QWidget):
    """Three cards, one below the other."""

    def __init__(self, desk: DataDesk, settings: Settings) -> None:
        super().__init__()
        self._desk, self._settings = desk, settings
        self.linked = label()
        self.missing = _list(tr("Originals that cannot be used"))
        self.relink = button(tr("Look for them in a folder…"), self._on_relink, picture="folder")
        self.collect = button(tr("Copy the originals into the project"), desk.collect)
        self.versions = _list(tr("Dataset versions"))
        self.freeze = button(tr("Freeze a version now"), desk.freeze)
        self.form = QComboBox()
        self.form.setAccessibleName(tr("Form of the files"))
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.unlabelled = QCheckBox(tr("Also samples without a class"))
        self.unlabelled.setAccessibleName(self.unlabelled.text())
        self.export = button(tr("Write the data…"), self._on_export, picture="export")
        self._lay_out()
        desk.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        links = Card()
        links.add(label(tr("Originals"), "section"))
        for widget in (self.linked, self.missing):
            links.add(widget)
        links.add_layout(_row(self.relink, self.collect))
        versions = Card()
        versions.add(label(tr("Dataset versions"), "section"))
        versions.add(
            label(
                tr("Every search learns from a frozen version, so that results can be compared."),
                "muted",
            )
        )
        versions.add(self.versions)
        versions.add_layout(_row(self.freeze))
        out = Card()
        out.add(label(tr("Data for other programs"), "section"))
        out.add_layout(_row(self.form))
        out.add_layout(_row(self.export, self.unlabelled))
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        for card in (links, versions, out):
            inner.addWidget(card)
        inner.addStretch()
        scroll = scrolled(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def showEvent(self, event: object) -> None:
        """Ask for what is shown when it is first looked at."""
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now; ask for it where nothing is."""
        files = self._desk.files
        if files is None:
            if self.isVisible():
                self._desk.read_files()
            return
        self._show_links(files)
        self.versions.clear()
        for version in files.versions:
            sides = tr(
                "{train} to train, {validation} to choose, {test} to test",
                train=f"{version.train:,}",
                validation=f"{version.validation:,}",
                test=f"{version.test:,}",
            )
            self.versions.addItem(f"{version.created_at[:16].replace('T', ' ')}   {sides}")
        self.versions.setVisible(bool(files.versions))
        if self.form.count() != len(files.formats):
            self.form.clear()
            for id, title in files.formats.items():
                self.form.addItem(title, id)

    def _show_links(self, files: Files) -> None:
        self.linked.setText(
            plural(
                "{n} original stays outside of the project.",
                "{n} originals stay outside of the project.",
                files.linked,
            )
            if files.linked
            else tr("The project keeps a copy of every original.")
        )
        self.missing.clear()
        for link in files.missing[:_SHOWN]:
            self.missing.addItem(f"{link.sample}: {link.why}")
        self.missing.setVisible(bool(files.missing))
        self.relink.setVisible(bool(files.missing))
        self.collect.setVisible(bool(files.linked))

    def _on_relink(self) -> None:
        start = self._settings.last_folder
        folder = QFileDialog.getExistingDirectory(self, tr("Where the originals are now"), start)
        if folder:
            self._settings["last_folder"] = folder
            self._desk.relink(Path(folder))

    def _on_export(self) -> None:
        name = f"{self._desk.workspace.path.stem}-data.zip"
        start = str(Path(self._settings.last_folder) / name)
        path, _ = QFileDialog.getSaveFileName(self, tr("Write the data"), start, "Zip (*.zip)")
        if path:
            self._settings["last_folder"] = str(Path(path).parent)
            form = str(self.form.currentData())
            self._desk.export_data(Path(path), form, unlabelled=self.unlabelled.isChecked())


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
