"""A call (تماس) about what a loan has fallen behind with."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Day, Name, Note


class Call(Record):
    """Of the calls of a loan the last tells, by `again_on`, when to call again."""

    __tablename__ = "call"
    INDEXES = (
        live_index("ix_call_live", "loan_id", "day", "id", "again_on"),
        archive_index("ix_call_archived"),
    )

    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    day: Mapped[Day]
    spoke_to: Mapped[Name] = mapped_column(default="")
    again_on: Mapped[Day | None]
    note: Mapped[Note]
