"""The course of a made-up programme: how large it is, and what befalls each unit on which day.

Days are ordinals of `date`, so that they can be added up; Fridays are left free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from db.calendar import from_jalali, month_range

if TYPE_CHECKING:
    from datetime import date

    from db.sample.dice import Dice

FIRST_DAY: Final[date] = from_jalali("1401/01/01")
BASELINE_ON: Final[date] = from_jalali("1401/12/29")
LAST_DAY: Final[date] = from_jalali("1402/10/30")  # nothing is recorded after it
FIRST: Final = FIRST_DAY.toordinal()
BASELINE: Final = BASELINE_ON.toordinal()
LAST: Final = LAST_DAY.toordinal()

# Returns in each month of 1402 at the article's size: behind the plan, but gaining on it.
# 150 of the 290 units missing have returned by the end of Azar.
BY_MONTH: Final = (4, 8, 11, 14, 17, 19, 22, 26, 29, 33)


class Fate(NamedTuple):
    """What befalls a unit; `loans` is how many it asks for."""

    registered: int
    returned: int | None
    archived: bool = False
    loans: int = 0


def programme_values(units: int) -> dict[str, Any]:
    """The article's figures up to 1000 units; a larger file has a target it can fill."""
    small = units <= 1000
    baseline = 110 if small else round(units * 0.2)
    return {
        "title": "نمونهٔ ساختگی: احیای واحدهای کوچک صنعتی راکد و نیمه‌راکد استان فارس",
        "organisation": "سازمان نمونه (ساختگی)",
        "target_units": 400 if small else round(units * 0.8),
        "deadline": from_jalali("1402/12/29"),
        "starts_on": FIRST_DAY,
        "baseline_on": BASELINE_ON,
        "baseline_units": baseline,
        "baseline_jobs": baseline * 70 // 11,
    }


def workday(day: int) -> int:
    """The day itself, or the Saturday after a Friday. The last day of all is no Friday."""
    return day + 1 if day % 7 == 5 else day


def later(dice: Dice, day: int, least: int, most: int) -> int | None:
    """A working day so many days later; None if the story is over by then."""
    found = workday(day + dice.whole(least, most))
    return found if found <= LAST else None


def fates(dice: Dice, units: int, missing: int) -> list[Fate]:
    """One for each unit, in the order they are registered; `missing` units are to be revived."""
    days = _return_days(dice, units, missing)
    early = units // 25  # returned before the baseline day, so counted in the baseline already
    found = [_returned(dice, day) for day in days]
    found += [_returned(dice, dice.whole(FIRST + 60, BASELINE - 1)) for _ in range(early)]
    idle = [Fate(workday(dice.whole(FIRST, LAST)), None) for _ in range(units - len(found))]
    for place in range(min(units // 200, len(idle))):  # registered by mistake
        idle[place] = idle[place]._replace(archived=True)
    found += idle
    return _with_loans(dice, sorted(found, key=lambda fate: fate.registered))


def _return_days(dice: Dice, units: int, missing: int) -> list[int]:
    most = min(sum(BY_MONTH) * missing // 290, units * sum(BY_MONTH) // 400)
    days: list[int] = []
    for month in range(1, len(BY_MONTH) + 1):
        first, last = (day.toordinal() for day in month_range(1402, month))
        upto = most * sum(BY_MONTH[:month]) // sum(BY_MONTH)
        days += [dice.whole(first, last) for _ in range(upto - len(days))]
    return days


def _returned(dice: Dice, day: int) -> Fate:
    registered = max(FIRST, day - dice.whole(25, 220))
    return Fate(workday(registered), max(workday(day), workday(registered)))


def _with_loans(dice: Dice, found: list[Fate]) -> list[Fate]:
    """Six loans to five units in all; a unit that returned has had twice the chance of one."""
    counts = [0] * len(found)
    left = len(found) * 6 // 5
    while left:
        place = dice.whole(0, len(found) - 1)
        fate = found[place]
        if fate.archived or counts[place] == 4 or (fate.returned is None and dice.chance(50)):
            continue
        counts[place] += 1
        left -= 1
    return [fate._replace(loans=count) for fate, count in zip(found, counts, strict=True)]
