"""The obstacles that a visit found, entered on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import obstacles as commands
from db.queries import obstacles, visits
from db.queries.listing import View, rows_of
from desktop.pages.part_editor import PartEditor
from desktop.visits import obstacle_fields as fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.base import Record
    from db.models.obstacle import Obstacle


class FoundObstacles(PartEditor):
    """They are of the visit's unit and found on its day."""

    RECORD = "obstacle"
    TITLE = "موانعی که دیده شد"
    NEW = "ثبت مانع"
    HINT = "هر مانع جدا نوشته می‌شود و تا رفع آن باز می‌ماند؛ یکی را «مانع اصلی» بگذارید."
    TABLE = fields.FOUND_TABLE
    FORM = fields.FOUND_FORM
    count = 0

    def fetch(self, session: Session) -> Sequence[Obstacle]:
        found = obstacles.of_visit(session, self.owner_id)
        self.count = len(found)
        return found

    def shown(self, session: Session, records: Sequence[Record]) -> Sequence[Any]:
        view = View(as_of=self.frame.as_of())
        ids = [record.id for record in records]
        rows = {row.id: row for row in rows_of(session, obstacles.SOURCE, ids, view)}
        return [rows[number] for number in ids if number in rows]

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check(session, record_id, self._whole(session, record_id, values))

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Obstacle:
        whole = self._whole(session, record_id, values)
        return commands.save_obstacle(session, record_id, whole, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_obstacle(session, record_id, reason)

    def _whole(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> dict[str, Any]:
        """With what the visit says; an obstacle that is there keeps its own day."""
        if record_id is not None:
            return values
        visit = visits.get(session, self.owner_id)
        of_visit = {"unit_id": visit.unit_id, "visit_id": visit.id, "group_id": visit.group_id,
                    "found_on": visit.day}  # fmt: skip
        return {**values, **of_visit}
