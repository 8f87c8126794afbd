"""Reading the repayment of one loan: what is on record, and how it stands by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import bindparam, literal, select, text

from db import repaid
from db.calendar import LAST_DAY, to_persian_date
from db.models import (
    Call,
    Correction,
    Instalment,
    Loan,
    Payment,
    Position,
    Rescheduling,
    Unit,
    Waiver,
)
from db.rules import plans, settling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.models.base import Record
    from db.rules.plans import OnRecord
    from db.rules.repayment import Facts, Settlement, State

    RecordT = TypeVar("RecordT", bound=Record)

# Made once: to put a statement together takes longer than to carry it out.
_LAST = select(Position).where(
    Position.loan_id == bindparam("loan"), Position.until == literal(LAST_DAY)
)
_SAME_RECEIPT = (
    select(Unit.name, Payment.day)
    .join(Loan, Loan.id == Payment.loan_id)
    .join(Unit, Unit.id == Loan.unit_id)
    .where(
        Payment.receipt_no == bindparam("receipt"),
        text("payment.receipt_no <> ''"),  # by its index
        Payment.archived_on.is_(None),
        Payment.id != bindparam("but"),
        Loan.bank_id == select(Loan.bank_id).where(Loan.id == bindparam("loan")).scalar_subquery(),
    )
    .order_by(Payment.id)
    .limit(1)
)


def on_record(session: Session, loan_id: int) -> OnRecord | None:
    """All of a loan's repayment; None if it or its unit is archived."""
    return repaid.on_record(session.connection(), [loan_id]).get(loan_id)


def facts(session: Session, loan_id: int, as_of: date) -> Facts | None:
    """For `db.rules.settling`, by a day; None before the first tranche, or without a schedule."""
    known = on_record(session, loan_id)
    return plans.facts(known, as_of) if known else None


def state(session: Session, loan_id: int, as_of: date) -> State | None:
    """How the loan stands by the end of a day, in rial; None as of `facts`."""
    known = facts(session, loan_id, as_of)
    return settling.state(known, as_of) if known else None


def settlement(session: Session, loan_id: int, day: date) -> Settlement | None:
    """What would end the loan on a day, in rial; None as of `facts`."""
    known = facts(session, loan_id, day)
    return settling.settlement(known, day) if known else None


def instalments(session: Session, loan_id: int, as_of: date) -> Sequence[Instalment]:
    """The schedule in force by the end of a day, in order."""
    query = select(Instalment).where(
        Instalment.loan_id == loan_id, Instalment.since <= as_of, Instalment.until > as_of
    )
    return session.scalars(query.order_by(Instalment.due_on, Instalment.number)).all()


def last_position(session: Session, loan_id: int) -> Position | None:
    """How it stands since its last entry, as it is stored; None if that is not of now."""
    if repaid.is_pending(session, loan_id):
        return None
    return session.scalars(_LAST, {"loan": loan_id}).first()


def payments(session: Session, loan_id: int) -> Sequence[Payment]:
    """In the order in which they count; what was undone is left out."""
    return _of_loan(session, Payment, loan_id, Payment.day)


def waivers(session: Session, loan_id: int) -> Sequence[Waiver]:
    """In order of their days."""
    return _of_loan(session, Waiver, loan_id, Waiver.day)


def reschedulings(session: Session, loan_id: int) -> Sequence[Rescheduling]:
    """In order of their days."""
    return _of_loan(session, Rescheduling, loan_id, Rescheduling.since)


def corrections(session: Session, loan_id: int) -> Sequence[Correction]:
    """Of every plan of the loan, in order of their numbers."""
    return _of_loan(session, Correction, loan_id, Correction.number)


def calls(session: Session, loan_id: int) -> Sequence[Call]:
    """The newest last."""
    return _of_loan(session, Call, loan_id, Call.day)


def same_receipt(
    session: Session, loan_id: int, receipt_no: str, payment_id: int | None = None
) -> str:
    """The unit and the day of another payment with that receipt at the same bank, or nothing."""
    if not receipt_no:
        return ""
    given = {"loan": loan_id, "receipt": receipt_no, "but": payment_id or 0}
    row = session.execute(_SAME_RECEIPT, given).first()
    return f"«{row.name}»، {to_persian_date(row.day)}" if row else ""


def _of_loan(session: Session, model: type[RecordT], loan_id: int, order: Any) -> Sequence[RecordT]:
    those: Any = model
    query = select(model).where(those.loan_id == loan_id, those.archived_on.is_(None))
    return session.scalars(query.order_by(order, those.id)).all()
