"""The program's line icons: any size, a colour named by meaning, mirrored where it matters."""

from __future__ import annotations

from functools import cache
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
    QPixmapCache,
    QTransform,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

FOLDER = Path(__file__).parent.parent / "resources" / "icons"
THEME = "ehya"
DRAWINGS = FOLDER / THEME / "scalable"
PROGRAM = DRAWINGS / "ehya.svg"

# What points along the line of reading; a question mark is one of them: ؟
MIRRORED = frozenset(
    ["back", "exercises", "forward", "help", "lists", "next", "previous", "redo", "sidebar", "undo"]
)


def offer() -> None:
    """Let Qt find the icons by name where the desktop has no icon theme of its own."""
    QIcon.setThemeSearchPaths([*QIcon.themeSearchPaths(), str(FOLDER)])
    QIcon.setFallbackThemeName(THEME)


@cache
def drawing(name: str) -> bytes:
    """The SVG text of an icon; KeyError for a name there is no drawing of."""
    file = DRAWINGS / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    return file.read_bytes()


def pixmap(name: str, size: QSize, color: QColor, ratio: float = 1.0) -> QPixmap:
    """An icon in one colour, `size` in pixels of the screen, marked as drawn for `ratio`."""
    mirrored = name in MIRRORED and (
        QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    )
    key = f"ehya/{name}/{color.name()}/{size.width()}x{size.height()}/{mirrored}"
    drawn = QPixmap()
    if not QPixmapCache.find(key, drawn):
        drawn = _draw(drawing(name).replace(b"currentColor", color.name().encode()), size)
        if mirrored:
            drawn = drawn.transformed(QTransform.fromScale(-1, 1))
        QPixmapCache.insert(key, drawn)
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _draw(svg: bytes, size: QSize) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer = QSvgRenderer(QByteArray(svg))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter)
    painter.end()
    return drawn


class TintedEngine(QIconEngine):
    """Draws an icon in the colours of the moment, so that no icon is set again after a switch."""

    # Qt does not keep the Python half of a clone; without this it is called after its death
    _clones: list[TintedEngine] = []  # noqa: RUF012 - shared on purpose

    def __init__(self, name: str, meaning: str, color: Callable[[str], QColor]) -> None:
        super().__init__()
        drawing(name)  # a wrong name is told where it is written, not where it is painted
        self.name, self.meaning, self.color = name, meaning, color

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        if mode == QIcon.Mode.Disabled:
            return self.color("faint")
        marked = mode == QIcon.Mode.Selected or state == QIcon.State.On
        return self.color(
            "accent" if marked and self.meaning in ("text", "muted") else self.meaning
        )

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # Not of its device: to name that PySide6 would make the classes of all widgets, 15 ms.
        across = painter.deviceTransform()
        ratio = hypot(across.m11(), across.m12())
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return pixmap(self.name, size * scale, self._tint(mode, state), scale)

    def clone(self) -> QIconEngine:
        copy = TintedEngine(self.name, self.meaning, self.color)
        self._clones.append(copy)
        return copy

    def key(self) -> str:
        return "ehya"

    def iconName(self) -> str:
        return self.name

    def isNull(self) -> bool:
        return False
