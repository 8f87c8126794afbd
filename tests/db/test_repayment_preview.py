"""What is told of an entry before it is saved is what holds after it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.calendar import LAST_DAY
from db.commands import repayment as commands
from db.queries import repayment, repayment_preview
from db.queries.repayment_preview import Settled
from tests.db.repayments import add_lent, add_payment, after

if TYPE_CHECKING:
    from db.database import Database

DAYS = st.integers(0, 500)
AMOUNTS = st.integers(1, 4_000_000)
_KEPT = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture],
                 deadline=None)  # fmt: skip


@_KEPT
@given(st.lists(st.tuples(DAYS, AMOUNTS), max_size=4), DAYS, AMOUNTS)
def test_a_payment_settles_what_was_foretold(
    database: Database, before: list[tuple[int, int]], day: int, amount: int
) -> None:
    values = {"day": after(day), "amount": amount}
    with database.write() as session:
        loan_id = add_lent(session).id
        for number, rial in before:
            add_payment(session, loan_id, day=after(number), amount=rial, keeps_credit=True)
        foretold = repayment_preview.settled_by(session, loan_id, None, values)
        assert foretold is not None
        made = add_payment(session, loan_id, **values, keeps_credit=True)
        told = repayment_preview.settled(session, loan_id)
        assert told[made.id] == foretold
        state = repayment.state(session, loan_id, LAST_DAY)
        assert state is not None
        paid = {each.id: each.amount for each in repayment.payments(session, loan_id)}
    for number, found in told.items():
        assert found.principal + found.profit + found.penalty + found.credit == paid[number]
        assert found.parts == sorted(found.parts, key=lambda part: part.due_on) or found.penalty
    assert sum(found.penalty for found in told.values()) == state.penalty_paid


def test_a_payment_that_is_changed_is_foretold_without_itself(database: Database) -> None:
    with database.write() as session:
        loan_id = add_lent(session).id
        made = add_payment(session, loan_id, day=after(40), amount=1_097_500)
        values = {"day": after(40), "amount": 97_500}
        found = repayment_preview.settled_by(session, loan_id, made.id, values)
    assert found is not None
    assert [(part.number, part.principal, part.profit) for part in found.parts] == [(1, 0, 97_500)]
    assert found.credit == 0


def test_before_anything_was_paid_out_nothing_is_foretold(database: Database) -> None:
    with database.write() as session:
        loan_id = add_lent(session).id
        early = {"day": after(-1), "amount": 10}
        assert repayment_preview.settled_by(session, loan_id, None, early) is None
        assert repayment_preview.settled(session, loan_id) == {}


@_KEPT
@given(DAYS, AMOUNTS, st.sampled_from(["annuity", "flat_2400", "qarz_11_plus_1"]),
       st.integers(1, 60))  # fmt: skip
def test_a_rescheduling_makes_the_schedule_that_was_foretold(
    database: Database, day: int, amount: int, method: str, months: int
) -> None:
    values = {
        "since": after(day), "method": method, "rate": Decimal("7.5"), "months": months,
        "first_due_on": after(day + 30), "penalty_points": Decimal(2), "reason": "خشکسالی",
    }  # fmt: skip
    with database.write() as session:
        loan_id = add_lent(session).id
        add_payment(session, loan_id, day=after(0), amount=amount)
        foretold = repayment_preview.rescheduled(session, loan_id, values)
        commands.save_rescheduling(session, loan_id, None, values)
        session.flush()
        state = repayment.state(session, loan_id, after(day))
        assert state is not None
        told = [(line.number, line.due_on, line.principal, line.profit)
                for line in state.lines if line.plan == 1]  # fmt: skip
        assert told == [tuple(row) for row in foretold]
        unfinished = {**values, "months": None}
        assert repayment_preview.rescheduled(session, loan_id, unfinished) == []
        wrong = {**values, "months": 0}
        assert repayment_preview.rescheduled(session, loan_id, wrong) == []


def test_of_nothing_settled_all_sums_are_nothing() -> None:
    assert (Settled().principal, Settled().profit, Settled().penalty, Settled().credit) == (
        0, 0, 0, 0,
    )  # fmt: skip
