"""Changing visits: their review, the next ones due, and the stop that one may show."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from db.commands import saving, units
from db.errors import RuleError, Violation, raise_on
from db.models import Exercise, Loan, Obstacle, Tranche, Unit, Visit
from db.queries import units as unit_queries
from db.queries import visits
from db.rules.exercises import check_visit_day
from db.rules.visits import check_visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids
    from db.models import Revival

BATCH: Final = 400  # units at a time: some statements take no more values
SEEN_STAGNANT: Final = "در پایش، راکد دیده شد"


def check(session: Session, visit_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about a visit's values (heads at work, capacity in percent)."""
    unit = session.get(Unit, values.get("unit_id") or 0)
    registered_on = unit.registered_on if unit else None
    same_day = _has_other(session, visit_id, values)
    return [
        *check_visit(values, registered_on, same_day=same_day),
        *_moved(session, visit_id, values),
        *_outside(session, values),
    ]


def _outside(session: Session, values: Mapping[str, Any]) -> Iterator[Violation]:
    """A visit of an exercise is of its days."""
    exercise, day = session.get(Exercise, values.get("exercise_id") or 0), values.get("day")
    if exercise is not None and day is not None:
        yield from check_visit_day(day, exercise.starts_on, exercise.ends_on)


def save_visit(
    session: Session, visit_id: int | None, values: Mapping[str, Any], version: int | None = None
) -> Visit:
    """Create the visit, or change the one of `visit_id`. Raises RuleError, ConflictError."""
    visit = saving.fetch(session, Visit, visit_id, version)
    raise_on(check(session, visit_id, values))
    given = dict(values)
    if given.get("review", "returned") != "returned":
        given["return_reason"] = ""  # what it was returned for has been mended
    return saving.assign(session, visit, given)


def accept(session: Session, visit_id: int, version: int | None = None) -> Visit:
    """From now on it counts, by its own day. Raises RuleError, ConflictError."""
    return _review(session, visit_id, version, review="accepted")


def give_back(session: Session, visit_id: int, reason: str, version: int | None = None) -> Visit:
    """Return it to its group, with a reason. Raises RuleError, ConflictError."""
    return _review(session, visit_id, version, review="returned", return_reason=reason.strip())


def to_draft(session: Session, visit_id: int, version: int | None = None) -> Visit:
    """It waits for its review again, and counts no more. Raises RuleError, ConflictError."""
    return _review(session, visit_id, version, review="draft")


def archive_visit(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Visit, ids, reason)


def restore_visit(session: Session, visit_id: int) -> None:
    """Raises RuleError if its unit's own day has moved past it meanwhile."""
    raise_on(check(session, visit_id, saving.values_of(visits.get(session, visit_id))))
    saving.restore(session, Visit, visit_id)


def plan(session: Session, unit_ids: Iterable[int], day: date) -> int:
    """Make `day` the next visit of each unit, after its newest accepted one or as its first.

    Returns of how many the day has changed. Raises RuleError if one was visited later.
    """
    changed = 0
    for some in _batches(unit_ids):
        newest = visits.newest_accepted(session, some)
        found = session.scalars(select(Visit).where(Visit.id.in_(list(newest.values()))))
        for visit in found:
            changed += _plan(session, visit, "next_due_on", visit.day, day)
        first = [number for number in some if number not in newest]
        for unit in session.scalars(select(Unit).where(Unit.id.in_(first))):
            changed += _plan(session, unit, "first_visit_due_on", unit.registered_on, day)
    session.flush()
    return changed


def stop_to_propose(session: Session, visit: Visit) -> Revival | None:
    """The running return whose end an accepted visit shows; a person has yet to confirm it."""
    first = visits.stagnant_since(session, visit.unit_id)
    if first is None or visit.review != "accepted" or visit.archived_on is not None:
        return None
    if visit.state_seen != "stagnant" or visit.day < first.day:
        return None
    return unit_queries.revivals(session, visit.unit_id)[-1]


def stop(session: Session, visit_id: int) -> Revival:
    """Confirm that the unit has stopped on the day of a visit. Raises RuleError."""
    visit = visits.get(session, visit_id)
    revival = unit_queries.revivals(session, visit.unit_id)[-1]
    if revival.stopped_on is not None:  # someone was faster
        return revival
    values = saving.values_of(revival)
    values |= {"stopped_on": visit.day, "stop_reason": revival.stop_reason or SEEN_STAGNANT}
    return units.save_revival(session, visit.unit_id, revival.id, values, revival.version)


def _review(session: Session, visit_id: int, version: int | None, **changes: str) -> Visit:
    values = saving.values_of(visits.get(session, visit_id))
    return save_visit(session, visit_id, {**values, **changes}, version)


def _has_other(session: Session, visit_id: int | None, values: Mapping[str, Any]) -> bool:
    query = select(func.count()).where(
        Visit.unit_id == values.get("unit_id"),
        Visit.day == values.get("day"),
        Visit.archived_on.is_(None),
        Visit.id != (visit_id or 0),
    )
    return bool(session.scalar(query))


def _moved(
    session: Session, visit_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    """A visit that found obstacles, or allowed a tranche, stays with their unit.

    Nor is it later than the tranche.
    """
    unit_id = values.get("unit_id")
    if visit_id is None or unit_id is None:
        return
    elsewhere = select(func.count()).where(
        Obstacle.visit_id == visit_id, Obstacle.archived_on.is_(None), Obstacle.unit_id != unit_id
    )
    if session.scalar(elsewhere):
        yield Violation("unit_id", "visit_has_obstacles")
    allowed = (
        select(Loan.unit_id, Tranche.day)
        .join(Loan, Loan.id == Tranche.loan_id)
        .where(Tranche.visit_id == visit_id, Tranche.archived_on.is_(None))
        .order_by(Tranche.day)
    )
    rows = session.execute(allowed).all()
    if any(row.unit_id != unit_id for row in rows):
        yield Violation("unit_id", "visit_has_tranches")
    if rows and values.get("day") is not None and values["day"] > rows[0].day:
        yield Violation("day", "visit_allowed_payout", (rows[0].day,))


def _plan(session: Session, record: Any, name: str, after: date, day: date) -> bool:
    if day <= after:
        raise RuleError([Violation(name, "due_not_after_visit", (after,))])
    if getattr(record, name) == day:
        return False
    setattr(record, name, day)
    return True


def _batches(unit_ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(set(unit_ids)))
    while some := list(islice(rest, BATCH)):
        yield some
