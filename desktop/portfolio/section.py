"""A part of the portfolio: a chart beside its table, each row and bar a door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup

from desktop.theme import SPACE
from desktop.widgets.charts.bars import Bars
from desktop.widgets.common import Card, chip, label
from desktop.widgets.frame import Door
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.fields import Field
    from desktop.widgets.charts.bars import Bar

MOST_ROWS: Final = 16
ROW_HEIGHT: Final = 30
CHART: Final = 240  # pixels high, at the least
LEAST_CHART: Final = 400  # pixels of the page, beside a table


class Section(Card):
    """`wanted` carries the door behind what was chosen; `figure` names what a bar stands for."""

    wanted = Signal(object)

    def __init__(self, title: str, fields: Sequence[Field], figure: str, nothing: str) -> None:
        super().__init__(title)
        self.figure, self._nothing = figure, nothing
        self.chart, self.table = Bars(), InnerTable(fields, MOST_ROWS, ROW_HEIGHT)
        self.chart.setAccessibleName(title)
        self.table.setAccessibleName(title)
        self.chart.setMinimumHeight(CHART)
        self.nothing = label(nothing, "muted")
        self._rows: dict[Any, Any] = {}
        # Before the last column has taken what room there is.
        bar, header = self.table.verticalScrollBar(), self.table.horizontalHeader()
        self._wide = header.length() + bar.sizeHint().width() + 2 * self.table.frameWidth()
        self._box = QBoxLayout(_DOWN)
        self._box.setSpacing(SPACE[2])
        self._box.addWidget(self.chart, 2)
        self._box.addWidget(self.table, 3, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._box)
        self.chart.chosen.connect(self._bar_chosen)
        self.table.opened.connect(lambda row: self._open(row, self._column()))

    def show_rows(self, rows: Sequence[Any], bars: Sequence[Bar], tones: tuple[str, ...]) -> None:
        """`rows` for the table; those with a `key` are found again by their bars."""
        self._rows = {row.key: row for row in rows if getattr(row, "key", None) is not None}
        self.nothing.setVisible(not rows)
        self.chart.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        self.chart.set_empty(self._nothing)
        self.chart.set_data(bars, tones)
        self.table.set_rows(rows)

    def fit(self, width: int, scale: float) -> None:
        """For so many pixels: side by side where the table keeps all of its columns."""
        table = round(self._wide * scale)
        beside = width - table >= LEAST_CHART * scale
        self.table.setMinimumWidth(table if beside else 0)
        self._box.setDirection(_ACROSS if beside else _DOWN)

    def _column(self) -> str:
        return self.table.rows.fields[self.table.currentIndex().column()].name

    def _bar_chosen(self, key: Any) -> None:
        if key in self._rows:
            self._open(self._rows[key], self.figure)

    def _open(self, row: Any, figure: str) -> None:
        page, filters = row.leads_to(figure)
        self.wanted.emit(Door(page, filters))


class ChoiceSection(Section):
    """The same figures by one of several things; `chosen` when the user has changed it."""

    chosen = Signal(str)

    def __init__(
        self, title: str, fields: Sequence[Field], figure: str, nothing: str,
        ways: Mapping[str, str],
    ) -> None:  # fmt: skip
        super().__init__(title, fields, figure, nothing)
        self.way = next(iter(ways))
        self.chips = {key: chip(word) for key, word in ways.items()}
        group = QButtonGroup(self)
        for key, made in self.chips.items():
            group.addButton(made)
            made.setChecked(key == self.way)
            made.clicked.connect(lambda _checked=False, k=key: self._choose(k))
            self.head.addWidget(made)

    def _choose(self, key: str) -> None:
        self.way = key
        self.chosen.emit(key)


_ACROSS: Final = QBoxLayout.Direction.LeftToRight  # mirrored with the window: from the right
_DOWN: Final = QBoxLayout.Direction.TopToBottom
