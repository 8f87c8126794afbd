"""An instalment as the bank's own paper has it, where that is not what the rules make."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Count, Day, Rial


class Correction(Record):
    """Stands in place of the instalment of that number; amounts in whole rial.

    Without `rescheduling_id` it is of the schedule of the contract.
    """

    __tablename__ = "correction"
    INDEXES = (
        live_index("ix_correction_live", "loan_id", "rescheduling_id", "number", "id"),
        archive_index("ix_correction_archived"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    rescheduling_id: Mapped[int | None] = mapped_column(ForeignKey("rescheduling.id"))
    number: Mapped[Count]
    due_on: Mapped[Day]
    principal: Mapped[Rial]
    profit: Mapped[Rial]
