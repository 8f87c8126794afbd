"""The milestones of the plan: how many units in all by which day, between baseline and deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import saving
from db.commands.programme import save_milestones
from db.commands.saving import values_of
from db.models.programme import Milestone
from db.queries import progress
from db.rules.programme import check_milestone, check_milestones
from desktop.pages.part_editor import PartEditor
from desktop.programme import fields
from desktop.widgets.common import Banner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.programme import Programme
    from desktop.widgets.frame import Frame

OUTSIDE = (
    "گامی که روزش میان روز مبنا و مهلت نیست در خط برنامه نمی‌آید؛ روزش را درست یا خودش را "
    "بایگانی کنید."
)


class Milestones(PartEditor):
    """Without any, the plan is the straight line from the baseline to the target."""

    RECORD = "milestone"
    TITLE = "گام‌های برنامه"
    NEW = "گام تازه"
    HINT = (
        "بی گام، خط برنامه از مبنا تا هدف راست است. اگر برنامه در روزهای میانی شمار دیگری "
        "می‌خواهد، هر روز را با شمار کل واحدها تا پایان آن بنویسید."
    )
    TABLE = (fields.MILESTONE_DAY, fields.MILESTONE_UNITS)
    FORM = {"": TABLE}  # noqa: RUF012 - the same mapping for all, as the base class has it

    def __init__(self, frame: Frame, owner_id: int) -> None:
        super().__init__(frame, owner_id)
        self.outside = Banner(OUTSIDE, "warn")
        self.body.insertWidget(0, self.outside)

    def fetch(self, session: Session) -> Sequence[Milestone]:
        plan = self._plan(session)
        found = progress.milestones(session, self.owner_id)
        inside = all(plan.baseline_on < point.day < plan.deadline for point in found)
        self.outside.setVisible(not inside)
        return found

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        plan, day, units = values_of(self._plan(session)), values["day"], values["units"]
        if day is None or units is None:
            return list(check_milestone(plan, day, units))
        return list(check_milestones(plan, self._points(session, record_id, day, units)))

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Milestone:
        saving.fetch(session, Milestone, record_id, version)
        day = values["day"]
        points = self._points(session, record_id, day, values["units"])
        stored = save_milestones(session, self.owner_id, points)
        return next(point for point in stored if point.day == day)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        saving.archive(session, Milestone, record_id, reason)

    def _plan(self, session: Session) -> Programme:
        return progress.programme(session)

    def _points(
        self, session: Session, but: int | None, day: date, units: int
    ) -> list[tuple[date, int]]:
        """The plan as it will be: the other points and this one."""
        others = progress.milestones(session, self.owner_id)
        return [*((point.day, point.units) for point in others if point.id != but), (day, units)]
