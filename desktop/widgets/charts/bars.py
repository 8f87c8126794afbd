"""Bars by name: each grows from its label at the right towards the left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPen

from desktop.widgets.charts.base import Chart, Mark
from desktop.widgets.charts.canvas import SMALL, Sample, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

MORE = object()  # the key of the row that turns the page; never emitted
GAP = 8


@dataclass(frozen=True)
class Bar:
    """`value` is drawn strong, before a pale `total` (all units, of which `value` are revived)."""

    key: object
    label: str
    value: int
    total: int | None = None

    @property
    def length(self) -> int:
        return max(self.value, self.total or 0)

    @property
    def of_all(self) -> str:
        return "" if self.total is None else f"از {number(self.total)}"

    @property
    def said(self) -> str:
        return f"{number(self.value)} {self.of_all}".strip()


class Bars(Chart):
    """`set_data(bars)`; emits the key of a bar. What finds no room stands a page further."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: tuple[Bar, ...] = ()
        self._tones: tuple[str, ...] = ()
        self._first = 0
        self.setAccessibleName("نمودار میله‌ای")

    def set_data(self, bars: Sequence[Bar], tones: tuple[str, ...] = ()) -> None:
        """Bars from the top down; `tones` names the strong and the pale part, for a legend."""
        self._data, self._tones, self._first = tuple(bars), tones, 0
        self.data_changed()

    def is_empty(self) -> bool:
        return not self._data

    def figures(self) -> list[tuple[str, str]]:
        return [(bar.label, bar.said) for bar in self._data]

    def choose(self, mark: Mark) -> None:
        if mark.key is not MORE:
            super().choose(mark)
            return
        after = self._first + len(self.marks()) - 1
        self._first = after if after < len(self._data) else 0
        self._move(0 if self._by_keyboard else None)
        self.update()

    def arrange(self, area: QRectF) -> list[Mark]:
        row, rows, total = self._lowest(), area.adjusted(0, self._above(), 0, 0), len(self._data)
        room = max(2, int(rows.height() / row))
        pages = room < total
        shown = self._data[self._first :][: room - 1] if pages else self._data
        row = max(row, min(rows.height() / (room if pages else total), row * 1.4))
        places = [QRectF(0, rows.top() + i * row, area.width(), row) for i in range(room)]
        labels = self._labels(area)
        marks = [
            Mark(at, bar.key, bar.label, bar.said, tip=self.wide(bar.label) > labels)
            for at, bar in zip(places, shown, strict=False)
        ]
        if pages:
            left = total - self._first - len(shown)
            text = f"… و {number(left)} مورد دیگر" if left else "بازگشت به آغاز"
            marks.append(Mark(places[len(shown)], MORE, text, "نمایش در همین‌جا", tip=False))
        return marks

    def draw(self, painter: QPainter, area: QRectF) -> None:
        labels = self._labels(area)
        values = max(self.wide(bar.said, SMALL, bold=True) for bar in self._data)
        longest = max(0, area.width() - labels - values - 3 * GAP)
        unit = longest / max(1, *(bar.length for bar in self._data))
        for mark, bar in zip_longest(self.arrange(area), self._data[self._first :]):
            if mark is None:
                break
            row = mark.rect.adjusted(GAP / 2, 0, -GAP / 2, 0)
            if mark.key is MORE:
                self.write(painter, row, mark.title, "accent", factor=SMALL)
                break
            self.write(painter, row.adjusted(row.width() - labels, 0, 0, 0), bar.label)
            end = self._draw_bar(painter, row.adjusted(0, 0, -labels - GAP, 0), bar, unit)
            value = QRectF(row.left(), row.top(), end - row.left() - GAP, row.height())
            self.write(painter, value, number(bar.value), factor=SMALL, bold=True)
            value.setRight(value.right() - self.wide(number(bar.value), SMALL, bold=True) - 3)
            self.write(painter, value, bar.of_all, "muted", factor=SMALL)
        if self._tones:
            pens = (QPen(self.tone("accent"), 8), QPen(self.tone("accent", 0.3), 8))
            top = QRectF(GAP / 2, 0, area.width() - GAP, self.line(SMALL))
            self.legend(painter, top, list(map(Sample, self._tones, pens)))

    def _draw_bar(self, painter: QPainter, room: QRectF, bar: Bar, unit: float) -> float:
        """Its two tones, from the right edge of `room`; the x where the longer one ends."""
        thick = min(room.height() * 0.5, self.line() * 0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        tones = ((bar.total or 0, self.tone("accent", 0.3)), (bar.value, self.tone("accent")))
        for count, colour in tones:
            if count > 0:
                shape = QRectF(0, 0, max(2, count * unit), thick)
                shape.moveCenter(room.center())
                shape.moveRight(room.right())
                painter.setBrush(colour)
                painter.drawRoundedRect(shape, min(4, shape.width() / 2), 4)
        return room.right() - max(bar.length * unit, 2 if bar.length else 0)

    def _labels(self, area: QRectF) -> float:
        """Width of the column of names: the longest of all pages, but room for the bars."""
        return min(max(self.wide(bar.label) for bar in self._data) + 2, area.width() * 0.4)

    def _lowest(self) -> float:
        return self.line() * 1.2

    def _above(self) -> float:
        return self.line(SMALL) * 1.4 if self._tones else 0

    def sizeHint(self) -> QSize:
        rows = max(3, min(len(self._data), 12))
        return QSize(320, round(self._above() + rows * self._lowest() * 1.2))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, round(self._above() + 3 * self._lowest()))
