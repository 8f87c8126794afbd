"""How the program looks: colours by meaning, palette, style sheet; light, dark or as the system."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDir, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from desktop import fonts, icons

Mode = Literal["light", "dark", "system"]
Shade = Literal["light", "dark"]

SPACE = (4, 8, 12, 16, 24)
RADIUS = 8
RESOURCES = Path(__file__).parent.parent / "resources"

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "stripe",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "tooltip_text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
    QPalette.ColorRole.Highlight: "accent_soft",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED = {
    QPalette.ColorRole.WindowText: "faint",
    QPalette.ColorRole.Text: "faint",
    QPalette.ColorRole.ButtonText: "faint",
    QPalette.ColorRole.HighlightedText: "faint",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Base: "sunken",
    QPalette.ColorRole.Button: "sunken",
    QPalette.ColorRole.Highlight: "hover",
    QPalette.ColorRole.Accent: "faint",
}


class _Present:
    """What was asked for, and what is shown."""

    mode: Mode = "light"
    shade: Shade = "light"


@cache
def colors(shade: Shade) -> dict[str, QColor]:
    """Every meaning of one theme file, `chart.1` written with its dot."""
    text = (RESOURCES / "themes" / f"{shade}.toml").read_text(encoding="utf-8")
    found: dict[str, QColor] = {}
    for name, value in tomllib.loads(text).items():
        inner = value if isinstance(value, dict) else {"": value}
        found |= {f"{name}.{key}".rstrip("."): QColor(hexa) for key, hexa in inner.items()}
    return found


def color(meaning: str) -> QColor:
    """The colour of a meaning in the present theme: ask at paint time, do not keep it."""
    return QColor(colors(_Present.shade)[meaning])


def is_dark() -> bool:
    return _Present.shade == "dark"


def mode() -> Mode:
    """What was asked for: «light», «dark» or «system»."""
    return _Present.mode


def apply(app: QApplication, mode: Mode) -> None:
    """Dress the application; every widget gets PaletteChange and StyleChange events."""
    if not QDir.searchPaths("ehya"):
        _dress_once(app)
    _Present.mode = mode
    hints = app.styleHints()
    hints.setColorScheme(_SCHEMES.get(mode, Qt.ColorScheme.Unknown))
    _show(app, _of(hints.colorScheme()) if mode == "system" else mode)


def refresh(app: QApplication) -> None:
    """Dress again after the font's size changed: the style sheet names sizes."""
    _show(app, _Present.shade)


def _dress_once(app: QApplication) -> None:
    QDir.addSearchPath("ehya", str(RESOURCES))
    icons.offer()
    app.styleHints().colorSchemeChanged.connect(_follow)


def _follow(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if _Present.mode == "system" and isinstance(app, QApplication):
        _show(app, _of(scheme))


def _of(scheme: Qt.ColorScheme) -> Shade:
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _show(app: QApplication, shade: Shade) -> None:
    _Present.shade = shade
    app.setPalette(palette(shade))
    app.setStyleSheet(style_sheet(shade, app.font().pointSizeF()))


def palette(shade: Shade) -> QPalette:
    """The palette of one theme, every role of every group by meaning."""
    meanings = colors(shade)
    made = QPalette()
    for role, meaning in _ROLES.items():
        made.setColor(QPalette.ColorGroup.All, role, meanings[meaning])
    for role, meaning in _DISABLED.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, meanings[meaning])
    return made


def style_sheet(shade: Shade, points: float) -> str:
    """The style sheet of one theme: @meaning becomes a colour, @size(1.6) a text size in points."""
    meanings = colors(shade)
    text = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    text = text.replace("@controls", f"ehya:icons/controls/{shade}")
    text = re.sub(r"@size\(([\d.]+)\)", lambda found: f"{points * float(found[1]):.2f}pt", text)
    return re.sub(r"@([a-z_]+(?:\.\d)?)", lambda found: meanings[found[1]].name(), text)


def scaled_font(factor: float, bold: bool = False) -> QFont:
    """The application's font, `factor` times its size, heavier when `bold`."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    return fonts.emboldened(font) if bold else font


@cache
def icon(name: str, meaning: str = "text") -> QIcon:
    """A line icon in the colour of a meaning; it follows the theme by itself."""
    return QIcon(icons.TintedEngine(name, meaning, color))


def pixmap(name: str, size: int, meaning: str = "text", ratio: float = 1.0) -> QPixmap:
    """An icon `size` device-independent pixels wide, in the present colour of a meaning."""
    pixels = round(size * ratio)
    return icons.pixmap(name, QSize(pixels, pixels), color(meaning), ratio)


def program_icon() -> QIcon:
    """The mark of the program, for windows and the About box."""
    return QIcon(str(icons.PROGRAM))
