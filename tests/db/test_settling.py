"""What payments settle, against a cashier with single rials; and what never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar import add_months, from_jalali
from db.rules.arrears import CLASSES, loan_class, penalty_between
from db.rules.repayment import Credit, Facts, Line, Payment, Plan, Share, State, Waiver
from db.rules.schedule import GRACE_PROFITS, METHODS, Instalment, instalments
from db.rules.settling import excess, rescheduled, settlement, state
from db.rules.unearned import unearned
from tests.db.plain_settling import Cashier

START = from_jalali("1402/09/30")  # the leap year 1403 begins among the instalments
FIRST = add_months(START, 1)
LENGTH = 500
DAYS = st.integers(0, LENGTH).map(lambda number: START + timedelta(days=number))
RATES = st.sampled_from((1, 18, 60, 100))
PENALTY_RATES = st.sampled_from((24, 180, 700))  # so high that a few rial bear some


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    months = draw(st.integers(1, 9))
    grace = draw(st.integers(0, min(3, months - 1))), draw(st.sampled_from(GRACE_PROFITS))
    method = draw(st.sampled_from(METHODS))
    first_due = add_months(START, 1 + grace[0])
    principal = draw(st.integers(1, 200))
    rows = instalments(method, principal, draw(RATES), months, first_due, *grace)
    return Plan(START, method, rows, draw(PENALTY_RATES), principal)


@st.composite
def entries(draw: st.DrawFn) -> tuple[list[Payment], list[Waiver]]:
    """Payments of any day in no order, some meant to end the loan."""
    days = draw(st.lists(DAYS, max_size=8))
    amounts = st.integers(1, 120)
    ends = st.sampled_from((False, False, True))
    payments = [Payment(n, day, draw(amounts), draw(ends)) for n, day in enumerate(days, 1)]
    waivers = st.builds(Waiver, DAYS, st.integers(1, 15))
    return payments, draw(st.lists(waivers, max_size=2))


@st.composite
def loans(draw: st.DrawFn) -> Facts:
    """A loan with what came of it, rescheduled up to twice."""
    facts = Facts([draw(plans())], *draw(entries()))
    for since in sorted(draw(st.lists(DAYS, max_size=2, unique=True))):
        if since <= facts.plans[-1].since or not state(facts, since).balance_principal:
            continue
        months = draw(st.integers(1, 6))
        plan = rescheduled(
            facts,
            since,
            draw(st.sampled_from(METHODS)),
            draw(RATES),
            months,
            add_months(since, draw(st.integers(1, 2))),
            draw(PENALTY_RATES),
            draw(st.integers(0, min(1, months - 1))),
            draw(st.sampled_from(GRACE_PROFITS)),
        )
        facts = replace(facts, plans=[*facts.plans, plan])
    return facts


def left(lines: Any) -> list[tuple[int, int, int, int, int]]:
    return [(s.plan, s.number, s.left_principal, s.left_profit, s.penalty_left) for s in lines]


def up_to(facts: Facts, day: date) -> Facts:
    return Facts(
        [plan for plan in facts.plans if plan.since <= day],
        [payment for payment in facts.payments if payment.day <= day],
        [waiver for waiver in facts.waivers if waiver.day <= day],
    )


# --- the cashier ----------------------------------------------------------------------------------


@given(loans(), DAYS)
def test_rial_by_rial(facts: Facts, as_of: date) -> None:
    cashier = Cashier(facts)
    cashier.live(as_of)
    found = state(facts, as_of)
    assert left(found.lines) == [
        (slip.plan, slip.number, slip.principal, slip.profit, slip.penalty)
        for slip in cashier.slips
    ]
    assert [line.fell_away for line in found.lines] == [slip.fell for slip in cashier.slips]
    assert found.credit == cashier.credit
    assert (found.penalty_paid, found.penalty_waived) == (cashier.penalty_paid, cashier.waived)
    assert settlement(facts, as_of).total == cashier.to_end(as_of)
    by_payment: dict[int, int] = {}
    for share in found.shares:
        settled = share.principal + share.profit + share.penalty
        by_payment[share.payment] = by_payment.get(share.payment, 0) + settled
    assert by_payment == cashier.paid


# --- what holds in every state --------------------------------------------------------------------


@given(loans(), DAYS)
def test_every_rial_is_somewhere(facts: Facts, as_of: date) -> None:
    found = state(facts, as_of)
    known = up_to(facts, as_of)
    for payment in known.payments:
        shares = [sum(s[3:]) for s in found.shares if s.payment == payment.number]
        credit = sum(each.amount for each in found.credits if each.payment == payment.number)
        assert sum(shares) + credit == payment.amount
    for line in found.lines:
        assert min(line.left_principal, line.left_profit, line.penalty_left) >= 0
        which = (line.plan, line.number)
        of_line = [share for share in found.shares if (share.plan, share.instalment) == which]
        assert sum(share.principal for share in of_line) == line.paid_principal
        assert sum(share.profit for share in of_line) == line.paid_profit
        assert sum(share.penalty for share in of_line) == line.penalty_paid
    assert found.unmatched == 0
    for place, plan in enumerate(known.plans):
        lines = [line for line in found.lines if line.plan == place]
        rows = sum(row.principal for row in plan.instalments)
        assert sum(line.principal for line in lines) == rows >= plan.principal
        if place:
            passed_on = [line for line in found.lines if line.plan == place - 1]
            assert plan.principal == sum(line.passed_on_principal for line in passed_on)
            assert plan.carried == sum(line.passed_on_profit for line in passed_on)


@given(loans(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(facts: Facts, as_of: date, dice: Any) -> None:
    payments, waivers = list(facts.payments), list(facts.waivers)
    dice.shuffle(payments)
    dice.shuffle(waivers)
    assert state(Facts(facts.plans, payments, waivers), as_of) == state(facts, as_of)


@given(loans(), DAYS)
def test_later_entries_change_nothing_of_a_day(facts: Facts, as_of: date) -> None:
    assert state(up_to(facts, as_of), as_of) == state(facts, as_of)
    assert settlement(up_to(facts, as_of), as_of) == settlement(facts, as_of)


@given(loans())
def test_what_is_paid_and_what_has_grown_is_never_less_later(facts: Facts) -> None:
    days = [START + timedelta(days=number) for number in range(0, LENGTH, 25)]
    for before, after in pairwise(state(facts, day) for day in days):
        later = {(line.plan, line.number): line for line in after.lines}
        for line in before.lines:
            same = later[line.plan, line.number]
            assert line.paid_principal <= same.paid_principal
            assert line.paid_profit <= same.paid_profit
            assert line.penalty <= same.penalty
            assert line.penalty_paid <= same.penalty_paid
        if len(after.lines) == len(before.lines):
            assert after.balance <= before.balance


@given(loans(), st.integers(1, 400), DAYS)
def test_what_is_left_over_is_told_before(facts: Facts, amount: int, day: date) -> None:
    facts = replace(facts, plans=facts.plans[:1])
    payment = Payment(99, day, amount)
    end = START + timedelta(days=LENGTH)
    told = excess(facts, payment)
    if all(each.day <= day for each in facts.payments):
        assert told == max(0, amount - state(facts, day).owed)
    with_it = replace(facts, payments=[*facts.payments, payment])
    assert told == max(0, state(with_it, end).credit - state(facts, end).credit)


@given(loans(), DAYS)
def test_the_class_is_that_of_the_oldest_unpaid(facts: Facts, as_of: date) -> None:
    found = state(facts, as_of)
    unpaid = [line.due_on for line in found.lines if line.left]
    oldest = loan_class(min(unpaid), as_of) if unpaid else "current"
    running = [line for line in found.lines if line.plan == max(ln.plan for ln in found.lines)]
    begun = next(line for line in running if line.principal + line.profit)
    if running[0].plan and begun.left:
        assert found.loan_class == max(oldest, "past_due", key=CLASSES.index)
    else:
        assert found.loan_class == oldest
    overdue = [line for line in found.lines if line.left and line.due_on < as_of]
    assert found.overdue == sum(line.left for line in overdue)
    assert found.days_overdue == max([0, *((as_of - line.due_on).days for line in overdue)])


@given(loans(), DAYS)
def test_the_settlement_ends_the_loan(facts: Facts, day: date) -> None:
    plans_then = [plan for plan in facts.plans if plan.since < day] or facts.plans[:1]
    facts = up_to(replace(facts, plans=plans_then), day)
    rest = settlement(facts, day)
    whole = state(facts, day)
    assert rest.total + rest.falls_away == whole.owed
    if rest.total:
        ending = Payment(99, day, rest.total, settles=True)
        ended = state(replace(facts, payments=[*facts.payments, ending]), day)
        assert (ended.owed, ended.credit, ended.loan_class) == (0, whole.credit, "current")
        assert sum(line.fell_away for line in ended.lines) >= rest.falls_away
    if rest.total > 1:
        short = Payment(99, day, rest.total - 1, settles=True)
        running = state(replace(facts, payments=[*facts.payments, short]), day)
        assert running.owed == rest.falls_away + 1


# --- examples by hand -----------------------------------------------------------------------------

ROWS = instalments("annuity", 1_200_000, 18, 3, FIRST)


def facts(*payments: Payment, **more: Any) -> Facts:
    return Facts([Plan(START, "annuity", ROWS, 24, 1_200_000)], payments, **more)


def line(found: State, number: int, plan: int = 0) -> Line:
    return next(line for line in found.lines if (line.plan, line.number) == (plan, number))


def test_before_the_money_goes_out_there_is_nothing() -> None:
    found = state(facts(), START - timedelta(days=1))
    assert (found.lines, found.owed, found.loan_class) == ((), 0, "current")
    assert settlement(facts(), START - timedelta(days=1)).total == 0


def test_a_part_payment_goes_to_the_profit_first() -> None:
    found = state(facts(Payment(7, FIRST, 20_000)), FIRST)
    first = line(found, 1)
    assert (first.profit, first.paid_profit, first.paid_principal) == (18_000, 18_000, 2_000)
    assert found.shares == (Share(7, 0, 1, 2_000, 18_000, 0),)
    assert found.overdue == 0  # it falls due today, and is late from tomorrow
    tomorrow = state(facts(Payment(7, FIRST, 20_000)), FIRST + timedelta(days=1))
    assert tomorrow.overdue == first.principal - 2_000
    assert tomorrow.days_overdue == 1


def test_the_penalty_is_of_the_principal_that_is_late() -> None:
    paid_on = FIRST + timedelta(days=45)
    principal = ROWS[0].principal
    grown = penalty_between(principal, 24, FIRST, paid_on)
    second = penalty_between(ROWS[1].principal, 24, ROWS[1].due_on, paid_on)
    found = state(facts(), paid_on)
    assert (line(found, 1).penalty, found.penalty) == (grown, grown + second)
    due = ROWS[0].total + ROWS[1].total
    paid = Payment(1, paid_on, due + 100)
    found = state(facts(paid), paid_on + timedelta(days=300))
    assert line(found, 1).penalty == grown  # frozen: nothing grows on a penalty
    assert found.penalty_paid == 100
    waived = facts(paid, waivers=[Waiver(paid_on, grown)])
    found = state(waived, paid_on)
    assert (found.penalty_waived, found.penalty_paid) == (grown, 100)
    assert (line(found, 1).penalty_left, line(found, 2).penalty_left) == (0, second - 100)


def test_a_payment_of_more_than_is_due_goes_to_what_comes_and_then_is_credit() -> None:
    whole = sum(row.total for row in ROWS)
    found = state(facts(Payment(1, FIRST, whole + 5)), FIRST)
    assert (found.owed, found.credits) == (0, (Credit(1, 5),))
    assert excess(facts(), Payment(1, FIRST, whole + 5)) == 5
    early = state(facts(Payment(1, FIRST, ROWS[0].total + ROWS[1].profit + 1)), FIRST)
    assert (line(early, 2).paid_profit, line(early, 2).paid_principal) == (ROWS[1].profit, 1)
    # A forgotten payment of the past counts with those that came after it.
    ended = Payment(1, ROWS[2].due_on, state(facts(), ROWS[2].due_on).owed)
    more = excess(facts(ended), Payment(2, FIRST, 1000))
    assert more == 1000  # it went to profit, so no penalty less has grown


@pytest.mark.parametrize(("method", "falls"), [("annuity", 3), ("flat_2400", 3)])
def test_what_falls_away_when_a_loan_ends_early(method: str, falls: int) -> None:
    rows = instalments(method, 12_000_000, 12, 12, FIRST)  # type: ignore[arg-type]
    coming = rows[-falls:]
    day = rows[-falls - 1].due_on
    found = unearned(method, rows, day)
    if method == "annuity":
        assert found == sum(row.profit for row in coming)
    else:  # 12 million at 1 % a month, a twelfth repaid each month: 30, 20 and 10 thousand
        assert sum(row.profit for row in rows) == 780_000
        assert found == 30_000 + 20_000 + 10_000
    assert unearned(method, rows, rows[-1].due_on) == 0
    assert unearned(method, rows, START) == sum(row.profit for row in rows)


def test_it_falls_away_from_the_last_instalment_back() -> None:
    rows = instalments("flat_2400", 12_000_000, 12, 12, FIRST)
    day = rows[-4].due_on
    paid = Payment(1, day, sum(row.total for row in rows[:-3]))
    known = Facts([Plan(START, "flat_2400", rows, 18)], [paid])
    rest = settlement(known, day)
    grown = state(known, day).penalty_left
    assert rest == (3_000_000, 3 * 65_000 - 60_000, grown, 60_000)
    ended = replace(known, payments=[paid, Payment(2, day, rest.total, settles=True)])
    assert [line.fell_away for line in state(ended, day).lines] == [0] * 11 + [60_000]


def test_a_grace_that_runs_has_earned_nothing_yet() -> None:
    rows = instalments("flat_2400", 12_000_000, 12, 12, FIRST, 2)
    whole = sum(row.profit for row in rows)
    assert rows[0].profit == 240_000
    assert unearned("flat_2400", rows, START - timedelta(days=1)) == whole == 780_000 + 240_000
    assert unearned("flat_2400", rows, START) == 780_000


def test_the_fee_of_the_year_that_runs_is_kept() -> None:
    rows = instalments("qarz_11_plus_1", 12_000_000, 4, 24, FIRST)
    fees = [row.profit for row in rows if row.profit]
    assert unearned("qarz_11_plus_1", rows, START) == sum(fees)
    assert unearned("qarz_11_plus_1", rows, rows[0].due_on) == fees[1]
    assert unearned("qarz_11_plus_1", rows, rows[12].due_on) == 0


def test_another_bank_may_let_something_else_fall_away() -> None:
    stern = facts(unearned=lambda method, rows, day: 0)
    assert settlement(stern, START).total == sum(row.total for row in ROWS)


def test_a_rescheduling_takes_all_but_the_penalties() -> None:
    since = ROWS[1].due_on
    paid = facts(Payment(1, FIRST, 18_000))
    grown = penalty_between(ROWS[0].principal, 24, FIRST, since)
    plan = rescheduled(paid, since, "annuity", 12, 6, add_months(since, 1), 20)
    assert (plan.principal, plan.carried) == (1_200_000, ROWS[1].profit)
    fresh = instalments("annuity", 1_200_000, 12, 6, add_months(since, 1))
    assert plan.instalments[0].profit == fresh[0].profit + ROWS[1].profit
    assert list(plan.instalments[1:]) == fresh[1:]

    known = replace(paid, plans=[*paid.plans, plan])
    found = state(known, since)
    assert (found.overdue, found.loan_class, found.unmatched) == (0, "past_due", 0)
    assert found.balance == sum(row.total for row in plan.instalments)
    assert line(found, 3).fell_away == ROWS[2].profit
    assert [line(found, number).left for number in (1, 2, 3)] == [0, 0, 0]
    assert (found.penalty, state(known, add_months(since, 1)).penalty) == (grown, grown)

    first = Payment(2, add_months(since, 1), plan.instalments[0].total)
    paying = replace(known, payments=[*known.payments, first])
    assert state(paying, first.day).loan_class == "current"
    assert state(paying, first.day - timedelta(days=1)).loan_class == "past_due"
    late = add_months(since, 8)
    assert state(known, late).loan_class == "overdue"

    # Ended before the new first instalment, the profit earned before is paid all the same.
    assert settlement(known, since).profit == plan.carried
    forgotten = Payment(3, FIRST, 1_000)
    assert state(replace(known, payments=[*known.payments, forgotten]), since).unmatched == 1_000


def test_a_loan_that_is_paid_is_not_rescheduled() -> None:
    paid = facts(Payment(1, FIRST, 2_000_000))
    with pytest.raises(ValueError, match="principal: too_small"):
        rescheduled(paid, FIRST, "annuity", 12, 6, add_months(FIRST, 1), 20)


def test_what_is_undone_is_as_if_it_had_not_been() -> None:
    kept, undone = Payment(1, FIRST, 50_000), Payment(2, FIRST, 70_000)
    day = add_months(FIRST, 3)
    assert state(facts(kept, undone), day) != state(facts(kept), day)
    assert [share.payment for share in state(facts(undone), day).shares] == [2]


def test_an_instalment_of_nothing_is_never_late() -> None:
    rows = [Instalment(1, FIRST, 0, 0), Instalment(2, add_months(FIRST, 20), 10, 0)]
    found = state(Facts([Plan(START, "annuity", rows, 24)]), add_months(FIRST, 19))
    assert (found.days_overdue, found.loan_class, found.overdue) == (0, "current", 0)
