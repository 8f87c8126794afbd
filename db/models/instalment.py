"""An instalment (قسط) of a loan: made by the rules from what is on record, kept by `db.repaid`."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, index
from db.types import Count, Day, Id, Rial


class Instalment(Base):
    """In force from the end of `since` until the end of the day before `until`.

    `rescheduling_id` is empty for the schedule of the contract. `number` 0 is the profit of the
    grace. Amounts in whole rial; `by_paper` was overwritten to match the bank's own paper.
    """

    __tablename__ = "instalment"
    INDEXES = (
        index("ix_instalment_loan", "loan_id", "due_on", "since", "until", "principal", "profit",
              "number", "id"),
        index("ix_instalment_due", "due_on", "since", "until", "loan_id", "principal", "profit",
              "number", "id"),
    )  # fmt: skip

    id: Mapped[Id]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id", ondelete="CASCADE"))
    rescheduling_id: Mapped[int | None]
    number: Mapped[Count]
    due_on: Mapped[Day]
    principal: Mapped[Rial]
    profit: Mapped[Rial]
    by_paper: Mapped[bool]
    since: Mapped[Day]
    until: Mapped[Day]
