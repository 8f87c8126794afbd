"""What the dashboard is built of: painted buttons that lead to the rows behind what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy

from desktop.dashboard.facts import UNKNOWN, Fact
from desktop.theme import SPACE
from desktop.widgets.door_button import DoorButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desktop.widgets.frame import Door

LARGE: Final = 1.6
SMALL: Final = 0.9
WAITING: Final = "…"


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
