"""What may not be entered of a loan's repayment, by the nearest values on both sides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from db import calendar
from db.rules.common import MOST_RIAL
from db.rules.repaying import check_payment, check_rescheduling, check_waiver
from tests.db.making import told

TODAY = date(2024, 3, 19)
DAY = date(2023, 10, 1)
ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


def payment(values: dict[str, Any] | None = None, **more: Any) -> list[tuple[str, str]]:
    given = {"day": DAY, "amount": 1000, "receipt_no": "12"} | (values or {})
    return told(check_payment(given, **{"paid_out_on": DAY, **more}))


def test_a_payment() -> None:
    assert payment() == payment({"day": TODAY, "amount": MOST_RIAL}) == []
    assert payment({"amount": 0}) == [("amount", "too_small")]
    assert payment({"amount": MOST_RIAL + 1}) == [("amount", "too_large")]
    assert payment({"day": TODAY + ONE_DAY}) == [("day", "future")]
    assert payment({"day": DAY - ONE_DAY}) == [("day", "payment_before_paid_out")]
    assert payment(paid_out_on=None) == [("day", "payment_without_payout")]
    assert payment({"day": None, "amount": None}) == []  # the columns' own rules tell


def test_a_payment_above_what_is_owed_is_refused_or_kept_as_credit() -> None:
    assert payment(excess=1) == [("amount", "above_owed")]
    assert payment({"keeps_credit": True}, excess=1) == []


def test_a_payment_that_is_to_end_the_loan() -> None:
    assert payment(settlement=1000) == []
    assert payment(settlement=1001) == [("amount", "below_settlement")]


def test_a_rescheduling_closes_the_days_before_it() -> None:
    assert payment({"day": DAY + ONE_DAY}, rescheduled_on=DAY) == []
    assert payment(rescheduled_on=DAY) == [("day", "before_rescheduling")]


def test_a_receipt_that_is_known_is_warned_of() -> None:
    found = list(
        check_payment({"day": DAY, "amount": 5, "receipt_no": "12"}, DAY, receipt_of="قرارداد ۷")
    )
    assert [(each.field, each.code, each.warning) for each in found] == [
        ("receipt_no", "receipt_taken", True)
    ]


def test_a_waiver() -> None:
    given = {"day": DAY, "amount": 1000, "reason": "مصوبه"}
    assert told(check_waiver(given, 1000, DAY)) == []
    assert told(check_waiver(given, 999, DAY)) == [("amount", "above_penalty")]
    assert told(check_waiver(given | {"reason": ""}, 1000, DAY)) == [("reason", "reason_missing")]
    assert told(check_waiver(given | {"amount": 0}, 9, DAY)) == [("amount", "too_small")]
    assert told(check_waiver(given | {"day": TODAY + ONE_DAY}, 1000, DAY)) == [("day", "future")]
    assert told(check_waiver(given, 1000, None)) == [("day", "payment_without_payout")]


def test_a_rescheduling() -> None:
    given = {"since": DAY + ONE_DAY, "first_due": DAY + ONE_DAY}
    assert told(check_rescheduling(given, 1, DAY, DAY)) == []
    assert told(check_rescheduling(given, 0, DAY)) == [("since", "already_settled")]
    assert told(check_rescheduling(given | {"first_due": DAY}, 1, DAY)) == [
        ("first_due", "due_before_rescheduling")
    ]
    assert told(check_rescheduling(given | {"since": DAY}, 1, DAY, DAY)) == [
        ("since", "before_rescheduling")
    ]
    assert told(check_rescheduling(given | {"since": DAY - ONE_DAY}, 1, DAY)) == [
        ("since", "payment_before_paid_out")
    ]
    late = {"since": TODAY + ONE_DAY, "first_due": TODAY + ONE_DAY}
    assert told(check_rescheduling(late, 1, DAY)) == [("since", "future")]
    assert told(check_rescheduling(given, 0, None)) == [("since", "payment_without_payout")]
