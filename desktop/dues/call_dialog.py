"""«تماس گرفته شد»: who was spoken to, what was said, and when to call again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from db import calendar, text
from db.commands import calls
from db.errors import RuleError
from db.queries import holidays
from desktop.dues import fields
from desktop.theme import SPACE
from desktop.widgets.common import chip, heading, label, muted
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from desktop.widgets.frame import Frame

NAMES: Final = ("day", "spoke_to", "note", "again_on")
AGAIN: Final = {"فردا": 1, "سه روز دیگر": 3, "هفتهٔ دیگر": 7, "ماه دیگر": 30}  # days
RLM: Final = "\u200f"
FAR: Final = 60  # days ahead among which an open one is looked for


class CallDialog(QDialog):
    """One call for all the rows given, of which each is another loan."""

    def __init__(self, parent: QWidget, frame: Frame, rows: Sequence[Any]) -> None:
        super().__init__(parent)
        self._frame, self._rows = frame, rows
        self.setWindowTitle("تماس گرفته شد")
        self.setMinimumWidth(620)
        known = frame.fields_of("call")[1]
        self.form = FieldForm(
            {"": [known[name] for name in NAMES]}, self._check, cards=False,
            suggest={"spoke_to": self._people},
        )  # fmt: skip
        self.form.load({"day": calendar.today()})
        self.form.finished.connect(self.accept)
        self._build()
        self.form.editor("spoke_to").setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        buttons.addButton("ثبت تماس", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[2])
        self._tell(column)
        column.addWidget(self.form)
        foot = self._again_chips()
        foot.addWidget(buttons)
        column.addLayout(foot)

    def _tell(self, column: QVBoxLayout) -> None:
        """Of one loan its telephones, to be read while the number is dialled."""
        if len(self._rows) > 1:
            count = text.grouped(len(self._rows))
            column.addWidget(heading(f"{count} تسهیلات، یک یادداشت برای همه"))
            return
        (row,) = self._rows
        people = " و ".join(dict.fromkeys(each for each in (row.manager, row.owner) if each))
        numbers = label(phones_of(row) or "شماره‌ای ثبت نشده است.", "heading")
        numbers.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        owed = f"معوقه {fields.OVERDUE.text(row)} ریال" if hasattr(row, "overdue") else (
            f"قسط {fields.DUE_ON.text(row)}، مانده {fields.LEFT.text(row)} ریال"
        )  # fmt: skip
        said = "؛ ".join(part for part in (people, row.bank, owed) if part)
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        head.addWidget(heading(row.unit), 1)
        head.addWidget(numbers)
        column.addLayout(head)
        column.addWidget(muted(said))

    def _again_chips(self) -> QHBoxLayout:
        """The usual days to call again; one on which banks are closed gives way to the next."""
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for word, ahead in AGAIN.items():
            made = chip(word, checkable=False)
            made.setAutoDefault(False)
            made.clicked.connect(partial(self._call_again, ahead))
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _call_again(self, ahead: int) -> None:
        day = calendar.today() + timedelta(days=ahead)
        with self._frame.database.read() as session:
            known = holidays.names(session, day, day + timedelta(days=FAR))
        while holidays.closed(day, known):
            day += timedelta(days=1)
        self.form.editor("again_on").set_value(day)

    def _people(self, typed: str) -> list[str]:
        """Those who are known of the units."""
        named = [name for row in self._rows for name in (row.manager, row.owner) if name]
        key = text.search_key(typed)
        return [name for name in dict.fromkeys(named) if key in text.search_key(name)]

    def _check(self, values: dict[str, Any]) -> Sequence[Violation]:
        with self._frame.database.read() as session:
            return calls.check(session, 0, None, values)

    def accept(self) -> None:
        try:
            values = self.form.values()
        except RuleError as error:
            self.form.complain(error.violations, go=True)
            return
        wrong = [each for each in self._check(values) if not each.warning]
        if wrong:
            self.form.complain(wrong, go=True)
            return
        super().accept()

    def save(self, loan_ids: Sequence[int]) -> None:
        """Note it of every loan, in one step that Ctrl+Z takes back."""
        values = self.form.values()
        many = len(loan_ids) > 1
        words = f"ثبت تماس {text.grouped(len(loan_ids))} تسهیلات" if many else "ثبت تماس"
        told = f"تماس {text.grouped(len(loan_ids))} تسهیلات ثبت شد." if many else "تماس ثبت شد."

        def act(session: Session, some: Sequence[int]) -> None:
            for number in some:
                calls.save_call(session, number, None, values)

        self._frame.steps.do(words, act, loan_ids, lambda: self._frame.toast(told, undo=True))


def phones_of(row: Any) -> str:
    """Both telephones, the mobile first: at the right, which bare digits alone would not be."""
    numbers = (fields.MOBILE.text(row), fields.PHONE.text(row))
    return f"   {RLM}".join(number for number in numbers if number)
