"""A painted button that leads to the rows behind what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from desktop import fonts, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop.widgets.frame import Door

LINE: Final = 1.5  # the height of a line, as a multiple of its pixels: the font's own is taller
START: Final = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DoorButton(QAbstractButton):
    """Flat until it is pointed at or reached by Tab; without a door it cannot be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.door: Door | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.lead_to(None)

    def lead_to(self, door: Door | None) -> None:
        self.door = door
        pointing, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(pointing if door else arrow)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if door else Qt.FocusPolicy.NoFocus)
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        raise NotImplementedError

    def sized(self, factor: float = 1, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(7, round(QFontInfo(self.font()).pixelSize() * factor)))
        return fonts.emboldened(font) if bold else font

    def line(self, factor: float = 1) -> int:
        """The height of a line of text in pixels."""
        return round(self.sized(factor).pixelSize() * LINE)

    def write(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        font: QFont,
        meaning: str = "text",
    ) -> float:
        """One line of text, shortened to `rect`; the width it took."""
        metrics = QFontMetricsF(font)
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.setFont(font)
        painter.setPen(theme.color(meaning))
        painter.drawText(rect, START | Qt.TextFlag.TextDontClip, short)
        return metrics.horizontalAdvance(short)

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            if self.door and self.underMouse():
                painter.setBrush(theme.color("hover"))
                painter.drawRoundedRect(frame, 6, 6)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRoundedRect(frame, 6, 6)
            self.draw(painter, QRectF(self.rect()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.door:
            self.click()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
