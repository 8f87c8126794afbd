"""Loans that have been paid out, and what comes of them, from a few plain values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db.commands import calls, corrections, repayment
from db.commands.loans import save_loan, save_tranche
from db.queries.repayment import on_record
from db.rules import plans
from tests.db.making import add_unit, loan_values

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.models import Call, Correction, Loan, Payment, Rescheduling, Waiver
    from db.rules.schedule import Instalment

PAID_OUT = date(2022, 4, 21)  # 1401/02/01
FIRST_DUE = date(2022, 5, 22)  # 1401/03/01


def after(days: int) -> date:
    """So many days after the loan was paid out."""
    return PAID_OUT + timedelta(days=days)


def lent_values(unit_id: int, **values: Any) -> dict[str, Any]:
    """12 million rial at 18 percent in 12 monthly instalments, by the formula of 2400.

    Each is 1,000,000 of principal and 97,500 of profit.
    """
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
    unit_id = values.pop("unit_id", None) or add_unit(session, registered_on=PAID_OUT).id
    loan = save_loan(session, None, lent_values(unit_id, **values))
    save_tranche(session, loan.id, None, {"day": PAID_OUT, "amount": amount})
    return loan


def add_payment(session: Session, loan_id: int, **values: Any) -> Payment:
    given = {"day": after(60), "amount": 1_000_000, **values}
    return repayment.save_payment(session, loan_id, None, given)


def add_waiver(session: Session, loan_id: int, **values: Any) -> Waiver:
    given = {"day": after(100), "amount": 1, "reason": "مصوبهٔ ستاد تسهیل", **values}
    return repayment.save_waiver(session, loan_id, None, given)


def rescheduling_values(**values: Any) -> dict[str, Any]:
    return {
        "since": after(200),
        "method": "annuity",
        "rate": Decimal(18),
        "months": 6,
        "first_due_on": after(230),
        "penalty_points": Decimal(6),
        "reason": "قطعی برق",
        **values,
    }


def add_rescheduling(session: Session, loan_id: int, **values: Any) -> Rescheduling:
    return repayment.save_rescheduling(session, loan_id, None, rescheduling_values(**values))


def newest_rows(session: Session, loan_id: int) -> list[Instalment]:
    """The schedule of all that is on record, saved by a commit or not yet."""
    known = on_record(session, loan_id)
    assert known is not None
    return list(plans.versions(known)[-1].rows)


def add_correction(
    session: Session,
    loan_id: int,
    number: int = 3,
    more: int = 3,
    rescheduling_id: int | None = None,
) -> Correction:
    """An instalment whose profit the bank's paper has a few rial higher."""
    row = next(each for each in newest_rows(session, loan_id) if each.number == number)
    paper = row._replace(profit=row.profit + more)
    return corrections.save_corrections(session, loan_id, rescheduling_id, [paper])[-1]


def add_call(session: Session, loan_id: int, **values: Any) -> Call:
    given = {"day": after(70), "spoke_to": "مدیرعامل", "again_on": after(77), **values}
    return calls.save_call(session, loan_id, None, given)
