"""The burn-up: how the count grew by month, beside its plan, its forecast and its target."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPen, QPolygonF

from db.calendar import MONTHS, days_in_month, jalali_parts
from db.text import to_persian_digits
from desktop.widgets.charts.base import Chart, Mark
from desktop.widgets.charts.canvas import LEFT, MIDDLE, SMALL, Sample, number

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

Line = tuple[tuple[float, float], ...]  # (place, count): place 2.5 is the middle of the third month


def month_label(year: int, month: int) -> str:
    """«فروردین ۰۲», short enough for the axis."""
    return f"{MONTHS[month - 1]} {to_persian_digits(f'{year % 100:02}')}"


def place(day: date, first: tuple[int, int]) -> float:
    """Months from the start of the (year, month) `first` to the evening of `day`."""
    year, month, number_of_day = jalali_parts(day)
    months = (year - first[0]) * 12 + month - first[1]
    return months + number_of_day / days_in_month(year, month)


@dataclass(frozen=True)
class Point:
    """A month: the count at its end, or by `as_of` in the running one; None when yet to come."""

    key: object
    label: str
    value: int | None


@dataclass(frozen=True)
class Course:
    """Counts of `unit`, `start` of them before the first month; places are months since then."""

    months: tuple[Point, ...]
    target: int
    start: int = 0
    plan: Line = ()
    forecast: Line = ()
    as_of: float | None = None
    as_of_label: str = "امروز"
    deadline: float | None = None
    unit: str = "واحد"

    def known(self) -> list[tuple[int, float, int]]:
        """Of each month that has a count: its index, the place of the count, and the count."""
        last = len(self.months) if self.as_of is None else self.as_of
        counts = enumerate(point.value for point in self.months)
        return [(i, min(i + 1.0, last), count) for i, count in counts if count is not None]

    def real(self) -> Line:
        return ((0, self.start), *((where, count) for _, where, count in self.known()))

    def highest(self) -> float:
        counts = [count for line in (self.real(), self.plan, self.forecast) for _, count in line]
        return max(1, self.target, *counts)


def at(line: Line, where: float) -> float | None:
    """The count of a line at a place, None beside it."""
    for (x0, y0), (x1, y1) in pairwise(line):
        if x0 <= where <= x1 and x0 < x1:
            return y0 + (y1 - y0) * (where - x0) / (x1 - x0)
    return None


@dataclass(frozen=True)
class _Plot:
    """The plotted rectangle in pixels, and what lies at its edges: time grows to the left."""

    rect: QRectF
    months: int
    step: int
    top: float

    def point(self, where: float, count: float) -> QPointF:
        x = self.rect.right() - self.rect.width() * where / self.months
        return QPointF(x, self.rect.bottom() - self.rect.height() * count / self.top)

    def path(self, line: Line) -> QPolygonF:
        return QPolygonF([self.point(*pair) for pair in line])


class BurnUp(Chart):
    """`set_data(Course)`; emits the key of a month that has a count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = Course((), 0)
        self.setAccessibleName("نمودار روند ماه‌به‌ماه")

    def set_data(self, course: Course | None) -> None:
        self._data = course or Course((), 0)
        self.data_changed()

    def is_empty(self) -> bool:
        return not self._data.months

    def figures(self) -> list[tuple[str, str]]:
        said = []
        for i, where, count in self._data.known():
            planned = at(self._data.plan, where)
            beside = "" if planned is None else f"\nبرنامه: {number(round(planned))}"
            said.append((self._data.months[i].label, f"{number(count)} {self._data.unit}{beside}"))
        return said

    def arrange(self, area: QRectF) -> list[Mark]:
        plot = self._plot(area)
        wide = plot.rect.width() / plot.months
        marks = []
        for (i, _, _), said in zip(self._data.known(), self.figures(), strict=True):
            left = plot.rect.right() - wide * (i + 1)
            column = QRectF(left, plot.rect.top(), wide, plot.rect.height())
            marks.append(Mark(column, self._data.months[i].key, *said))
        return marks

    def draw(self, painter: QPainter, area: QRectF) -> None:
        plot = self._plot(area)
        self._draw_grid(painter, plot)
        self._write_months(painter, plot, area)
        self._draw_moments(painter, plot)
        painter.save()
        painter.setClipRect(plot.rect.adjusted(-4, -5, 4, 4))
        self._draw_lines(painter, plot)
        painter.restore()
        if self._data.target > 0:
            self._write_target(painter, plot)
        if self._has_legend(area):
            lines = {name: pen for name, pen, line in self._lines() if len(line) > 1}
            row = QRectF(4, area.top(), plot.rect.right() - 4, self.line(SMALL))
            self.legend(painter, row, [Sample(name, pen) for name, pen in lines.items()])

    def _plot(self, area: QRectF) -> _Plot:
        line, highest = self.line(SMALL), self._data.highest()
        above = line * (2.6 if self._has_legend(area) else 1.1)
        rect = area.adjusted(4, above, 0, -1.5 * line)
        step = round_step(highest / max(1, min(5, rect.height() / (1.8 * line))))
        room = min(0.4, 1.2 * line / max(1, rect.height()))  # for the words on the target
        top = highest / (1 - room)
        rect.setRight(area.right() - self.wide(number(floor(top)), SMALL) - 10)
        return _Plot(rect, len(self._data.months), step, top)

    def _has_legend(self, area: QRectF) -> bool:
        return area.height() > 10 * self.line()

    def _lines(self) -> list[tuple[str, QPen, Line]]:
        accent, data = self.tone("accent"), self._data
        return [
            ("تعداد واقعی", QPen(accent, 2.5, j=Qt.PenJoinStyle.RoundJoin), data.real()),
            ("پیش‌بینی", QPen(accent, 2, Qt.PenStyle.DashLine), data.forecast),
            ("برنامه", QPen(self.tone("muted"), 1.5), data.plan),
        ]

    def _draw_grid(self, painter: QPainter, plot: _Plot) -> None:
        for count in range(0, floor(plot.top) + 1, plot.step):
            right = plot.point(0, count)
            painter.setPen(QPen(self.tone("line", 0.5 if count else 1), 1))
            painter.drawLine(QPointF(plot.rect.left(), right.y()), right)
            label = QRectF(right.x() + 8, right.y() - 10, 100, 20)
            self.write(painter, label, number(count), "muted", LEFT, SMALL)

    def _write_months(self, painter: QPainter, plot: _Plot, area: QRectF) -> None:
        """As many names as have room, at even steps from the first month."""
        labels = [point.label for point in self._data.months]
        room = max(self.wide(label, SMALL) for label in labels) + 14
        wide = plot.rect.width() / plot.months
        every = next((n for n in (1, 2, 3, 6) if n * wide >= room), 12 * ceil(room / wide / 12))
        for i in range(0, len(labels), every):
            painter.setPen(QPen(self.tone("line"), 1))
            for edge in (plot.point(i, 0), plot.point(i + 1, 0)):
                painter.drawLine(edge, edge + QPointF(0, 4))
            row = QRectF(0, plot.rect.bottom() + 5, room, self.line(SMALL))
            row.moveCenter(QPointF(plot.point(i + 0.5, 0).x(), row.center().y()))
            row.moveLeft(max(area.left(), min(row.left(), area.right() - room)))
            self.write(painter, row, labels[i], "muted", MIDDLE, SMALL)

    def _draw_lines(self, painter: QPainter, plot: _Plot) -> None:
        real, target = self._data.real(), self._data.target
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.tone("accent_soft"))
        painter.drawPolygon(plot.path(((real[-1][0], 0), (0, 0), *real)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        goal = QPen(self.tone("good"), 1.5, Qt.PenStyle.DotLine)
        level = ((0.0, target), (float(plot.months), target))
        for _, pen, line in (("", goal, level), *reversed(self._lines())):
            painter.setPen(pen)
            painter.drawPolyline(plot.path(line))
        painter.setPen(QPen(self.tone("raised"), 1.5))
        painter.setBrush(self.tone("accent"))
        roomy = plot.rect.width() / plot.months > 16
        for pair in real[1:] if roomy else real[-1:]:
            painter.drawEllipse(plot.point(*pair), 4, 4)

    def _draw_moments(self, painter: QPainter, plot: _Plot) -> None:
        """The vertical lines, with their names above; two names that would touch move apart."""
        data, taken = self._data, QRectF()
        for where, text, meaning in (
            (data.as_of, data.as_of_label, "text"),
            (data.deadline, "مهلت", "muted"),
        ):
            if where is None or not 0 <= where <= plot.months:
                continue
            foot = plot.point(where, 0)
            painter.setPen(QPen(self.tone(meaning), 1, Qt.PenStyle.DotLine))
            painter.drawLine(foot, QPointF(foot.x(), plot.rect.top()))
            name = QRectF(0, 0, self.wide(text, SMALL) + 12, self.line(SMALL))
            name.moveCenter(QPointF(foot.x(), plot.rect.top() - name.height() / 2))
            name.moveLeft(min(max(name.left(), plot.rect.left()), plot.rect.right() - name.width()))
            if name.intersects(taken) and foot.x() < taken.center().x():
                name.moveRight(taken.left())
            elif name.intersects(taken):
                name.moveLeft(taken.right())
            taken = name
            if name.left() >= 0:
                self.write(painter, name, text, meaning, MIDDLE, SMALL)

    def _write_target(self, painter: QPainter, plot: _Plot) -> None:
        target, row = self._data.target, self.line(SMALL)
        words = QRectF(0, plot.point(0, target).y() - row, plot.rect.right() - 4, row)
        self.write(painter, words, f"هدف {number(target)}", "good", factor=SMALL, bold=True)

    def sizeHint(self) -> QSize:
        return QSize(520, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 130)


def round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that is not below `least`."""
    size: int = 10 ** floor(log10(max(1.0, least)))
    return next(size * n for n in (1, 2, 5, 10) if size * n >= least)
