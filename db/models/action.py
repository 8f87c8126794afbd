"""An action (اقدام) or a resolution (مصوبه) that is to remove an obstacle of a unit."""

from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, Searchable, archive_index, found_index, live_index
from db.types import Day, Name, Note, Word


class Action(Searchable, Record):
    """Open until `done_on`; `result` says whether it was then done or given up."""

    __tablename__ = "action"
    SEARCHED: ClassVar[tuple[str, ...]] = ("what", "person", "outcome")
    INDEXES = (
        live_index("ix_action_live_by_unit", "unit_id", "decided_on", "done_on", "id"),
        live_index("ix_action_live_due", "due_on", "done_on", "decided_on", "unit_id", "id"),
        # The order of the list, with what it is filtered by.
        live_index("ix_action_live_by_day", "decided_on", "id", "unit_id", "done_on", "due_on",
                   "result", "kind", "agency_id", "group_id"),
        found_index("action"),
        archive_index("ix_action_archived"),
    )  # fmt: skip

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    obstacle_id: Mapped[int | None] = mapped_column(ForeignKey("obstacle.id"), index=True)
    kind: Mapped[Word] = mapped_column(default="action")
    what: Mapped[str] = mapped_column(String(300))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    person: Mapped[Name] = mapped_column(default="")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("jihadi_group.id"), index=True)
    decided_on: Mapped[Day]
    due_on: Mapped[Day | None]
    done_on: Mapped[Day | None]
    result: Mapped[Word] = mapped_column(default="open")
    outcome: Mapped[Name] = mapped_column(default="")
    note: Mapped[Note]
