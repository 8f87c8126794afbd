"""A visit of a group to a unit: monitoring (پایش), diagnosis (عارضه‌یابی) or a follow-up."""

from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, Searchable, archive_index, found_index, live_index
from db.types import Count, Day, Name, Note, Word


class Visit(Searchable, Record):
    """Counts once it is accepted. `heads` at work, `capacity` in percent of the nominal one.

    `followed_on` is the day of the unit's next accepted visit, which `db.standing` keeps: until
    then the visit due on `next_due_on` is still to be made.
    """

    __tablename__ = "visit"
    SEARCHED: ClassVar[tuple[str, ...]] = ("visitors", "findings")
    INDEXES = (
        # The order of the list, with what it is filtered by.
        live_index("ix_visit_live_by_day", "day", "id", "unit_id", "group_id", "review", "kind",
                   "state_seen", "exercise_id"),
        live_index("ix_visit_live_by_unit", "unit_id", "day", "id", "review", "kind",
                   "state_seen", "capacity"),
        live_index("ix_visit_live_by_group", "group_id", "day", "review", "id", "unit_id"),
        live_index("ix_visit_live_due", "followed_on", "next_due_on", "day", "unit_id", "id",
                   "review", "group_id",
                   where="review = 'accepted' AND next_due_on IS NOT NULL"),
        live_index("ix_visit_live_waiting", "review", "group_id", "id",
                   where="review <> 'accepted'"),
        found_index("visit"),
        archive_index("ix_visit_archived"),
    )  # fmt: skip

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[Day]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("jihadi_group.id"))
    visitors: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[Word] = mapped_column(default="monitoring")
    state_seen: Mapped[Word]
    heads: Mapped[Count]
    capacity: Mapped[Count]
    findings: Mapped[Note]
    next_due_on: Mapped[Day | None]
    exercise_id: Mapped[int | None] = mapped_column(ForeignKey("exercise.id"), index=True)
    review: Mapped[Word] = mapped_column(default="draft")
    return_reason: Mapped[Name] = mapped_column(default="")
    followed_on: Mapped[Day | None]
