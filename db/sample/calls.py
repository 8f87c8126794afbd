"""Made-up calls about what a loan has fallen behind with."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final

from db.sample import loan_words as words
from db.sample.story import LAST, later, workday
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
        # Those long behind were called in the last months; before that it was not noted down.
        since = max(due_on.toordinal(), LAST - 100)
        day = later(dice, since, 4, 30)
        for _ in range(dice.whole(1, _MOST)):
            if day is None:
                return
            again = workday(day + dice.whole(3, 20)) if dice.chance(85) else None
            yield self._call(unit, loan_id, day, again, dice.pick(words.CALLS))
            if again is None:
                return
            day = later(dice, again, 0, 6)

    def before_payment(self, unit: Row, loan_id: int, due_on: date, paid_on: date) -> Iterator[Row]:
        """About an instalment that was paid late."""
        first, last = due_on.toordinal() + 7, paid_on.toordinal()
        if first < last and self._dice.chance(_HAD_CALL):
            day = self._dice.whole(first, last - 1)
            day -= day % 7 == 5  # not on a Friday
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
