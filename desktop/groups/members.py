"""The members of a group (جهادگران): entered one after the other without leaving its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import text
from db.commands import volunteers as commands
from db.models.volunteer import Volunteer
from db.queries import volunteers
from desktop.groups import fields
from desktop.pages.part_editor import PartEditor
from desktop.widgets.common import muted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame


class MembersTab(PartEditor):
    """One who leaves is archived; what he did in the group stays."""

    RECORD = "volunteer"
    TITLE = "اعضا"
    NEW = "جهادگر تازه"
    HINT = "کد ملی و تلفن دلخواه است؛ هر کس عضو یک گروه است."
    TABLE = fields.MEMBERS
    FORM = fields.MEMBER_FORM
    SUGGESTED = (Volunteer.speciality,)

    def __init__(self, frame: Frame, owner_id: int) -> None:
        super().__init__(frame, owner_id)
        self.count = muted("")
        self.body.insertWidget(1, self.count)

    def fetch(self, session: Session) -> Sequence[Volunteer]:
        found = volunteers.members(session, self.owner_id)
        self.count.setText(f"{text.grouped(len(found))} نفر")
        return found

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check(session, record_id, {**values, "group_id": self.owner_id})

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Volunteer:
        given = {**values, "group_id": self.owner_id}
        return commands.save_volunteer(session, record_id, given, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_volunteer(session, record_id, reason)
