"""Everything has a name, is reached by Tab, stands out from its ground, and is not cut off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from studio.gui import theme
from studio.gui.theme import Tokens, mixed

PLACES = ("data", "label", "train", "device", "export", "pipeline", "settings", "keys")
OWN = ("start", "data", "settings", "keys")
"""Pages on which also nothing may be cut off."""

PAIRS = (
    ("text", "background"),
    ("text", "surface"),
    ("muted", "background"),
    ("muted", "surface"),
    ("accent", "surface"),
    ("accent", "background"),
    ("on_accent", "accent"),
    ("fits", "surface"),
    ("change", "surface"),
    ("no", "surface"),
    ("fits", "background"),
    ("change", "background"),
    ("no", "background"),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def grounds(t: Tokens) -> dict[str, str]:
    """Return the tokens and the ground of what is chosen, by name."""
    named = {name: getattr(t, name) for name in Tokens.__slots__}
    return {**named, "chosen": mixed(t.accent, t.surface, 0.16)}


@pytest.mark.parametrize("tokens", [theme._LIGHT, theme._DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*PAIRS, ("text", "chosen"), ("muted", "chosen")])
def test_text_stands_out_from_its_ground(tokens: Tokens, text: str, ground: str):
    colours = grounds(tokens)
    assert contrast(colours[text], colours[ground]) >= 4.5


def _in_popup(widget: QWidget) -> bool:
    """Whether it is the list that a combo box opens, which is named by its box."""
    return "ComboBoxPrivate" in type(widget.parent()).__name__ or "QComboBoxPrivate" in (
        widget.parent().metaObject().className()
    )


def controls(page: QWidget) -> Iterator[QWidget]:
    """Yield what can take the focus by Tab and is not a part of another control."""
    for widget in page.findChildren(QWidget):
        own = not widget.objectName().startswith("qt_") and not _in_popup(widget)
        corner = widget.metaObject().className() == "QTableCornerButton"
        part = widget.focusProxy() is not None or widget.parent().focusProxy() is widget
        # A frame that only scrolls is passed by: what is in it has the names.
        if (
            own
            and not corner
            and not part
            and not isinstance(widget, QScrollArea)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            yield widget


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_in_the_accessibility_tree(opened, qtbot, place):
    program = opened(candidates=2)
    program.window.go(place)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in controls(program.window.centralWidget())
        if widget.isVisibleTo(program.window)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        and not widget.accessibleName()
        and type(widget.parent()).__name__ not in ("QComboBox", "QKeySequenceEdit", "QSpinBox")
        and type(widget) not in (QWidget,)
    ]
    assert nameless == []


@pytest.mark.parametrize("place", ["data", "settings", "keys"])
def test_tab_goes_round_every_control_that_is_seen(opened, qtbot, place):
    program = opened(candidates=1)
    window = program.window
    window.go(place)
    QApplication.processEvents()
    seen: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not window:
        seen.append(widget)
        widget = widget.nextInFocusChain()
    page = window.page(place)
    wanted = [w for w in controls(page) if w.isVisibleTo(window) and w.isEnabled()]
    assert wanted
    assert set(wanted) <= set(seen)


def test_tab_runs_down_the_settings_in_the_order_they_stand(opened):
    program = opened()
    program.window.go("settings")
    page = program.window.page("settings")
    chain = [page.search, *page.controls.values()]
    order: list[QWidget] = []
    widget: QWidget = page
    for _ in range(500):
        widget = widget.nextInFocusChain()
        order.append(widget)
    places = [order.index(each) for each in chain]
    assert all(before < after for before, after in pairwise(places))


def cut_off(page: QWidget) -> list[str]:
    """Return the texts of buttons and single-line labels that do not fit where they stand."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page) or not widget.width():
            continue
        text = getattr(widget, "text", str)()
        if isinstance(widget, QLabel) and text and not widget.wordWrap():
            needed = widget.fontMetrics().horizontalAdvance(text)
            if widget.contentsRect().width() + 1 < needed:
                found.append(text)
        elif isinstance(widget, QLabel) and text:
            box = QRect(0, 0, widget.contentsRect().width(), 100_000)
            flags = Qt.TextFlag.TextWordWrap
            height = widget.fontMetrics().boundingRect(box, flags, text).height()
            if widget.height() + 2 < height:
                found.append(text)
        elif isinstance(widget, QPushButton | QCheckBox) and text:
            if widget.width() + 1 < widget.minimumSizeHint().width():
                found.append(text)
        elif isinstance(widget, QToolButton) and text:
            lines = text.split("\n")
            needed = max(widget.fontMetrics().horizontalAdvance(line) for line in lines)
            if widget.width() < needed:
                found.append(text)
    return found


@pytest.mark.parametrize("scale", [1, 2], ids=["100%", "200%"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_is_cut_off(opened, program, qtbot, language, scale):
    program.settings["language"] = language
    program.settings["theme"] = "dark"
    faults = {"start": cut_off_at(program, "start", scale)}
    opened(candidates=1)
    for place in ("data", "settings", "keys"):
        faults[place] = cut_off_at(program, place, scale)
    assert {place: texts for place, texts in faults.items() if texts} == {}
    assert not [b for b in program.window.rail.findChildren(QAbstractButton) if not b.text()]


def cut_off_at(program, place: str, scale: int) -> list[str]:
    """Return what is cut off on a page; a screen at 200 % has half the room for the words."""
    window = program.window
    window.resize(1920 // scale, 1080 // scale)
    window.go(place)
    for _ in range(5):
        QApplication.processEvents()
    return cut_off(window.centralWidget())
