"""Making a new file with its programme, and changing the programme and its milestones."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from db import engine, migrate, seeds, text
from db.calendar import from_jalali
from db.commands import saving
from db.database import Database, existing
from db.errors import DatabaseProblem, raise_on
from db.models import Milestone, Programme
from db.queries import progress
from db.rules.columns import default_value, is_required
from db.rules.programme import check_milestones, check_programme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

# The figures of the announcement. It bears no date, so the baseline day has to be chosen.
DEFAULTS: Final[Mapping[str, Any]] = {
    "title": "احیای واحدهای کوچک صنعتی راکد و نیمه‌راکد استان فارس",
    "organisation": "سازمان بسیج مهندسین صنعت و معدن فارس",
    "target_units": 400,
    "deadline": from_jalali("1402/12/29"),
    "baseline_units": 110,
    "baseline_jobs": 700,
}
TAKEN_OUT: Final = "از برنامه برداشته شد"
_KEPT = frozenset({"id", "version", "archived_on", "archive_reason"})


def create_file(path: Path, values: Mapping[str, Any]) -> None:
    """Make the file of a new programme, its lists filled; all or nothing.

    Raises RuleError before anything is made, DatabaseProblem ("exists" for a file that is there).
    """
    given = _clean({**dict.fromkeys(_required()), **values})
    raise_on(list(check_programme(given)))
    with new_file(path) as database, database.write() as session:
        seeds.fill(session)
        saving.assign(session, Programme(), given)


@contextmanager
def new_file(path: Path) -> Iterator[Database]:
    """An empty file of today's schema to write into; it gets its name only when it is whole."""
    engine.check_place(path, create=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        _discard(partial)  # what a killed run of the same number left
        migrate.create(partial)
        database = existing(partial)
        try:
            yield database
        finally:
            database.close()
        _give_name(partial, path)
    except DatabaseProblem as problem:  # told by the name the user knows
        told = problem.detail.replace(partial.name, path.name)
        raise DatabaseProblem(problem.reason, told) from problem
    finally:
        _discard(partial)


def save_programme(session: Session, values: Mapping[str, Any], version: int | None) -> Programme:
    """Change the programme in force. Raises RuleError, ConflictError."""
    plan = progress.programme(session)
    saving.fetch(session, Programme, plan.id, version)
    given = _clean(values)
    raise_on(list(check_programme({**_values(plan), **given})))
    return saving.assign(session, plan, given)


def save_milestones(
    session: Session, programme_id: int, points: Sequence[tuple[date, int]]
) -> Sequence[Milestone]:
    """Make `points` (day, units in all by its end) the plan's milestones. Raises RuleError.

    A point whose day stays is changed where it is, so that the history tells from what to what.
    """
    plan = session.get_one(Programme, programme_id)
    raise_on(list(check_milestones(_values(plan), points)))
    wanted = dict(points)
    for kept in progress.milestones(session, programme_id):
        if kept.day in wanted:
            saving.assign(session, kept, {"units": wanted.pop(kept.day)})
        else:
            saving.archive(session, Milestone, kept.id, TAKEN_OUT)
    for day, units in wanted.items():
        new = {"programme_id": programme_id, "day": day, "units": units}
        saving.assign(session, Milestone(), new)
    return progress.milestones(session, programme_id)


def _required() -> list[str]:
    columns = Programme.__table__.columns
    return [column.name for column in columns if is_required(column) and column.name not in _KEPT]


def _values(plan: Programme) -> dict[str, Any]:
    return {name: value for name, value in saving.values_of(plan).items() if name not in _KEPT}


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """The programme's own values only, text in its one spelling."""
    given = {}
    for column in Programme.__table__.columns:
        if column.name in values and column.name not in _KEPT:
            value = values[column.name]
            if value is None and default_value(column) == "":
                value = ""
            given[column.name] = text.normal(value) if isinstance(value, str) else value
    return given


def _give_name(partial: Path, path: Path) -> None:
    if path.exists():  # made meanwhile by someone else
        raise DatabaseProblem("exists", str(path))
    try:
        partial.rename(path)
    except OSError as error:
        raise DatabaseProblem("cannot_open", str(path)) from error


def _discard(partial: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):  # held open by a scanner: a stray file, but no false programme
            partial.with_name(partial.name + ending).unlink(missing_ok=True)
