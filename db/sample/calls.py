"""Made-up calls about what a loan has fallen behind with."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final

from db.sample import loan_words as words
from db.sample.story import LAST, workday
from db.sample.units import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.sample.dice import Dice
    from db.sample.units import Row

_CALLED: Final = 72  # percent of the loans that are behind now
_HAD_CALL: Final = 20  # percent of the instalments paid late by a month or so
_MOST: Final = 3  # calls about the same thing


class CallMaker:
    """Makes the calls of one loan after another."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._numbers = count(1)

    def behind(self, unit: Row, loan_id: int, due_on: date) -> Iterator[Row]:
        """About what has been due since `due_on` and is not paid by the last day."""
        dice = self._dice
        if not dice.chance(_CALLED):
            return
        found: list[tuple[int, int | None]] = []  # from the last call back
        day = _before_friday(LAST - dice.whole(0, 16))
        again = workday(day + dice.whole(3, 14)) if dice.chance(90) else None
        for _ in range(dice.whole(1, _MOST)):
            if day < due_on.toordinal() + 4:
                break
            found.append((day, again))
            day, again = _before_friday(day - dice.whole(4, 25)), day
        for day, again in reversed(found):
            yield self._call(unit, loan_id, day, again, dice.pick(words.CALLS))

    def before_payment(self, unit: Row, loan_id: int, due_on: date, paid_on: date) -> Iterator[Row]:
        """About an instalment that was paid late."""
        first, last = due_on.toordinal() + 7, paid_on.toordinal()
        if first < last and self._dice.chance(_HAD_CALL):
            day = _before_friday(self._dice.whole(first, last - 1))
            yield self._call(unit, loan_id, day, None, self._dice.pick(words.LAST_CALLS))

    def _call(self, unit: Row, loan_id: int, day: int, again: int | None, note: str) -> Row:
        return {
            "id": next(self._numbers),
            **KEPT,
            "loan_id": loan_id,
            "day": date.fromordinal(day),
            "spoke_to": unit["manager"] if self._dice.chance(70) else "",
            "again_on": None if again is None else date.fromordinal(again),
            "note": note,
        }


def _before_friday(day: int) -> int:
    return day - 1 if day % 7 == 5 else day
