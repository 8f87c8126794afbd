"""«ماشین حساب اقساط»: the schedule of a loan by any terms, as one types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db import calendar
from db.models.loan import Loan
from db.queries import holidays
from db.rules.columns import default_value
from db.rules.schedule import check_terms
from desktop.calculator.fields import FORM
from desktop.calculator.reckoning import reckon
from desktop.calculator.results import Results
from desktop.theme import SPACE
from desktop.widgets.common import Card, EmptyState, scroll_area, scrolled
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from db.errors import Violation
    from desktop.widgets.frame import Frame

WAIT_MS: Final = 150  # after the last key
FORM_WIDTH: Final = 288
NOTHING = "مبلغ و شرط‌های تسهیلات را بنویسید؛ جدول قسط‌ها و مقایسهٔ روش‌ها همین‌جا دیده می‌شود."
WRONG = "خانه‌های نشان‌دار را درست کنید تا جدول قسط‌ها دیده شود."
USUAL = ("method", "rate", "months", "grace_months", "grace_profit")  # as a new loan has them


class CalculatorPage(QWidget):
    """Nothing of it is stored; the official holidays are asked of the open file."""

    WATCHES = frozenset({"holiday"})

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        area = scroll_area()
        card = Card()
        area.setWidget(card)
        self.form = FieldForm(FORM, _check, cards=False, eager=True, width=FORM_WIDTH, parent=card)
        card.body.addWidget(self.form)
        self.results = Results(frame)
        self.nothing = EmptyState("calculator", NOTHING)
        self._build(area)

    def _build(self, area: QWidget) -> None:
        aside, holder = QWidget(), QWidget()
        aside.setFixedWidth(FORM_WIDTH)
        column = QVBoxLayout(aside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(area, 1)
        column.addWidget(self.results.buttons)
        self._over = QStackedLayout(holder)
        self._over.addWidget(self.nothing)
        self._over.addWidget(scrolled(self.results))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[2])
        row.addWidget(aside)
        row.addWidget(holder, 1)
        self._timer.timeout.connect(self.reckon)
        self.form.edited.connect(self._timer.start)
        self.form.edited.connect(self._show_grace)  # at once: Enter leads there next
        self.form.finished.connect(self.results.schedule.setFocus)
        # Later, when the table is done with the click that chose another row.
        self.results.method_chosen.connect(self._choose_method, Qt.ConnectionType.QueuedConnection)

    # what the window asks of a page

    def start(self) -> None:
        """As a new loan begins, the first instalment a month from the day of the window."""
        self.load({})

    def refresh(self) -> None:
        if self._over.currentIndex():
            self.reckon()

    def can_leave(self) -> bool:
        return True

    def in_form(self) -> bool:
        """The keys are those of the text."""
        return True

    def new_with(self, values: Mapping[str, Any], *, unsaved: bool = False) -> None:
        """The terms of a loan, to see what others would make of it."""
        self.load(values)
        self.reckon()

    # what the user does

    def load(self, terms: Mapping[str, Any]) -> None:
        day = self.frame.as_of() or calendar.today()
        usual = {name: default_value(Loan.__table__.c[name]) for name in USUAL}
        self.form.load({**usual, "first_due": calendar.add_months(day, 1), **terms})
        self._show_grace()
        self._say(NOTHING)

    def reckon(self) -> None:
        """Of what stands in the form now: the results, or the complaints beside the fields."""
        self._timer.stop()
        self._show_grace()
        if any(not each.warning for each in self.form.recheck()):
            self._say(WRONG)
            return
        self.results.show_reckoned(reckon(self.form.values(), self._holidays))
        self._over.setCurrentIndex(1)

    def _say(self, why: str) -> None:
        """In place of the results."""
        self.results.show_reckoned(None)
        self.nothing.say(why)
        self._over.setCurrentIndex(0)

    def _holidays(self, first: date, last: date) -> Mapping[date, str]:
        with self.frame.database.read() as session:
            return holidays.names(session, first, last)

    def _show_grace(self) -> None:
        """How the profit of the grace is paid is asked where there is one."""
        self.form.show_field("grace_profit", bool(self.form.value_of("grace_months")))

    def _choose_method(self, method: str) -> None:
        self.form.editor("method").set_value(method)
        self.reckon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.editor("principal").setFocus(Qt.FocusReason.OtherFocusReason)


def _check(values: dict[str, Any]) -> Sequence[Violation]:
    return list(check_terms(values))
