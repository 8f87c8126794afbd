"""How a loan stands by the day of the window: paid out, left, overdue, its class, its penalty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import choices
from desktop.kinds import DAYS, RIAL
from desktop.theme import SPACE
from desktop.widgets.common import label, set_role

if TYPE_CHECKING:
    from db.rules.repayment import State

NO_INSTALMENTS = "هنوز قسطی ندارد: روز نخستین قسط و نخستین پرداخت بانک را بنویسید."
WORDS = {
    "paid_out": "پرداخت‌شدهٔ بانک",
    "balance": "ماندهٔ اصل و سود",
    "overdue": "معوقه",
    "late": "دیرکرد",
    "penalty": "وجه التزام",
    "credit": "بستانکاری",
    "class": "طبقه",
}


class StandingStrip(QWidget):
    """A line of figures; those that are nothing are not shown, but for the balance."""

    def __init__(self) -> None:
        super().__init__()
        self.values = {key: label("", "heading") for key in WORDS}
        self._cells: dict[str, QWidget] = {}
        self.hint = label(NO_INSTALMENTS, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[4])
        row.addWidget(self.hint)
        for key, word in WORDS.items():
            row.addWidget(self._cell(key, word))
        row.addStretch(1)

    def _cell(self, key: str, word: str) -> QWidget:
        cell = self._cells[key] = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(word, "muted"))
        column.addWidget(self.values[key])
        return cell

    def show_state(self, paid_out: int, state: State | None) -> None:
        """`paid_out` in rial; without a state there are no instalments by that day."""
        self.hint.setVisible(state is None)
        for cell in self._cells.values():
            cell.setVisible(state is not None)
        if state is None:
            return
        self._say("paid_out", _rial(paid_out))
        self._say("balance", _rial(state.balance))
        self._say("overdue", _rial(state.overdue), "bad", hide=not state.overdue)
        self._say("late", f"{DAYS.show(state.days_overdue)} روز", "bad",
                  hide=not state.days_overdue)  # fmt: skip
        self._say("penalty", _rial(state.penalty_left), "warn", hide=not state.penalty_left)
        self._say("credit", _rial(state.credit), "good", hide=not state.credit)
        kind = choices.LOAN_CLASS
        self._say("class", kind.show(state.loan_class), kind.tones[state.loan_class])

    def _say(self, key: str, words: str, tone: str = "", *, hide: bool = False) -> None:
        self.values[key].setText(words)
        set_role(self.values[key], "heading", tone)
        self._cells[key].setVisible(not hide)


def _rial(amount: int) -> str:
    return f"{RIAL.show(amount)} ریال"
