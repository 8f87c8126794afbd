"""The schedules of the three methods: the worked examples, and a clerk who goes month by month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar import LAST_DAY, add_months, from_jalali, jalali_parts, to_jalali
from db.rules.common import MOST_RIAL, half_up
from db.rules.schedule import (
    GRACE_PROFITS,
    METHODS,
    Instalment,
    Method,
    check_instalments,
    check_terms,
    compare,
    grace_profit_of,
    instalments,
)
from db.rules.tranche_schedule import tranche_instalments
from tests.db.making import told
from tests.vectors import VECTORS

LOANS = VECTORS["loans"]
DAY = from_jalali("1402/06/31")
RATES = st.decimals("0.01", "100", places=2) | st.integers(1, 100)
AMOUNTS = st.integers(1, 400) | st.integers(1, MOST_RIAL)
GRACE = st.tuples(st.integers(0, 7), st.sampled_from(GRACE_PROFITS))


def rounded(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


# --- the worked examples --------------------------------------------------------------------------


@pytest.mark.parametrize("case", LOANS["flat_2400"], ids=lambda case: case["principal"])
def test_the_2400_formula(case: dict[str, Any]) -> None:
    rows = instalments("flat_2400", case["principal"], case["annual_rate"], case["months"], DAY)
    assert [row.total for row in rows[:-1]] == [case["instalment"]] * (case["months"] - 1)
    assert rows[-1].total == case["last"]
    assert sum(row.profit for row in rows) == case["profit"]
    assert sum(row.total for row in rows) == case["total"]
    assert len({row.principal for row in rows[:-1]}) == len({row.profit for row in rows[:-1]}) == 1


@pytest.mark.parametrize("case", LOANS["annuity"], ids=lambda case: case["principal"])
def test_the_annuity(case: dict[str, Any]) -> None:
    rows = instalments("annuity", case["principal"], case["annual_rate"], case["months"], DAY)
    balance, told = case["principal"], []
    for row in rows:
        balance -= row.principal
        told.append((row.number, row.total, row.principal, row.profit, balance))
    names = ("no", "payment", "principal", "profit", "balance")
    assert told == [tuple(row[name] for name in names) for row in case["rows"]]
    assert sum(row.total for row in rows) == case["total"]
    assert rows[0].total == case["instalment"]


@pytest.mark.parametrize("case", LOANS["qarz_11_plus_1"], ids=lambda case: case["months"])
def test_the_fee_of_a_qarz(case: dict[str, Any]) -> None:
    rows = instalments("qarz_11_plus_1", case["principal"], case["fee_rate"], case["months"], DAY)
    balance, told = case["principal"], []
    for row in rows:
        assert not (row.principal and row.profit)
        balance -= row.principal
        told.append((row.number, "fee" if row.profit else "principal", row.total, balance))
    names = ("no", "kind", "amount", "balance")
    assert told == [tuple(row[name] for name in names) for row in case["rows"]]
    assert [row.profit for row in rows if row.profit] == case["fees"]
    assert rows[-1].total == case["last"]
    assert sum(row.total for row in rows) == case["total"]


def test_due_days_are_counted_from_the_first() -> None:
    case = next(case for case in LOANS["qarz_11_plus_1"] if "due_dates" in case)
    first = add_months(from_jalali(case["disbursed"]), 1)
    rows = instalments("qarz_11_plus_1", case["principal"], case["fee_rate"], case["months"], first)
    assert [to_jalali(row.due_on) for row in rows] == case["due_dates"]
    clamped = instalments("annuity", 1000, 10, 12, DAY)
    assert [to_jalali(row.due_on) for row in clamped][:2] == ["1402/06/31", "1402/07/30"]
    assert [to_jalali(row.due_on) for row in clamped][6:8] == ["1402/12/29", "1403/01/31"]


@pytest.mark.parametrize("case", LOANS["method_comparison"])
def test_the_same_loan_by_each_method(case: dict[str, Any]) -> None:
    costs = compare(case["principal"], case["rate"], case["months"], DAY)
    assert {f"{each.method}_cost": each.profit for each in costs}.items() <= case.items()
    assert [each.method for each in costs] == list(METHODS)
    qarz, annuity, _ = costs
    assert (qarz.instalment, qarz.largest, qarz.total) == (27_272_727, 60_000_000, 1_680_000_000)
    assert annuity.instalment == instalments("annuity", 1_500_000_000, 4, 60, DAY)[0].total


@pytest.mark.parametrize("case", LOANS["grace"])
def test_the_profit_of_the_grace(case: dict[str, Any]) -> None:
    given = (case["principal"], case["annual_rate"], case["months"], DAY, case["grace_months"])
    grace, *rows = instalments("annuity", *given, "separate")
    expected = case["policy_separate"]
    assert grace == Instalment(0, add_months(DAY, -1), 0, expected["pay_at_end_of_grace"])
    assert rows == instalments("annuity", *given[:4])
    assert rows[0].total == expected["then_annuity_instalment"]

    expected = case["policy_capitalised"]
    rows = instalments("annuity", *given, "capitalised")
    assert sum(row.principal for row in rows) == expected["new_principal"]
    assert (rows[0].total, rows[-1].total) == (expected["instalment"], expected["last"])
    assert sum(row.total for row in rows) == expected["total"]
    cost = next(each for each in compare(*given, "capitalised") if each.method == "annuity")
    assert cost.profit == expected["total"] - case["principal"]

    spread = instalments("annuity", *given, "spread")
    plain = instalments("annuity", *given[:4])
    assert [row.profit - bare.profit for row, bare in zip(spread, plain, strict=True)] == (
        [1_750_000] * 60
    )
    assert [row.principal for row in spread] == [row.principal for row in plain]


# --- a clerk with a pencil ------------------------------------------------------------------------


def parts(amount: int, count: int) -> list[int]:
    """Equal parts laid out one by one until nothing is left; the rest goes to the last."""
    each = rounded(Fraction(amount, count))
    laid: list[int] = []
    for place in range(count):
        rest = amount - sum(laid)
        laid.append(rest if place == count - 1 or rest < each else each)
    return laid


def by_annuity(principal: int, rate: Fraction, months: int) -> list[tuple[int, int]]:
    """The instalment is what, discounted month by month, comes to the principal."""
    worth, factor = Fraction(0), Fraction(1)
    for _ in range(months):
        factor /= 1 + rate / 1200
        worth += factor
    payment, owed, rows = rounded(principal / worth), principal, []
    for _ in range(months - 1):
        profit = rounded(owed * rate / 1200)
        rows.append((min(owed, payment - profit), profit))
        owed -= rows[-1][0]
    return [*rows, (owed, rounded(owed * rate / 1200))]


def by_qarz(principal: int, rate: Fraction, months: int) -> list[tuple[int, int]]:
    """A fee for each month of a year on what is owed when the year begins."""
    numbers = range(1, months + 1)
    repaid = iter(parts(principal, sum(1 for number in numbers if number % 12 != 1)))
    owed, rows = principal, []
    for number in numbers:
        if number % 12 == 1:
            year = [other for other in numbers if (other - 1) // 12 == (number - 1) // 12]
            rows.append((0, rounded(sum((owed * rate / 1200 for _ in year), Fraction(0)))))
        else:
            rows.append((next(repaid), 0))
            owed -= rows[-1][0]
    return rows


@given(AMOUNTS, RATES, st.integers(1, 60))
def test_the_annuity_against_discounting(principal: int, rate: Decimal | int, months: int) -> None:
    rows = instalments("annuity", principal, rate, months, DAY)
    assert [row[2:] for row in rows] == by_annuity(principal, Fraction(rate), months)


@given(AMOUNTS, RATES, st.integers(2, 120))
def test_the_fee_against_its_months(principal: int, rate: Decimal | int, months: int) -> None:
    rows = instalments("qarz_11_plus_1", principal, rate, months, DAY)
    assert [row[2:] for row in rows] == by_qarz(principal, Fraction(rate), months)


@given(AMOUNTS, RATES, st.integers(1, 240))
def test_the_2400_formula_is_profit_on_equal_principal(
    principal: int, rate: Decimal | int, months: int
) -> None:
    rows = instalments("flat_2400", principal, rate, months, DAY)
    owed = [Fraction(principal * left, months) for left in range(months, 0, -1)]
    profit = rounded(sum(owed, Fraction(0)) * Fraction(rate) / 1200)
    assert [row.total for row in rows] == parts(principal + profit, months)
    if min(principal, profit) >= months**2:  # rounding does not reach the equal parts
        assert [row.principal for row in rows] == parts(principal, months)


@given(st.sampled_from(METHODS), AMOUNTS, RATES, st.integers(2, 240), GRACE)
def test_every_schedule_repays_its_principal(
    method: Method, principal: int, rate: Decimal, months: int, grace: tuple[int, Any]
) -> None:
    grace = (min(grace[0], months - 1), grace[1])
    rows = instalments(method, principal, rate, months, DAY, *grace)
    plain = instalments(method, principal, rate, months, DAY)
    extra = rounded(Fraction(principal) * Fraction(rate) * grace[0] / 1200)
    assert extra == grace_profit_of(principal, rate, grace[0])
    made_principal = extra if grace[1] == "capitalised" else 0
    assert sum(row.principal for row in rows) == principal + made_principal
    assert all(row.principal >= 0 and row.profit >= 0 for row in rows)
    numbers = [row.number for row in rows]
    has_own = bool(extra) and grace[1] == "separate"
    assert numbers == list(range(0 if has_own else 1, months + 1))
    assert all(row.due_on == add_months(DAY, row.number - 1) for row in rows)
    if grace[1] != "capitalised":
        assert sum(row.profit for row in rows) == sum(row.profit for row in plain) + extra
    assert told(check_instalments(rows, principal + made_principal)) == []


@given(st.fractions(0, 10**9))
def test_half_a_rial_goes_up(amount: Fraction) -> None:
    assert half_up(amount) == rounded(amount)


# --- what is refused ------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "method": "annuity", "principal": 1000, "rate": 18, "months": 12, "first_due": DAY,
    "grace_months": 0, "grace_profit": "separate",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "violation"),
    [
        ({"principal": 0}, ("principal", "too_small")),
        ({"principal": -5}, ("principal", "too_small")),
        ({"principal": MOST_RIAL + 1}, ("principal", "too_large")),
        ({"principal": None}, ("principal", "required")),
        ({"rate": 0}, ("rate", "not_above_zero")),
        ({"rate": Decimal("-0.5")}, ("rate", "not_above_zero")),
        ({"rate": Decimal("100.01")}, ("rate", "too_large")),
        ({"months": 0}, ("months", "too_small")),
        ({"months": -1}, ("months", "too_small")),
        ({"months": 241}, ("months", "too_large")),
        ({"grace_months": 12}, ("grace_months", "grace_too_long")),
        ({"grace_months": -1}, ("grace_months", "too_small")),
        ({"months": 100, "grace_months": 61}, ("grace_months", "too_large")),
        ({"method": "balloon"}, ("method", "unreadable_choice")),
        ({"grace_profit": "free"}, ("grace_profit", "unreadable_choice")),
        ({"first_due": LAST_DAY}, ("first_due", "due_beyond_calendar")),
        ({"first_due": date(1700, 1, 1)}, ("first_due", "due_beyond_calendar")),
    ],
)
def test_what_cannot_be_made(changed: dict[str, Any], violation: tuple[str, str]) -> None:
    assert told(check_terms(GOOD | changed)) == [violation]
    if changed.get("principal", 1) is not None:
        with pytest.raises(ValueError, match=": ".join(violation)):
            instalments(**{**GOOD, **changed})


def test_the_nearest_that_can_be_made() -> None:
    for changed in (
        {}, {"principal": 1}, {"principal": MOST_RIAL}, {"rate": Decimal("0.01")}, {"rate": 100},
        {"months": 1}, {"months": 240}, {"grace_months": 11},
        {"months": 1, "method": "qarz_11_plus_1"}, {"months": 61, "grace_months": 60},
    ):  # fmt: skip
        assert told(check_terms({**GOOD, **changed})) == []
        assert sum(row.principal for row in instalments(**{**GOOD, **changed}))


def test_the_first_due_day_comes_after_the_contract_and_the_money() -> None:
    early = {"contract_on": add_months(DAY, 1), "paid_out_on": add_months(DAY, 2)}
    assert told(check_terms({**GOOD, **early})) == [
        ("first_due", "due_before_contract"),
        ("first_due", "due_before_paid_out"),
    ]
    assert told(check_terms({**GOOD, "contract_on": DAY, "paid_out_on": DAY})) == []


@pytest.mark.parametrize("months", [13, 25, 37])
def test_a_last_fee_of_nothing_is_warned_of(months: int) -> None:
    found = list(check_terms({**GOOD, "method": "qarz_11_plus_1", "months": months}))
    assert [(each.code, each.warning) for each in found] == [("last_fee_is_zero", True)]
    rows = instalments("qarz_11_plus_1", 1000, 4, months, DAY)
    assert rows[-1][2:] == (0, 0)


def test_one_month_is_one_instalment_by_every_method() -> None:
    for method in METHODS:
        assert instalments(method, 1000, 12, 1, DAY) == [Instalment(1, DAY, 1000, 10)]
    assert {each.instalment for each in compare(1000, 12, 1, DAY)} == {1010}


def test_a_schedule_that_was_overwritten() -> None:
    rows = instalments("annuity", 1000, 18, 3, DAY)
    more = [rows[0]._replace(principal=rows[0].principal + 1), *rows[1:]]
    assert [each.detail for each in check_instalments(more, 1000)] == [(1001, 1000)]
    assert told(check_instalments(more, 1001)) == []
    below = [rows[0]._replace(profit=-1), *rows[1:]]
    assert told(check_instalments(below, 1000)) == [("principal", "instalment_below_zero")]
    swapped = [rows[0]._replace(due_on=rows[1].due_on), *rows[1:]]
    assert told(check_instalments(swapped, 1000)) == [("due_on", "due_days_not_in_order")]


# --- tranches -------------------------------------------------------------------------------------

TERMS: dict[str, Any] = {"rate": 18, "months": 6, "first_due": DAY}


@given(st.sampled_from(METHODS), AMOUNTS, RATES, st.integers(2, 60), GRACE, st.integers(0, 300))
def test_one_tranche_is_the_plain_schedule(
    method: Method, amount: int, rate: Decimal, months: int, grace: tuple[int, Any], before: int
) -> None:
    grace = (min(grace[0], months - 1), grace[1])
    day = date.fromordinal(DAY.toordinal() - before)
    rows = tranche_instalments(method, [(day, amount)], rate, months, DAY, *grace)
    assert rows == instalments(method, amount, rate, months, DAY, *grace)


@st.composite
def payouts(draw: st.DrawFn) -> tuple[dict[str, Any], list[tuple[date, int]]]:
    months = draw(st.integers(2, 30))
    grace_months = draw(st.integers(0, months - 1))
    first_due = add_months(DAY, draw(st.integers(0, 14)))
    terms = {
        "method": draw(st.sampled_from(METHODS)), "rate": draw(RATES), "months": months,
        "first_due": first_due, "grace_months": grace_months,
        "grace_profit": draw(st.sampled_from(("separate", "spread"))),
    }  # fmt: skip
    first = add_months(first_due, -1 - grace_months)
    last = add_months(first_due, months - 1)
    days = st.dates(first, last)
    later = draw(st.lists(st.tuples(days, st.integers(1, 10**10)), max_size=4))
    return terms, [(first, draw(st.integers(1, 10**10))), *later]


@given(payouts())
def test_a_tranche_leaves_alone_what_began_before_it(
    given_: tuple[dict[str, Any], list[tuple[date, int]]],
) -> None:
    terms, tranches = given_
    rows = tranche_instalments(tranches=tranches[::-1], **terms)
    assert sum(row.principal for row in rows) == sum(amount for _, amount in tranches)
    assert all(row.principal >= 0 and row.profit >= 0 for row in rows)
    assert all(a.due_on < b.due_on for a, b in pairwise(rows))
    *others, last = sorted(tranches)
    if others:
        before = {row.number: row for row in tranche_instalments(tranches=others, **terms)}
        spared = {row.number: row for row in rows if row.due_on < last[0]}
        assert spared == {number: before[number] for number in spared}


def test_a_later_tranche_joins_a_month_on() -> None:
    first, second = (add_months(DAY, -1), 600_000), (add_months(DAY, 1), 400_000)
    rows = tranche_instalments("annuity", [first, second], **TERMS)
    alone = instalments("annuity", 600_000, 18, 6, DAY)
    joined = instalments("annuity", 400_000, 18, 4, add_months(DAY, 2))
    assert rows[:2] == alone[:2]
    assert [row[2:] for row in rows[2:]] == [
        (a.principal + b.principal, a.profit + b.profit)
        for a, b in zip(alone[2:], joined, strict=True)
    ]
    # A day later the month that has begun bears nothing any more.
    late = (date.fromordinal(second[0].toordinal() + 1), 400_000)
    assert tranche_instalments("annuity", [first, late], **TERMS)[2] == alone[2]


def test_a_later_tranche_bears_the_months_of_grace_that_are_left() -> None:
    terms = {**TERMS, "grace_months": 4, "grace_profit": "separate"}
    tranches = [(add_months(DAY, -5), 1_000_000), (add_months(DAY, -3), 1_000_000)]
    rows = tranche_instalments("annuity", tranches, **terms)
    assert rows[0] == Instalment(0, add_months(DAY, -1), 0, 60_000 + 30_000)
    assert rows[1:] == instalments("annuity", 2_000_000, 18, 6, DAY)


def test_the_last_tranche_joins_what_is_left() -> None:
    tranches = [(add_months(DAY, -1), 1_000), (add_months(DAY, 5), 500)]
    whole = instalments("flat_2400", 1_000, 18, 6, DAY)
    rows = tranche_instalments("flat_2400", tranches, **TERMS)
    assert rows[:-1] == whole[:-1]
    assert rows[-1].principal == whole[-1].principal + 500
    assert rows[-1].profit == whole[-1].profit + 8  # a month of 500 rial: 7.5
    qarz = tranche_instalments("qarz_11_plus_1", tranches, **TERMS)
    assert [row[2:] for row in qarz[-2:]] == [(200, 0), (700, 8)]


@pytest.mark.parametrize(
    "tranches",
    [
        [],
        [(DAY, 0)],
        [(DAY, 5), (DAY, 0)],
        [(add_months(DAY, 1), 5)],
        [(DAY, 5), (add_months(DAY, 6), 5)],
    ],
)
def test_tranches_without_a_schedule(tranches: list[tuple[date, int]]) -> None:
    with pytest.raises(ValueError, match=r"tranche|principal"):
        tranche_instalments("annuity", tranches, **TERMS)


def test_the_years_of_the_tests() -> None:
    assert jalali_parts(DAY) == (1402, 6, 31)
