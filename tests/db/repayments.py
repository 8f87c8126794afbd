"""Loans that have been paid out, and what comes of them, from a few plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db.commands.loans import save_loan, save_tranche
from tests.db.making import add_unit, loan_values

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.models import Loan

PAID_OUT = date(2022, 4, 21)  # 1401/02/01
FIRST_DUE = date(2022, 5, 22)  # 1401/03/01


def lent_values(unit_id: int, **values: Any) -> dict[str, Any]:
    """12 million rial at 18 percent in 12 monthly instalments, by the formula of 2400."""
    return loan_values(
        unit_id,
        **{
            "applied_on": PAID_OUT,
            "approved_on": PAID_OUT,
            "contract_on": PAID_OUT,
            "first_due_on": FIRST_DUE,
            "amount_approved": 12_000_000,
            "method": "flat_2400",
            "rate": Decimal(18),
            "months": 12,
            "penalty_points": Decimal(6),
            **values,
        },
    )


def add_lent(session: Session, amount: int = 12_000_000, **values: Any) -> Loan:
    """A loan of which `amount` rial has been paid out on the day of its contract."""
    unit = add_unit(session, registered_on=PAID_OUT)
    loan = save_loan(session, None, lent_values(unit.id, **values))
    save_tranche(session, loan.id, None, {"day": PAID_OUT, "amount": amount})
    return loan
