"""The jihadi groups: their list, and the page of one with its units and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import lookups as commands
from db.models.jihadi_group import JihadiGroup
from db.queries import changes
from db.queries.lookups import SOURCES
from desktop.groups import fields
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import ListPage, refresh_panel
from desktop.pages.list_spec import ListSpec
from desktop.pages.record_page import RecordPage
from desktop.widgets.filter_bar import Fixed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.base import Record
    from desktop.widgets.frame import Frame


class GroupPage(RecordPage):
    """One group."""

    SECTIONS = fields.FORM
    NEW_TITLE = "گروه تازه"
    SUGGESTED = (JihadiGroup.speciality,)

    def __init__(self, frame: Frame, record_id: int | None, values: Mapping[str, Any]) -> None:
        self._units: QWidget | None = None
        self._history: HistoryView | None = None
        super().__init__(frame, record_id, values)

    def fetch(self, session: Session, record_id: int) -> Record:
        return session.get_one(JihadiGroup, record_id)

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, JihadiGroup, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Record:
        return commands.save(session, JihadiGroup, self.record_id, values, self.version)

    def after_load(self) -> None:
        if self.record_id is None:
            return
        if self._history is None:
            number = self.record_id
            self._history = HistoryView(
                self.frame, lambda s: changes.of_record(s, "jihadi_group", number)
            )
            self._units = self.frame.panel("units", {"group_id": [number]})
            self.tabs.addTab(self._units, "واحدها")
            self.tabs.addTab(self._history, "تاریخچه")
        refresh_panel(self._units)
        self._history.refresh()


class GroupsPage(ListPage):
    """The list of groups."""

    WATCHES = frozenset({"jihadi_group", "unit", "revival", "county"})

    def __init__(self, frame: Frame, filters: Mapping[str, Any] | None = None) -> None:
        super().__init__(frame, SPEC, filters)


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
)
