"""A waiver (بخشودگی) of a loan's penalties."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Day, Rial


class Waiver(Record):
    """`amount` in whole rial."""

    __tablename__ = "waiver"
    INDEXES = (
        live_index("ix_waiver_live", "loan_id", "day", "id", "amount"),
        archive_index("ix_waiver_archived"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    day: Mapped[Day]
    amount: Mapped[Rial]
    reason: Mapped[str] = mapped_column(String(300), default="")
