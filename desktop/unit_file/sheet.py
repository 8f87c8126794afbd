"""The printed file of a unit: what stands on its pages, and around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from db import calendar, text
from db.errors import DatabaseProblem
from desktop.unit_file.paper import (
    CENTRE,
    LEFT,
    MARGIN,
    PAGE,
    POINT,
    RIGHT,
    Paper,
    Words,
    ink,
    letters,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QImage, QPagedPaintDevice

    from db.queries.documents import DocumentRow
    from desktop.unit_file.facts import Table, UnitSheet


@dataclass(frozen=True)
class Material:
    """What is printed, read from the file in any thread; `photos` by their SHA-256."""

    facts: UnitSheet
    photos: Mapping[str, QImage]


@dataclass(frozen=True)
class Sheet:
    """Laid out once, drawn as often as a preview asks; both in one thread, whose letters it holds:
    Qt keeps those of each thread apart, and drawing with another's ends the program.
    """

    facts: UnitSheet
    paper: Paper

    @property
    def page_count(self) -> int:
        return len(self.paper.pages)

    def draw_page(self, painter: QPainter, number: int, width: float) -> None:
        """Page `number` from 0, on a page that is `width` of the painter's own units wide."""
        painter.save()
        painter.scale(width / PAGE.width(), width / PAGE.width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for draw in self.paper.pages[number]:
            draw(painter)
        _around(painter, self.facts, self.paper, number, self.page_count)
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


def lay_out(material: Material) -> Sheet:
    """A photo that could not be read is left out."""
    facts, photos = material.facts, material.photos
    paper = Paper()
    paper.title(facts.name, f"کد واحد {facts.code}", facts.stage, facts.stage_tone)
    paper.heading("مشخصات واحد")
    paper.pairs(facts.identity)
    paper.heading("وضعیت هنگام شناسایی")
    paper.pairs(facts.found)
    paper.heading("احیا و گواه آن")
    paper.paragraph(facts.revival)
    if facts.returns.rows:
        _table(paper, facts.returns)
        shown = facts.evidence or ("گواهی از فعالیت پس از بازگشت ثبت نشده است.",)
        for line in shown:
            paper.paragraph(f"• {line}", 9)
    if facts.note:
        paper.heading("توضیح")
        for line in facts.note:
            paper.paragraph(line)
    _tables(paper, facts)
    _photos(paper, facts, photos)
    paper.heading("سیر رویدادها")
    _table(paper, facts.events)
    paper.signatures(("تهیه‌کننده، تاریخ و امضا:", "تأییدکننده، تاریخ و امضا:"))
    return Sheet(facts, paper)


def _tables(paper: Paper, facts: UnitSheet) -> None:
    """Those that have rows; the others are named together, so that it is known they were asked."""
    tables = {
        "مانع‌های تولید": facts.obstacles,
        "اقدام‌ها و مصوبه‌ها": facts.actions,
        "تسهیلات": facts.loans,
        "اسناد": facts.documents,
    }
    for title, table in tables.items():
        if table.rows:
            paper.heading(title)
            _table(paper, table)
    without = [title for title, table in tables.items() if not table.rows]
    if without:
        paper.gap()
        paper.paragraph(f"ثبت نشده است: {'، '.join(without)}.", 9, "muted")


def _table(paper: Paper, table: Table) -> None:
    paper.table(table.heads, table.widths, table.rows, table.tones)


def _photos(paper: Paper, facts: UnitSheet, photos: Mapping[str, QImage]) -> None:
    columns = [
        ("پیش از احیا", _found(facts.before, photos)),
        ("پس از احیا", _found(facts.after, photos)),
    ]
    if any(pictures for _, pictures in columns):
        paper.heading("عکس‌های پیش و پس از احیا", 250 * POINT)
        paper.pictures(columns)


def _found(rows: Sequence[DocumentRow], photos: Mapping[str, QImage]) -> list[tuple[str, QImage]]:
    found = []
    for row in rows:
        image = photos.get(row.sha256)
        if image is not None and not image.isNull():
            when = f" — {calendar.to_persian_date(row.day)}" if row.day else ""
            found.append((f"{row.title}{when}", image))
    return found


def _around(painter: QPainter, facts: UnitSheet, paper: Paper, number: int, count: int) -> None:
    """The office at the right, the document in the middle, the days at the left; the foot."""
    middle, top = 110 * POINT, MARGIN
    side = (paper.width - middle) / 2 - 4 * POINT
    printed = f"روز چاپ: {calendar.to_persian_date(facts.printed_on)}"
    until = f"وضعیت تا پایان: {calendar.to_persian_date(facts.as_of)}"
    Words(facts.organisation, letters(9.5, bold=True), side, RIGHT, most=1).draw(
        painter, paper.right - side, top
    )
    Words(facts.programme, letters(8), paper.width * 0.62, RIGHT, ink("muted"), most=1).draw(
        painter, paper.right - paper.width * 0.62, top + 17 * POINT
    )
    Words("شناسنامهٔ واحد", letters(13, bold=True), middle, CENTRE).draw(
        painter, paper.left + side + 4 * POINT, top - 4 * POINT
    )
    Words(printed, letters(8), side, LEFT).draw(painter, paper.left, top)
    Words(until, letters(8), side, LEFT).draw(painter, paper.left, top + 14 * POINT)
    painter.setPen(QPen(ink("text"), 1.2 * POINT))
    line = top + 38 * POINT
    painter.drawLine(QPointF(paper.left, line), QPointF(paper.right, line))
    foot = PAGE.height() - MARGIN - 14 * POINT
    painter.setPen(QPen(ink("line"), 0.5 * POINT))
    painter.drawLine(QPointF(paper.left, foot - 4 * POINT), QPointF(paper.right, foot - 4 * POINT))
    place = f"صفحهٔ {text.grouped(number + 1)} از {text.grouped(count)}"
    Words(place, letters(8), middle, CENTRE).draw(painter, paper.left + side + 4 * POINT, foot)
    Words(facts.name, letters(8), side, RIGHT, ink("muted"), most=1).draw(
        painter, paper.right - side, foot
    )
    Words(f"کد واحد {facts.code}", letters(8), side, LEFT, ink("muted")).draw(
        painter, paper.left, foot
    )
