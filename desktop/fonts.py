"""The program's own font: so that every machine shows Persian whole and digits of one width."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

FAMILY = "Noto Sans Arabic"
SIZE = 10.0
WEIGHT_AXIS = QFont.Tag("wght")
BOLD = 600.0

_loaded: list[int] = []


def load(app: QGuiApplication, size: float | None = None) -> None:
    """Make the program's font the application's, `size` in points (10 when not given)."""
    if not _loaded:
        # asked first, or an installed Noto of the same name wins over ours, with uneven digits
        QFontDatabase.families()
        _loaded.append(QFontDatabase.addApplicationFont(str(file())))
    font = QFont(FAMILY)
    font.setPointSizeF(size or SIZE)
    app.setFont(font)


def file() -> Path:
    """Where the font lies; found without importing its package, which costs 40 ms."""
    spec = find_spec("fontpkg_noto_sans_arabic")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("fontpkg_noto_sans_arabic")
    return next((Path(spec.origin).parent / "files").glob("*.ttf"))


def emboldened(font: QFont) -> QFont:
    """The same font drawn heavier by its weight axis: Qt's own bold smears the letters."""
    bold = QFont(font)
    bold.setVariableAxis(WEIGHT_AXIS, BOLD)
    return bold
