"""How it looks: one table of tokens, from which palette, style sheet and plots are made."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studio.domain.report import Verdict

__all__ = ["CLASS_COLOURS", "SPACING", "THEMES", "Tokens", "apply", "base_font", "mixed", "tokens"]

#: Distances in pixels, from the closest to the widest.
SPACING = (4, 8, 12, 16, 24, 32)

#: Okabe-Ito, told apart by the colour-blind; black is replaced by a grey seen on both grounds.
CLASS_COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#F0E442",
    "#8A8F98",
)

THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme by role."""

    background: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    fits: str
    change: str
    no: str

    def verdict(self, verdict: Verdict | None) -> str:
        """Return the colour of a verdict; muted where there is none."""
        table = {Verdict.FITS: self.fits, Verdict.DOES_NOT_FIT: self.no}
        return table.get(verdict, self.muted) if verdict else self.muted


_LIGHT = Tokens(
    background="#F7F7F5",
    surface="#FFFFFF",
    line="#DEDCD6",
    text="#1F2328",
    muted="#5B6169",
    accent="#0B6E75",
    on_accent="#FFFFFF",
    fits="#1B7F5C",
    change="#A14A00",
    no="#B42318",
)
_DARK = Tokens(
    background="#16181B",
    surface="#1F2226",
    line="#363A40",
    text="#ECEDEE",
    muted="#A3A9B1",
    accent="#4FC3C9",
    on_accent="#10262A",
    fits="#5CC79B",
    change="#F0A35C",
    no="#FF8A7A",
)

_current: list[Tokens] = [_LIGHT]


def tokens() -> Tokens:
    """Return the colours in force."""
    return _current[0]


def base_font(size: int = 13, *, bold: bool = False) -> QFont:
    """Return the system's font in our size with tabular figures."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(size)
    font.setBold(bold)
    if hasattr(QFont, "Tag"):
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def apply(app: QApplication, theme: str) -> Tokens:
    """Dress the program in ``system``, ``light`` or ``dark`` and return the colours."""
    app.setStyle("Fusion")
    hints = app.styleHints()
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints.setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    dark = theme == "dark" or (theme != "light" and hints.colorScheme() is Qt.ColorScheme.Dark)
    _current[0] = _DARK if dark else _LIGHT
    app.setPalette(_palette(tokens()))
    app.setFont(base_font())
    app.setStyleSheet(_style_sheet(tokens()))
    return tokens()


def _palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: t.background,
        role.Base: t.surface,
        role.AlternateBase: t.background,
        role.Button: t.surface,
        role.WindowText: t.text,
        role.Text: t.text,
        role.ButtonText: t.text,
        role.ToolTipBase: t.surface,
        role.ToolTipText: t.text,
        role.PlaceholderText: t.muted,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
        role.Mid: t.line,
        role.Accent: t.accent,
    }.items():
        palette.setColor(which, QColor(colour))
        disabled = which in (role.WindowText, role.Text, role.ButtonText)
        if disabled:
            palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.muted))
    return palette


_STYLE = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMainWindow, #page { background: $background; }
QStackedWidget { background: transparent; }
#rail { background: $surface; border-right: 1px solid $line; }
#header, #shelf { background: $surface; border: none; border-bottom: 1px solid $line; }
#shelf { border-bottom: none; border-top: 1px solid $line; }
#coach { background: $chosen; border: none; border-bottom: 1px solid $line; }
#side { background: $surface; border: none; border-left: 1px solid $line; }
#card { background: $surface; border: 1px solid $line; border-radius: 6px; }
QLabel[role="title"] { font-size: 22px; font-weight: 600; }
QLabel[role="section"] { font-size: 16px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: 11px; }
QLabel[role="good"] { color: $fits; }
QLabel[role="bad"] { color: $no; }
QPushButton { background: $surface; border: 1px solid $line; border-radius: 6px;
  padding: 6px 12px; min-height: 18px; }
QPushButton:hover { border-color: $muted; }
QPushButton:checked { background: $chosen; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 11px; }
QPushButton:disabled { color: $muted; background: $background; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="link"] { background: transparent; border: none; color: $accent;
  text-align: left; padding: 4px; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 2px; }
QToolButton#place { background: transparent; border: none; border-left: 3px solid transparent;
  padding: 8px 4px 6px 1px; color: $text; }
QToolButton#place:hover { background: $background; }
QToolButton#place:checked { background: $background; border-left: 3px solid $accent;
  color: $accent; font-weight: 600; }
QToolButton#place:focus { border: 2px solid $accent; padding: 6px 2px 4px 2px; }
QToolButton#place:disabled { color: $muted; }
QLineEdit, QComboBox, QPlainTextEdit { background: $surface; border: 1px solid $line;
  border-radius: 6px; padding: 5px 8px; min-height: 18px; selection-background-color: $accent;
  selection-color: $on_accent; }
QAbstractSpinBox { min-height: 28px; }
QLineEdit:focus, QComboBox:focus { border: 1px solid $accent; }
QComboBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line;
  selection-background-color: $accent; selection-color: $on_accent; }
QListView, QTableView, QTreeView { background: $surface; border: 1px solid $line;
  border-radius: 6px;
  gridline-color: $line; outline: none; }
QListView:focus, QTableView:focus, QTreeView:focus { border-color: $accent; }
#rows::item { padding: 4px 8px; border: none; }
QListWidget::item { padding: 6px 8px; }
#rows::item:selected, QListWidget::item:selected { background: $chosen; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none; padding: 6px 8px; }
#rows QHeaderView::section { border-bottom: 1px solid $line; }
#confusion QHeaderView::section { padding: 3px 4px; }
QTableCornerButton::section { background: $surface; border: none; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 3px;
  background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 5px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QMenuBar { background: $surface; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 5px 10px; background: transparent; color: $text; }
QMenuBar::item:selected, QMenu::item:selected { background: $chosen; color: $text; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; color: $text; }
#notice { margin-top: 12px; background: $surface; border: 1px solid $no; border-radius: 6px; }
#notice[tone="info"] { border-color: $accent; }
#dropzone { background: $surface; border: 2px dashed $line; border-radius: 6px; }
#dropzone[over="true"] { border-color: $accent; background: $chosen; }
""")


def mixed(colour: str, ground: str, share: float) -> str:
    """Return `colour` laid over `ground` with an opacity of `share` of one."""
    a, b = QColor(colour), QColor(ground)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    red, green, blue = (round(x * share + y * (1 - share)) for x, y in pairs)
    return QColor(red, green, blue).name()


def _style_sheet(t: Tokens) -> str:
    from studio.resources import assets

    values = {name: getattr(t, name) for name in Tokens.__slots__}
    kind = "light" if t is _LIGHT else "dark"
    for drawing in ("arrow", "check"):
        values[drawing] = (assets() / "icons" / f"{drawing}-{kind}.svg").as_posix()
    values["chosen"] = mixed(t.accent, t.surface, 0.16)
    return _STYLE.substitute(values)
