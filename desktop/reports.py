"""The reports that are sent up: what goes into each, and the record of having made it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from db import calendar
from db.models import ReportRun
from db.queries import loans, lookups, units
from db.queries import progress as progress_queries
from db.queries.listing import Listing, Source, View
from desktop.excel.progress_report import write_progress_report
from desktop.excel.tables import Table, write_table
from desktop.figures import as_json
from desktop.groups import fields as group_fields
from desktop.loans import fields as loan_fields
from desktop.progress import unwatched
from desktop.units import fields as unit_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from db.database import Database
    from desktop.fields import Field
    from desktop.progress import Progress

PROGRESS = "گزارش پیشرفت"


@dataclass(frozen=True)
class ListReport:
    """A list as a report of its own."""

    title: str
    source: Source
    fields: Sequence[Field]


LISTS = {
    "units": ListReport("واحدها", units.SOURCE, unit_fields.REPORT),
    "loans": ListReport("تسهیلات", loans.SOURCE, loan_fields.REPORT),
    "groups": ListReport("گروه‌ها", lookups.SOURCES["group"], group_fields.TABLE),
}
NAMES = ("progress", *LISTS)


def make(
    database: Database,
    name: str,
    path: Path,
    as_of: date | None = None,
    filters: Mapping[str, Any] | None = None,
    progress: Progress = unwatched,
) -> None:
    """Write the report `name` to `path` and keep a record of it. Raises DatabaseProblem."""
    if name == "progress":
        made = make_progress(database, path, as_of, progress)
    else:
        made = _make_list(database, LISTS[name], path, View(filters or {}, as_of=as_of), progress)
    _keep(database, name, path, as_of, filters or {}, made)


def make_progress(
    database: Database, path: Path, as_of: date | None, watch: Progress
) -> dict[str, Any]:
    with database.read() as session:
        figures = progress_queries.figures(session, as_of)
    day = figures.as_of
    write_progress_report(
        path,
        figures,
        _table(database, LISTS["units"], View(as_of=day)),
        _table(database, LISTS["loans"], View(as_of=day)),
        watch,
    )
    return as_json(figures)


def _table(database: Database, report: ListReport, view: View) -> Table:
    listing = Listing(database, report.source, view)
    return Table(report.title, report.fields, listing.every_row(), len(listing))


def _make_list(
    database: Database, report: ListReport, path: Path, view: View, watch: Progress
) -> dict[str, Any]:
    listing = Listing(database, report.source, view)
    day = view.as_of or calendar.today()
    heading = [report.title, f"تا پایان {calendar.long_jalali(day)}"]
    table = Table(report.title, report.fields, listing.every_row(), len(listing), heading)
    write_table(path, table, watch)
    return {"rows": len(listing)}


def _keep(
    database: Database,
    name: str,
    path: Path,
    as_of: date | None,
    filters: Mapping[str, Any],
    figures: dict[str, Any],
) -> None:
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
