"""The stored instalments and positions keep up with every record, and are proved against them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, insert, select, text

from db import repaid
from db.calendar import LAST_DAY
from db.commands import saving
from db.commands.loans import archive_loan, restore_loan, save_loan, save_tranche
from db.commands.units import archive_unit, restore_unit
from db.models import Correction, Instalment, Loan, Payment, Position, Rescheduling, Waiver
from tests.db.making import add_unit
from tests.db.repayments import FIRST_DUE, PAID_OUT, add_lent, add_payment, after

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.database import Database
    from db.models.base import Record


@pytest.fixture
def loan_id(database: Database) -> int:
    with database.write() as session:
        return add_lent(session).id


def stored(database: Database, model: Any, loan_id: int) -> list[tuple[Any, ...]]:
    with database.read() as session:
        assert repaid.differing(session.connection()) == []
        columns = [column for column in model.__table__.columns if column.key != "loan_id"]
        query = select(*columns).where(model.loan_id == loan_id).order_by(*columns)
        return [tuple(row) for row in session.execute(query)]


def left(database: Database, loan_id: int, day: date) -> tuple[int, int] | None:
    """Rial of principal and profit that are unpaid."""
    with database.read() as session:
        assert repaid.differing(session.connection()) == []
        query = select(Position.principal, Position.profit).where(
            Position.loan_id == loan_id, Position.since <= day, Position.until > day
        )
        row = session.execute(query).one_or_none()
        return (row.principal, row.profit) if row else None


def test_a_loan_that_is_paid_out_has_its_instalments(database: Database, loan_id: int) -> None:
    rows = stored(database, Instalment, loan_id)
    assert len(rows) == 12
    assert left(database, loan_id, PAID_OUT) == (12_000_000, 1_170_000)
    assert left(database, loan_id, after(-1)) is None


def test_without_a_first_due_day_it_has_none(database: Database) -> None:
    with database.write() as session:
        loan_id = add_lent(session, first_due_on=None).id
    assert stored(database, Instalment, loan_id) == stored(database, Position, loan_id) == []
    with database.write() as session:
        loan = session.get_one(Loan, loan_id)
        save_loan(session, loan_id, {**saving.values_of(loan), "first_due_on": FIRST_DUE})
    assert len(stored(database, Instalment, loan_id)) == 12


def test_a_payment_appends_one_span(database: Database, loan_id: int) -> None:
    with database.write() as session:
        add_payment(session, loan_id)
    instalments, before = (stored(database, model, loan_id) for model in (Instalment, Position))
    with database.write() as session:
        add_payment(session, loan_id, day=after(90))
    assert stored(database, Instalment, loan_id) == instalments
    spans = stored(database, Position, loan_id)
    assert len(spans) == 3
    assert spans[0] in before  # untouched, its id too
    assert left(database, loan_id, after(60)) == (12_000_000 - 902_500, 1_170_000 - 97_500)


KINDS: dict[str, tuple[type[Record], dict[str, Any]]] = {
    "payment": (Payment, {"day": after(60), "amount": 1_000_000}),
    "waiver": (Waiver, {"day": after(60), "amount": 1}),
    "rescheduling": (
        Rescheduling,
        {
            "since": after(10), "method": "annuity", "rate": Decimal(18), "months": 6,
            "first_due_on": after(50), "principal": 12_000_000, "carried": 0,
        },
    ),
    "correction": (
        Correction, {"number": 3, "due_on": FIRST_DUE + timedelta(days=63), "principal": 1_000_000,
                     "profit": 97_503},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_changes_both_copies_on_commit(
    database: Database, loan_id: int, kind: str
) -> None:
    def all_rows() -> list[list[tuple[Any, ...]]]:
        both = (stored(database, model, loan_id) for model in (Instalment, Position))
        return [sorted((row[1:] for row in rows), key=str) for rows in both]

    model, values = KINDS[kind]
    before = all_rows()
    with database.write() as session:
        record: Any = saving.assign(session, model(), {"loan_id": loan_id, **values})
    changed = all_rows()
    assert changed != before
    with database.write() as session:
        saving.archive(session, model, record.id, "اشتباه بود")
    assert all_rows() == before
    with database.write() as session:
        saving.restore(session, model, record.id)
    assert all_rows() == changed


def test_a_payment_moved_to_another_loan_counts_there(database: Database, loan_id: int) -> None:
    with database.write() as session:
        other = add_lent(session, branch="دیگر").id
        payment = add_payment(session, loan_id)
    with database.write() as session:
        session.get_one(Payment, payment.id).loan_id = other
    assert left(database, loan_id, LAST_DAY - timedelta(days=1)) == (12_000_000, 1_170_000)
    assert left(database, other, LAST_DAY - timedelta(days=1)) == (11_097_500, 1_072_500)


@pytest.mark.parametrize("ends", ["loan", "unit"])
def test_what_is_archived_owes_nothing(database: Database, loan_id: int, ends: str) -> None:
    with database.read() as session:
        unit_id = session.get_one(Loan, loan_id).unit_id
    away: dict[str, Callable[[Session], None]] = {
        "loan": lambda session: archive_loan(session, loan_id, "تکراری"),
        "unit": lambda session: archive_unit(session, unit_id, "تکراری"),
    }
    back: dict[str, Callable[[Session], Any]] = {
        "loan": lambda session: restore_loan(session, loan_id),
        "unit": lambda session: restore_unit(session, unit_id),
    }
    with database.write() as session:
        away[ends](session)
    assert stored(database, Instalment, loan_id) == stored(database, Position, loan_id) == []
    with database.write() as session:
        back[ends](session)
    assert left(database, loan_id, PAID_OUT) == (12_000_000, 1_170_000)


def test_a_second_tranche_counts_from_its_day(database: Database) -> None:
    with database.write() as session:
        loan_id = add_lent(session, 5_000_000).id
    with database.write() as session:
        save_tranche(session, loan_id, None, {"day": after(40), "amount": 7_000_000})
    assert left(database, loan_id, after(39)) == (5_000_000, 487_500)
    later = left(database, loan_id, after(40))
    assert later is not None
    assert later[0] == 12_000_000
    assert later[1] < 1_170_000


class TakenBack(Exception):  # noqa: N818 - nothing went wrong
    """A form that is closed without saving."""


def test_a_rollback_leaves_both_copies(database: Database, loan_id: int) -> None:
    before = stored(database, Position, loan_id)

    def take_back() -> None:
        with database.write() as session:
            add_payment(session, loan_id)
            repaid.settle(session)
            raise TakenBack

    with pytest.raises(TakenBack):
        take_back()
    assert stored(database, Position, loan_id) == before


def test_a_savepoint_taken_back_forgets_no_other_loan(database: Database, loan_id: int) -> None:
    with database.write() as session:
        add_payment(session, loan_id)
        nested = session.begin_nested()
        add_payment(session, loan_id, day=after(70))
        nested.rollback()
    assert left(database, loan_id, after(80)) == (11_097_500, 1_072_500)


def test_another_word_of_the_loan_works_nothing_out(
    database: Database, loan_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[Any] = []
    monkeypatch.setattr(repaid, "refresh", lambda *given: called.append(given))
    for changes in ({"note": "تماس گرفته شد"}, {"branch": "مرکزی"}):
        with database.write() as session:
            loan = session.get_one(Loan, loan_id)
            save_loan(session, loan_id, {**saving.values_of(loan), **changes})
    assert called == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE instalment SET profit = profit + 1",
        "UPDATE position SET credit = 1",
        "DELETE FROM position",
        "DELETE FROM instalment WHERE number = 3",
        "UPDATE position SET until = '2023-09-01'",
        "UPDATE payment SET amount = 7",
        "UPDATE unit SET archived_on = '2023-09-01'",
    ],
)
def test_what_differs_is_found_and_rebuilt(
    database: Database, loan_id: int, tampering: str
) -> None:
    with database.write() as session:
        add_payment(session, loan_id)
    with database.engine.begin() as connection:
        connection.execute(text(tampering))
        assert repaid.differing(connection) == [loan_id]
        repaid.rebuild(connection)
        assert repaid.differing(connection) == []


def test_a_row_that_is_there_twice_is_found(database: Database, loan_id: int) -> None:
    with database.engine.begin() as connection:
        row: Any = dict(connection.execute(select(Position.__table__)).mappings().one())
        connection.execute(insert(Position).values({**row, "id": 99}))
        assert repaid.differing(connection) == [loan_id]
        repaid.rebuild(connection)
        assert repaid.differing(connection) == []


def test_many_loans_at_once(database: Database) -> None:
    """More rows than one statement takes values."""
    with database.write() as session:
        unit_id = add_unit(session, registered_on=PAID_OUT).id
        ids = [add_lent(session, unit_id=unit_id, months=240).id for _ in range(140)]
    count = select(func.count()).select_from(Instalment)
    with database.write() as session:
        assert session.scalar(count) == 140 * 240 > 1 << 15
        archive_loan(session, ids, "تکراری")
    with database.read() as session:
        assert session.scalar(count) == 0
        assert repaid.differing(session.connection()) == []
