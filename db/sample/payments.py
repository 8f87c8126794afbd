"""Made-up payments as rows of their table, and the days they are made on."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final

from db.sample import loan_words as words
from db.sample.story import LAST, later
from db.sample.units import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.sample.dice import Dice
    from db.sample.units import Row

_IN_TIME: Final = (0, 0, 0, 0, -1, -2)
MOST_LATE: Final = 25


def paid_days(dice: Dice, due: Iterable[date], *, late: bool) -> Iterator[date]:
    """In order, one for each due day, as long as they come by the last day of all.

    On a Friday nobody pays: who pays in time comes before it, who is late after it.
    """
    for each in due:
        day = each.toordinal() + (dice.whole(1, MOST_LATE) if late else dice.pick(_IN_TIME))
        if day % 7 == 5:
            day += 1 if late else -1
        if day > LAST:
            return
        yield date.fromordinal(day)


class PaymentMaker:
    """Makes one payment after another; no two receipts have the same number."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._numbers = count(1)

    def payment(
        self,
        loan_id: int,
        day: date,
        amount: int,
        note: str = "",
        *,
        settles: bool = False,
        keeps_credit: bool = False,
    ) -> Row:
        number = next(self._numbers)
        return {
            "id": number,
            **KEPT,
            "loan_id": loan_id,
            "day": day,
            "amount": amount,
            "receipt_no": f"{number * 7_368_787 % 99_999_989:08}",
            "settles": settles,
            "keeps_credit": keeps_credit,
            "note": note,
        }

    def undone(self, payment: Row) -> Row | None:
        """The same, entered once more by mistake and taken back; None if there was no time."""
        day = later(self._dice, payment["day"].toordinal(), 1, 8)
        if day is None:
            return None
        taken_back = {
            "id": next(self._numbers),
            "archived_on": date.fromordinal(day),
            "archive_reason": self._dice.pick(words.TWICE),
        }
        return payment | taken_back
