"""Figures in cards: each with its name, its unit and a remark, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from desktop.theme import SPACE
from desktop.widgets.common import Card
from desktop.widgets.door_button import DoorButton
from desktop.widgets.figure import UNKNOWN, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter

    from desktop.widgets.figure import Figure

LARGE: Final = 1.6
SMALL: Final = 0.9


class FigureCell(DoorButton):
    """One figure: its name, the number with its unit, and a remark below."""

    def __init__(self, fact: Figure) -> None:
        super().__init__()
        self.fact = fact
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_fact(fact)

    def show_fact(self, fact: Figure) -> None:
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


class FigureGroup(Card):
    """A card of figures in one row, or in rows of two where there is no room.

    `shares` are their keys with their shares of the width, `first` what they show at first.
    """

    def __init__(self, shares: Sequence[tuple[str, int]], first: Callable[[str], Figure]) -> None:
        super().__init__()
        self.shares = dict(shares)
        self.cells = {key: FigureCell(first(key)) for key, _ in shares}
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE[0])
        self.body.addLayout(self._grid)
        whole = self.layout()
        assert whole is not None
        whole.setContentsMargins(SPACE[0], SPACE[0], SPACE[0], SPACE[0])
        self._roomy: bool | None = None
        self.set_roomy(True)

    def set_roomy(self, roomy: bool) -> None:
        """In one row by their shares; else in pairs, an odd first one across."""
        if roomy is self._roomy:
            return
        self._roomy = roomy
        total = sum(self.shares.values())
        for column in range(max(total, 2)):
            self._grid.setColumnStretch(column, 1 if roomy or column < 2 else 0)
        start = 0 if roomy else len(self.cells) % 2
        for number, (key, cell) in enumerate(self.cells.items()):
            if roomy:
                self._grid.addWidget(cell, 0, start, 1, self.shares[key])
                start += self.shares[key]
            elif number < start:
                self._grid.addWidget(cell, 0, 0, 1, 2)
            else:
                self._grid.addWidget(cell, *divmod(number + start, 2))
