"""The reports that are sent up: what goes into each, and the record of having made it."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from db import calendar
from db.models import ReportRun
from db.queries import actions, dues, loans, lookups, obstacles, units, visits
from db.queries import progress as progress_queries
from db.queries.field import field_figures
from db.queries.jobs import jobs
from db.queries.listing import Listing, Source, View
from db.queries.portfolio import portfolio
from desktop.dues import fields as due_fields
from desktop.dues.penalties import with_penalties
from desktop.excel.portfolio_report import write_portfolio_report
from desktop.excel.progress_report import write_progress_report
from desktop.excel.tables import Table, write_table
from desktop.excel.work import Work
from desktop.figures import as_json
from desktop.follow_up import fields as action_fields
from desktop.groups import fields as group_fields
from desktop.loans import fields as loan_fields
from desktop.portfolio import sheets
from desktop.progress import unwatched
from desktop.units import fields as unit_fields
from desktop.visits import fields as visit_fields
from desktop.visits import obstacle_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.database import Database
    from desktop.fields import Field
    from desktop.progress import Progress

PROGRESS = "گزارش پیشرفت"


@dataclass(frozen=True)
class ListReport:
    """A list as a report of its own; `work_out` gives its rows the values of the fields `more`."""

    title: str
    source: Source
    fields: Sequence[Field]
    more: Sequence[Field] = ()
    work_out: Callable[[Session, Iterable[Any], date], Iterable[object]] | None = None


LISTS = {
    "units": ListReport("واحدها", units.SOURCE, unit_fields.REPORT),
    "loans": ListReport("تسهیلات", loans.SOURCE, loan_fields.REPORT),
    "visits": ListReport("پایش‌ها", visits.SOURCE, visit_fields.REPORT),
    "obstacles": ListReport("مانع‌ها", obstacles.SOURCE, obstacle_fields.REPORT),
    "actions": ListReport("اقدام‌ها", actions.SOURCE, action_fields.REPORT),
    "dues": ListReport("سررسیدها", dues.SOURCE, due_fields.REPORT),
    "calls": ListReport(
        "فهرست تماس", dues.CALLS, due_fields.CALL_REPORT, (due_fields.PENALTY,), with_penalties
    ),
    "groups": ListReport("گروه‌ها", lookups.SOURCES["group"], group_fields.TABLE),
}
NAMES = ("progress", "portfolio", *LISTS)


def make(
    database: Database,
    name: str,
    path: Path,
    as_of: date | None = None,
    filters: Mapping[str, Any] | None = None,
    progress: Progress = unwatched,
) -> None:
    """Write the report `name` to `path` and keep a record of it. Raises DatabaseProblem."""
    with database.read() as session:  # one transaction: all of it speaks of one moment
        if name == "progress":
            made = _make_progress(session, path, as_of, progress)
        elif name == "portfolio":
            made = _make_portfolio(session, path, as_of, progress)
        else:
            view = View(filters or {}, as_of=as_of)
            made = _make_list(session, LISTS[name], path, view, progress)
    keep(database, name, path, as_of, filters or {}, made)


def _make_progress(
    session: Session, path: Path, as_of: date | None, watch: Progress
) -> dict[str, Any]:
    figures = progress_queries.figures(session, as_of)
    day = figures.as_of
    field = field_figures(session, day)
    write_progress_report(
        path,
        figures,
        _table(session, LISTS["units"], View(as_of=day)),
        _table(session, LISTS["loans"], View(as_of=day)),
        Work(
            field,
            *(
                _table(session, LISTS[name], View(as_of=day))
                for name in ("visits", "obstacles", "actions")
            ),
        ),
        watch,
        sheets.portfolio(portfolio(session, day), jobs(session, day)),
    )
    return as_json(figures, field)


def _make_portfolio(
    session: Session, path: Path, as_of: date | None, watch: Progress
) -> dict[str, Any]:
    day = as_of or calendar.today()
    found, made = portfolio(session, day), jobs(session, day)
    loans_of_day = _table(session, LISTS["loans"], View(as_of=day))
    title = progress_queries.programme(session).title
    heading = ["تسهیلات", f"{title} · تا پایان {calendar.long_jalali(day)}"]
    write_portfolio_report(
        path, title, found, made, replace(loans_of_day, heading=heading),
        sheets.portfolio(found, made), calendar.today(), watch,
    )  # fmt: skip
    return {**found.sums._asdict(), "jobs": made.sums._asdict()}


def _table(session: Session, report: ListReport, view: View, heading: Sequence[str] = ()) -> Table:
    listing = Listing(lambda: nullcontext(session), report.source, view)
    rows: Iterable[object] = listing.every_row()
    if report.work_out is not None:
        rows = report.work_out(session, rows, view.as_of or calendar.today())
    return Table(report.title, (*report.fields, *report.more), rows, len(listing), heading)


def _make_list(
    session: Session, report: ListReport, path: Path, view: View, watch: Progress
) -> dict[str, Any]:
    day = view.as_of or calendar.today()
    table = _table(session, report, view, [report.title, f"تا پایان {calendar.long_jalali(day)}"])
    write_table(path, table, watch)
    return {"rows": table.count}


def keep(
    database: Database,
    name: str,
    path: Path,
    as_of: date | None,
    filters: Mapping[str, Any],
    figures: dict[str, Any],
) -> None:
    """Leave a record of a report that was made: what it said, and its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with database.write() as session:
        session.add(
            ReportRun(
                report=name,
                filters=dict(filters),
                as_of=as_of or calendar.today(),
                made_at=datetime.now(UTC).replace(tzinfo=None),
                figures=figures,
                file_name=path.name[:120],
                sha256=digest,
            )
        )
