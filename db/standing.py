"""Keeps the one stored copy of what could be derived: how each unit stood, and visits followed.

A session works it out anew, just before it commits, for every unit one of whose records it has
written; a programme that asks for other evidence, for all of them. `differing` proves the copy.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, event, func, insert, inspect, select, update

from db.history import RecordingSession
from db.models import Action, Document, Loan, Obstacle, Programme, Revival, Standing, Unit, Visit
from db.rules.standing import Facts, Paper, Return, Seen, Span, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy import BindParameter, Connection
    from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

BATCH: Final = 400  # units at a time: some statements take no more values
DIAGNOSES: Final = ("shallow_diagnosis", "deep_diagnosis")
OF_UNIT: Final = (Visit, Obstacle, Action, Loan, Revival, Document)
_TOUCHED: Final = "units to be stood anew"
_ASKED: Final = ("revived_capacity", "follow_up_months", "archived_on")

_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_UNITS = select(Unit.id, Unit.registered_on).where(Unit.id.in_(_SOME), Unit.archived_on.is_(None))
_VISITS = (
    select(Visit.unit_id, Visit.id, Visit.day, Visit.kind, Visit.state_seen, Visit.capacity,
           Visit.followed_on)
    .where(Visit.unit_id.in_(_SOME), Visit.archived_on.is_(None), Visit.review == "accepted")
    .order_by(Visit.unit_id, Visit.day, Visit.id)
)  # fmt: skip
_OBSTACLES = (
    select(Obstacle.unit_id, func.min(Obstacle.found_on))
    .where(Obstacle.unit_id.in_(_SOME), Obstacle.archived_on.is_(None))
    .group_by(Obstacle.unit_id)
)
_ACTIONS = (
    select(Action.unit_id, func.min(Action.decided_on))
    .where(Action.unit_id.in_(_SOME), Action.archived_on.is_(None))
    .group_by(Action.unit_id)
)
_LOANS = select(Loan.unit_id, Loan.applied_on, Loan.rejected_on, Loan.withdrawn_on).where(
    Loan.unit_id.in_(_SOME), Loan.archived_on.is_(None)
)
_RETURNS = (
    select(Revival.unit_id, Revival.returned_on, Revival.jobs_after, Revival.capacity_after,
           Revival.stopped_on)
    .where(Revival.unit_id.in_(_SOME), Revival.archived_on.is_(None))
    .order_by(Revival.unit_id, Revival.returned_on, Revival.id)
)  # fmt: skip
_PAPERS = (
    select(Document.unit_id, Document.day, Document.capacity)
    .where(Document.unit_id.in_(_SOME), Document.archived_on.is_(None),
           Document.day.is_not(None), Document.capacity.is_not(None))
    .order_by(Document.unit_id, Document.day)
)  # fmt: skip
_ASKED_NOW = (
    select(Programme.revived_capacity, Programme.follow_up_months)
    .where(Programme.archived_on.is_(None))
    .order_by(Programme.id.desc())
    .limit(1)
)
_STOOD = (
    select(Standing.unit_id, *(getattr(Standing, name) for name in Span._fields))
    .where(Standing.unit_id.in_(_SOME))
    .order_by(Standing.unit_id, Standing.since)
)
_visits: Any = Visit.__table__
_rows: Any = Standing.__table__
# Past the ORM: neither the version nor the history of a visit tells of it.
_FOLLOW = (
    update(_visits).where(_visits.c.id == bindparam("visit")).values(followed_on=bindparam("next"))
)


@event.listens_for(RecordingSession, "after_flush")
def _note(session: Session, context: UOWTransaction) -> None:
    touched = session.info.setdefault(_TOUCHED, set())
    for target in (*session.new, *session.dirty, *session.deleted):
        state: Any = inspect(target)
        if isinstance(target, Programme):
            if any(state.attrs[name].history.has_changes() for name in _ASKED):
                touched.add(None)  # all of them
        elif isinstance(target, Unit):
            touched.add(target.id)
        elif isinstance(target, OF_UNIT):
            before = state.attrs.unit_id.history.deleted
            touched.update((target.unit_id, *(before or ())))


@event.listens_for(RecordingSession, "before_commit")
def settle(session: Session) -> None:
    """Work out anew what the session has touched so far; a commit does it by itself."""
    session.flush()
    touched = session.info.pop(_TOUCHED, None)
    if not touched:
        return
    if None in touched:
        rebuild(session.connection())
    else:
        refresh(session.connection(), touched)


@event.listens_for(RecordingSession, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:  # before a savepoint there may be more, which still is to be stood
        session.info.pop(_TOUCHED, None)


def refresh(connection: Connection, unit_ids: Iterable[int]) -> None:
    """Work out the standings of some units anew, and which of their visits were followed."""
    asked = _asked(connection)
    for some in _batches(unit_ids):
        every = facts(connection, some, asked)
        connection.execute(delete(Standing).where(Standing.unit_id.in_(some)))
        rows = [row for number, found in every.items() for row in rows_of(number, found)]
        if rows:
            connection.execute(insert(_rows), rows)
        follows = list(_follows(connection, some))
        if follows:
            connection.execute(_FOLLOW, follows)


def rebuild(connection: Connection) -> None:
    """The same for every unit on record."""
    refresh(connection, connection.scalars(select(Unit.id).order_by(Unit.id)).all())


def differing(connection: Connection) -> list[int]:
    """The ids of units whose stored standings are not what their records say."""
    asked, wrong = _asked(connection), []
    for some in _batches(connection.scalars(select(Unit.id).order_by(Unit.id)).all()):
        every = facts(connection, some, asked)
        stood: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for number, *row in connection.execute(_STOOD, {"some": some}):
            stood[number].append(tuple(row))
        late = {row["unit"] for row in _follows(connection, some)}
        for number in some:
            told = timeline(every[number]) if number in every else []
            if told != stood[number] or number in late:
                wrong.append(number)
    return wrong


def rows_of(unit_id: int, of: Facts) -> Iterator[dict[str, Any]]:
    """The rows of `standing` of one unit, without their ids."""
    for span in timeline(of):
        yield {"unit_id": unit_id, **span._asdict()}


def facts_of(connection: Connection, unit_id: int) -> Facts | None:
    """What is on record of one unit; None if it is archived."""
    return facts(connection, [unit_id], _asked(connection)).get(unit_id)


def facts(
    connection: Connection, unit_ids: list[int], asked: tuple[Decimal, int]
) -> Mapping[int, Facts]:
    """What is on record of each unit that is not archived; `asked` is percent and months."""

    def grouped(query: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for number, *row in connection.execute(query, {"some": unit_ids}):
            found[number].append(row)
        return found

    visits, papers, returns = grouped(_VISITS), grouped(_PAPERS), grouped(_RETURNS)
    obstacles, actions, loans = grouped(_OBSTACLES), grouped(_ACTIONS), grouped(_LOANS)
    return {
        number: Facts(
            registered_on,
            *asked,
            visits=[Seen(day, kind, state, had) for _, day, kind, state, had, _ in visits[number]],
            diagnosed_on=_diagnosed(visits[number], obstacles[number]),
            supports=_supports(actions[number], loans[number]),
            returns=[Return(*row) for row in returns[number]],
            papers=[Paper(*row) for row in papers[number]],
        )
        for number, registered_on in connection.execute(_UNITS, {"some": unit_ids})
    }


def _diagnosed(visits: list[Any], obstacles: list[Any]) -> date | None:
    days = [day for _, day, kind, *_ in visits if kind in DIAGNOSES]
    return min([*days, *(day for (day,) in obstacles)], default=None)


def _supports(actions: list[Any], loans: list[Any]) -> list[tuple[date, date | None]]:
    """An action stays; a loan that was rejected or withdrawn is a support no longer."""
    lent = [
        (applied, min([day for day in ends if day is not None], default=None))
        for applied, *ends in loans
    ]
    return [*((day, None) for (day,) in actions), *lent]


def _follows(connection: Connection, unit_ids: list[int]) -> Iterator[dict[str, Any]]:
    """The visits whose stored `followed_on` is not the day of the unit's next accepted visit."""
    rows = connection.execute(_VISITS, {"some": unit_ids}).all()
    for row, following in zip_longest(rows, rows[1:]):
        same = following is not None and following.unit_id == row.unit_id
        day = following.day if same else None
        if row.followed_on != day:
            yield {"visit": row.id, "next": day, "unit": row.unit_id}


def _asked(connection: Connection) -> tuple[Decimal, int]:
    """The programme in force: percent of activity, months of follow-up."""
    row = connection.execute(_ASKED_NOW).first()
    return (row[0], row[1]) if row is not None else (Decimal(100), 0)


def _batches(unit_ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(unit_ids))
    while some := list(islice(rest, BATCH)):
        yield some
