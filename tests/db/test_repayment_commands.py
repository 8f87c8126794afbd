"""Payments, waivers and reschedulings through their commands, each rule with its complaint."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from db import calendar, repaid
from db.commands import repayment
from db.commands.loans import save_loan, save_tranche
from db.commands.saving import values_of
from db.errors import ConflictError, RuleError
from db.models import Change, Payment, Rescheduling, Waiver
from db.queries import repayment as queries
from tests.db.making import add_unit, told
from tests.db.repayments import (
    FIRST_DUE,
    PAID_OUT,
    add_correction,
    add_lent,
    add_payment,
    add_rescheduling,
    add_waiver,
    after,
    lent_values,
    rescheduling_values,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy.orm import Session

    from db.database import Database
    from db.rules.repayment import State

LATER = after(900)


@pytest.fixture
def loan_id(database: Database) -> int:
    with database.write() as session:
        return add_lent(session).id


@pytest.fixture(autouse=True)
def _whole(database: Database) -> Any:
    """Whatever a test has saved, the stored copies are what the records say."""
    yield
    with database.read() as session:
        assert repaid.differing(session.connection()) == []


def do(database: Database, act: Callable[[Session], Any]) -> Any:
    with database.write() as session:
        return act(session)


def refused(database: Database, act: Callable[[Session], Any]) -> list[tuple[str, str]]:
    with pytest.raises(RuleError) as caught:
        do(database, act)
    return told(caught.value.violations)


def stands(database: Database, loan_id: int, day: date = LATER) -> State:
    with database.read() as session:
        found = queries.state(session, loan_id, day)
    assert found is not None
    return found


def payment(database: Database, loan_id: int, **values: Any) -> list[tuple[str, str]]:
    """The complaints about a new one."""
    given = {"day": after(60), "amount": 1_000_000, **values}
    with database.read() as session:
        return told(repayment.check_payment(session, loan_id, None, given))


# --- payments -------------------------------------------------------------------------------------


def test_a_payment_settles_the_oldest_first(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_payment(s, loan_id, day=FIRST_DUE, amount=1_500_000))
    found = stands(database, loan_id, FIRST_DUE)
    assert [line.left for line in found.lines[:3]] == [0, 695_000, 1_097_500]
    assert [(share.instalment, share.profit, share.principal) for share in found.shares] == [
        (1, 97_500, 1_000_000), (2, 97_500, 305_000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({}, []),
        ({"amount": 13_170_000, "day": PAID_OUT}, []),
        ({"amount": 13_170_001, "day": PAID_OUT}, [("amount", "above_owed")]),
        ({"amount": 13_170_001, "day": PAID_OUT, "keeps_credit": True}, []),
        ({"amount": 0}, [("amount", "too_small")]),
        ({"amount": 10**14}, [("amount", "too_large"), ("amount", "above_owed")]),
        ({"amount": None}, [("amount", "required")]),
        ({"day": None}, [("day", "required")]),
        ({"day": after(-1)}, [("day", "payment_before_paid_out")]),
        ({"day": after(5000)}, [("day", "future")]),
        ({"receipt_no": "9" * 121}, [("receipt_no", "too_long")]),
        ({"settles": True}, [("amount", "below_settlement")]),
    ],
)
def test_what_is_said_of_a_payment(
    database: Database,
    loan_id: int,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, Any],
    complaints: list[tuple[str, str]],
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: after(1000))
    assert payment(database, loan_id, **values) == complaints


def test_before_the_money_went_out_nothing_is_repaid(database: Database) -> None:
    def act(session: Session) -> int:
        unit = add_unit(session, registered_on=PAID_OUT)
        return save_loan(session, None, lent_values(unit.id)).id

    loan_id = do(database, act)
    assert payment(database, loan_id) == [("day", "payment_without_payout")]


def test_without_a_first_due_day_nothing_is_repaid(database: Database) -> None:
    loan_id = do(database, lambda s: add_lent(s, first_due_on=None)).id
    assert payment(database, loan_id) == [("day", "first_due_missing")]
    with database.read() as session:
        waiver = {"day": after(60), "amount": 1, "reason": "x"}
        assert ("day", "first_due_missing") in told(
            repayment.check_waiver(session, loan_id, None, waiver)
        )
        found = repayment.check_rescheduling(session, loan_id, None, rescheduling_values())
        assert told(found) == [("since", "first_due_missing")]


def test_two_payments_of_one_save_are_held_against_each_other(
    database: Database, loan_id: int
) -> None:
    do(database, lambda s: add_payment(s, loan_id, day=after(10), amount=1))

    def both(session: Session) -> None:
        add_payment(session, loan_id, day=after(20), amount=13_000_000)
        add_payment(session, loan_id, day=after(30), amount=170_000)

    assert refused(database, both) == [("amount", "above_owed")]


def test_credit_is_kept_when_it_is_said(database: Database, loan_id: int) -> None:
    amount = 13_200_000
    do(database, lambda s: add_payment(s, loan_id, day=PAID_OUT, amount=amount, keeps_credit=True))
    found = stands(database, loan_id)
    assert (found.balance, found.credit) == (0, 30_000)
    assert payment(database, loan_id, day=after(9)) == [("amount", "above_owed")]


def test_a_payment_that_ends_the_loan(database: Database, loan_id: int) -> None:
    with database.read() as session:
        needed = queries.settlement(session, loan_id, after(60))
    assert needed is not None
    # One of twelve is due: for the eleven to come 11·12/(12·13) of the profit falls away.
    assert needed.falls_away == 990_000
    ending = {"amount": needed.total, "settles": True}
    assert payment(database, loan_id, **{**ending, "amount": needed.total - 1}) == [
        ("amount", "below_settlement")
    ]
    do(database, lambda s: add_payment(s, loan_id, **ending))
    found = stands(database, loan_id)
    assert (found.balance, found.credit, found.loan_class) == (0, 0, "current")
    assert payment(database, loan_id, day=after(90)) == [("amount", "above_owed")]


def test_the_same_receipt_at_the_same_bank_is_asked_about(database: Database, loan_id: int) -> None:
    def act(session: Session) -> tuple[int, int, int]:
        paid = add_payment(session, loan_id, receipt_no="77/12")
        same = add_lent(session, branch="دیگر").id
        return paid.id, same, add_lent(session, bank_id=2).id

    paid, same, other = do(database, act)
    assert payment(database, same, receipt_no="77/12") == [("receipt_no", "?receipt_taken")]
    assert payment(database, other, receipt_no="77/12") == []
    assert payment(database, same, receipt_no="77/13") == []
    assert payment(database, same, receipt_no="") == []
    do(database, lambda s: add_payment(s, same, receipt_no="77/12"))  # it is no more than a warning
    with database.read() as session:
        row = session.get_one(Payment, paid)
        found = repayment.check_payment(session, loan_id, paid, values_of(row))
        assert [each.detail for each in found] == [("«کارگاه نمونه»، ۱۴۰۱/۰۳/۳۰",)]
    do(database, lambda s: repayment.undo_payment(s, paid, "اشتباه"))
    with database.read() as session:
        assert queries.same_receipt(session, same, "77/12", 2) == ""


def test_a_payment_is_changed_and_held_against_the_others(database: Database, loan_id: int) -> None:
    first = do(database, lambda s: add_payment(s, loan_id, day=after(20)))
    do(database, lambda s: add_payment(s, loan_id, day=FIRST_DUE, amount=2_000_000))
    values = {"day": after(25), "amount": 900_000}
    do(database, lambda s: repayment.save_payment(s, loan_id, first.id, values, first.version))
    assert stands(database, loan_id).balance == 13_170_000 - 2_900_000
    with pytest.raises(ConflictError):
        do(database, lambda s: repayment.save_payment(s, loan_id, first.id, values, first.version))
    most = {"day": after(25), "amount": 11_170_000}
    do(database, lambda s: repayment.save_payment(s, loan_id, first.id, most))
    more = {"day": after(25), "amount": 11_170_001}
    assert refused(database, lambda s: repayment.save_payment(s, loan_id, first.id, more)) == [
        ("amount", "above_owed")
    ]


def test_a_payment_undone_is_gone_from_every_day(database: Database, loan_id: int) -> None:
    before = stands(database, loan_id, after(60))
    paid = do(database, lambda s: add_payment(s, loan_id))
    assert stands(database, loan_id, after(60)) != before
    do(database, lambda s: repayment.undo_payment(s, paid.id, "رسید دیگری بود"))
    assert stands(database, loan_id, after(60)) == before
    with database.read() as session:
        assert queries.payments(session, loan_id) == []
        told = session.get_one(Change, session.query(Change).count())
        assert told.fields["archive_reason"] == ["", "رسید دیگری بود"]
    other = do(database, lambda s: add_payment(s, loan_id))
    assert refused(database, lambda s: repayment.undo_payment(s, other.id, " ")) == [
        ("archive_reason", "required")
    ]


def test_what_ended_the_loan_stays_enough(database: Database, loan_id: int) -> None:
    first = do(database, lambda s: add_payment(s, loan_id, day=after(40)))
    with database.read() as session:
        needed = queries.settlement(session, loan_id, after(60))
    assert needed is not None
    last = do(database, lambda s: add_payment(s, loan_id, amount=needed.total, settles=True))
    assert refused(database, lambda s: repayment.undo_payment(s, first.id, "اشتباه")) == [
        ("archive_reason", "settlement_short")
    ]
    less = {"day": after(40), "amount": 1}
    assert refused(database, lambda s: repayment.save_payment(s, loan_id, first.id, less)) == [
        ("amount", "settlement_short")
    ]
    do(database, lambda s: repayment.undo_payment(s, last.id, "اشتباه"))
    do(database, lambda s: repayment.undo_payment(s, first.id, "اشتباه"))


# --- waivers --------------------------------------------------------------------------------------


def waiver(database: Database, loan_id: int, **values: Any) -> list[tuple[str, str]]:
    given = {"day": after(100), "amount": 1, "reason": "مصوبه", **values}
    with database.read() as session:
        return told(repayment.check_waiver(session, loan_id, None, given))


def test_a_waiver_takes_off_what_has_grown(database: Database, loan_id: int) -> None:
    grown = stands(database, loan_id, after(100)).penalty_left
    assert grown > 0
    assert waiver(database, loan_id, amount=grown) == []
    assert waiver(database, loan_id, amount=grown + 1) == [("amount", "above_penalty")]
    do(database, lambda s: add_waiver(s, loan_id, amount=grown))
    assert stands(database, loan_id, after(100)).penalty_left == 0
    assert stands(database, loan_id, after(99)).penalty_left > 0
    assert waiver(database, loan_id) == [("amount", "above_penalty")]


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({"reason": ""}, [("reason", "reason_missing")]),
        ({"reason": "x" * 301}, [("reason", "too_long")]),
        ({"amount": 0}, [("amount", "too_small")]),
        ({"amount": None}, [("amount", "required")]),
        ({"day": None}, [("day", "required"), ("amount", "above_penalty")]),
        ({"day": after(5000)}, [("day", "future")]),
        (
            {"day": after(-1)},
            [("day", "payment_before_paid_out"), ("amount", "above_penalty")],
        ),
    ],
)
def test_what_is_said_of_a_waiver(
    database: Database,
    loan_id: int,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, Any],
    complaints: list[tuple[str, str]],
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: after(1000))
    assert waiver(database, loan_id, **values) == complaints


def test_a_waiver_is_changed_and_archived(database: Database, loan_id: int) -> None:
    grown = stands(database, loan_id, after(100)).penalty_left
    made: Waiver = do(database, lambda s: add_waiver(s, loan_id, amount=grown))
    values = {"day": after(100), "amount": grown, "reason": "مصوبهٔ دیگر"}
    do(database, lambda s: repayment.save_waiver(s, loan_id, made.id, values, made.version))
    do(database, lambda s: repayment.archive_waiver(s, made.id, "اشتباه"))
    assert stands(database, loan_id, after(100)).penalty_left == grown


def test_a_waiver_that_a_settlement_counts_on_stays(database: Database, loan_id: int) -> None:
    grown = stands(database, loan_id, after(100)).penalty_left
    made = do(database, lambda s: add_waiver(s, loan_id, amount=grown))
    with database.read() as session:
        needed = queries.settlement(session, loan_id, after(100))
    assert needed is not None
    ending = {"day": after(100), "amount": needed.total, "settles": True}
    do(database, lambda s: add_payment(s, loan_id, **ending))
    assert refused(database, lambda s: repayment.archive_waiver(s, made.id, "اشتباه")) == [
        ("archive_reason", "settlement_short")
    ]


# --- reschedulings --------------------------------------------------------------------------------


def rescheduling(database: Database, loan_id: int, **values: Any) -> list[tuple[str, str]]:
    with database.read() as session:
        given = rescheduling_values(**values)
        return told(repayment.check_rescheduling(session, loan_id, None, given))


def test_it_takes_over_what_is_unpaid(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_payment(s, loan_id))
    before = stands(database, loan_id, after(199))
    made: Rescheduling = do(database, lambda s: add_rescheduling(s, loan_id))
    found = stands(database, loan_id, after(200))
    assert made.principal == before.balance_principal == found.balance_principal
    due = [line for line in before.lines if line.due_on <= after(200)]
    assert made.carried >= sum(line.left_profit for line in due) > 0
    assert found.unmatched == 0
    assert found.loan_class == "past_due"  # never current before something of it is paid
    assert stands(database, loan_id, after(199)) == before


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({"since": None}, [("since", "required")]),
        (
            {"since": after(-1)},
            [("since", "payment_before_paid_out")],
        ),
        (
            {"since": after(5000)},
            [("since", "future"), ("first_due_on", "due_before_rescheduling")],
        ),
        ({"first_due_on": after(199)}, [("first_due_on", "due_before_rescheduling")]),
        ({"first_due_on": None}, [("first_due_on", "required")]),
        ({"rate": Decimal(0)}, [("rate", "not_above_zero")]),
        ({"rate": Decimal(101)}, [("rate", "too_large")]),
        ({"months": 0}, [("months", "too_small")]),
        ({"months": 241}, [("months", "too_large")]),
        ({"grace_months": 6}, [("grace_months", "grace_too_long")]),
        ({"grace_months": 5}, []),
        ({"method": "other"}, [("method", "unreadable_choice")]),
        ({"penalty_points": Decimal(-1)}, [("penalty_points", "too_small")]),
        ({"method": "qarz_11_plus_1", "months": 13}, [("months", "?last_fee_is_zero")]),
    ],
)
def test_what_is_said_of_a_rescheduling(
    database: Database,
    loan_id: int,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, Any],
    complaints: list[tuple[str, str]],
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: after(1000))
    assert rescheduling(database, loan_id, **values) == complaints


def test_a_settled_loan_is_not_rescheduled(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_payment(s, loan_id, day=PAID_OUT, amount=13_170_000))
    assert rescheduling(database, loan_id) == [("since", "already_settled")]


def test_nothing_is_entered_behind_a_rescheduling(database: Database, loan_id: int) -> None:
    paid = do(database, lambda s: add_payment(s, loan_id))
    made = do(database, lambda s: add_rescheduling(s, loan_id))
    closed = [("day", "before_rescheduling")]
    assert payment(database, loan_id, day=after(200)) == closed
    assert payment(database, loan_id, day=after(201)) == []
    assert rescheduling(database, loan_id, since=after(199)) == [("since", "before_rescheduling")]
    assert refused(database, lambda s: repayment.undo_payment(s, paid.id, "اشتباه")) == [
        ("archive_reason", "before_rescheduling")
    ]
    do(database, lambda s: repayment.archive_rescheduling(s, made.id, "اشتباه"))
    do(database, lambda s: repayment.undo_payment(s, paid.id, "اشتباه"))


def test_a_payment_before_one_that_keeps_its_credit(database: Database, loan_id: int) -> None:
    """What is over in the end is the later one's, which keeps it: the earlier may be changed."""
    first = do(database, lambda s: add_payment(s, loan_id, day=after(200)))
    owed = stands(database, loan_id, after(210)).owed
    more = {"day": after(210), "amount": owed + 500, "keeps_credit": True}
    do(database, lambda s: add_payment(s, loan_id, **more))
    values = {**values_of(first), "note": "شعبهٔ زند"}
    with database.read() as session:
        assert repayment.check_payment(session, loan_id, first.id, values) == []
    do(database, lambda s: repayment.save_payment(s, loan_id, first.id, values, first.version))
    assert payment(database, loan_id, day=after(205)) == []
    over = payment(database, loan_id, day=after(220), amount=1000)
    assert over == [("amount", "above_owed")], "a later one is not covered by what was kept before"


def test_a_waiver_that_would_change_what_was_taken_over(database: Database, loan_id: int) -> None:
    """Once less of a payment goes into penalties, more of it has repaid principal."""
    grown = stands(database, loan_id, after(130)).penalty_left
    due = stands(database, loan_id, after(130)).overdue
    paid = {"day": after(130), "amount": due + grown}
    do(database, lambda s: add_payment(s, loan_id, **paid))
    do(database, lambda s: add_rescheduling(s, loan_id))
    assert waiver(database, loan_id, day=after(120)) == [("amount", "rescheduling_unfitting")]


def test_only_the_last_is_changed_or_undone(database: Database, loan_id: int) -> None:
    first = do(database, lambda s: add_rescheduling(s, loan_id))
    again = {"since": after(300), "first_due_on": after(330)}
    last = do(database, lambda s: add_rescheduling(s, loan_id, **again))
    assert refused(database, lambda s: repayment.archive_rescheduling(s, first.id, "اشتباه")) == [
        ("archive_reason", "before_rescheduling")
    ]
    values = {**values_of(first), "rate": Decimal(4)}
    with database.read() as session:
        found = repayment.check_rescheduling(session, loan_id, first.id, values)
    assert told(found) == [("since", "before_rescheduling")]
    longer = rescheduling_values(**again, months=12)
    do(
        database,
        lambda s: repayment.save_rescheduling(s, loan_id, last.id, longer, last.version),
    )
    assert len([line for line in stands(database, loan_id).lines if line.plan == 2]) == 12
    do(database, lambda s: repayment.archive_rescheduling(s, last.id, "اشتباه"))
    do(database, lambda s: repayment.archive_rescheduling(s, first.id, "اشتباه"))
    assert {line.plan for line in stands(database, loan_id).lines} == {0}


def test_what_is_paid_out_later_is_in_no_new_schedule(database: Database) -> None:
    loan_id = do(database, lambda s: add_lent(s, 5_000_000)).id
    tranche = {"day": after(210), "amount": 7_000_000}
    do(database, lambda s: save_tranche(s, loan_id, None, tranche))
    assert rescheduling(database, loan_id) == [("since", "paid_out_since")]
    assert rescheduling(database, loan_id, since=after(210)) == []


def test_what_was_overwritten_of_it_goes_with_it(database: Database, loan_id: int) -> None:
    made = do(database, lambda s: add_rescheduling(s, loan_id))
    do(database, lambda s: add_correction(s, loan_id, rescheduling_id=made.id))
    longer = rescheduling_values(months=12)
    with database.read() as session:
        found = repayment.check_rescheduling(session, loan_id, made.id, longer)
    assert told(found) == [("since", "papers_unfitting")]
    do(database, lambda s: repayment.archive_rescheduling(s, made.id, "اشتباه"))
    with database.read() as session:
        assert queries.corrections(session, loan_id) == []


def test_an_archived_loan_takes_no_entry(database: Database, loan_id: int) -> None:
    from db.commands.loans import archive_loan

    paid = do(database, lambda s: add_payment(s, loan_id))
    do(database, lambda s: archive_loan(s, loan_id, "تکراری"))
    assert payment(database, loan_id) == [("day", "payment_without_payout")]
    with database.read() as session:
        assert queries.state(session, loan_id, LATER) is None
        assert queries.settlement(session, loan_id, LATER) is None
    do(database, lambda s: repayment.undo_payment(s, paid.id, "اشتباه"))


def test_the_schedule_in_force_is_read_by_day(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_rescheduling(s, loan_id))
    with database.read() as session:
        rows = queries.instalments(session, loan_id, after(199))
        assert [row.number for row in rows] == list(range(1, 13))
        assert rows[0].due_on == FIRST_DUE
        rows = queries.instalments(session, loan_id, after(200))
        assert {row.rescheduling_id for row in rows} == {1}
        assert queries.instalments(session, loan_id, after(-1)) == []
