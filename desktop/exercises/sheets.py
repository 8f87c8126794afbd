"""What is sent of an exercise: its lists, on A4 and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import calendar
from db.queries import exercises, progress
from desktop import choices
from desktop.exchange.export import PDF, save_as
from desktop.exercises import fields

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.models import Exercise
    from desktop.fields import Field
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame


@dataclass(frozen=True)
class Part:
    """One list of it."""

    title: str
    fields: Sequence[Field]
    rows: Sequence[object]


@dataclass(frozen=True)
class Sheets:
    """`lines` say what it is: kind and days, place, the programme it is of."""

    title: str
    organisation: str
    lines: Sequence[str]
    outcome: str
    parts: Sequence[Part]


def sheets_of(session: Session, exercise_id: int) -> Sheets:
    """Lists without rows are left out."""
    of, plan = exercises.get(session, exercise_id), progress.programme(session)
    place = f"، {of.place}" if of.place else ""
    seen = exercises.seen(session, exercise_id)
    units = len({row.unit_id for row in seen})
    parts = (
        Part("جوایز", fields.AWARD_TABLE, exercises.awards(session, exercise_id)),
        Part("گروه‌های شرکت‌کننده", fields.PART_TABLE,
             exercises.participants(session, exercise_id)),
        Part(f"واحدهای دیده‌شده ({fields.UNITS.kind.show(units)} واحد)", fields.SEEN[:7], seen),
    )  # fmt: skip
    kind = choices.EXERCISE_KIND.show(of.kind)
    return Sheets(
        of.name, plan.organisation, (f"{kind}، {days_in_words(of)}{place}", plan.title),
        of.outcome, [part for part in parts if part.rows],
    )  # fmt: skip


def days_in_words(of: Exercise) -> str:
    """«۳ تا ۵ مهر» is hard to sort out when it goes over a month: both days are written whole."""
    first = calendar.long_jalali(of.starts_on)
    if of.ends_on is None or of.ends_on == of.starts_on:
        return first
    return f"{first} تا {calendar.long_jalali(of.ends_on)}"


def save_paper(parent: QWidget, frame: Frame, exercise_id: int) -> None:
    with frame.database.read() as session:
        sheets = sheets_of(session, exercise_id)

    def write(path: Path, _progress: Progress) -> None:
        from desktop.exercises.paper import write_pdf

        write_pdf(path, sheets)

    save_as(parent, frame, sheets.title, write, PDF)


def save_workbook(parent: QWidget, frame: Frame, exercise_id: int) -> None:
    with frame.database.read() as session:
        sheets = sheets_of(session, exercise_id)

    def write(path: Path, progress: Progress) -> None:
        write_workbook(path, sheets, progress)

    save_as(parent, frame, sheets.title, write)


def write_workbook(path: Path, sheets: Sheets, progress: Progress) -> None:
    """A sheet for each list. DatabaseProblem when the place does not let it be written."""
    from desktop.excel.book import Book
    from desktop.excel.tables import Table, add_table

    parts = sheets.parts or [Part(sheets.title, fields.PART_TABLE, ())]
    with Book(path, sum(len(part.rows) for part in parts), progress) as book:
        for part in parts:
            heading = [sheets.title, part.title, *sheets.lines]
            title = part.title.partition(" (")[0]
            add_table(
                book, Table(title, part.fields, part.rows, len(part.rows), heading, totals=False)
            )
        book.save()
