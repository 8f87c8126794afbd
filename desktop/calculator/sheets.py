"""A reckoned schedule as it leaves the program: a workbook, or a document on A4."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db import calendar
from db.queries import progress as programmes
from desktop import choices, kinds
from desktop.exchange.export import save_as
from desktop.pages.schedule import COMPARISON, SCHEDULE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from db.database import Database
    from desktop.calculator.reckoning import Reckoned
    from desktop.fields import Field
    from desktop.paper.layout import Paper
    from desktop.paper.printing import Printed
    from desktop.paper.sheet import Sheet
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

TITLE = "جدول قسط‌ها"
COMPARED = "مقایسهٔ روش‌ها"


def save_workbook(parent: QWidget, frame: Frame, of: Reckoned) -> None:
    """Ask for a place and write it there."""

    def write(path: Path, progress: Progress) -> None:
        write_workbook(path, of, progress)

    save_as(parent, frame, TITLE, write)


def write_workbook(path: Path, of: Reckoned, progress: Progress) -> None:
    """A sheet of each. DatabaseProblem when the place does not let it be written."""
    from desktop.excel.book import Book  # openpyxl only when it is needed
    from desktop.excel.tables import Table, add_table

    with Book(path, len(of.rows) + len(of.costs), progress) as book:
        add_table(book, Table(TITLE, SCHEDULE, of.rows, len(of.rows), [TITLE, *of.words]))
        heading = [COMPARED, *of.words]
        add_table(book, Table(COMPARED, COMPARISON, of.costs, len(of.costs), heading, totals=False))
        book.save()


def printed(database: Database, of: Reckoned) -> Printed:
    """For paper, in any thread. Raises DatabaseProblem."""
    from desktop.paper.printing import Printed

    with database.read() as session:
        plan = programmes.programme(session)
        organisation, title = plan.organisation, plan.title
    return Printed(TITLE, partial(lay_out, of, organisation, title))


def lay_out(of: Reckoned, organisation: str, programme: str) -> Sheet:
    """The terms, the instalments with their sum, and the comparison."""
    from desktop.paper.layout import Paper
    from desktop.paper.sheet import Around, Sheet

    paper = Paper()
    for line in of.words:
        paper.paragraph(line, bold=True)
    paper.gap()
    _table(paper, SCHEDULE, of.rows, {}, _sums(of))
    paper.heading(COMPARED)
    chosen = [cost.method for cost in of.costs].index(of.terms["method"])
    _table(paper, COMPARISON, of.costs, {(chosen, 0): "accent"})
    around = Around(organisation, programme, TITLE, None, calendar.today(),
                    choices.METHOD.show(of.terms["method"]))  # fmt: skip
    return Sheet(TITLE, paper, around)


def _sums(of: Reckoned) -> Sequence[str]:
    """The last row of the schedule on paper."""
    told = {"number": "جمع"}
    for field in SCHEDULE:
        if field.kind is kinds.RIAL:
            told[field.name] = field.kind.show(sum(field.value(row) for row in of.rows))
    return [told.get(field.name, "") for field in SCHEDULE]


def _table(
    paper: Paper,
    fields: Sequence[Field],
    rows: Sequence[object],
    tones: Mapping[tuple[int, int], str],
    last: Sequence[str] = (),
) -> None:
    texts = [[field.text(row) for field in fields] for row in rows]
    if last:
        texts.append(list(last))
        tones = {**tones, **{(len(rows), column): "text" for column in range(len(fields))}}
    paper.table([field.label for field in fields], [f.width for f in fields], texts, tones)
