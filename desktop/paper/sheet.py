"""A document on its pages: what stands around each of them, and drawing them on any device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from db import calendar, text
from db.errors import DatabaseProblem
from desktop.paper.layout import CENTRE, LEFT, MARGIN, POINT, RIGHT, Words, ink, letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QPagedPaintDevice

    from desktop.paper.layout import Paper


@dataclass(frozen=True)
class Around:
    """The office at the right, the document in the middle, the days at the left; the foot.

    Without `as_of` what it says is of no certain day.
    """

    organisation: str
    programme: str
    document: str
    as_of: date | None
    printed_on: date
    foot: str
    foot_left: str = ""

    def draw(self, painter: QPainter, paper: Paper, number: int, count: int) -> None:
        """Of page `number` from 0."""
        middle, top = 110 * POINT, MARGIN
        side = (paper.width - middle) / 2 - 4 * POINT
        printed = f"روز چاپ: {calendar.to_persian_date(self.printed_on)}"
        Words(self.organisation, letters(9.5, bold=True), side, RIGHT, most=1).draw(
            painter, paper.right - side, top
        )
        Words(self.programme, letters(8), paper.width * 0.62, RIGHT, ink("muted"), most=1).draw(
            painter, paper.right - paper.width * 0.62, top + 17 * POINT
        )
        Words(self.document, letters(13, bold=True), middle, CENTRE).draw(
            painter, paper.left + side + 4 * POINT, top - 4 * POINT
        )
        Words(printed, letters(8), side, LEFT).draw(painter, paper.left, top)
        if self.as_of is not None:
            until = f"وضعیت تا پایان: {calendar.to_persian_date(self.as_of)}"
            Words(until, letters(8), side, LEFT).draw(painter, paper.left, top + 14 * POINT)
        painter.setPen(QPen(ink("text"), 1.2 * POINT))
        line = top + 38 * POINT
        painter.drawLine(QPointF(paper.left, line), QPointF(paper.right, line))
        self._draw_foot(painter, paper, f"صفحهٔ {text.grouped(number + 1)} از {text.grouped(count)}")

    def _draw_foot(self, painter: QPainter, paper: Paper, place: str) -> None:
        middle = 110 * POINT
        side = (paper.width - middle) / 2 - 4 * POINT
        foot = paper.size.height() - MARGIN - 14 * POINT
        line = foot - 4 * POINT
        painter.setPen(QPen(ink("line"), 0.5 * POINT))
        painter.drawLine(QPointF(paper.left, line), QPointF(paper.right, line))
        Words(place, letters(8), middle, CENTRE).draw(painter, paper.left + side + 4 * POINT, foot)
        Words(self.foot, letters(8), side, RIGHT, ink("muted"), most=1).draw(
            painter, paper.right - side, foot
        )
        Words(self.foot_left, letters(8), side, LEFT, ink("muted")).draw(painter, paper.left, foot)


@dataclass(frozen=True)
class Sheet:
    """Laid out once, drawn as often as a preview asks; both in one thread, whose letters it holds:
    Qt keeps those of each thread apart, and drawing with another's ends the program.
    """

    title: str
    paper: Paper
    around: Around

    @property
    def page_count(self) -> int:
        return len(self.paper.pages)

    @property
    def is_landscape(self) -> bool:
        return self.paper.size.width() > self.paper.size.height()

    def draw_page(self, painter: QPainter, number: int, width: float) -> None:
        """Page `number` from 0, on a page that is `width` of the painter's own units wide."""
        painter.save()
        painter.scale(width / self.paper.size.width(), width / self.paper.size.width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for draw in self.paper.pages[number]:
            draw(painter)
        self.around.draw(painter, self.paper, number, self.page_count)
        painter.restore()

    def draw(self, device: QPagedPaintDevice, pages: Sequence[int] | None = None) -> None:
        """The pages (all of them) onto a printer or PDF of A4 without margins of its own.

        Raises DatabaseProblem("no_printer") if it cannot be painted on.
        """
        painter = QPainter()
        if not painter.begin(device):
            raise DatabaseProblem("no_printer")
        for place, number in enumerate(range(self.page_count) if pages is None else pages):
            if place:
                device.newPage()
            self.draw_page(painter, number, float(device.width()))
        painter.end()
