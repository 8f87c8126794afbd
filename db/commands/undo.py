"""Taking a step back: every record it changed gets the values it had before, or none does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import calendar, history, models
from db.commands import (
    actions,
    calls,
    documents,
    exercises,
    loans,
    lookups,
    obstacles,
    repayment,
    units,
    visits,
    volunteers,
)
from db.commands.saving import some, values_of
from db.errors import RuleError, Violation, raise_on
from db.models import (
    Action,
    Agency,
    Award,
    Bank,
    Call,
    Change,
    Correction,
    County,
    Document,
    Estate,
    Exercise,
    Holiday,
    Industry,
    JihadiGroup,
    Loan,
    Milestone,
    Obstacle,
    ObstacleKind,
    Payment,
    Programme,
    Record,
    Rescheduling,
    Revival,
    Tranche,
    Unit,
    Visit,
    Volunteer,
    Waiver,
)
from db.queries import naming
from db.queries.repayment import on_record
from db.rules.coherence import spoilt
from db.rules.columns import check_columns
from db.rules.programme import check_programme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.rules.plans import OnRecord

    Check = Callable[[Session, Any, Mapping[str, Any]], Iterable[Violation]]
    Key = tuple[str, int]

REASON = "واگرد"
models.load_all()
MODELS: dict[str, type[Record]] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Record.registry.mappers
    if issubclass(mapper.class_, Record)
}
# What others have saved meanwhile may forbid what was allowed before: a licence given again.
# Of a record that is not here only the columns are checked.
CHECKS: dict[type[Record], Check] = {
    Unit: lambda s, record, values: units.complaints(s, record.id, values),
    Revival: lambda s, record, values: units.check_return(s, record.unit_id, record.id, values),
    Loan: lambda s, record, values: loans.check(s, record.id, values),
    Tranche: lambda s, record, values: loans.check_payout(s, record.loan_id, record.id, values),
    Payment: lambda s, record, values: repayment.check_payment(
        s, record.loan_id, record.id, values
    ),
    Waiver: lambda s, record, values: repayment.check_waiver(s, record.loan_id, record.id, values),
    Rescheduling: lambda s, record, values: repayment.check_rescheduling(
        s, record.loan_id, record.id, values
    ),
    Call: lambda s, record, values: calls.check(s, record.loan_id, record.id, values),
    Visit: lambda s, record, values: visits.check(s, record.id, values),
    Obstacle: lambda s, record, values: obstacles.check(s, record.id, values),
    Action: lambda s, record, values: actions.check(s, record.id, values),
    Volunteer: lambda s, record, values: volunteers.check(s, record.id, values),
    Exercise: lambda s, record, values: exercises.check(s, record.id, values),
    Award: lambda s, record, values: exercises.check_prize(
        s, record.exercise_id, record.id, values
    ),
    Document: lambda s, record, values: documents.check(s, record.unit_id, None, values),
    Programme: lambda _session, _record, values: check_programme(values),
    Milestone: lambda _session, _record, values: check_columns(Milestone, values),
}
CHECKS |= {
    model: lambda s, record, values: lookups.check(s, type(record), record.id, values)
    for model in (Agency, Bank, County, Estate, Holiday, Industry, JihadiGroup, ObstacleKind)
}
# What these say of a loan has to hold together, whichever of them is set back.
OF_LOAN = (Tranche, Payment, Waiver, Rescheduling, Correction)


def take_back(session: Session, changes: Sequence[int]) -> None:
    """Undo rows of the history, the newest first; itself a save like any other.

    Raises RuleError if a record is no longer as the step has left it, or may not be as it was.
    """
    found = session.scalars(select(Change).where(Change.id.in_(changes)).order_by(Change.id.desc()))
    rows = found.all()
    records = _records(session, rows)
    repaid = _repaid(session, records.values())
    with session.no_autoflush:  # a broken rule is to be told, not found by the database
        for row in rows:
            _set_back(session, records.get((row.record, row.record_id)), row)
        for record in records.values():
            if record.archived_on is None:
                check = CHECKS.get(type(record), _columns)
                raise_on(list(check(session, record, values_of(record))))
    session.flush()
    for loan_id, before in repaid.items():
        raise_on(spoilt(before, on_record(session, loan_id), "undo"))


def _repaid(session: Session, records: Iterable[Record]) -> dict[int, OnRecord | None]:
    """What is on record of the repayment of every loan that is set back, or a part of it."""
    ids = {each.id for each in records if isinstance(each, Loan)}
    ids |= {each.loan_id for each in records if isinstance(each, OF_LOAN)}
    return {number: on_record(session, number) for number in sorted(ids)}


def _records(session: Session, rows: Iterable[Change]) -> dict[Key, Record]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.record].add(row.record_id)
    return {
        (name, record.id): record
        for name, ids in wanted.items()
        if name in MODELS
        for record in some(session, MODELS[name], sorted(ids))
    }


def _set_back(session: Session, record: Record | None, row: Change) -> None:
    if record is None or row.operation not in ("insert", "update"):
        raise RuleError([Violation("undo", "cannot_undo")])
    if not _is_as_left(record, row):
        raise RuleError([Violation("undo", "changed_since", (_name(session, row),))])
    if row.operation == "insert":  # nothing is ever taken out of the file
        record.archived_on, record.archive_reason = calendar.today(), REASON
        return
    columns = record.__table__.columns
    for name, (before, _after) in row.fields.items():
        setattr(record, name, history.typed(columns[name], before))


def _is_as_left(record: Record, row: Change) -> bool:
    """Of a new record every value counts: what is empty is not in the history."""
    left = {name: after for name, (_before, after) in row.fields.items()}
    if row.operation == "insert":
        left = dict.fromkeys(history.recorded(record)) | left
    columns = record.__table__.columns
    return all(
        _same(getattr(record, name), history.typed(columns[name], after))
        for name, after in left.items()
    )


def _same(value: Any, left: Any) -> bool:
    return value == left or (value in (None, "") and left in (None, ""))


def _name(session: Session, row: Change) -> str:
    key = (row.record, row.record_id)
    named = naming.names(session, [key]).get(key)
    return named.title if named else "ردیف"


def _columns(_session: Session, record: Any, values: Mapping[str, Any]) -> Iterable[Violation]:
    return check_columns(type(record), values)
