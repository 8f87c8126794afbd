"""How a unit stood from one day to another: worked out from its records, kept by `db.standing`."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, index
from db.types import Count, Day, Id, Word


class Standing(Base):
    """From `since` until the day before `until`. The flags are told in `db.rules.standing`.

    The one copy of what could be derived: the stages of 100,000 units by a day cost 30 ms from
    here and a second from their visits. `ehya check` proves it against the records.
    """

    __tablename__ = "standing"
    INDEXES = (
        index("ix_standing_unit", "unit_id", "until", "since", "stage", "id"),
        index("ix_standing_stage", "until", "stage", "since", "counted", "returned_on", "unit_id",
              "jobs_after", "claimed", "sustained", "stopped", "id"),
    )  # fmt: skip

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"))
    since: Mapped[Day]
    until: Mapped[Day]
    stage: Mapped[Word]
    claimed: Mapped[bool]
    counted: Mapped[bool]
    sustained: Mapped[bool]
    stopped: Mapped[bool]
    missing: Mapped[Word]
    returned_on: Mapped[Day | None]
    jobs_after: Mapped[Count | None]
    capacity_after: Mapped[Count | None]
    stopped_on: Mapped[Day | None]
