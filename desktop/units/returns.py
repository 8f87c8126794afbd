"""The returns of a unit to production: when it was revived, and when it stopped again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import units as commands
from db.queries import progress, units
from desktop.pages.part_editor import PartEditor
from desktop.units import fields
from desktop.widgets.common import Banner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.revival import Revival
    from db.models.standing import Standing
    from desktop.widgets.frame import Frame


class ReturnsTab(PartEditor):
    """A unit counts once, by its first return; a later stop leaves «still running» only."""

    RECORD = "revival"
    TITLE = "بازگشت به تولید"
    NEW = "ثبت بازگشت به تولید"
    HINT = (
        "واحد یک بار و با نخستین بازگشت خود شمرده می‌شود، هنگامی که گواه آن کامل باشد؛ "
        "اگر دوباره بایستد، روز توقف را بنویسید."
    )
    TABLE = fields.REVIVAL_TABLE
    FORM = fields.REVIVAL_FORM

    def __init__(self, frame: Frame, owner_id: int) -> None:
        super().__init__(frame, owner_id)
        self.counted = Banner()
        self.body.insertWidget(0, self.counted)

    def fetch(self, session: Session) -> Sequence[Revival]:
        found = units.revivals(session, self.owner_id)
        self._say(session, found)
        return found

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_return(session, self.owner_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Revival:
        return commands.save_revival(session, self.owner_id, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.archive_revival(session, record_id, reason)

    def _say(self, session: Session, returns: Sequence[Revival]) -> None:
        """Whether the unit counts against the target, and if not, what is missing."""
        span = units.span(session, self.owner_id, self.frame.as_of() or calendar.today())
        self.counted.setVisible(bool(returns) and span is not None)
        if span is None or span.returned_on is None:
            return
        plan = progress.programme(session)
        in_number = plan.baseline_kind == "number" and span.returned_on <= plan.baseline_on
        self.counted.say(*(_IN_NUMBER if in_number else _told(span)))


_IN_NUMBER = (
    "این واحد پیش از روز مبنا بازگشته و در عدد مبنا آمده است؛ دوباره شمرده نمی‌شود.",
    "warn",
)
_MISSING = {
    "jobs": "هنوز شمرده نمی‌شود: شاغلان پس از بازگشت را بنویسید.",
    "evidence": (
        "هنوز شمرده نمی‌شود: پایش پس از احیای پذیرفته‌شده‌ای (یا سندی) لازم است که واحد را "
        "فعال و با ظرفیت خواسته‌شده نشان دهد."
    ),
    "contradicted": (
        "شمرده نمی‌شود: پایش بعدی، واحد را راکد دیده است؛ روز توقف را بنویسید یا دوباره پایش کنید."
    ),
}


def _told(span: Standing) -> tuple[str, str]:
    """What the banner says, and its tone."""
    assert span.returned_on is not None
    if not span.counted:
        return _MISSING[span.missing], "warn"
    lasts = " و احیای آن پایدار است" if span.sustained else ""
    day = calendar.long_jalali(span.returned_on)
    return f"در شمار واحدهای احیاشده است{lasts}، از {day}.", "good"
