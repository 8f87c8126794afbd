"""Changing loans and their tranches. Checks the rules, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Bank, Loan, Tranche, Unit
from db.queries import loans
from db.rules.loans import check_loan, check_tranche

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids


def check(session: Session, loan_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about a loan's values (amounts in rial)."""
    tranches = loans.tranches(session, loan_id) if loan_id else []
    unit = session.get(Unit, values.get("unit_id") or 0)
    bank = session.get(Bank, values.get("bank_id") or 0)
    return list(
        check_loan(
            {**values, "bank_code": bank.code if bank else ""},
            unit.registered_on if unit else None,
            sum(tranche.amount for tranche in tranches),
            min((tranche.day for tranche in tranches), default=None),
        )
    )


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
    loan = session.get_one(Loan, loan_id)
    others = [row for row in loans.tranches(session, loan_id) if row.id != tranche_id]
    paid = sum(tranche.amount for tranche in others)
    return list(
        check_tranche(values, loan.contract_on, loan.amount_approved, paid, loan.withdrawn_on)
    )


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
    saving.archive(session, Tranche, tranche_id, reason)
