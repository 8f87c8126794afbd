"""Keeps the two stored copies of a loan's repayment: its instalments, and its positions by day.

A session works them out anew, just before it commits, for every loan one of whose records it has
written, and writes the rows that differ. `differing` proves the copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, event, insert, inspect, select

from db.history import RecordingSession
from db.models import (
    Correction,
    Instalment,
    Loan,
    Payment,
    Position,
    Rescheduling,
    Tranche,
    Unit,
    Waiver,
)
from db.rules import positions, repayment, schedule
from db.rules.plans import OnRecord, Renewal, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import BindParameter, Connection
    from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

BATCH: Final = 400  # loans at a time: some statements take no more values
OF_LOAN: Final = (Tranche, Payment, Waiver, Rescheduling, Correction)
_LOANS_TOUCHED: Final = "loans to be worked out anew"
_UNITS_TOUCHED: Final = "units whose loans are to be worked out anew"
_TERMS: Final = ("method", "rate", "months", "first_due_on", "grace_months", "grace_profit",
                 "penalty_points")  # fmt: skip

_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_LOANS = (
    select(Loan.id, *(getattr(Loan, name) for name in _TERMS))
    .join(Unit, Unit.id == Loan.unit_id)
    .where(Loan.id.in_(_SOME), Loan.archived_on.is_(None), Unit.archived_on.is_(None))
)


def _of_loans(model: Any, *columns: Any) -> Any:
    return (
        select(model.loan_id, *columns)
        .where(model.loan_id.in_(_SOME), model.archived_on.is_(None))
        .order_by(model.loan_id, *columns[:1], model.id)
    )


_TRANCHES = _of_loans(Tranche, Tranche.day, Tranche.amount)
_PAYMENTS = _of_loans(
    Payment, Payment.day, Payment.id, Payment.amount, Payment.settles, Payment.keeps_credit
)
_WAIVERS = _of_loans(Waiver, Waiver.day, Waiver.amount)
_RENEWALS = _of_loans(
    Rescheduling, Rescheduling.since, Rescheduling.id, Rescheduling.principal,
    Rescheduling.carried, *(getattr(Rescheduling, name) for name in _TERMS),
)  # fmt: skip
_PAPERS = _of_loans(
    Correction, Correction.rescheduling_id, Correction.number, Correction.due_on,
    Correction.principal, Correction.profit,
)  # fmt: skip


class _Kept:
    """A table with the rows that the rules make of what is on record."""

    def __init__(
        self, model: Any, row_type: Any, made_of: Callable[[OnRecord, date], list[Any]]
    ) -> None:
        table = model.__table__
        self.made_of = made_of
        self.insert = insert(table)
        self.delete = delete(table).where(table.c.id == bindparam("gone"))
        self._row_type = row_type
        self._query = select(
            table.c.loan_id, table.c.id, *(table.c[name] for name in row_type._fields)
        ).where(table.c.loan_id.in_(_SOME), table.c.until >= bindparam("since"))

    def stored(
        self, connection: Connection, loan_ids: list[int], since: date = date.min
    ) -> dict[int, list[tuple[Any, int]]]:
        """Of each loan its rows that end on `since` or later, with their ids."""
        found: dict[int, list[tuple[Any, int]]] = defaultdict(list)
        given = {"some": loan_ids, "since": since}
        for number, row_id, *row in connection.execute(self._query, given):
            found[number].append((self._row_type(*row), row_id))
        return found


_INSTALMENTS: Final = _Kept(Instalment, positions.Row, positions.rows)
_POSITIONS: Final = _Kept(Position, positions.Span, positions.spans)


@event.listens_for(RecordingSession, "after_flush")
def _note(session: Session, context: UOWTransaction) -> None:
    loans: dict[int, date] = session.info.setdefault(_LOANS_TOUCHED, {})
    for target in (*session.new, *session.dirty, *session.deleted):
        if isinstance(target, OF_LOAN):
            day = _from_day(target)
            for number in _now_and_before(target, "loan_id"):
                loans[number] = min(day, loans.get(number, day))
        elif isinstance(target, Loan) and _has_changes(target, *_TERMS, "archived_on", "unit_id"):
            loans[target.id] = date.min
        elif isinstance(target, Unit) and _has_changes(target, "archived_on"):
            session.info.setdefault(_UNITS_TOUCHED, set()).add(target.id)


def _from_day(target: Any) -> date:
    """An entry leaves the schedules, and all that was before it, as they are."""
    is_entry = isinstance(target, (Payment, Waiver))
    return min(_now_and_before(target, "day")) if is_entry else date.min


def _now_and_before(target: Any, name: str) -> set[Any]:
    return {getattr(target, name), *(inspect(target).attrs[name].history.deleted or ())}


def _has_changes(target: Any, *names: str) -> bool:
    attributes = inspect(target).attrs
    return any(attributes[name].history.has_changes() for name in names)


def is_pending(session: Session, loan_id: int) -> bool:
    """Whether the session has written to a loan, so that the stored copies are not of now."""
    return loan_id in session.info.get(_LOANS_TOUCHED, ()) or _UNITS_TOUCHED in session.info


@event.listens_for(RecordingSession, "before_commit")
def settle(session: Session) -> None:
    """Work out anew what the session has touched so far; a commit does it by itself."""
    session.flush()
    loans: dict[int, date] = session.info.pop(_LOANS_TOUCHED, {})
    if units := session.info.pop(_UNITS_TOUCHED, None):
        of_units = session.scalars(select(Loan.id).where(Loan.unit_id.in_(units)))
        loans |= dict.fromkeys(of_units, date.min)
    if loans:
        _work_out(session.connection(), loans)


@event.listens_for(RecordingSession, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:  # before a savepoint there may be more, which still is to be done
        session.info.pop(_LOANS_TOUCHED, None)
        session.info.pop(_UNITS_TOUCHED, None)


def refresh(connection: Connection, loan_ids: Iterable[int]) -> None:
    """Work out the instalments and positions of some loans anew; write only what differs."""
    _work_out(connection, dict.fromkeys(loan_ids, date.min))


def rebuild(connection: Connection) -> None:
    """The same for every loan on record."""
    refresh(connection, _every(connection))


def differing(connection: Connection) -> list[int]:
    """The ids of loans whose stored instalments or positions are not what their records say."""
    wrong = set()
    for some in _batches(_every(connection)):
        every = on_record(connection, some)
        for kept in (_INSTALMENTS, _POSITIONS):
            stored = kept.stored(connection, some)
            for number in some:
                told = kept.made_of(every[number], date.min) if number in every else []
                if Counter(row for row, _ in stored[number]) != Counter(told):
                    wrong.add(number)
    return sorted(wrong)


def _work_out(connection: Connection, since: Mapping[int, date]) -> None:
    """Of each loan what holds from a day on, of `date.min` all; instalments change only with it."""
    for some in _batches(since):
        every = on_record(connection, some)
        if all_new := [number for number in some if since[number] == date.min]:
            _write(connection, _INSTALMENTS, every, all_new, date.min)
        _write(connection, _POSITIONS, every, some, min(since[number] for number in some))


def _write(
    connection: Connection,
    kept: _Kept,
    every: Mapping[int, OnRecord],
    loan_ids: list[int],
    since: date,
) -> None:
    gone: list[int] = []
    new: list[dict[str, Any]] = []
    stored = kept.stored(connection, loan_ids, since)
    for number in loan_ids:
        told = kept.made_of(every[number], since) if number in every else []
        wanted = set(told)
        same = {row: row_id for row, row_id in stored[number] if row in wanted}
        gone += {row_id for _, row_id in stored[number]} - set(same.values())
        new += [{"loan_id": number, **row._asdict()} for row in told if row not in same]
    if gone:
        connection.execute(kept.delete, [{"gone": row_id} for row_id in gone])
    if new:
        connection.execute(kept.insert, new)


def on_record(connection: Connection, loan_ids: list[int]) -> Mapping[int, OnRecord]:
    """Of each loan that is not archived, nor its unit, all of its repayment that is not."""

    def grouped(query: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for number, *row in connection.execute(query, {"some": loan_ids}):
            found[number].append(row)
        return found

    tranches, payments, waivers = grouped(_TRANCHES), grouped(_PAYMENTS), grouped(_WAIVERS)
    renewals, papers = grouped(_RENEWALS), grouped(_PAPERS)
    return {
        number: OnRecord(
            Terms(*terms),
            [(day, amount) for day, amount in tranches[number]],
            [_renewal(*row) for row in renewals[number]],
            _by_plan(papers[number]),
            [repayment.Payment(each, day, *row) for day, each, *row in payments[number]],
            [repayment.Waiver(*row) for row in waivers[number]],
        )
        for number, *terms in connection.execute(_LOANS, {"some": loan_ids})
    }


def _renewal(since: Any, number: int, principal: int, carried: int, *terms: Any) -> Renewal:
    return Renewal(number, since, Terms(*terms), principal, carried)


def _by_plan(papers: list[Any]) -> dict[int | None, list[schedule.Instalment]]:
    found: dict[int | None, list[schedule.Instalment]] = defaultdict(list)
    for plan, *row in papers:
        found[plan].append(schedule.Instalment(*row))
    return found


def _every(connection: Connection) -> list[int]:
    return list(connection.scalars(select(Loan.id).order_by(Loan.id)))


def _batches(loan_ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(loan_ids))
    while some := list(islice(rest, BATCH)):
        yield some
