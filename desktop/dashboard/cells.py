"""What the dashboard is built of: painted buttons that lead to the rows behind what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop import fonts, theme
from desktop.dashboard.facts import UNKNOWN, Fact
from desktop.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from desktop.widgets.frame import Door

LARGE: Final = 1.6
SMALL: Final = 0.9
LINE: Final = 1.5  # the height of a line, as a multiple of its pixels: the font's own is taller
WAITING: Final = "…"
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


class FigureCell(DoorButton):
    """One figure: its name, the number with its unit, and a remark below."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self.fact = fact
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_fact(fact)

    def show_fact(self, fact: Fact) -> None:
        self.fact = fact
        self.setAccessibleName(fact.said)
        self.setToolTip("\n".join(fact.tip.split("؛ ")))
        self.lead_to(fact.door)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        fact, row = self.fact, area.adjusted(SPACE[1], SPACE[0], -SPACE[1], 0)
        row.setHeight(self.line())
        self.write(painter, row, fact.label, self.sized(), "muted")
        row.moveTop(row.bottom())
        row.setHeight(self.line(LARGE))
        self._write_value(painter, row)
        row.moveTop(row.bottom())
        row.setHeight(self.line(SMALL))
        self.write(painter, row, fact.note, self.sized(SMALL), fact.tone or "muted")

    def _write_value(self, painter: QPainter, row: QRectF) -> None:
        """The number as large as there is room for, its unit beside it."""
        value, unit = self.fact.value, f" {self.fact.unit}" if self.fact.unit else ""
        room = row.width() - QFontMetricsF(self.sized()).horizontalAdvance(unit)
        full = QFontMetricsF(self.sized(LARGE, bold=True)).horizontalAdvance(value)
        factor = LARGE if full <= room else max(1.0, 0.95 * LARGE * room / full)
        meaning = "muted" if value in (UNKNOWN, WAITING) else "text"
        took = self.write(painter, row, value, self.sized(factor, bold=True), meaning)
        row = row.adjusted(0, 0, -took, 0)
        if unit:
            self.write(painter, row.translated(0, 2), unit, self.sized(), "muted")

    def sizeHint(self) -> QSize:
        tall = self.line() + self.line(LARGE) + self.line(SMALL) + SPACE[1]
        return QSize(9 * self.line(), tall)


class NewsRow(DoorButton):
    """One change: when, who, what."""

    def __init__(self) -> None:
        super().__init__()
        self.at = self.what = self.who = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_news(self, at: str, what: str, who: str, door: Door | None) -> None:
        self.at, self.what, self.who = at, what, who
        self.setAccessibleName("، ".join(part for part in (what, who, at) if part))
        self.lead_to(door)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        row, small = area.adjusted(SPACE[1], 0, -SPACE[1], 0), self.sized(SMALL)
        when = QFontMetricsF(small).horizontalAdvance("۱۴۰۲/۱۲/۲۹  ۱۰:۳۲")
        for text, wide in ((self.at, when), (self.who, min(when, 0.2 * row.width()))):
            place = QRectF(row.right() - wide, row.top(), wide, row.height())
            self.write(painter, place, text, small, "muted")
            row.setRight(place.left() - SPACE[3])
        self.write(painter, row, self.what, self.sized())

    def sizeHint(self) -> QSize:
        return QSize(20 * self.line(), self.line() + SPACE[1])
