"""The page of one action or resolution, with the clock of a resolution and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import actions as commands
from db.models.action import Action
from db.queries import actions as queries
from db.queries import changes, obstacles, units
from db.rules.actions import objection_until
from desktop import choices
from desktop.follow_up import fields
from desktop.pages.history_view import HistoryView
from desktop.pages.record_page import RecordPage
from desktop.widgets.common import Banner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame

RUNS = "تا {} فرصت اعتراض دستگاه است؛ پس از آن لازم‌الاجراست."
RAN_OUT = "فرصت اعتراض دستگاه در {} پایان یافته است؛ مصوبه لازم‌الاجراست."


class ActionPage(RecordPage):
    """One action. What it removes is chosen among the open obstacles of its unit."""

    SECTIONS = fields.FORM
    NEW_TITLE = "اقدام تازه"
    FORM_TAB = "اقدام"
    PINNED = (fields.KIND, fields.AGENCY, fields.GROUP, fields.DECIDED_ON)
    SUGGESTED = (Action.person,)

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self._history: HistoryView | None = None
        self._proposed: date | None = None
        self.clock = Banner()
        super().__init__(frame, record_id, values, parent)

    def _build(self) -> None:
        super()._build()
        self.under.addWidget(self.clock)
        self.clock.hide()
        self.form.editor("unit_id").left.connect(self._unit_left)
        self.form.editor("obstacle_id").left.connect(self._obstacle_left)
        self.form.editor("result").edited.connect(self._result_chosen)
        for name in ("kind", "decided_on"):
            self.form.editor(name).edited.connect(self._run_clock)

    # the record

    def fetch(self, session: Session, record_id: int) -> Action:
        return queries.get(session, record_id)

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Action:
        return commands.save_action(session, self.record_id, values, self.version)

    def new_values(self) -> dict[str, Any]:
        return {"decided_on": calendar.today()}

    def _first_values(self) -> dict[str, Any]:
        """An action begun for an obstacle has its unit and its agency."""
        values = super()._first_values()
        if values.get("obstacle_id") and not values.get("unit_id"):
            with self.frame.database.read() as session:
                obstacle = obstacles.get(session, values["obstacle_id"])
            for name in ("unit_id", "agency_id", "group_id"):
                values[name] = values.get(name) or getattr(obstacle, name)
        return values

    def heading(self, record: Any) -> str:
        word = choices.ACTION_KIND.show(record.kind)
        return f"{word}: {record.what[:60]}"

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        state = queries.state(session, record.id, self.frame.as_of() or calendar.today())
        return choices.ACTION_STATE.show(state), choices.ACTION_STATE.tones[state]

    def after_load(self) -> None:
        self._proposed = None
        self._show_clock()
        if self.record_id is None:
            return
        if self._history is None:
            number = self.record_id
            self._history = HistoryView(
                self.frame, lambda s: changes.of_record(s, "action", number)
            )
            self.tabs.addTab(self._history, "تاریخچه")
        self._history.refresh()

    # what the program proposes

    def _unit_left(self) -> None:
        unit_id = self.form.value_of("unit_id")
        if self.record_id is not None or unit_id is None or self.form.value_of("group_id"):
            return
        with self.frame.database.read() as session:
            self.form.editor("group_id").set_value(units.get(session, unit_id).group_id)

    def _obstacle_left(self) -> None:
        """The agency that an obstacle waits for."""
        obstacle_id = self.form.value_of("obstacle_id")
        if obstacle_id is None or self.form.value_of("agency_id") is not None:
            return
        with self.frame.database.read() as session:
            agency_id = obstacles.get(session, obstacle_id).agency_id
        self.form.editor("agency_id").set_value(agency_id)

    def _result_chosen(self) -> None:
        closed = self.form.value_of("result") != "open"
        if closed and self.form.value_of("done_on") is None:
            self.form.editor("done_on").set_value(calendar.today())
        elif not closed:
            self.form.editor("done_on").set_value(None)
        self._show_clock()

    def _until(self) -> date | None:
        """The last day for the agency's objection, if it is a resolution."""
        day = self.form.value_of("decided_on")
        if day is None or self.form.value_of("kind") != "resolution":
            return None
        return objection_until(day)

    def _run_clock(self) -> None:
        """A resolution is due when the agency can no longer object."""
        until, present = self._until(), self.form.value_of("due_on")
        if present in (None, self._proposed):
            self._proposed = until
            self.form.editor("due_on").set_value(until)
        self._show_clock()

    def _show_clock(self) -> None:
        until, day = self._until(), self.frame.as_of() or calendar.today()
        done_on = self.form.value_of("done_on")
        runs = until is not None and (done_on is None or done_on > day)
        self.clock.setVisible(runs)
        if until is not None:
            over = until < day
            told = RAN_OUT if over else RUNS
            self.clock.say(told.format(calendar.long_jalali(until)), "warn" if over else "")
