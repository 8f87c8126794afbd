"""What may change of a loan that is being repaid: its terms, tranches, and the bank's own paper."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from db import calendar, repaid
from db.calendar import from_jalali
from db.commands import calls, corrections, loans, lookups, undo, visits
from db.commands.saving import values_of
from db.errors import RuleError
from db.models import Call, Correction, JihadiGroup, Loan, Tranche, Visit
from db.queries import changes, naming
from db.queries import lookups as queries_of
from db.queries import repayment as queries
from tests.db.making import add_unit, add_visit, told, visit_values
from tests.db.repayments import (
    FIRST_DUE,
    PAID_OUT,
    add_call,
    add_correction,
    add_lent,
    add_payment,
    add_rescheduling,
    add_waiver,
    after,
    newest_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.database import Database
    from db.rules.schedule import Instalment


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


# --- terms ----------------------------------------------------------------------------------------


def terms(database: Database, loan_id: int, **values: Any) -> list[tuple[str, str]]:
    with database.read() as session:
        loan = session.get_one(Loan, loan_id)
        return told(loans.check(session, loan_id, {**values_of(loan), **values}))


def test_any_terms_may_be_written_before_anything_is_repaid(
    database: Database, loan_id: int
) -> None:
    for values in ({"months": 60}, {"rate": Decimal(4)}, {"method": "annuity"},
                   {"first_due_on": None}, {"first_due_on": after(90)}):  # fmt: skip
        assert terms(database, loan_id, **values) == []


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"first_due_on": after(-1), "contract_on": PAID_OUT}, "due_before_contract"),
        ({"first_due_on": from_jalali("1497/01/01")}, "due_beyond_calendar"),
    ],
)
def test_the_first_due_day_is_possible(
    database: Database, loan_id: int, values: dict[str, Any], complaint: str
) -> None:
    assert ("first_due_on", complaint) in terms(database, loan_id, **values)


def test_the_first_due_day_is_not_before_the_money(database: Database, loan_id: int) -> None:
    earlier = {"contract_on": after(-5), "approved_on": after(-5), "applied_on": after(-5)}
    found = terms(database, loan_id, **earlier, first_due_on=after(-1))
    assert ("first_due_on", "due_before_paid_out") in found
    assert terms(database, loan_id, first_due_on=PAID_OUT) == []


def test_the_last_due_day_is_not_before_the_last_tranche(database: Database) -> None:
    loan_id = do(database, lambda s: add_lent(s, 5_000_000)).id
    tranche = {"day": after(300), "amount": 7_000_000}
    do(database, lambda s: loans.save_tranche(s, loan_id, None, tranche))
    assert terms(database, loan_id, months=5) == [("first_due_on", "paid_after_last_due")]
    assert terms(database, loan_id, months=10) == []


def test_a_payment_needs_its_schedule(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_payment(s, loan_id))
    assert terms(database, loan_id, first_due_on=None) == [
        ("first_due_on", "repaid_without_schedule")
    ]
    assert terms(database, loan_id, rate=Decimal(20), months=24) == []


def test_terms_that_make_a_settlement_too_little(database: Database, loan_id: int) -> None:
    with database.read() as session:
        needed = queries.settlement(session, loan_id, after(60))
    assert needed is not None
    do(database, lambda s: add_payment(s, loan_id, amount=needed.total, settles=True))
    assert terms(database, loan_id, rate=Decimal(19)) == [("rate", "settlement_short")]


def test_terms_by_which_too_much_was_paid(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_payment(s, loan_id, day=PAID_OUT, amount=13_170_000))
    assert terms(database, loan_id, rate=Decimal(17)) == [("rate", "credit_unwanted")]
    assert terms(database, loan_id, rate=Decimal(19)) == []


def test_terms_behind_a_rescheduling(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_rescheduling(s, loan_id))
    assert terms(database, loan_id, method="annuity") == [("method", "rescheduling_unfitting")]
    assert terms(database, loan_id, note="یادداشت") == []


def test_terms_under_the_banks_paper(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_correction(s, loan_id))
    assert terms(database, loan_id, rate=Decimal(17)) == [("rate", "papers_unfitting")]
    assert terms(database, loan_id, penalty_points=Decimal(12)) == []


# --- tranches -------------------------------------------------------------------------------------


def tranche(database: Database, loan_id: int, **values: Any) -> list[tuple[str, str]]:
    with database.read() as session:
        given = {"day": after(30), "amount": 7_000_000, **values}
        return told(loans.check_payout(session, loan_id, None, given))


@pytest.fixture
def half(database: Database) -> int:
    """A loan of which five of twelve million rial have been paid out."""
    with database.write() as session:
        return add_lent(session, 5_000_000).id


def test_tranches_are_paid_within_the_term(database: Database, half: int) -> None:
    assert tranche(database, half, day=after(340)) == []
    assert tranche(database, half, day=after(400)) == [("day", "paid_after_last_due")]
    with database.read() as session:
        first = session.query(Tranche).one()
        late = {"day": after(32), "amount": 5_000_000}
        found = loans.check_payout(session, half, first.id, late)
    assert told(found) == [("day", "paid_after_first_due")]


def test_the_first_tranche_stays_before_what_was_repaid(database: Database, half: int) -> None:
    do(database, lambda s: add_payment(s, half, day=after(5)))
    with database.read() as session:
        first = session.query(Tranche).one()
        later = {"day": after(6), "amount": 5_000_000}
        found = loans.check_payout(session, half, first.id, later)
    assert told(found) == [("day", "repaid_before_payout")]
    assert refused(database, lambda s: loans.archive_tranche(s, first.id, "اشتباه")) == [
        ("archive_reason", "repaid_without_schedule")
    ]


def test_no_money_goes_out_of_a_rescheduled_loan(database: Database, half: int) -> None:
    do(database, lambda s: add_rescheduling(s, half))
    for day in (after(100), after(250)):
        assert tranche(database, half, day=day) == [("day", "rescheduling_unfitting")]


def test_no_money_goes_out_of_a_settled_loan(database: Database, half: int) -> None:
    with database.read() as session:
        needed = queries.settlement(session, half, after(60))
    assert needed is not None
    do(database, lambda s: add_payment(s, half, amount=needed.total, settles=True))
    assert tranche(database, half, day=after(90)) == [("day", "settlement_short")]


def test_a_tranche_under_the_banks_paper(database: Database, half: int) -> None:
    do(database, lambda s: add_correction(s, half))
    assert tranche(database, half) == [("day", "papers_unfitting")]


def test_less_paid_out_than_was_repaid(database: Database, half: int) -> None:
    do(database, lambda s: add_payment(s, half, day=after(20), amount=5_000_000))
    with database.read() as session:
        first = session.query(Tranche).one()
        less = {"day": PAID_OUT, "amount": 2_000_000}
        found = loans.check_payout(session, half, first.id, less)
    assert told(found) == [("day", "credit_unwanted")]


def test_a_tranche_nothing_depends_on_is_archived(database: Database, half: int) -> None:
    later = {"day": after(40), "amount": 7_000_000}
    made = do(database, lambda s: loans.save_tranche(s, half, None, later))
    do(database, lambda s: loans.archive_tranche(s, made.id, "اشتباه"))
    with database.read() as session:
        assert sum(row.principal for row in newest_rows(session, half)) == 5_000_000


# --- the visit that allowed a tranche -------------------------------------------------------------


def test_the_visit_is_of_the_unit_and_not_later(database: Database, half: int) -> None:
    def act(session: Session) -> dict[str, int]:
        unit_id = session.get_one(Loan, half).unit_id
        other = add_unit(session, name="واحد دیگر", registered_on=PAID_OUT).id
        return {
            "good": add_visit(session, unit_id, day=after(30)).id,
            "late": add_visit(session, unit_id, day=after(31)).id,
            "draft": add_visit(session, unit_id, day=after(20), review="draft").id,
            "other": add_visit(session, other, day=after(20)).id,
        }

    made = do(database, act)
    assert tranche(database, half, visit_id=made["good"]) == []
    assert tranche(database, half, visit_id=made["late"]) == [("visit_id", "visit_after_payout")]
    assert tranche(database, half, visit_id=made["draft"]) == [("visit_id", "?visit_not_accepted")]
    assert tranche(database, half, visit_id=made["other"]) == [("visit_id", "of_other_unit")]
    do(database, lambda s: visits.archive_visit(s, made["good"], "اشتباه"))
    assert tranche(database, half, visit_id=made["good"]) == [("visit_id", "of_other_unit")]


def test_the_visit_and_the_loan_stay_with_their_unit(database: Database, half: int) -> None:
    def act(session: Session) -> tuple[int, int, int]:
        unit_id = session.get_one(Loan, half).unit_id
        visit = add_visit(session, unit_id, day=after(10)).id
        values = {"day": after(30), "amount": 7_000_000, "visit_id": visit}
        loans.save_tranche(session, half, None, values)
        return unit_id, add_unit(session, name="واحد دیگر", registered_on=PAID_OUT).id, visit

    unit_id, other, visit = do(database, act)
    assert terms(database, half, unit_id=other) == [("unit_id", "loan_has_visits")]
    with database.read() as session:
        moved = visits.check(session, visit, visit_values(other, day=after(10)))
        assert told(moved) == [("unit_id", "visit_has_tranches")]
        later = visits.check(session, visit, visit_values(unit_id, day=after(31)))
        assert told(later) == [("day", "visit_allowed_payout")]
        assert visits.check(session, visit, visit_values(unit_id, day=after(30))) == []
        assert session.get_one(Visit, visit).day == after(10)


def test_the_visits_of_the_unit_are_offered(database: Database, half: int) -> None:
    def act(session: Session) -> tuple[int, int, int]:
        group = lookups.save(session, JihadiGroup, None, {"name": "گروه شهید چمران"}).id
        unit_id = session.get_one(Loan, half).unit_id
        first = add_visit(session, unit_id, day=after(10), group_id=group).id
        last = add_visit(session, unit_id, day=after(20)).id
        add_visit(session, add_unit(session, name="دیگر", registered_on=PAID_OUT).id, day=after(9))
        visits.archive_visit(session, add_visit(session, unit_id, day=after(30)).id, "اشتباه")
        return unit_id, first, last

    unit_id, first, last = do(database, act)
    with database.read() as session:

        def offered(typed: str, unit: int | None = unit_id) -> list[int]:
            return [each for each, _ in queries_of.options(session, "visit", typed, 30, unit)]

        assert offered("") == [last, first]
        assert offered("چمران") == offered("۱۴۰۱/۰۲/۱۱") == offered("1401/02/11 گروه") == [first]
        assert queries_of.label(session, "visit", first) == "۱۴۰۱/۰۲/۱۱، گروه شهید چمران"
        assert offered(queries_of.label(session, "visit", first)) == [first]
        assert queries_of.label(session, "visit", last) == "۱۴۰۱/۰۲/۲۱"
        assert offered("", None) == []
        assert queries_of.label(session, "visit", 99) == ""


# --- the bank's own paper -------------------------------------------------------------------------


def rows(database: Database, loan_id: int) -> list[Instalment]:
    with database.read() as session:
        return newest_rows(session, loan_id)


def paper(database: Database, loan_id: int, *given: Instalment) -> list[tuple[str, str]]:
    with database.read() as session:
        return told(corrections.check_corrections(session, loan_id, None, given))


def test_instalments_are_overwritten_and_marked(database: Database, loan_id: int) -> None:
    before = rows(database, loan_id)
    third, last = before[2], before[-1]
    given = [
        third._replace(principal=third.principal + 5, due_on=third.due_on + timedelta(days=1)),
        last._replace(principal=last.principal - 5, profit=last.profit + 2),
        before[5],  # as the rules make it: nothing to keep
    ]
    do(database, lambda s: corrections.save_corrections(s, loan_id, None, given))
    with database.read() as session:
        stored = queries.instalments(session, loan_id, PAID_OUT)
    assert [row.number for row in stored if row.by_paper] == [3, 12]
    assert [(row.number, row.due_on, row.principal, row.profit) for row in stored] == [
        tuple({3: given[0], 12: given[1]}.get(row.number, row)) for row in before
    ]


def test_what_is_said_of_the_paper(database: Database, loan_id: int) -> None:
    before = rows(database, loan_id)
    third = before[2]
    refusals = {
        "principal_not_repaid": third._replace(principal=third.principal + 1),
        "due_days_not_in_order": third._replace(due_on=before[1].due_on),
        "no_such_instalment": third._replace(number=13),
        "day_before_first": before[0]._replace(due_on=after(-1)),
        "due_beyond_calendar": before[11]._replace(due_on=from_jalali("1498/01/01")),
        "too_large": third._replace(profit=10**14),
    }
    for code, row in refusals.items():
        assert code in [found for _, found in paper(database, loan_id, row)], code
    below = third._replace(principal=-1), before[3]._replace(principal=2_000_001)
    assert paper(database, loan_id, *below) == [("principal", "instalment_below_zero")]
    assert paper(database, loan_id, third._replace(profit=0)) == []
    with database.read() as session:
        found = corrections.check_corrections(session, loan_id, 9, [third])
    assert told(found) == [("number", "no_such_instalment")]


def test_one_is_corrected_again_and_given_back(database: Database, loan_id: int) -> None:
    before = rows(database, loan_id)
    first = do(database, lambda s: add_correction(s, loan_id, more=3))
    again = do(database, lambda s: add_correction(s, loan_id, more=4))
    assert again.id == first.id
    assert again.profit == before[2].profit + 7
    do(database, lambda s: corrections.save_corrections(s, loan_id, None, [before[2]]))
    assert rows(database, loan_id) == before
    with database.read() as session:
        assert session.get_one(Correction, first.id).archive_reason == corrections.AS_MADE


def test_all_are_given_back_with_a_reason(database: Database, loan_id: int) -> None:
    before = rows(database, loan_id)
    do(database, lambda s: [add_correction(s, loan_id, number) for number in (3, 4)])
    assert refused(database, lambda s: corrections.drop_corrections(s, loan_id, None, "")) == [
        ("archive_reason", "required")
    ]
    do(database, lambda s: corrections.drop_corrections(s, loan_id, None, "کاغذ بانک نادرست بود"))
    assert rows(database, loan_id) == before


def test_a_closed_schedule_is_not_overwritten(database: Database, loan_id: int) -> None:
    before = rows(database, loan_id)
    do(database, lambda s: add_rescheduling(s, loan_id))
    third = before[2]._replace(profit=before[2].profit + 3)
    assert paper(database, loan_id, third) == [("principal", "rescheduling_unfitting")]


def test_what_was_settled_by_the_paper_keeps_it(database: Database, loan_id: int) -> None:
    do(database, lambda s: add_correction(s, loan_id, 1, -7))
    do(database, lambda s: add_payment(s, loan_id, day=PAID_OUT, amount=13_169_993))
    with database.read() as session:
        needed = queries.settlement(session, loan_id, after(60))
    assert needed is not None
    assert needed.total == 0
    do(database, lambda s: corrections.drop_corrections(s, loan_id, None, "بازبینی"))
    do(database, lambda s: add_payment(s, loan_id, amount=7 + queries_penalty(s, loan_id)))
    more = rows(database, loan_id)[0]
    less = more._replace(profit=more.profit - 7)
    assert paper(database, loan_id, less) == [("principal", "credit_unwanted")]


def queries_penalty(session: Session, loan_id: int) -> int:
    found = queries.state(session, loan_id, after(60))
    assert found is not None
    return found.penalty_left


# --- calls ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({}, []),
        ({"day": None}, [("day", "required")]),
        ({"day": after(5000)}, [("day", "future"), ("again_on", "again_not_after_call")]),
        ({"again_on": after(70)}, [("again_on", "again_not_after_call")]),
        ({"again_on": after(71)}, []),
        ({"again_on": None}, []),
        ({"spoke_to": "x" * 121}, [("spoke_to", "too_long")]),
        ({"note": "x" * 2001}, [("note", "too_long")]),
    ],
)
def test_what_is_said_of_a_call(
    database: Database,
    loan_id: int,
    monkeypatch: pytest.MonkeyPatch,
    values: dict[str, Any],
    complaints: list[tuple[str, str]],
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: after(1000))
    given = {"day": after(70), "again_on": after(77), **values}
    with database.read() as session:
        assert told(calls.check(session, loan_id, None, given)) == complaints


def test_a_call_is_noted_changed_and_archived(database: Database, loan_id: int) -> None:
    made: Call = do(database, lambda s: add_call(s, loan_id))
    values = {"day": after(71), "note": "قول پرداخت داد"}
    do(database, lambda s: calls.save_call(s, loan_id, made.id, values, made.version))
    with database.read() as session:
        (call,) = queries.calls(session, loan_id)
        assert (call.day, call.note) == (after(71), "قول پرداخت داد")
    do(database, lambda s: calls.archive_call(s, made.id, "اشتباه"))
    with database.read() as session:
        assert queries.calls(session, loan_id) == []


# --- taking a step back ---------------------------------------------------------------------------


def step(database: Database, act: Callable[[Session], Any]) -> range:
    with database.write() as session:
        act(session)
    changes_made = session.info["changes"]
    assert isinstance(changes_made, range)
    return changes_made


def back(database: Database, taken: range) -> list[tuple[str, str]]:
    """What forbids it, if anything."""
    try:
        do(database, lambda s: undo.take_back(s, taken))
    except RuleError as error:
        return told(error.violations)
    return []


def test_every_step_of_a_repayment_is_taken_back(database: Database, loan_id: int) -> None:
    def how() -> Any:
        with database.read() as session:
            return queries.on_record(session, loan_id)

    steps: list[tuple[range, Any]] = []
    for act in (
        lambda s: add_payment(s, loan_id),
        lambda s: add_waiver(s, loan_id),
        lambda s: add_correction(s, loan_id),
        lambda s: add_rescheduling(s, loan_id),
        lambda s: add_payment(s, loan_id, day=after(240)),
        lambda s: add_call(s, loan_id),
    ):
        before = how()
        steps.append((step(database, act), before))
    after_all = how()
    redo = []
    for taken, before in reversed(steps):
        with database.write() as session:
            undo.take_back(session, taken)
        redo.append(session.info["changes"])
        assert how() == before
    for taken in reversed(redo):
        assert back(database, taken) == []
    assert how() == after_all


def test_a_step_others_have_built_on_stays(database: Database) -> None:
    unit_id = do(database, lambda s: add_unit(s, registered_on=PAID_OUT)).id
    lent = step(database, lambda s: add_lent(s, 5_000_000, unit_id=unit_id))
    loan_id = 1
    tranche = {"day": after(3), "amount": 7_000_000}
    second = step(database, lambda s: loans.save_tranche(s, loan_id, None, tranche))
    paid = step(database, lambda s: add_payment(s, loan_id, day=after(9), amount=11_000_000))
    assert back(database, second) == [("undo", "credit_unwanted")]
    assert back(database, lent[1:]) == [("undo", "credit_unwanted")]
    renewed = step(database, lambda s: add_rescheduling(s, loan_id))
    assert back(database, paid) == [("undo", "rescheduling_unfitting")]
    assert back(database, renewed) == []
    assert back(database, paid) == []
    assert back(database, second) == []
    assert back(database, lent[1:]) == []


def test_the_history_of_a_loan_tells_of_all_it_is_repaid_by(
    database: Database, loan_id: int
) -> None:
    def act(session: Session) -> None:
        add_payment(session, loan_id)
        add_waiver(session, loan_id)
        add_correction(session, loan_id)
        add_rescheduling(session, loan_id)
        add_call(session, loan_id)

    do(database, act)
    kinds = {"payment", "waiver", "correction", "rescheduling", "call"}
    with database.read() as session:
        unit_id = session.get_one(Loan, loan_id).unit_id
        for found in (changes.of_loan(session, loan_id), changes.of_unit(session, unit_id)):
            assert {change.record for change in found} >= {*kinds, "loan", "tranche"}
        named = naming.names(session, [(kind, 1) for kind in kinds])
        assert {(each.record, each.id) for each in named.values()} == {("loan", loan_id)}
        assert set(named) == {(kind, 1) for kind in kinds}


def test_the_first_due_day_opens_the_repayment_of_an_old_loan(database: Database) -> None:
    loan_id = do(database, lambda s: add_lent(s, first_due_on=None)).id
    with database.read() as session:
        assert queries.instalments(session, loan_id, after(100)) == []
        values = values_of(session.get_one(Loan, loan_id))
    do(database, lambda s: loans.save_loan(s, loan_id, {**values, "first_due_on": FIRST_DUE}))
    with database.read() as session:
        assert len(queries.instalments(session, loan_id, after(100))) == 12
