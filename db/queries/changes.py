"""Reading the history: of one record, or the latest of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, tuple_

from db import models
from db.models import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

# Read when the history of one is asked for: the dashboard, which tells the latest, needs none.
OF_UNIT: Final = ("Visit", "Obstacle", "Action", "Revival", "Loan", "Document")
OF_LOAN: Final = ("Tranche", "Payment", "Waiver", "Rescheduling", "Correction", "Call")


def latest(session: Session, limit: int = 20, before: int | None = None) -> Sequence[Change]:
    """The newest changes first; `before` continues below an id already shown."""
    query = select(Change).order_by(Change.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Change.id < before)).all()


def of_record(session: Session, record: str, record_id: int) -> Sequence[Change]:
    """Every change of one record, newest first."""
    query = select(Change).where(Change.record == record, Change.record_id == record_id)
    return session.scalars(query.order_by(Change.id.desc())).all()


def of_loan(session: Session, loan_id: int) -> Sequence[Change]:
    """Changes of a loan and of all it was paid out and repaid by, newest first."""
    return _of(session, [("loan", loan_id), *_of_loans(session, [loan_id])])


def of_visit(session: Session, visit_id: int) -> Sequence[Change]:
    """Changes of a visit and of the obstacles it found, newest first."""
    found = session.scalars(select(models.Obstacle.id).where(models.Obstacle.visit_id == visit_id))
    return _of(session, [("visit", visit_id), *(("obstacle", number) for number in found)])


def of_group(session: Session, group_id: int) -> Sequence[Change]:
    """Changes of a group and of its members, newest first."""
    members = session.scalars(
        select(models.Volunteer.id).where(models.Volunteer.group_id == group_id)
    )
    return _of(
        session, [("jihadi_group", group_id), *(("volunteer", number) for number in members)]
    )


def of_exercise(session: Session, exercise_id: int) -> Sequence[Change]:
    """Changes of an exercise, of who took part and of its awards, newest first."""
    keys = [("exercise", exercise_id)]
    for record in (models.Participation, models.Award):
        numbers = session.scalars(select(record.id).where(record.exercise_id == exercise_id))
        keys += [(record.__tablename__, number) for number in numbers]
    return _of(session, keys)


def of_unit(session: Session, unit_id: int) -> Sequence[Change]:
    """Changes of a unit and of all that belongs to it, newest first."""
    keys = [("unit", unit_id)]
    for name in OF_UNIT:
        model = getattr(models, name)
        found = _ids(session, model, model.unit_id == unit_id)
        keys += [(model.__tablename__, number) for number in found]
    keys += _of_loans(session, [number for record, number in keys if record == "loan"])
    return _of(session, keys)


def _of_loans(session: Session, loans: Sequence[int]) -> list[tuple[str, int]]:
    keys = []
    for name in OF_LOAN:
        model = getattr(models, name)
        found = _ids(session, model, model.loan_id.in_(loans))
        keys += [(model.__tablename__, number) for number in found]
    return keys


def _ids(session: Session, model: Any, belongs: ColumnElement[bool]) -> Sequence[int]:
    """The live by the index of their owner, the archived from the few: together in neither."""
    own = select(model.id).where(belongs)
    live, archived = model.archived_on.is_(None), model.archived_on.is_not(None)
    return session.scalars(own.where(live).union_all(own.where(archived))).all()


def _of(session: Session, keys: Sequence[tuple[str, int]]) -> Sequence[Change]:
    found = tuple_(Change.record, Change.record_id).in_(keys)
    return session.scalars(select(Change).where(found).order_by(Change.id.desc())).all()
