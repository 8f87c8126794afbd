"""A rescheduling (امهال) of a loan: a new schedule for what was unpaid on a day."""

from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Count, Day, Percent, Rial, Word


class Rescheduling(Record):
    """In force from the end of `since`; its terms are those of a loan.

    `principal` and `carried` in whole rial are what it took over that day: the unpaid principal,
    and the profit earned and not paid, which is in its first instalment.
    """

    __tablename__ = "rescheduling"
    INDEXES = (
        live_index("ix_rescheduling_live", "loan_id", "since", "id"),
        archive_index("ix_rescheduling_archived"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    since: Mapped[Day]
    method: Mapped[Word]
    rate: Mapped[Percent]
    months: Mapped[Count]
    first_due_on: Mapped[Day]
    grace_months: Mapped[Count] = mapped_column(default=0)
    grace_profit: Mapped[Word] = mapped_column(default="separate")
    penalty_points: Mapped[Percent] = mapped_column(default=Decimal(6))
    principal: Mapped[Rial]
    carried: Mapped[Rial] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300), default="")
