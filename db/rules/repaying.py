"""What may be entered of a loan's repayment: payments, waivers, reschedulings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import Violation
from db.rules.common import MOST_RIAL, check_not_future, check_order, check_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


def check_payment(
    values: Mapping[str, Any],
    paid_out_on: date | None,
    excess: int = 0,
    settlement: int | None = None,
    rescheduled_on: date | None = None,
    receipt_of: str = "",
) -> Iterator[Violation]:
    """Fields: day, amount, receipt_no, keeps_credit.

    `paid_out_on` is the day of the first tranche; `excess` in rial what `settling.excess` tells;
    `settlement` the rial that end the loan that day, if this payment is to end it; `receipt_of`
    names the payment of the same bank with the same receipt number.
    """
    yield from check_range(values, "amount", 1, MOST_RIAL)
    yield from check_not_future(values, "day")
    yield from _check_day(values, "day", paid_out_on, rescheduled_on)
    if excess and not values.get("keeps_credit"):
        yield Violation("amount", "above_owed", (excess,))
    if settlement is not None and (values.get("amount") or 0) < settlement:
        yield Violation("amount", "below_settlement", (settlement,))
    if receipt_of:
        yield Violation("receipt_no", "receipt_taken", (receipt_of,), warning=True)


def check_waiver(
    values: Mapping[str, Any], penalty_left: int, paid_out_on: date | None
) -> Iterator[Violation]:
    """Fields: day, amount, reason; `penalty_left` in rial by the end of the day."""
    yield from check_range(values, "amount", 1, MOST_RIAL)
    yield from check_not_future(values, "day")
    yield from _check_day(values, "day", paid_out_on, None)
    if (values.get("amount") or 0) > penalty_left:
        yield Violation("amount", "above_penalty", (penalty_left,))
    if not values.get("reason"):
        yield Violation("reason", "reason_missing")


def check_rescheduling(
    values: Mapping[str, Any],
    principal_left: int,
    paid_out_on: date | None,
    rescheduled_on: date | None = None,
) -> Iterator[Violation]:
    """Fields: since, first_due; its terms are checked by `schedule.check_terms`.

    `principal_left` in rial at the end of `since`; `rescheduled_on` the day of the last one.
    """
    yield from check_not_future(values, "since")
    yield from _check_day(values, "since", paid_out_on, rescheduled_on)
    yield from check_order(values, "since", "first_due", "due_before_rescheduling")
    if paid_out_on is not None and principal_left <= 0:
        yield Violation("since", "already_settled")


def _check_day(
    values: Mapping[str, Any], name: str, paid_out_on: date | None, rescheduled_on: date | None
) -> Iterator[Violation]:
    """After money went out, and after the books were closed by a rescheduling."""
    day = values.get(name)
    if paid_out_on is None:
        yield Violation(name, "payment_without_payout")
    elif day is not None and day < paid_out_on:
        yield Violation(name, "payment_before_paid_out", (paid_out_on,))
    if day is not None and rescheduled_on is not None and day <= rescheduled_on:
        yield Violation(name, "before_rescheduling", (rescheduled_on,))
