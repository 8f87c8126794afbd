"""A reckoned schedule as it leaves the program: a workbook, or a document on A4."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from db import calendar
from db.queries import progress as programmes
from desktop import choices
from desktop.exchange.export import save_as
from desktop.pages.schedule import COMPARISON, SCHEDULE

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from db.database import Database
    from desktop.calculator.reckoning import Reckoned
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
    from desktop.paper.tables import add_rows

    paper = Paper()
    for line in of.words:
        paper.paragraph(line, bold=True)
    paper.gap()
    add_rows(paper, SCHEDULE, of.rows, sums=True)
    paper.heading(COMPARED)
    add_rows(paper, COMPARISON, of.costs)
    around = Around(organisation, programme, TITLE, None, calendar.today(),
                    choices.METHOD.show(of.terms["method"]))  # fmt: skip
    return Sheet(TITLE, paper, around)
