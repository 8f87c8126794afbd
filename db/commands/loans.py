"""Changing loans and their tranches. Checks the rules, then writes; never commits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Bank, Loan, Tranche, Unit, Visit
from db.queries import loans, repayment
from db.rules.coherence import spoilt
from db.rules.loans import check_between, check_loan, check_tranche, check_visit
from db.rules.plans import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids

# In the order of `Terms`
TERMS: Final = ("method", "rate", "months", "first_due_on", "grace_months", "grace_profit",
                "penalty_points")  # fmt: skip


def check(session: Session, loan_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about a loan's values (amounts in rial)."""
    tranches = loans.tranches(session, loan_id) if loan_id else []
    unit = session.get(Unit, values.get("unit_id") or 0)
    bank = session.get(Bank, values.get("bank_id") or 0)
    days = [tranche.day for tranche in tranches]
    found = [
        *check_loan(
            {**values, "bank_code": bank.code if bank else ""},
            unit.registered_on if unit else None,
            sum(tranche.amount for tranche in tranches),
            min(days, default=None),
            max(days, default=None),
        ),
        *_moved(session, tranches, values),
    ]
    return (
        found if loan_id is None or _stops(found) else [*found, *_spoilt(session, loan_id, values)]
    )


def _spoilt(session: Session, loan_id: int, values: Mapping[str, Any]) -> list[Violation]:
    """What other terms would spoil of the repayment on record, beside the first that changes."""
    before = repayment.on_record(session, loan_id)
    if before is None:
        return []
    now = dict(zip(TERMS, before.terms, strict=True))
    given = {name: values.get(name, now[name]) for name in TERMS}
    changed = [name for name in TERMS if given[name] != now[name]]
    after = replace(before, terms=Terms(*given.values()))
    return spoilt(before, after, changed[0]) if changed else []


def _moved(
    session: Session, tranches: Sequence[Tranche], values: Mapping[str, Any]
) -> Iterator[Violation]:
    """A loan whose tranches were allowed by visits stays with their unit."""
    ids = [tranche.visit_id for tranche in tranches if tranche.visit_id is not None]
    if not ids or values.get("unit_id") is None:
        return
    elsewhere = select(func.count()).where(Visit.id.in_(ids), Visit.unit_id != values["unit_id"])
    if session.scalar(elsewhere):
        yield Violation("unit_id", "loan_has_visits")


def save_loan(
    session: Session, loan_id: int | None, values: Mapping[str, Any], version: int | None = None
) -> Loan:
    """Create the loan, or change the one of `loan_id`. Raises RuleError, ConflictError."""
    loan = saving.fetch(session, Loan, loan_id, version)
    raise_on(check(session, loan_id, values))
    return saving.assign(session, loan, values)


def archive_loan(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Loan, ids, reason)


def restore_loan(session: Session, loan_id: int) -> None:
    saving.restore(session, Loan, loan_id)


def check_payout(
    session: Session, loan_id: int, tranche_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about a tranche's values (rial)."""
    loan = session.get_one(Loan, loan_id)
    others = [row for row in loans.tranches(session, loan_id) if row.id != tranche_id]
    paid = sum(tranche.amount for tranche in others)
    visit = session.get(Visit, values.get("visit_id") or 0)
    found = [
        *check_tranche(values, loan.contract_on, loan.amount_approved, paid, loan.withdrawn_on),
        *(check_visit(values, loan.unit_id, visit) if values.get("visit_id") else ()),
    ]
    day, amount = values.get("day"), values.get("amount")
    if _stops(found) or day is None or amount is None:
        return found
    return [*found, *_paid_otherwise(session, loan, [*_paid(others), (day, amount)], "day")]


def _paid_otherwise(
    session: Session, loan: Loan, tranches: list[tuple[date, int]], field: str
) -> list[Violation]:
    """Complaints about the tranches of a loan being these."""
    days = [day for day, _ in tranches]
    found = list(check_between(days, loan.first_due_on, loan.months, field))
    before = repayment.on_record(session, loan.id)
    if found or before is None:
        return found
    return spoilt(before, replace(before, tranches=sorted(tranches)), field)


def _paid(tranches: Iterable[Tranche]) -> list[tuple[date, int]]:
    return [(tranche.day, tranche.amount) for tranche in tranches]


def save_tranche(
    session: Session,
    loan_id: int,
    tranche_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Tranche:
    """A payout of the bank in rial. Raises RuleError, ConflictError."""
    tranche = saving.fetch(session, Tranche, tranche_id, version)
    existing = loans.tranches(session, loan_id)
    number = 1 + max((row.number for row in existing), default=0)
    given = {"number": tranche.number if tranche_id else number, **values, "loan_id": loan_id}
    raise_on(check_payout(session, loan_id, tranche_id, given))
    return saving.assign(session, tranche, given)


def archive_tranche(session: Session, tranche_id: int, reason: str) -> None:
    """Raises RuleError when what was repaid could not have been without it."""
    loan = session.get_one(Loan, session.get_one(Tranche, tranche_id).loan_id)
    others = [row for row in loans.tranches(session, loan.id) if row.id != tranche_id]
    raise_on(_paid_otherwise(session, loan, _paid(others), "archive_reason"))
    saving.archive(session, Tranche, tranche_id, reason)


def _stops(found: Iterable[Violation]) -> bool:
    return any(not each.warning for each in found)
