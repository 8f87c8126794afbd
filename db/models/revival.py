"""A return of a unit to production (احیا), and its stop if it relapsed."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, archive_index, live_index
from db.types import Count, Day, Name, Note


class Revival(Record):
    """A unit may return more than once; it counts once, by its first return."""

    __tablename__ = "revival"
    INDEXES = (
        live_index(
            "ix_revival_live",
            "unit_id",
            "returned_on",
            "id",
            "stopped_on",
            "jobs_after",
        ),
        archive_index("ix_revival_archived"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    returned_on: Mapped[Day]
    jobs_after: Mapped[Count]
    capacity_after: Mapped[Count]
    stopped_on: Mapped[Day | None]
    stop_reason: Mapped[Name] = mapped_column(default="")
    note: Mapped[Note]
