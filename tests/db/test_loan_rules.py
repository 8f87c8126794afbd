"""Each rule of a loan and its payouts, by the nearest values on both sides of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar
from db.rules.common import MOST_RIAL
from db.rules.loans import ENDS, STEPS, check_loan, check_tranche
from tests.db.making import DAY, approved, loan_values, told

ONE_DAY = timedelta(days=1)
NEXT = DAY + ONE_DAY
TODAY = date(2024, 3, 19)
SHEBA = "IR820540102680020817909002"  # of bank 054


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


def found(**values: Any) -> list[tuple[str, str]]:
    return told(check_loan(loan_values(1, **values)))


def paid(paid: int, first: date | None = DAY, **values: Any) -> list[tuple[str, str]]:
    return told(check_loan(loan_values(1, **approved(**values)), DAY, paid, first))


def payout(
    contract_on: date | None = DAY, approved: int | None = 1000, others: int = 0, **values: Any
) -> list[tuple[str, str]]:
    given = {"number": 1, "loan_id": 1, "day": DAY, "amount": 1000, **values}
    return told(check_tranche(given, contract_on, approved, others))


def test_a_plain_loan_is_good_at_every_stage() -> None:
    steps: dict[str, Any] = {}
    for more in (
        {},
        {"introduced_on": NEXT},
        {"approved_on": NEXT, "amount_approved": 1},
        {"contract_on": NEXT},
    ):
        steps |= more
        assert found(**steps) == []
    assert found(introduced_on=NEXT, rejected_on=NEXT) == []
    assert found(**approved(), withdrawn_on=NEXT) == []


@pytest.mark.parametrize("name", ["unit_id", "bank_id", "amount_asked", "applied_on"])
def test_what_is_required(name: str) -> None:
    assert told(check_loan({**loan_values(1), name: None})) == [(name, "required")]


@pytest.mark.parametrize(
    ("name", "least", "most", "step"),
    [
        ("amount_asked", 1, MOST_RIAL, 1),
        ("amount_approved", 1, MOST_RIAL, 1),
        ("penalty_points", Decimal(0), Decimal(100), Decimal("0.000001")),
        ("months", 1, 240, 1),
        ("grace_months", 0, 60, 1),
        ("jobs_promised", 0, 5000, 1),
    ],
)
def test_ranges(name: str, least: Any, most: Any, step: Any) -> None:
    base: dict[str, Any] = {"approved_on": DAY, "amount_approved": 9, "months": 240}
    for good in (least, most):
        assert found(**{**base, name: good}) == []
    assert found(**{**base, name: least - step}) == [(name, "too_small")]
    assert found(**{**base, name: most + step}) == [(name, "too_large")]


def test_the_rate_is_above_zero() -> None:
    assert found(rate=Decimal("0.000001")) == found(rate=Decimal(100)) == []
    for rate in (Decimal(0), Decimal(-1)):
        assert found(rate=rate) == [("rate", "not_above_zero")]
    assert found(rate=Decimal("100.000001")) == [("rate", "too_large")]


@pytest.mark.parametrize(
    ("name", "longest"),
    [("branch", 120), ("contract_no", 120), ("guarantors", 500), ("note", 2000)],
)
def test_the_longest_text(name: str, longest: int) -> None:
    assert found(**{name: "ی" * longest}) == []
    assert found(**{name: "ی" * (longest + 1)}) == [(name, "too_long")]


@pytest.mark.parametrize("name", [*STEPS, *ENDS])
def test_no_stage_is_in_the_future(name: str) -> None:
    base: dict[str, Any] = {"applied_on": DAY}
    if name in ("approved_on", "contract_on"):
        base |= approved()
    if name == "approved_on":
        base["contract_on"] = None
    assert found(**{**base, name: TODAY}) == []
    assert found(**{**base, name: TODAY + ONE_DAY}) == [(name, "future")]


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(STEPS)))
def test_a_stage_is_not_before_the_one_before(earlier: str, later: str) -> None:
    days = dict.fromkeys(STEPS, NEXT)
    assert found(amount_approved=1, **days) == []
    after = STEPS[STEPS.index(later) :]
    days |= dict.fromkeys(after, DAY)
    assert found(amount_approved=1, **days) == [(later, "stage_before_earlier")]


def test_a_stage_left_out_does_not_hide_the_one_before_it() -> None:
    assert found(introduced_on=None, **approved(approved_on=DAY - ONE_DAY)) == [
        ("approved_on", "stage_before_earlier")
    ]


@pytest.mark.parametrize("name", ENDS)
def test_an_end_is_not_before_the_application(name: str) -> None:
    assert found(**{name: DAY}) == []
    (violation,) = check_loan(loan_values(1, **{name: DAY - ONE_DAY}))
    assert (violation.field, violation.code) == (name, "stage_before_earlier")
    assert violation.detail == (DAY,)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"approved_on": DAY}, ("amount_approved", "approved_without_amount")),
        ({"amount_approved": 1}, ("approved_on", "amount_without_day")),
        ({"contract_on": DAY}, ("contract_on", "contract_without_approval")),
        ({"rejected_on": DAY, "withdrawn_on": DAY}, ("withdrawn_on", "rejected_and_withdrawn")),
        ({**approved(), "rejected_on": NEXT}, ("rejected_on", "rejected_after_contract")),
    ],
)
def test_stages_that_do_not_go_together(values: dict[str, Any], complaint: tuple[str, str]) -> None:
    assert found(**values) == [complaint]


def test_the_grace_is_shorter_than_the_loan() -> None:
    assert found(months=12, grace_months=11) == []
    assert found(months=12, grace_months=12) == [("grace_months", "grace_too_long")]
    assert found(months=1, grace_months=0) == []


def test_a_loan_before_its_unit_is_wondered_at() -> None:
    assert told(check_loan(loan_values(1), DAY)) == []
    (violation,) = check_loan(loan_values(1), NEXT)
    assert (violation.code, violation.warning) == ("applied_before_registered", True)
    assert violation.detail == (NEXT,)


def test_a_sheba_has_its_form_and_its_bank() -> None:
    assert found(sheba=SHEBA) == []
    assert found(sheba=SHEBA[:-1] + "3") == [("sheba", "bad_sheba")]
    assert found(sheba=SHEBA[:-1]) == [("sheba", "bad_sheba")]
    assert found(sheba=SHEBA, bank_code="054") == []
    assert found(sheba=SHEBA, bank_code="017") == [("sheba", "?sheba_of_other_bank")]
    assert found(sheba=SHEBA, bank_code="") == []


# what was paid out


def test_what_is_approved_is_not_below_what_was_paid() -> None:
    assert paid(1000) == []
    assert paid(1001) == [("amount_approved", "approved_below_paid")]
    assert paid(0, None, amount_approved=1) == []
    (violation,) = check_loan(loan_values(1, **approved()), None, 1001, DAY)
    assert violation.detail == (1001,)


def test_approval_cannot_be_taken_back_after_a_payout() -> None:
    assert paid(1, amount_approved=None, approved_on=None, contract_on=None) == [
        ("amount_approved", "approved_below_paid"),
        ("contract_on", "paid_without_contract"),
    ]


def test_the_contract_is_not_after_the_first_payout() -> None:
    assert paid(1, DAY) == []
    assert paid(1, DAY, contract_on=NEXT) == [("contract_on", "contract_after_paid")]
    assert paid(1, NEXT, contract_on=NEXT) == []


def test_what_was_paid_cannot_be_rejected_or_withdrawn() -> None:
    assert paid(0, None, withdrawn_on=NEXT) == []
    assert paid(1, withdrawn_on=NEXT) == [("withdrawn_on", "ended_after_paid")]
    assert ("rejected_on", "ended_after_paid") in paid(1, rejected_on=NEXT)


# a payout


def test_a_plain_payout_is_good() -> None:
    assert payout() == []


@pytest.mark.parametrize("name", ["day", "amount"])
def test_a_payout_needs(name: str) -> None:
    empty: dict[str, Any] = {name: None}
    assert payout(**empty) == [(name, "required")]


def test_a_payout_is_a_whole_rial_at_least() -> None:
    assert payout(amount=1) == []
    assert payout(amount=0) == [("amount", "too_small")]
    assert payout(amount=-1) == [("amount", "too_small")]
    assert payout(approved=MOST_RIAL, amount=MOST_RIAL) == []
    assert payout(approved=MOST_RIAL + 1, amount=MOST_RIAL + 1) == [("amount", "too_large")]


def test_payouts_together_stay_within_what_is_approved() -> None:
    assert payout(others=400, amount=600) == []
    given = {"number": 1, "loan_id": 1, "day": DAY, "amount": 601}
    (violation,) = check_tranche(given, DAY, 1000, 400)
    assert (violation.field, violation.code, violation.detail) == (
        "amount", "above_approved", (600,),
    )  # fmt: skip
    assert payout(approved=None, amount=1) == [("amount", "above_approved")]


def test_a_payout_is_not_in_the_future() -> None:
    assert payout(day=TODAY) == []
    assert payout(day=TODAY + ONE_DAY) == [("day", "future")]


def test_a_payout_comes_after_the_contract() -> None:
    assert payout(contract_on=NEXT, day=NEXT) == []
    assert payout(contract_on=NEXT) == [("day", "paid_before_contract")]
    assert payout(contract_on=None) == [("day", "paid_without_contract")]


def test_nothing_is_paid_out_after_a_withdrawal() -> None:
    given = {"number": 1, "loan_id": 1, "day": NEXT, "amount": 1}
    assert list(check_tranche(given, DAY, 1000, 0)) == []
    (violation,) = check_tranche(given, DAY, 1000, 0, DAY)
    assert (violation.field, violation.code) == ("day", "paid_after_end")


@given(
    st.integers(1, MOST_RIAL),
    st.lists(st.integers(1, MOST_RIAL), max_size=5),
)
def test_no_run_of_payouts_passes_what_is_approved(limit: int, amounts: list[int]) -> None:
    total = 0
    for amount in amounts:
        if not payout(approved=limit, others=total, amount=amount):
            total += amount
    assert total <= limit
