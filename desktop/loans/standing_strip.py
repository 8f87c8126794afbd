"""How a loan stands by the day of the window: paid out, left, overdue, its class, its penalty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import choices
from desktop.kinds import DAYS, RIAL
from desktop.widgets.common import label
from desktop.widgets.figure_strip import FigureStrip

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


class StandingStrip(FigureStrip):
    """A line of figures; those that are nothing are not shown, but for the balance."""

    def __init__(self) -> None:
        super().__init__(WORDS)
        self.hint = label(NO_INSTALMENTS, "muted")
        self.row.insertWidget(0, self.hint)

    def show_state(self, paid_out: int, state: State | None) -> None:
        """`paid_out` in rial; without a state there are no instalments by that day."""
        self.hint.setVisible(state is None)
        if state is None:
            for key in WORDS:
                self.say(key, "")
            return
        late, kind = state.days_overdue, choices.LOAN_CLASS
        self.say("paid_out", _rial(paid_out))
        self.say("balance", _rial(state.balance))
        self.say("overdue", _rial(state.overdue) if state.overdue else "", "bad")
        self.say("late", f"{DAYS.show(late)} روز" if late else "", "bad")
        self.say("penalty", _rial(state.penalty_left) if state.penalty_left else "", "warn")
        self.say("credit", _rial(state.credit) if state.credit else "", "good")
        self.say("class", kind.show(state.loan_class), kind.tones[state.loan_class])


def _rial(amount: int) -> str:
    return f"{RIAL.show(amount)} ریال"
