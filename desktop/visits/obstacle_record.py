"""The page of one obstacle, with the actions that are to remove it and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar
from db.commands import obstacles as commands
from db.models.obstacle import Obstacle
from db.queries import changes, lookups, units
from db.queries import obstacles as queries
from desktop import choices
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import refresh_panel
from desktop.pages.record_page import RecordPage
from desktop.visits import obstacle_fields as fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame


class ObstaclePage(RecordPage):
    """One obstacle. It is open until the day on which it was removed."""

    SECTIONS = fields.FORM
    NEW_TITLE = "مانع تازه"
    FORM_TAB = "مانع"
    PINNED = (fields.FOUND_ON, fields.GROUP)
    SUGGESTED = (Obstacle.removal,)

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self._history: HistoryView | None = None
        self._named = ""
        super().__init__(frame, record_id, values, parent)

    def _build(self) -> None:
        super()._build()
        self.form.editor("unit_id").left.connect(self._unit_left)

    def _unit_left(self) -> None:
        """The group of the unit works on it, unless another is chosen."""
        unit_id = self.form.value_of("unit_id")
        if self.record_id is not None or unit_id is None or self.form.value_of("group_id"):
            return
        with self.frame.database.read() as session:
            self.form.editor("group_id").set_value(units.get(session, unit_id).group_id)

    def fetch(self, session: Session, record_id: int) -> Obstacle:
        return self._name(session, queries.get(session, record_id))

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Obstacle:
        obstacle = commands.save_obstacle(session, self.record_id, values, self.version)
        return self._name(session, obstacle)

    def _name(self, session: Session, obstacle: Obstacle) -> Obstacle:
        kind = lookups.label(session, "obstacle_kind", obstacle.kind_id)
        self._named = f"{kind}، {units.get(session, obstacle.unit_id).name}"
        return obstacle

    def new_values(self) -> dict[str, Any]:
        return {"found_on": calendar.today()}

    def heading(self, record: Any) -> str:
        return self._named

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        day = self.frame.as_of() or calendar.today()
        removed = record.removed_on is not None and record.removed_on <= day
        state = "removed" if removed else "open"
        return choices.OBSTACLE_STATE.show(state), choices.OBSTACLE_STATE.tones[state]

    def after_load(self) -> None:
        if self.record_id is None:
            return
        if self._history is None:
            number = self.record_id
            self.add_later(
                lambda: self.frame.panel("actions", {"obstacle_id": [number]}), "اقدام‌ها"
            )
            self._history = HistoryView(
                self.frame, lambda s: changes.of_record(s, "obstacle", number)
            )
            self.tabs.addTab(self._history, "تاریخچه")
        for place in range(self.tabs.count()):
            refresh_panel(self.tabs.widget(place))
        self._history.refresh()
