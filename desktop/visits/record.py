"""The page of one visit: entered by keyboard, reviewed, with the obstacles that it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from db import calendar
from db.commands import visits as commands
from db.models.visit import Visit
from db.queries import changes, progress, units
from db.queries import visits as queries
from db.rules.visits import propose_due
from db.standing import DIAGNOSES
from desktop import choices, theme
from desktop.pages.history_view import HistoryView
from desktop.pages.record_page import RecordPage
from desktop.theme import SPACE
from desktop.visits import fields
from desktop.visits.found import FoundObstacles
from desktop.visits.visitors import suggestions
from desktop.widgets.common import Banner, button, primary_button, set_role
from desktop.widgets.dialogs import ask_reason, ask_to_do

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame

RETURNED = "گروه آن را درست می‌کند و دوباره می‌پذیرید؛ تا آن روز در هیچ عددی نمی‌آید."
STOP = "در این پایش، واحد راکد دیده شد؛ توقف آن در {} ثبت شود؟"


class VisitPage(RecordPage):
    """One visit. It counts when it is accepted; a draft and a returned one wait."""

    SECTIONS = fields.FORM
    NEW_TITLE = "پایش تازه"
    FORM_TAB = "پایش"
    PINNED = (fields.DAY, fields.GROUP, fields.VISITORS, fields.KIND, fields.EXERCISE)
    SUGGESTED = (Visit.visitors,)

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        self.found: FoundObstacles | None = None
        self._history: HistoryView | None = None
        self._unit_name, self._review = "", "draft"
        self._names: dict[int | None, list[str]] = {}  # of visitors, by group
        self._proposed: date | None = None
        self.accept_button = primary_button("ذخیره و پذیرش", "check")
        self.return_button = button("برگشت با دلیل", "undo")
        self.reason = Banner(tone="warn")
        super().__init__(frame, record_id, values, parent)

    # building

    def _build(self) -> None:
        super()._build()
        self.accept_button.setAutoDefault(True)
        self.accept_button.setToolTip("Ctrl+Shift+S")
        self.accept_button.setShortcut("Ctrl+Shift+S")
        self.accept_button.clicked.connect(self.accept)
        self.return_button.clicked.connect(self.give_back)
        self.head.insertWidget(self.head.count() - 1, self.return_button)
        self.head.addWidget(self.accept_button)
        self.under.addWidget(self.reason)
        area = self.tabs.widget(0)
        assert isinstance(area, QScrollArea)
        self._area = area
        whole = QWidget()  # the form and what the visit found, scrolled together
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[2])
        self._column.addWidget(area.takeWidget())
        self._column.addStretch(1)
        area.setWidget(whole)
        self.form.finished.disconnect()
        self.form.finished.connect(self._to_the_button)
        self.form.editor("unit_id").left.connect(self._unit_left)
        for name in ("day", "kind"):
            self.form.editor(name).edited.connect(self._propose_due)

    def _to_the_button(self) -> None:
        """Enter in the last field leads to the main action, and Enter again does it."""
        main = self.save_button if self.accept_button.isHidden() else self.accept_button
        main.setFocus()

    # the record

    def fetch(self, session: Session, record_id: int) -> Visit:
        visit = queries.get(session, record_id)
        self._unit_name = units.get(session, visit.unit_id).name
        return visit

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return commands.check(session, self.record_id, values)

    def save_record(self, session: Session, values: dict[str, Any]) -> Visit:
        visit = commands.save_visit(session, self.record_id, values, self.version)
        self._unit_name = units.get(session, visit.unit_id).name
        return visit

    def new_values(self) -> dict[str, Any]:
        return {"day": calendar.today()}

    def heading(self, record: Any) -> str:
        return f"{choices.VISIT_KIND.show(record.kind)} {self._unit_name}"

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        return choices.REVIEW.show(record.review), choices.REVIEW.tones[record.review]

    def after_load(self) -> None:
        with self.frame.database.read() as session:
            record = queries.get(session, self.record_id) if self.record_id else None
        self._review = record.review if record else "draft"
        self._show_review(record)
        if record is None:
            self._proposed = None
            self._propose_due()
            return
        if self._history is None:
            number = record.id
            self._history = HistoryView(self.frame, lambda s: changes.of_visit(s, number))
            self.tabs.addTab(self._history, "تاریخچه")
        self._history.refresh()
        self._show_found(record)

    def _show_review(self, record: Visit | None) -> None:
        accepted = self._review == "accepted"
        self.save_button.setText("ذخیره" if accepted else "ذخیرهٔ پیش‌نویس")
        set_role(self.save_button, "primary" if accepted else "")
        self.save_button.setIcon(theme.icon("save", "accent_text" if accepted else "text"))
        self.accept_button.setVisible(not accepted)
        self.return_button.setVisible(record is not None and self._review != "returned")
        self.reason.setVisible(self._review == "returned")
        if record is not None and record.return_reason:
            self.reason.say(f"برگشت خورده است: {record.return_reason}", "warn")

    def _show_found(self, record: Visit) -> None:
        """What a diagnosis found is entered on its page; what others found is shown if any."""
        if self.found is None:
            self.found = FoundObstacles(self.frame, record.id)
            self.found.new_button.setAutoDefault(True)  # Enter presses it
            self._column.insertWidget(1, self.found)
        self.found.refresh()
        self.found.setVisible(record.kind in DIAGNOSES or self.found.count > 0)

    # what the program proposes

    def _unit_left(self) -> None:
        """Of the unit chosen: its group, and a follow-up if it has returned."""
        unit_id = self.form.value_of("unit_id")
        if self.record_id is not None or unit_id is None:
            return
        with self.frame.database.read() as session:
            unit = units.get(session, unit_id)
            returns = units.revivals(session, unit_id)
        if self.form.value_of("group_id") is None and unit.group_id is not None:
            self.form.editor("group_id").set_value(unit.group_id)
        running = bool(returns) and returns[-1].stopped_on is None
        if running and self.form.value_of("kind") == "monitoring":
            self.form.editor("kind").set_value("follow_up")
            self._propose_due()

    def _propose_due(self) -> None:
        """The next visit by the kind of this one, unless the user has chosen another day."""
        day, kind = self.form.value_of("day"), self.form.value_of("kind")
        present = self.form.value_of("next_due_on")
        if day is None or kind is None or present not in (None, self._proposed):
            return
        with self.frame.database.read() as session:
            self._proposed = propose_due(progress.programme(session), kind, day)
        self.form.editor("next_due_on").set_value(self._proposed)

    def _earlier(self, column: InstrumentedAttribute[str], typed: str) -> list[str]:
        group_id = self.form.value_of("group_id")
        if group_id not in self._names:
            with self.frame.database.read() as session:
                self._names[group_id] = queries.visitor_names(session, group_id)
        return suggestions(self._names[group_id], typed)

    # the review

    def save(self) -> bool:
        """An accepted visit stays so; any other is a draft until it is accepted."""
        self.form.set_other(review="accepted" if self._review == "accepted" else "draft")
        return self._saved(super().save())

    def accept(self) -> bool:
        """«ذخیره و پذیرش»."""
        self.form.set_other(review="accepted")
        stored = self._saved(super().save())
        if stored:
            QTimer.singleShot(0, self, self._to_found)  # only what is on the screen takes the focus
        return stored

    def give_back(self) -> None:
        """«برگشت با دلیل»: to its group, with what is to be mended."""
        example = "شمار شاغلان نوشته نشده است"
        reason = ask_reason(self.window(), "برگشت پایش", RETURNED, "برگشت", example)
        if reason is not None:
            self.form.set_other(review="returned", return_reason=reason)
            super().save()

    def _saved(self, stored: bool) -> bool:
        if stored and self._review == "accepted":
            self._ask_stop()
        return stored

    def _to_found(self) -> None:
        """What a diagnosis found is entered next."""
        if self.found is not None and not self.found.isHidden():
            self._area.ensureWidgetVisible(self.found.new_button)
            self.found.new_button.setFocus()

    def _ask_stop(self) -> None:
        """A running unit that was seen stagnant has stopped only if a person says so."""
        assert self.record_id is not None
        with self.frame.database.read() as session:
            visit = queries.get(session, self.record_id)
            revival = commands.stop_to_propose(session, visit)
        if revival is None:
            return
        told = STOP.format(calendar.long_jalali(visit.day))
        if ask_to_do(self.window(), "توقف واحد", told, "ثبت توقف", "بعداً"):
            with self.frame.database.write() as session:
                commands.stop(session, visit.id)
            self.frame.steps.did(f"ثبت توقف «{self._unit_name}»", session.info["changes"])
            self.frame.toast("توقف واحد ثبت شد.", undo=True)
