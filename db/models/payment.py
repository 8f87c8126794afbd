"""A payment (پرداخت قسط) of a unit to the bank: it settles the oldest instalments first."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Day, Name, Note, Rial


class Payment(Record):
    """`amount` in whole rial. Undone by archiving it, with the reason.

    `settles`: the loan ends with it, and the unearned profit falls away. `keeps_credit`: what it
    has above all that is owed stays as credit.
    """

    __tablename__ = "payment"
    INDEXES = (
        live_index("ix_payment_live", "loan_id", "day", "id", "amount", "settles"),
        live_index("ix_payment_live_by_day", "day", "loan_id", "amount", "id"),
        live_index("ix_payment_live_settling", "loan_id", "day", where="settles = 1"),
        live_index("ix_payment_live_by_receipt", "receipt_no", "loan_id", "id",
                   where="receipt_no <> ''"),
        archive_index("ix_payment_archived"),
    )  # fmt: skip

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    day: Mapped[Day]
    amount: Mapped[Rial]
    receipt_no: Mapped[Name] = mapped_column(default="")
    settles: Mapped[bool] = mapped_column(default=False)
    keeps_credit: Mapped[bool] = mapped_column(default=False)
    note: Mapped[Note]
