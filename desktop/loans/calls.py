"""«تماس‌ها»: who was called about the loan, what was said, when to call again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import calls as commands
from db.queries import repayment
from desktop.loans import fields
from desktop.pages.part_editor import PartEditor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.call import Call


class CallsEditor(PartEditor):
    """The last one tells when to call again."""

    RECORD = "call"
    TITLE = "تماس‌ها"
    NEW = "تماس گرفته شد"
    HINT = "هر تماس را با نتیجهٔ آن بنویسید؛ روز تماس دوباره در «کارهای من» یادآوری می‌شود."
    TABLE = fields.CALL_TABLE
    FORM = fields.CALL_FORM

    def fetch(self, session: Session) -> Sequence[Call]:
        return repayment.calls(session, self.owner_id)

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Call:
        return commands.save_call(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_call(session, record_id, reason)

    def new_values(self) -> dict[str, Any]:
        return {"day": calendar.today()}
