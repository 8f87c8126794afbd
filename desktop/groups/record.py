"""The page of one group: its members, units, visits and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import text
from db.commands import lookups as commands
from db.models.jihadi_group import JihadiGroup
from db.queries import changes, groups
from desktop.groups import fields
from desktop.groups.members import MembersTab
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import refresh_panel
from desktop.pages.record_page import RecordPage
from desktop.widgets.common import Banner, scrolled
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.base import Record
    from desktop.widgets.frame import Frame


class GroupPage(RecordPage):
    """Visits that were returned to the group are told of above its tabs."""

    SECTIONS = fields.FORM
    NEW_TITLE = "گروه تازه"
    SUGGESTED = (JihadiGroup.speciality,)

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self.members: MembersTab | None = None
        self._panels: list[QWidget] = []
        self._history: HistoryView | None = None
        self.returned = Banner()
        self._returned = 0
        super().__init__(frame, record_id, values, parent)

    def _build(self) -> None:
        super()._build()
        self.under.addWidget(self.returned)
        self.returned.pressed.connect(self.show_returned)

    def fetch(self, session: Session, record_id: int) -> Record:
        self._returned = groups.returned(session, record_id)
        return session.get_one(JihadiGroup, record_id)

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, JihadiGroup, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Record:
        return commands.save(session, JihadiGroup, self.record_id, values, self.version)

    def show_returned(self) -> None:
        """«برگشت‌خورده‌ها»: the visits the group has to mend."""
        filters = {"group_id": [self.record_id], "review": ["returned"]}
        self.frame.go(Door("visits", filters))

    def after_load(self) -> None:
        self.returned.setVisible(self._returned > 0)
        if self.record_id is None:
            return
        if self._history is None:
            self._add_tabs(self.record_id)
        assert self._history is not None
        assert self.members is not None
        self.returned.say(
            f"{text.grouped(self._returned)} پایش این گروه برگشت خورده و چشم‌به‌راه اصلاح است.",
            "warn", "برگشت‌خورده‌ها",
        )  # fmt: skip
        self.members.refresh()
        for panel in self._panels:
            refresh_panel(panel)
        self._history.refresh()

    def _add_tabs(self, number: int) -> None:
        self.members = MembersTab(self.frame, number)
        self._history = HistoryView(self.frame, lambda s: changes.of_group(s, number))
        self.tabs.addTab(scrolled(self.members), "اعضا")
        for page, title in (("units", "واحدها"), ("visits", "پایش‌ها")):
            panel = self.frame.panel(page, {"group_id": [number]})
            self._panels.append(panel)
            self.tabs.addTab(panel, title)
        self.tabs.addTab(self._history, "تاریخچه")
