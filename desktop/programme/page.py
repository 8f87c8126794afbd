"""The programme: its target and baseline, the milestones of its plan, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select

from db import calendar, text
from db.commands import programme as commands
from db.models.programme import Milestone
from db.queries import changes, progress
from db.rules.programme import check_programme
from desktop.pages.history_view import HistoryView
from desktop.pages.record_page import RecordPage
from desktop.programme import fields
from desktop.programme.milestones import Milestones
from desktop.widgets.common import Banner, Card, muted, scrolled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models.change import Change
    from db.models.programme import Programme
    from desktop.widgets.frame import Frame

BASELINE = (
    "مبنا آن چیزی است که پیش از آغاز ثبت در این پرونده به دست آمده است؛ یا یک عدد است، و آن‌گاه "
    "بازگشتی که روزش تا پایان روز مبنا باشد دوباره شمرده نمی‌شود؛ یا همان ردیف‌های ثبت‌شده، و "
    "آن‌گاه عدد به حساب نمی‌آید: هیچ‌گاه هر دو. خبر برنامه روز مبنا را نگفته است؛ روزی را بنویسید "
    "که این عددها در پایان آن درست بوده است."
)
TARGET = "هدف شمار کل واحدهای احیاشده است، با واحدهای مبنا؛ نه افزون بر آن‌ها."


class ProgrammePage(RecordPage):
    """The programme in force. There is one, so there is no list to go back to."""

    TITLE = "برنامه و هدف"
    WATCHES = frozenset({"programme", "milestone", "revival", "visit", "unit", "document"})
    SECTIONS = fields.FORM
    FORM_TAB = "هدف و مبنا"
    HAS_LIST = False

    def __init__(self, frame: Frame) -> None:
        with frame.database.read() as session:
            number = progress.programme(session).id
        self._milestones = Milestones(frame, number)
        self._history = HistoryView(frame, lambda session: _changes(session, number))
        self.sum = Banner()
        super().__init__(frame, number, {})

    def start(self) -> None:
        self.refresh()
        self.settle("programme")

    def close_record(self) -> None:
        """Where a list goes back to itself before a door is opened: here there is none."""

    def show_filters(self, filters: Mapping[str, Any]) -> None:
        """A door leads to the form; there is nothing to filter."""
        self.tabs.setCurrentIndex(0)

    def _build(self) -> None:
        super()._build()
        baseline = _card_of(self.form, list(fields.FORM)[1])
        baseline.body.addWidget(self.sum)
        for section, words in zip(fields.FORM, (TARGET, BASELINE), strict=False):
            _card_of(self.form, section).body.addWidget(muted(words))
        plan = QWidget()
        column = QVBoxLayout(plan)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._milestones)
        column.addStretch(1)
        self.tabs.addTab(scrolled(plan), "گام‌های برنامه")
        self.tabs.addTab(self._history, "تاریخچه")
        for keys, act in (
            (QKeySequence.StandardKey.Save, self.save),
            (QKeySequence.StandardKey.Refresh, self.refresh),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def fetch(self, session: Session, record_id: int) -> Programme:
        return progress.programme(session)

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        return list(check_programme(values))

    def save_record(self, session: Session, values: dict[str, Any]) -> Programme:
        return commands.save_programme(session, values, self.version)

    def heading(self, record: Any) -> str:
        """The target in short: the title has its own field."""
        units, day = text.grouped(record.target_units), calendar.long_jalali(record.deadline)
        return f"{units} واحد تا {day}"

    def suffix(self, session: Session, record: Any) -> tuple[str, str]:
        self._say_sum(record, *progress.before_baseline(session))
        over = record.deadline < (self.frame.as_of() or calendar.today())
        return ("مهلت گذشته است", "warn") if over else ("", "")

    def _say_sum(self, plan: Programme, claimed: int, counted: int) -> None:
        """What the baseline comes to, and how many rows are on record of its days."""
        number, rows = text.grouped(plan.baseline_units), text.grouped(claimed)
        if plan.baseline_kind == "records":
            self.sum.say(
                f"مبنا = {text.grouped(counted)} واحد با گواه کامل، از {rows} بازگشت ثبت‌شده تا روز "
                f"مبنا؛ عدد {number} به حساب نمی‌آید.", "warn" if counted < claimed else "",
            )  # fmt: skip
        elif claimed > plan.baseline_units:
            self.sum.say(
                f"تا روز مبنا {rows} بازگشت ثبت شده و عدد مبنا {number} است؛ عدد را درست کنید یا "
                "«ردیف‌های ثبت‌شده» را برگزینید.", "bad",
            )  # fmt: skip
        else:
            rest = text.grouped(plan.baseline_units - claimed)
            self.sum.say(
                f"مبنا = {number} واحد: {rows} با ردیف ثبت‌شده (دوباره شمرده نمی‌شود) "
                f"و {rest} بی ردیف."
            )

    def after_load(self) -> None:
        self._milestones.refresh()
        self._history.refresh()

    def can_leave(self) -> bool:
        had_work = self.form.changed
        may = super().can_leave()
        if may and had_work:
            self.refresh()  # the page stays: what was thrown away must not stand in it
        return may


def _card_of(form: QWidget, title: str) -> Card:
    return next(card for card in form.findChildren(Card) if card.accessibleName() == title)


def _changes(session: Session, number: int) -> list[Change]:
    """Of the programme and of its milestones, those taken out too; newest first."""
    points = session.scalars(select(Milestone.id).where(Milestone.programme_id == number))
    keys = [("programme", number), *(("milestone", point) for point in points)]
    found = [change for key in keys for change in changes.of_record(session, *key)]
    return sorted(found, key=lambda change: -change.id)
