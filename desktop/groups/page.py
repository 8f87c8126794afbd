"""The jihadi groups: their list, all their members, and the league table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db import text
from db.commands import lookups as commands
from db.models.jihadi_group import JihadiGroup
from db.queries import groups
from db.queries.lookups import SOURCES
from desktop.groups import fields, volunteer
from desktop.groups.record import GroupPage
from desktop.pages.league_view import LeagueView
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.widgets.filter_bar import Fixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from desktop.drafts import Draft
    from desktop.widgets.frame import Frame


class GroupsPage(QWidget):
    """A tab for each; what the frame asks for is asked of the list of groups."""

    WATCHES = frozenset({"jihadi_group", "volunteer", "unit", "revival", "visit", "obstacle",
                         "document", "county", "programme"})  # fmt: skip

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.groups = GroupList(frame)
        self.volunteers = volunteer.VolunteerList(frame)
        self.league = LeagueView(frame)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setProperty("role", "pages")
        for made, title in (
            (self.groups, "گروه‌ها"),
            (self.volunteers, "جهادگران"),
            (self.league, "جدول رتبه‌بندی"),
        ):
            self.tabs.addTab(made, title)
        self._shown: QWidget = self.groups
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _: self._changed())

    @property
    def current(self) -> ListPage | LeagueView:
        page = self.tabs.currentWidget()
        assert isinstance(page, ListPage | LeagueView)
        return page

    @property
    def record(self) -> Any:
        return self.current.record if isinstance(self.current, ListPage) else None

    def start(self) -> None:
        self.current.start()

    def _changed(self) -> None:
        """Fetch what is looked at; go back to what holds unsaved work."""
        before = self._shown
        if isinstance(before, ListPage) and before is not self.current:
            if not before.can_leave():
                self.tabs.setCurrentWidget(before)
                return
            before.close_record()
        self._shown = self.current
        self.current.start()

    def refresh(self) -> None:
        self.current.refresh()

    # of the groups themselves

    def _to_groups(self) -> bool:
        """False if the user stays with unsaved work in another tab."""
        self.tabs.setCurrentWidget(self.groups)
        return self.current is self.groups

    def new(self) -> None:
        if self._to_groups():
            self.groups.new()

    def new_with(self, values: Mapping[str, Any], *, unsaved: bool = False) -> None:
        if self._to_groups():
            self.groups.new_with(values, unsaved=unsaved)

    def open(self, record_id: int) -> None:
        if self._to_groups():
            self.groups.open(record_id)

    def show_filters(self, filters: Mapping[str, Any]) -> None:
        if self._to_groups():
            self.groups.show_filters(filters)

    def close_record(self) -> None:
        if isinstance(self.current, ListPage):
            self.current.close_record()

    def can_leave(self) -> bool:
        return not isinstance(self.current, ListPage) or self.current.can_leave()

    def in_form(self) -> bool:
        return isinstance(self.current, ListPage) and self.current.in_form()

    def resume(self, draft: Draft) -> None:
        """What was left unfinished in one of the tabs."""
        page = self.volunteers if draft.place.page == volunteer.SPEC.page else self.groups
        self.tabs.setCurrentWidget(page)
        if self.current is page:
            page.resume(draft)

    def export(self) -> None:
        self.current.export()


def _used(session: Session, ids: Sequence[int]) -> str:
    """What names the groups that are to be archived."""
    found = [groups.uses(session, number) for number in ids]
    counts = {
        "واحد": sum(each.units for each in found),
        "پایش": sum(each.visits for each in found),
        "عضو": sum(each.members for each in found),
    }
    named = "، ".join(f"{text.grouped(count)} {word}" for word, count in counts.items() if count)
    return f"{named} دارد و نامش در آن‌ها خوانده می‌شود." if named else ""


SPEC = ListSpec(
    page="groups",
    title="گروه‌ها",
    new_title="گروه تازه",
    icon="groups",
    empty="هنوز گروهی ثبت نشده است؛ گروه‌های جهادی استان را ثبت کنید.",
    source=SOURCES["group"],
    table=fields.TABLE,
    shown=fields.TABLE[:9],
    card=fields.CARD,
    name=fields.NAME,
    make_record=GroupPage,
    archive=lambda session, ids, reason: commands.archive(session, JihadiGroup, ids, reason),
    restore=lambda session, number: commands.restore(session, JihadiGroup, number),
    filters=(fields.COUNTY,),
    fixed=(Fixed("active", "فعال تا این روز"),),
    own=(fields.NAME, fields.LEADER, fields.PHONE),
    sums=(fields.UNITS, fields.REVIVED),
    used=_used,
)


class GroupList(ListPage):
    """The list of groups."""

    SPEC = SPEC
