"""Keeps the two stored copies of a loan's repayment: its instalments, and its positions by day.

A session works them out anew, just before it commits, for every loan one of whose records it has
written, and writes the rows that differ. `differing` proves the copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
    from collections.abc import Iterable, Iterator, Mapping

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
    .where(Loan.id.in_(_SOME), Loan.archived_on.is_(None), Loan.first_due_on.is_not(None),
           Unit.archived_on.is_(None))
)  # fmt: skip


def _of_loans(model: Any, *columns: Any) -> Any:
    return (
        select(model.loan_id, *columns)
        .where(model.loan_id.in_(_SOME), model.archived_on.is_(None))
        .order_by(model.loan_id, *columns[:1], model.id)
    )


_TRANCHES = _of_loans(Tranche, Tranche.day, Tranche.amount)
_PAYMENTS = _of_loans(Payment, Payment.day, Payment.id, Payment.amount, Payment.settles)
_WAIVERS = _of_loans(Waiver, Waiver.day, Waiver.amount)
_RENEWALS = _of_loans(
    Rescheduling, Rescheduling.since, Rescheduling.id, Rescheduling.principal,
    Rescheduling.carried, *(getattr(Rescheduling, name) for name in _TERMS),
)  # fmt: skip
_PAPERS = _of_loans(
    Correction, Correction.rescheduling_id, Correction.number, Correction.due_on,
    Correction.principal, Correction.profit,
)  # fmt: skip
# The two tables, each with the rows the rules make of it.
_KEPT: Final[tuple[tuple[Any, Any, Any], ...]] = (
    (Instalment.__table__, positions.Row, positions.rows),
    (Position.__table__, positions.Span, positions.spans),
)


@event.listens_for(RecordingSession, "after_flush")
def _note(session: Session, context: UOWTransaction) -> None:
    loans = session.info.setdefault(_LOANS_TOUCHED, set())
    for target in (*session.new, *session.dirty, *session.deleted):
        if isinstance(target, OF_LOAN):
            state: Any = inspect(target)
            before = state.attrs.loan_id.history.deleted
            loans.update((target.loan_id, *(before or ())))
        elif isinstance(target, Loan) and _has_changes(target, *_TERMS, "archived_on", "unit_id"):
            loans.add(target.id)
        elif isinstance(target, Unit) and _has_changes(target, "archived_on"):
            session.info.setdefault(_UNITS_TOUCHED, set()).add(target.id)


def _has_changes(target: Any, *names: str) -> bool:
    attributes = inspect(target).attrs
    return any(attributes[name].history.has_changes() for name in names)


@event.listens_for(RecordingSession, "before_commit")
def settle(session: Session) -> None:
    """Work out anew what the session has touched so far; a commit does it by itself."""
    session.flush()
    loans = session.info.pop(_LOANS_TOUCHED, set())
    if units := session.info.pop(_UNITS_TOUCHED, None):
        loans.update(session.scalars(select(Loan.id).where(Loan.unit_id.in_(units))))
    if loans:
        refresh(session.connection(), loans)


@event.listens_for(RecordingSession, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:  # before a savepoint there may be more, which still is to be done
        session.info.pop(_LOANS_TOUCHED, None)
        session.info.pop(_UNITS_TOUCHED, None)


def refresh(connection: Connection, loan_ids: Iterable[int]) -> None:
    """Work out the instalments and positions of some loans anew; write only what differs."""
    for some in _batches(loan_ids):
        every = on_record(connection, some)
        for table, row_type, made_of in _KEPT:
            gone: list[int] = []
            new: list[dict[str, Any]] = []
            stored = _stored(connection, table, row_type, some)
            for number in some:
                told = made_of(every[number]) if number in every else []
                kept = {row: row_id for row, row_id in stored[number] if row in told}
                gone += {row_id for _, row_id in stored[number]} - set(kept.values())
                new += [{"loan_id": number, **row._asdict()} for row in told if row not in kept]
            if gone:
                connection.execute(delete(table).where(table.c.id.in_(gone)))
            if new:
                connection.execute(insert(table), new)


def rebuild(connection: Connection) -> None:
    """The same for every loan on record."""
    refresh(connection, _every(connection))


def differing(connection: Connection) -> list[int]:
    """The ids of loans whose stored instalments or positions are not what their records say."""
    wrong = set()
    for some in _batches(_every(connection)):
        every = on_record(connection, some)
        for table, row_type, made_of in _KEPT:
            stored = _stored(connection, table, row_type, some)
            for number in some:
                told = made_of(every[number]) if number in every else []
                if Counter(row for row, _ in stored[number]) != Counter(told):
                    wrong.add(number)
    return sorted(wrong)


def on_record(connection: Connection, loan_ids: list[int]) -> Mapping[int, OnRecord]:
    """Of each loan that can have instalments, all of its repayment that is not archived."""

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


def _stored(
    connection: Connection, table: Any, row_type: Any, loan_ids: list[int]
) -> dict[int, list[tuple[Any, int]]]:
    """Of each loan its rows with their ids."""
    columns = (table.c[name] for name in row_type._fields)
    query = select(table.c.loan_id, table.c.id, *columns).where(table.c.loan_id.in_(_SOME))
    found: dict[int, list[tuple[Any, int]]] = defaultdict(list)
    for number, row_id, *row in connection.execute(query, {"some": loan_ids}):
        found[number].append((row_type(*row), row_id))
    return found


def _every(connection: Connection) -> list[int]:
    return list(connection.scalars(select(Loan.id).order_by(Loan.id)))


def _batches(loan_ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(loan_ids))
    while some := list(islice(rest, BATCH)):
        yield some
