"""What may be said of a loan and its tranches; the stages follow from the days."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from db.calendar import add_months
from db.errors import Violation
from db.models.loan import Loan
from db.models.tranche import Tranche
from db.rules import identifiers
from db.rules.columns import check_columns
from db.rules.common import MOST_RIAL, check_form, check_not_future, check_order, check_range
from db.rules.schedule import (
    MOST_GRACE,
    MOST_MONTHS,
    check_first_due,
    check_length,
    check_rate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from db.models.visit import Visit

STEPS = ("applied_on", "introduced_on", "approved_on", "contract_on")
ENDS = ("rejected_on", "withdrawn_on")


def check_loan(
    values: Mapping[str, Any],
    registered_on: date | None = None,
    paid: int = 0,
    first_paid_on: date | None = None,
    last_paid_on: date | None = None,
) -> Iterator[Violation]:
    """Amounts in rial, rates in percent a year; `paid` is the sum of the loan's tranches."""
    yield from check_columns(Loan, values)
    yield from check_range(values, "amount_asked", 1, MOST_RIAL)
    yield from check_range(values, "amount_approved", 1, MOST_RIAL)
    yield from check_rate(values.get("rate"))
    yield from check_range(values, "penalty_points", 0, 100)
    yield from check_range(values, "months", 1, MOST_MONTHS)
    yield from check_range(values, "grace_months", 0, MOST_GRACE)
    yield from check_length(values)
    yield from _check_due(values, first_paid_on, last_paid_on)
    yield from check_range(values, "jobs_promised", 0, 5_000)
    yield from check_form(values, "sheba", identifiers.is_sheba, "bad_sheba")
    yield from check_not_future(values, *STEPS, *ENDS)
    yield from _check_steps(values)
    yield from _check_paid(values, paid, first_paid_on)
    applied_on = values.get("applied_on")
    if registered_on and applied_on and applied_on < registered_on:
        yield Violation("applied_on", "applied_before_registered", (registered_on,), warning=True)
    if values.get("sheba") and values.get("bank_code"):
        bank = identifiers.bank_of_sheba(values["sheba"])
        if bank and bank != values["bank_code"]:
            yield Violation("sheba", "sheba_of_other_bank", warning=True)


def _check_due(
    values: Mapping[str, Any], first_paid_on: date | None, last_paid_on: date | None
) -> Iterator[Violation]:
    found = list(check_first_due({**values, "paid_out_on": first_paid_on}, "first_due_on"))
    first_due, months = values.get("first_due_on"), values.get("months")
    if not found and first_due and last_paid_on and months and 1 <= months <= MOST_MONTHS:
        found += check_between([first_due, last_paid_on], first_due, months, "first_due_on")
    yield from found


def _check_steps(values: Mapping[str, Any]) -> Iterator[Violation]:
    """A later stage is not before an earlier one, and none is skipped over approval."""
    given = [name for name in STEPS if values.get(name) is not None]
    for earlier, later in pairwise(given):
        yield from check_order(values, earlier, later, "stage_before_earlier")
    for name in ENDS:
        yield from check_order(values, "applied_on", name, "stage_before_earlier")
    approved = values.get("approved_on")
    if approved is not None and values.get("amount_approved") is None:
        yield Violation("amount_approved", "approved_without_amount")
    if approved is None and values.get("amount_approved") is not None:
        yield Violation("approved_on", "amount_without_day")
    if approved is None and values.get("contract_on") is not None:
        yield Violation("contract_on", "contract_without_approval")
    if values.get("rejected_on") and values.get("withdrawn_on"):
        yield Violation("withdrawn_on", "rejected_and_withdrawn")
    if values.get("rejected_on") and values.get("contract_on"):
        yield Violation("rejected_on", "rejected_after_contract")


def _check_paid(
    values: Mapping[str, Any], paid: int, first_paid_on: date | None
) -> Iterator[Violation]:
    """What has been paid out stays within what was approved, and after the contract."""
    if not paid:
        return
    approved = values.get("amount_approved")
    if approved is None or approved < paid:
        yield Violation("amount_approved", "approved_below_paid", (paid,))
    contract_on = values.get("contract_on")
    if contract_on is None:
        yield Violation("contract_on", "paid_without_contract")
    elif first_paid_on and contract_on > first_paid_on:
        yield Violation("contract_on", "contract_after_paid", (first_paid_on,))
    yield from (Violation(name, "ended_after_paid") for name in ENDS if values.get(name))


def check_between(
    paid_out: Sequence[date], first_due: date | None, months: int, field: str
) -> Iterator[Violation]:
    """The first tranche is paid by the first due day, every other one by the last.

    Beside `field`; of terms that are allowed.
    """
    if not paid_out or first_due is None:
        return
    last_due = add_months(first_due, months - 1)
    if min(paid_out) > first_due:
        yield Violation(field, "paid_after_first_due", (first_due,))
    elif max(paid_out) > last_due:
        yield Violation(field, "paid_after_last_due", (max(paid_out), last_due))


def check_tranche(
    values: Mapping[str, Any],
    contract_on: date | None,
    approved: int | None,
    others_paid: int,
    withdrawn_on: date | None = None,
) -> Iterator[Violation]:
    """`others_paid` is the sum of the loan's other tranches in rial."""
    yield from check_columns(Tranche, values)
    yield from check_range(values, "amount", 1, MOST_RIAL)
    yield from check_not_future(values, "day")
    day, amount = values.get("day"), values.get("amount")
    if contract_on is None:
        yield Violation("day", "paid_without_contract")
    elif day is not None and day < contract_on:
        yield Violation("day", "paid_before_contract", (contract_on,))
    if withdrawn_on is not None:
        yield Violation("day", "paid_after_end", (withdrawn_on,))
    if amount is not None and amount > 0 and amount + others_paid > (approved or 0):
        yield Violation("amount", "above_approved", ((approved or 0) - others_paid,))


def check_visit(
    values: Mapping[str, Any], unit_id: int, visit: Visit | None
) -> Iterator[Violation]:
    """The inspection that allowed a tranche saw the loan's unit, and not later."""
    day = values.get("day")
    if visit is None or visit.unit_id != unit_id or visit.archived_on is not None:
        yield Violation("visit_id", "of_other_unit")
    elif day is not None and visit.day > day:
        yield Violation("visit_id", "visit_after_payout", (visit.day,))
    elif visit.review != "accepted":
        yield Violation("visit_id", "visit_not_accepted", warning=True)
