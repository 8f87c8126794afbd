"""A row of the latest changes: a painted button that leads to what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QSizePolicy

from desktop.theme import SPACE
from desktop.widgets.door_button import DoorButton
from desktop.widgets.figure_cells import SMALL

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from desktop.widgets.frame import Door


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
