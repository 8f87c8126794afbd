"""A tranche (مرحله پرداخت) of a loan: what the bank has really paid out."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Count, Day, Rial


class Tranche(Record):
    """`amount` in whole rial; `number` counts from 1 within the loan.

    `visit_id` is the inspection that allowed it.
    """

    __tablename__ = "tranche"
    INDEXES = (
        live_index("ix_tranche_live", "loan_id", "day", "amount"),
        live_index("ix_tranche_live_by_day", "day", "loan_id", "amount"),
        archive_index("ix_tranche_archived"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    number: Mapped[Count]
    day: Mapped[Day]
    amount: Mapped[Rial]
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
