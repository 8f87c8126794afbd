"""An obstacle to production (مانع تولید) that a diagnosis found in a unit."""

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record, Searchable, archive_index, found_index, live_index
from db.types import Day, Name, Note, Word


class Obstacle(Searchable, Record):
    """Open until it is removed. `group_id` is the group that works on it."""

    __tablename__ = "obstacle"
    SEARCHED: ClassVar[tuple[str, ...]] = ("note", "removal", "removed_by")
    INDEXES = (
        live_index("ix_obstacle_live_by_unit", "unit_id", "found_on", "removed_on", "id", "main"),
        live_index("ix_obstacle_live_shares", "kind_id", "agency_id", "found_on", "removed_on",
                   "unit_id"),
        live_index("ix_obstacle_live_by_agency", "agency_id", "found_on", "removed_on", "unit_id",
                   "id"),
        # The order of the list, with what it is filtered by.
        live_index("ix_obstacle_live_by_day", "found_on", "id", "unit_id", "removed_on", "kind_id",
                   "agency_id", "group_id", "severity", "main"),
        live_index("ix_obstacle_live_by_group", "group_id", "removed_on", "unit_id", "id"),
        found_index("obstacle"),
        archive_index("ix_obstacle_archived"),
    )  # fmt: skip

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("obstacle_kind.id"))
    severity: Mapped[Word] = mapped_column(default="medium")
    main: Mapped[bool] = mapped_column(default=False)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("jihadi_group.id"))
    found_on: Mapped[Day]
    removed_on: Mapped[Day | None]
    removed_by: Mapped[Name] = mapped_column(default="")
    removal: Mapped[Name] = mapped_column(default="")
    note: Mapped[Note]
