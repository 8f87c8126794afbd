"""The list of all volunteers, and the page of one: here he moves to another group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import volunteers as commands
from db.models.volunteer import Volunteer
from db.queries import changes, volunteers
from desktop.groups import fields
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.pages.record_page import RecordPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation


class VolunteerPage(RecordPage):
    """One volunteer."""

    SECTIONS = fields.VOLUNTEER_FORM
    NEW_TITLE = "جهادگر تازه"
    FORM_TAB = "مشخصات"
    SUGGESTED = (Volunteer.speciality,)
    PINNED = (fields.MEMBER_GROUP,)

    def fetch(self, session: Session, record_id: int) -> Volunteer:
        return volunteers.get(session, record_id)

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Volunteer:
        return commands.save_volunteer(session, self.record_id, values, self.version)

    def after_load(self) -> None:
        number = self.record_id
        if number is not None and self.tabs.count() == 1:
            made = HistoryView(
                self.frame, lambda s: changes.of_record(s, Volunteer.__tablename__, number)
            )
            self.tabs.addTab(made, "تاریخچه")
        if isinstance(history := self.tabs.widget(1), HistoryView):
            history.refresh()


SPEC = ListSpec(
    page="groups/volunteers",
    title="جهادگران",
    new_title="جهادگر تازه",
    icon="user",
    empty="هنوز جهادگری ثبت نشده است؛ گروهی را باز کنید و اعضای آن را بنویسید.",
    source=volunteers.SOURCE,
    table=fields.VOLUNTEERS,
    shown=fields.VOLUNTEERS[:6],
    card=fields.VOLUNTEER_CARD,
    name=fields.MEMBER_NAME,
    make_record=VolunteerPage,
    archive=commands.archive_volunteer,
    restore=commands.restore_volunteer,
    filters=(fields.MEMBER_GROUP,),
    own=(fields.MEMBER_NAME, fields.MEMBER_PHONE, fields.MEMBER_NATIONAL_CODE),
)


class VolunteerList(ListPage):
    """The list of all volunteers."""

    SPEC = SPEC
