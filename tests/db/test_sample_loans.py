"""The made-up loans are paid back by the rules, and what is stored of them follows from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from db import history, repaid, sample
from db.commands import calls, corrections, loans, repayment
from db.commands.saving import values_of
from db.database import existing
from db.models import (
    Bank,
    Base,
    Call,
    Change,
    Correction,
    Instalment,
    Loan,
    Payment,
    Position,
    Record,
    Rescheduling,
    Tranche,
    Unit,
    Visit,
    Waiver,
)
from db.queries import changes
from db.queries import repayment as queries
from db.rules import schedule
from db.rules.arrears import loan_class
from db.rules.coherence import contradictions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

LARGE = 5000  # units; a file of 100,000 is twenty of them
OF_LOANS = (Loan, Tranche, Payment, Waiver, Rescheduling, Correction, Call)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "s.ehya"
    sample.make(path, 400)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "l.ehya"
    sample.make(path, LARGE, seed=3)
    return path


@contextmanager
def _reading(path: Path) -> Iterator[Session]:
    opened = existing(path)
    try:
        with opened.read() as session:
            yield session
    finally:
        opened.close()


@pytest.fixture
def session(small: Path) -> Iterator[Session]:
    with _reading(small) as session:
        yield session


def _many(session: Session, model: type[Base], *conditions: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_instalments_and_positions_are_what_the_rules_make(small: Path, large: Path) -> None:
    for path in (small, large):
        with _reading(path) as session:
            assert repaid.differing(session.connection()) == []
            assert _many(session, Instalment) > _many(session, Position) > 800


def test_a_wrong_row_would_be_found(small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ehya"
    copy.write_bytes(small.read_bytes())
    opened = existing(copy)
    with opened.write() as session:
        row = session.scalars(select(Instalment).where(Instalment.principal > 0).limit(1)).one()
        row.principal -= 1
    with opened.read() as session:
        assert repaid.differing(session.connection()) == [row.loan_id]
    opened.close()


def test_all_that_is_on_record_of_a_loan_can_be_true_together(large: Path) -> None:
    with _reading(large) as session:
        connection = session.connection()
        numbers = session.scalars(select(Tranche.loan_id).distinct()).all()
        assert len(numbers) > 2500
        for place in range(0, len(numbers), 400):
            some = list(numbers[place : place + 400])
            for number, of in repaid.on_record(connection, some).items():
                assert list(contradictions(of)) == [], number


def test_every_row_could_have_been_saved_by_hand(session: Session) -> None:
    complaints = [
        *(v for row in _live(session, Loan) for v in loans.check(session, row.id, values_of(row))),
        *_of_tranches(session),
        *_of_payments(session),
        *_of_reschedulings(session),
        *_of_corrections(session),
        *(
            v
            for row in _live(session, Waiver)
            for v in repayment.check_waiver(session, row.loan_id, row.id, values_of(row))
        ),
        *(
            v
            for row in _live(session, Call)
            for v in calls.check(session, row.loan_id, row.id, values_of(row))
        ),
    ]
    assert complaints == []


def _live(session: Session, model: type[Any]) -> list[Any]:
    query = select(model).where(model.archived_on.is_(None)).order_by(model.id)
    return list(session.scalars(query))


def _of_tranches(session: Session) -> Iterator[Any]:
    for row in _live(session, Tranche):
        yield from loans.check_payout(session, row.loan_id, row.id, values_of(row))


def _of_payments(session: Session) -> Iterator[Any]:
    """All but those before a rescheduling, whose turn is over."""
    renewed = dict(session.execute(select(Rescheduling.loan_id, Rescheduling.since)).all())
    for row in _live(session, Payment):
        since = renewed.get(row.loan_id)
        if since is None or row.day > since:
            yield from repayment.check_payment(session, row.loan_id, row.id, values_of(row))


def _of_reschedulings(session: Session) -> Iterator[Any]:
    for row in _live(session, Rescheduling):
        yield from repayment.check_rescheduling(session, row.loan_id, row.id, values_of(row))


def _of_corrections(session: Session) -> Iterator[Any]:
    papers: dict[int, list[schedule.Instalment]] = defaultdict(list)
    for row in _live(session, Correction):
        paper = schedule.Instalment(row.number, row.due_on, row.principal, row.profit)
        papers[row.loan_id].append(paper)
    assert len(papers) > 3
    for loan_id, rows in papers.items():
        yield from corrections.check_corrections(session, loan_id, None, rows)


def test_every_unusual_course_is_in_a_small_file(session: Session) -> None:
    def states(loan_ids: Any) -> list[Any]:
        every = [queries.state(session, number, sample.LAST_DAY) for number in loan_ids]
        return [each for each in every if each is not None]

    settled = session.scalars(select(Payment.loan_id).where(Payment.settles)).all()
    assert len(settled) > 3
    assert all(state.owed == 0 for state in states(settled))
    assert any(line.fell_away for state in states(settled) for line in state.lines)
    kept = session.scalars(select(Payment.loan_id).where(Payment.keeps_credit)).all()
    assert kept
    assert all(state.credit > 0 for state in states(kept))
    renewed = session.scalars(select(Rescheduling.loan_id)).all()
    assert len(renewed) > 3
    assert all(state.unmatched == 0 for state in states(renewed))
    waived = session.scalars(select(Waiver.loan_id)).all()
    assert len(waived) > 3
    assert all(state.penalty_waived > 0 for state in states(waived))
    assert _many(session, Position, Position.oldest_paid > 0) > 5  # paid in parts
    assert _many(session, Position, Position.penalty_paid > 0) > 5
    assert _many(session, Payment, Payment.archived_on.is_not(None)) > 3
    assert _many(session, Instalment, Instalment.by_paper) > 30


def test_arrears_are_those_of_a_province(large: Path) -> None:
    last = sample.LAST_DAY
    with _reading(large) as session:
        query = select(Position).where(Position.until > last, Position.since <= last)
        found: Counter[str] = Counter()
        for row in session.scalars(query):
            if row.oldest_due_on is None:
                found["settled"] += 1
            elif row.oldest_due_on >= last:
                found["in time"] += 1
            else:
                name = loan_class(row.oldest_due_on, last)
                found["past_due" if row.rescheduled and name == "current" else name] += 1
    every = found.total()
    assert 0.70 < found["in time"] / every < 0.85
    assert 0.07 < found["current"] / every < 0.18  # late by less than two months
    assert 0.02 < found["past_due"] / every < 0.08
    assert 0.015 < found["overdue"] / every < 0.07
    assert 0 < found["doubtful"] / every < 0.01
    assert 0.02 < found["settled"] / every < 0.10


def test_it_is_as_large_as_told(large: Path) -> None:
    with _reading(large) as session:
        assert _many(session, Loan) == LARGE * 6 // 5
        assert 14.4 <= _many(session, Instalment) / LARGE < 16  # 1,440,000 of 100,000 units
        assert 2 < _many(session, Payment) / LARGE < 3
        assert 0.1 < _many(session, Call) / LARGE < 0.3


def test_tranches_were_allowed_by_a_visit(session: Session) -> None:
    rows = session.execute(
        select(Tranche, Visit, Loan.unit_id)
        .join(Visit, Visit.id == Tranche.visit_id)
        .join(Loan, Loan.id == Tranche.loan_id)
    ).all()
    assert len(rows) > 0.5 * _many(session, Tranche)
    for tranche, visit, unit_id in rows:
        assert visit.unit_id == unit_id
        assert (visit.review, visit.archived_on) == ("accepted", None)
        later = select(func.max(Visit.day)).where(
            Visit.unit_id == unit_id, Visit.day <= tranche.day, Visit.review == "accepted"
        )
        assert visit.day == session.scalar(later)


def test_no_two_receipts_of_a_bank_have_the_same_number(large: Path) -> None:
    with _reading(large) as session:
        query = (
            select(Bank.id, Payment.receipt_no)
            .join(Loan, Loan.id == Payment.loan_id)
            .join(Bank, Bank.id == Loan.bank_id)
            .where(Payment.archived_on.is_(None))
        )
        rows = session.execute(query).all()
        assert len(set(rows)) == len(rows) > 10_000


def test_calls_are_about_loans_that_were_behind(session: Session) -> None:
    rows = session.scalars(select(Call)).all()
    assert len(rows) > 20
    assert any(row.again_on is not None and row.again_on > sample.LAST_DAY for row in rows)
    managers = dict(
        session.execute(select(Loan.id, Unit.manager).join(Unit, Unit.id == Loan.unit_id)).all()
    )
    for row in rows:
        state = queries.state(session, row.loan_id, row.day)
        assert state is not None
        assert state.overdue > 0
        assert row.spoke_to in ("", managers[row.loan_id])
        assert row.again_on is None or row.again_on > row.day


def test_all_happened_by_the_last_day_and_never_on_a_friday(session: Session) -> None:
    for model, names in (
        (Payment, ("day", "archived_on")),
        (Waiver, ("day",)),
        (Rescheduling, ("since",)),
        (Call, ("day",)),
    ):
        for row in session.scalars(select(model)):
            for day in (getattr(row, name) for name in names):
                assert day is None or sample.FIRST_DAY < day <= sample.LAST_DAY
                assert day is None or day.weekday() != 4


def test_a_small_file_has_the_history_that_a_session_would_have_left(
    small: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.ehya"
    copy.write_bytes(small.read_bytes())
    opened = existing(copy)
    with opened.write() as session:
        last = history.newest(session)
        payments = select(Payment).order_by(Payment.id).limit(50)
        visits = select(Visit).order_by(Visit.id.desc()).limit(50)
        for row in [*session.scalars(payments), *session.scalars(visits)]:
            _write_anew(session, row)
    with opened.read() as session:
        query = select(Change).where(Change.id > last).order_by(Change.id)
        written = session.scalars(query).all()
        assert len(written) == 100
        for change in written:
            of_it = changes.of_record(session, change.record, change.record_id)
            assert [each.operation for each in of_it] == ["insert", "insert"]
            assert of_it[0].fields == of_it[1].fields
        assert history.first_broken(session.connection()) is None
    opened.close()


def _write_anew(session: Session, record: Record) -> None:
    values = {name: v for name, v in values_of(record).items() if name != "version"}
    session.expunge(record)
    keys = session.connection()
    keys.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    keys.exec_driver_sql(f"DELETE FROM {record.__tablename__} WHERE id = ?", (record.id,))
    session.add(type(record)(**values))
    session.flush()


def test_every_unit_of_a_small_file_has_a_history(session: Session) -> None:
    for number in session.scalars(select(Unit.id)):
        assert any(each.record == "unit" for each in changes.of_unit(session, number))
    kept = {name for (name,) in session.execute(select(Change.record).distinct())}
    assert kept >= {model.__tablename__ for model in OF_LOANS}


def test_a_large_file_tells_of_its_units_in_one_row(large: Path) -> None:
    with _reading(large) as session:
        assert _many(session, Change, Change.record == "unit") == 1
        assert _many(session, Change, Change.record == "payment") == 0
