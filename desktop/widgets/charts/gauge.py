"""The gauge: how far the programme is from its target, filling from the right."""

from __future__ import annotations

from dataclasses import dataclass
from math import degrees
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen

from desktop.widgets.charts.base import Chart, Mark
from desktop.widgets.charts.canvas import LEFT, MIDDLE, RIGHT, SMALL, Sample, number

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TITLES = {  # by the keys that are emitted
    "value": "احیاشده",
    "baseline": "پیش از ثبت",
    "recorded": "ثبت‌شده",
    "remaining": "مانده تا هدف",
    "plan": "برنامه",
}

RLM = "\u200f"
ROUND = 4  # pixels that rounding the corners adds to a part


@dataclass(frozen=True)
class Reading:
    """Counts of `unit`: `value` includes the baseline; `planned` is what the plan asks by now."""

    value: int
    target: int
    baseline: int = 0
    planned: int | None = None
    unit: str = "واحد"

    @property
    def full(self) -> int:
        return max(self.value, self.target, 1)

    @property
    def percent(self) -> str:
        if self.target <= 0:
            return ""
        return f"{number(100 * self.value / self.target)}{RLM}٪"  # the sign at the left, always

    def counts(self) -> dict[str, int]:
        before = max(0, min(self.baseline, self.value))
        parts = {"baseline": before, "recorded": self.value - before}
        parts["remaining"] = self.target - self.value
        plan = {} if self.planned is None else {"plan": self.planned}
        return {key: count for key, count in parts.items() if count > 0} | plan

    def said(self) -> dict[str, str]:
        target = f" از {number(self.target)}" if self.target > 0 else ""
        whole = f"{number(self.value)}{target} {self.unit} {self.percent}".strip()
        counts = {key: f"{number(count)} {self.unit}" for key, count in self.counts().items()}
        return {"value": whole, **counts}


@dataclass(frozen=True)
class _Ring:
    """Half a circle of `radius` (to the middle of its band) above `centre`; all in pixels."""

    centre: QPointF
    radius: float
    width: float

    @property
    def outer(self) -> float:
        return self.radius + self.width / 2

    def band(self, start: float, end: float, wider: float = 0) -> QPainterPath:
        """The part between two shares (0 to 1) of the half circle, counted from the right."""
        square = QRectF(0, 0, 2 * self.radius, 2 * self.radius)
        square.moveCenter(self.centre)
        inset = min(degrees(ROUND * 0.8 / self.radius), 85 * (end - start))
        middle = QPainterPath()
        middle.arcMoveTo(square, 180 * start + inset)
        middle.arcTo(square, 180 * start + inset, 180 * (end - start) - 2 * inset)
        stroker = QPainterPathStroker()
        stroker.setWidth(self.width - ROUND + wider)
        stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
        return stroker.createStroke(middle)

    def tick(self, share: float) -> QPainterPath:
        half = degrees((ROUND * 0.8 + 0.5) / self.radius) / 180
        return self.band(share - half, share + half, 6)

    def inside(self) -> QRectF:
        """The room for words, above the ends of the band."""
        inner = self.radius - self.width / 2
        left, top = self.centre.x() - 0.8 * inner, self.centre.y() - 0.6 * inner
        return QRectF(left, top, 1.6 * inner, 0.6 * inner)


def fill(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    """Fill it with rounded corners, `ROUND` wider altogether."""
    painter.setPen(QPen(colour, ROUND, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(colour)
    painter.drawPath(path)


class Gauge(Chart):
    """`set_data(Reading)`; emits a key of `TITLES`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = Reading(0, 0)
        self.setAccessibleName("سنجهٔ پیشرفت")

    def set_data(self, reading: Reading | None) -> None:
        self._data = reading or Reading(0, 0)
        self.data_changed()

    def is_empty(self) -> bool:
        return self._data == Reading(0, 0)

    def figures(self) -> list[tuple[str, str]]:
        return [(TITLES[key], said) for key, said in self._data.said().items()]

    def arrange(self, area: QRectF) -> list[Mark]:
        data, ring, said, reached = self._data, self._ring(area), self._data.said(), 0
        marks = [Mark(ring.inside(), "value", TITLES["value"], said["value"], tip=False)]
        for key, count in data.counts().items():
            start, end = reached / data.full, (reached + count) / data.full
            shape = ring.tick(min(count / data.full, 1)) if key == "plan" else ring.band(start, end)
            marks.append(Mark(shape.boundingRect(), key, TITLES[key], said[key], shape))
            reached += count
        return marks

    def draw(self, painter: QPainter, area: QRectF) -> None:
        data, ring, colours = self._data, self._ring(area), self._colours()
        shapes = {str(mark.key): mark.outline() for mark in self.arrange(area)}
        for key, colour in colours.items():
            if key == "plan" and data.value > data.target > 0:  # passed: show where the target was
                fill(painter, ring.tick(data.target / data.full), self.tone("raised"))
            if key in shapes:
                fill(painter, shapes[key], colour)
        self._write_middle(painter, ring.inside())
        row = QRectF(0, ring.centre.y() + 3, ring.radius, self.line(SMALL))
        row.moveRight(ring.centre.x() + ring.outer)
        self.write(painter, row, number(0), "muted", RIGHT, SMALL)
        row.moveLeft(ring.centre.x() - ring.outer)
        self.write(painter, row, number(data.full), "muted", LEFT, SMALL)
        if self._has_legend(area):
            pens = {key: QPen(colour, 3 if key == "plan" else 8) for key, colour in colours.items()}
            parts = {key: count for key, count in data.counts().items() if key != "remaining"}
            texts = {key: f"{TITLES[key]}: {number(count)}" for key, count in parts.items()}
            below = QRectF(area.left(), row.bottom() + 2, area.width(), row.height())
            samples = [Sample(text, pens[key]) for key, text in texts.items()]
            self.legend(painter, below, samples, centred=True)

    def _has_legend(self, area: QRectF) -> bool:
        several = self._data.baseline > 0 or self._data.planned is not None
        return several and area.height() > 9 * self.line()

    def _ring(self, area: QRectF) -> _Ring:
        below = self.line(SMALL) * (2.4 if self._has_legend(area) else 1.2)
        outer = max(20, min(area.width() / 2 - 5, area.height() - below - 10))
        top = area.center().y() - (outer + below) / 2
        return _Ring(QPointF(area.center().x(), top + outer), outer * 0.915, outer * 0.17)

    def _colours(self) -> dict[str, QColor]:
        """By key, in the order of painting: a sliver is not covered by what is left."""
        reached = self._data.value >= self._data.target > 0
        meaning = "good" if reached else "accent"
        return {
            "remaining": self.tone("line"),
            "recorded": self.tone(meaning),
            "baseline": self.tone(meaning, 0.5),
            "plan": self.tone("text"),
        }

    def _write_middle(self, painter: QPainter, room: QRectF) -> None:
        data = self._data
        big, below = number(data.value), f"از {number(data.target)} {data.unit}"
        if data.target <= 0:
            below = data.unit
        fit = 0.9 * room.width() / self.wide(big, bold=True)
        factor = min(3.6, 0.45 * room.height() / self.sized().pixelSize(), fit)
        row = QRectF(room.left(), room.bottom() - self.line(), room.width(), self.line())
        longer = f"{below}، {data.percent}"
        fits = data.percent and self.wide(longer) < room.width()
        self.write(painter, row, longer if fits else below, "muted", MIDDLE)
        row.setBottom(row.top())
        row.setTop(row.top() - self.line(factor))
        self.write(painter, row, big, "text", MIDDLE, factor, bold=True)

    def sizeHint(self) -> QSize:
        return QSize(320, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 110)
