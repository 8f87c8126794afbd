"""The printed file of a unit: what stands on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import calendar
from desktop.paper.layout import POINT, Paper
from desktop.paper.sheet import Around, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QImage

    from db.queries.documents import DocumentRow
    from desktop.unit_file.facts import Table, UnitSheet


@dataclass(frozen=True)
class Material:
    """What is printed, read from the file in any thread; `photos` by their SHA-256."""

    facts: UnitSheet
    photos: Mapping[str, QImage]


@dataclass(frozen=True)
class UnitFile(Sheet):
    """The pages, and what they tell."""

    facts: UnitSheet


def lay_out(material: Material) -> UnitFile:
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
    return UnitFile(f"شناسنامهٔ {facts.name}", paper, _around(facts), facts)


def _around(facts: UnitSheet) -> Around:
    return Around(
        facts.organisation, facts.programme, "شناسنامهٔ واحد", facts.as_of, facts.printed_on,
        facts.name, f"کد واحد {facts.code}",
    )  # fmt: skip


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
