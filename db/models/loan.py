"""A low-interest job-creation loan (تسهیلات) of a unit, through its stages."""

from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Count, Day, Digits, Name, Note, Percent, Rial, Word


class Loan(Record):
    """The stage is derived from the days; what was paid out is the sum of the tranches.

    Amounts in whole rial, `rate` in percent a year, `penalty_points` in percent a year on top.
    Without `first_due_on`, the day of the first instalment, it has no instalments yet.
    """

    __tablename__ = "loan"
    INDEXES = (
        # The order of the list, with what it is filtered by; and the stage.
        live_index("ix_loan_live_by_unit", "unit_id", "id", "bank_id", "purpose", "amount_approved",
                   "applied_on", "introduced_on", "approved_on", "contract_on", "rejected_on",
                   "withdrawn_on"),
        live_index("ix_loan_live_by_bank", "bank_id", "id", "unit_id"),
        live_index("ix_loan_live_approved", "approved_on", "amount_approved", "rejected_on",
                   "withdrawn_on", "unit_id", "id"),
        # What a sum of loans asks of those that were not paid out.
        live_index("ix_loan_live_applied", "applied_on", "id", "unit_id", "bank_id", "method",
                   "amount_approved", "introduced_on", "approved_on", "contract_on", "rejected_on",
                   "withdrawn_on"),
        live_index("ix_loan_live_by_number", "contract_no", "id"),
        archive_index("ix_loan_archived"),
    )  # fmt: skip

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    bank_id: Mapped[int] = mapped_column(ForeignKey("bank.id"))
    branch: Mapped[Name] = mapped_column(default="")
    contract: Mapped[Word] = mapped_column(default="qarz")
    purpose: Mapped[Word] = mapped_column(default="working_capital")
    method: Mapped[Word] = mapped_column(default="qarz_11_plus_1")
    amount_asked: Mapped[Rial]
    amount_approved: Mapped[Rial | None]
    rate: Mapped[Percent] = mapped_column(default=Decimal(4))
    months: Mapped[Count] = mapped_column(default=60)
    grace_months: Mapped[Count] = mapped_column(default=0)
    grace_profit: Mapped[Word] = mapped_column(default="separate")
    penalty_points: Mapped[Percent] = mapped_column(default=Decimal(6))
    applied_on: Mapped[Day]
    introduced_on: Mapped[Day | None]
    approved_on: Mapped[Day | None]
    contract_on: Mapped[Day | None]
    first_due_on: Mapped[Day | None]
    rejected_on: Mapped[Day | None]
    withdrawn_on: Mapped[Day | None]
    contract_no: Mapped[Name] = mapped_column(default="")
    sheba: Mapped[Digits] = mapped_column(default="")
    guarantors: Mapped[str] = mapped_column(String(500), default="")
    jobs_promised: Mapped[Count] = mapped_column(default=0)
    note: Mapped[Note]
