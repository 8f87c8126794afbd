"""The page of one exercise or festival: who took part, what they saw, who was awarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import exercises as commands
from db.models.exercise import Exercise
from db.queries import changes
from db.queries import exercises as queries
from desktop import choices
from desktop.exercises import fields
from desktop.exercises.awards import AwardsTab
from desktop.exercises.groups import GroupsTab
from desktop.exercises.visits import VisitsTab
from desktop.pages.history_view import HistoryView
from desktop.pages.record_page import RecordPage
from desktop.widgets.common import button, scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame


class ExercisePage(RecordPage):
    """A festival has a tab of its awards."""

    SECTIONS = fields.FORM
    NEW_TITLE = "رزمایش یا جشنوارهٔ تازه"
    FORM_TAB = "مشخصات"
    SUGGESTED = (Exercise.place,)

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self.groups: GroupsTab | None = None
        self.visits: VisitsTab | None = None
        self.awards: AwardsTab | None = None
        self._history: HistoryView | None = None
        self._of: Exercise | None = None
        self.print_button = button("چاپ / PDF", "print")
        self.excel_button = button("اکسل", "excel")
        super().__init__(frame, record_id, values, parent)

    def _build(self) -> None:
        super()._build()
        for made, act in ((self.print_button, self.print_it), (self.excel_button, self.export)):
            self.head.insertWidget(self.head.count() - 1, made)
            made.clicked.connect(act)

    def fetch(self, session: Session, record_id: int) -> Exercise:
        self._of = queries.get(session, record_id)
        return self._of

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Exercise:
        return commands.save_exercise(session, self.record_id, values, self.version)

    def new_values(self) -> dict[str, Any]:
        return {"starts_on": calendar.today()}

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        word = choices.EXERCISE_KIND.show(record.kind)
        planned = record.starts_on > (self.frame.as_of() or calendar.today())
        return (f"{word}، در پیش", "warn") if planned else (word, "accent")

    def after_load(self) -> None:
        for made in (self.print_button, self.excel_button):
            made.setVisible(self.record_id is not None)
        if self.record_id is None or self._of is None:
            return
        if self.groups is None:
            self._add_tabs(self.record_id)
        self._show_awards(self._of)
        for part in (self.groups, self.visits, self.awards, self._history):
            if part is not None:
                part.refresh()

    def _add_tabs(self, number: int) -> None:
        self.groups = GroupsTab(self.frame, number)
        self.visits = VisitsTab(self.frame, number)
        self._history = HistoryView(self.frame, lambda s: changes.of_exercise(s, number))
        self.tabs.addTab(scrolled(self.groups), "گروه‌ها")
        self.tabs.addTab(scrolled(self.visits), "واحدهای دیده‌شده")
        self.tabs.addTab(self._history, "تاریخچه")

    def _show_awards(self, of: Exercise) -> None:
        """With the kind the tab comes and goes: awards are for festivals."""
        if of.kind == "festival" and self.awards is None:
            self.awards = AwardsTab(self.frame, of.id, calendar.month_of(of.starts_on)[0])
            self.tabs.insertTab(3, scrolled(self.awards), "جوایز")
        elif of.kind != "festival" and self.awards is not None:
            if (holder := self.tabs.widget(3)) is not None:
                self.tabs.removeTab(3)
                holder.deleteLater()
            self.awards = None

    def print_it(self) -> None:
        """Who took part, who was awarded and what was seen, on A4."""
        from desktop.exercises.sheets import save_paper  # printing only when it is asked for

        if self.record_id is not None and self.can_leave():
            save_paper(self, self.frame, self.record_id)

    def export(self) -> None:
        """The same as sheets of one workbook."""
        from desktop.exercises.sheets import save_workbook

        if self.record_id is not None and self.can_leave():
            save_workbook(self, self.frame, self.record_id)
