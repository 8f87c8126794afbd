"""The schedule of a loan as it leaves the program: a workbook, or a document on A4."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from db import calendar
from db.queries import loans, lookups, units
from db.queries import progress as programmes
from desktop.exchange.export import save_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from desktop.fields import Field
    from desktop.loans.schedule_rows import Plan
    from desktop.paper.printing import Printed
    from desktop.paper.sheet import Sheet
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

TITLE = "جدول قسط‌ها"


@dataclass(frozen=True)
class ScheduleSheet:
    """A plan as the screen shows it, with whose loan it is, and by which day."""

    unit: str
    bank: str
    organisation: str
    programme: str
    as_of: date
    plan: Plan
    fields: Sequence[Field]

    @property
    def lines(self) -> tuple[str, str]:
        """Of whom, and by which terms."""
        return f"{self.unit}؛ {self.bank}", f"{self.plan.name}: {self.plan.words}"


def sheet_of(
    session: Session, loan_id: int, as_of: date, plan: Plan, fields: Sequence[Field]
) -> ScheduleSheet:
    """`fields` are the columns as they stand on the screen."""
    loan, programme = loans.get(session, loan_id), programmes.programme(session)
    bank = lookups.label(session, "bank", loan.bank_id)
    branch = f"، شعبهٔ {loan.branch}" if loan.branch else ""
    number = f"، قرارداد {loan.contract_no}" if loan.contract_no else ""
    return ScheduleSheet(
        units.get(session, loan.unit_id).name, f"{bank}{branch}{number}",
        programme.organisation, programme.title, as_of, plan, fields,
    )  # fmt: skip


def save_workbook(parent: QWidget, frame: Frame, of: ScheduleSheet) -> None:
    """Ask for a place and write it there."""

    def write(path: Path, progress: Progress) -> None:
        write_workbook(path, of, progress)

    save_as(parent, frame, f"{TITLE} {of.unit}", write)


def write_workbook(path: Path, of: ScheduleSheet, progress: Progress) -> None:
    """DatabaseProblem when the place does not let it be written."""
    from desktop.excel.tables import Table, write_table  # openpyxl only when it is needed

    until = f"تا پایان {calendar.long_jalali(of.as_of)}"
    heading = [TITLE, until, *of.lines]
    write_table(path, Table(TITLE, of.fields, of.plan.rows, len(of.plan.rows), heading), progress)


def printed(of: ScheduleSheet) -> Printed:
    from desktop.paper.printing import Printed

    return Printed(f"{TITLE} {of.unit}", partial(lay_out, of))


def lay_out(of: ScheduleSheet) -> Sheet:
    """A wide page: an instalment has many figures by a day."""
    from desktop.paper.layout import Paper
    from desktop.paper.sheet import Around, Sheet
    from desktop.paper.tables import add_rows

    paper = Paper(landscape=True)
    for line in of.lines:
        paper.paragraph(line, bold=True)
    paper.gap()
    add_rows(paper, of.fields, of.plan.rows, sums=True)
    around = Around(of.organisation, of.programme, TITLE, of.as_of, calendar.today(), of.unit)
    return Sheet(f"{TITLE} {of.unit}", paper, around)
