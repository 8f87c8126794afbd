"""The course of a made-up programme: how large it is, and what befalls each unit on which day.

Days are ordinals of `date`, so that they can be added up; Fridays are left free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from db.calendar import from_jalali, month_range
from db.sample.dice import Weighted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.sample.dice import Dice

FIRST_DAY: Final[date] = from_jalali("1401/01/01")
BASELINE_ON: Final[date] = from_jalali("1401/12/29")
LAST_DAY: Final[date] = from_jalali("1402/10/30")  # nothing is recorded after it
FIRST: Final = FIRST_DAY.toordinal()
BASELINE: Final = BASELINE_ON.toordinal()
LAST: Final = LAST_DAY.toordinal()

# Returns shown in each month of 1402 at the article's size: behind the plan, but gaining on it.
# 150 of the 290 units missing are counted by the end of Azar.
BY_MONTH: Final = (4, 8, 11, 14, 17, 19, 22, 26, 29, 33)
SMALL: Final = 1000  # units of a file that keeps to the article's figures, and has documents

Course = Literal[
    # How far a unit comes that does not return.
    "found", "visited", "diagnosed", "helped",
    # How its return is shown: by a follow-up visit, by a paper; or why it is not.
    "shown", "paper", "unseen", "draft", "weak", "contradicted",
]  # fmt: skip
SHOWN: Final[frozenset[Course]] = frozenset({"shown", "paper"})
UNSHOWN_PERCENT: Final = 22  # returns that are claimed only, to a hundred that are shown
# The first and last day of such returns, from which the time left tells why they are not shown.
_UNSHOWN: Final[dict[Course, tuple[int, int, int]]] = {  # share, first day, last day
    "unseen": (40, LAST - 50, LAST - 2),
    "draft": (20, LAST - 80, LAST - 15),
    "weak": (25, BASELINE + 20, LAST - 35),
    "contradicted": (15, BASELINE + 20, LAST - 120),
}
_WAITING: Final[dict[Course, int]] = {"found": 10, "visited": 16, "diagnosed": 22, "helped": 52}


class Fate(NamedTuple):
    """What befalls a unit; `loans` is how many it asks for."""

    registered: int
    returned: int | None
    course: Course = "found"
    archived: bool = False
    loans: int = 0


def programme_values(units: int) -> dict[str, Any]:
    """The article's figures up to 1000 units; a larger file has a target it can fill."""
    small = units <= SMALL
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
    found = [_returned(dice, day, _proof(dice, units)) for day in days]
    found += list(_unshown(dice, len(days) * UNSHOWN_PERCENT // 100))
    found += [_returned(dice, dice.whole(FIRST + 60, BASELINE - 1), "shown") for _ in range(early)]
    found += _idle(dice, units, units - len(found))
    return _with_loans(dice, sorted(found, key=lambda fate: fate.registered))


def _proof(dice: Dice, units: int) -> Course:
    return "paper" if units <= SMALL and dice.chance(5) else "shown"


def _unshown(dice: Dice, count: int) -> Iterator[Fate]:
    reasons = Weighted({reason: share for reason, (share, _, _) in _UNSHOWN.items()})
    for _ in range(count):
        reason = reasons.pick(dice)
        yield _returned(dice, dice.whole(*_UNSHOWN[reason][1:]), reason)


def _idle(dice: Dice, units: int, count: int) -> list[Fate]:
    """Those that have not returned: the newest are not yet visited, let alone helped."""
    courses = Weighted(_WAITING)
    found = []
    for _ in range(count):
        day = workday(dice.whole(FIRST, LAST))
        course = courses.pick(dice)
        if LAST - day < 40 and course in ("diagnosed", "helped"):
            course = "found" if LAST - day < 20 else "visited"
        found.append(Fate(day, None, course))
    for place in range(min(units // 200, count)):  # registered by mistake
        found[place] = found[place]._replace(archived=True, course="found")
    return found


def _return_days(dice: Dice, units: int, missing: int) -> list[int]:
    most = min(sum(BY_MONTH) * missing // 290, units * sum(BY_MONTH) // 400)
    days: list[int] = []
    for month in range(1, len(BY_MONTH) + 1):
        first, last = (day.toordinal() for day in month_range(1402, month))
        upto = most * sum(BY_MONTH[:month]) // sum(BY_MONTH)
        days += [dice.whole(first, last) for _ in range(upto - len(days))]
    return days


def _returned(dice: Dice, day: int, course: Course) -> Fate:
    registered = max(FIRST, day - dice.whole(25, 220))
    return Fate(workday(registered), max(workday(day), workday(registered)), course)


def _with_loans(dice: Dice, found: list[Fate]) -> list[Fate]:
    """Six loans to five units in all: mostly to those that returned, seldom to the unhelped."""
    counts = [0] * len(found)
    left = len(found) * 6 // 5
    while left:
        place = dice.whole(0, len(found) - 1)
        fate = found[place]
        chance = 100 if fate.returned is not None else 55 if fate.course == "helped" else 3
        if fate.archived or counts[place] == 4 or not dice.chance(chance):
            continue
        counts[place] += 1
        left -= 1
    return [fate._replace(loans=count) for fate, count in zip(found, counts, strict=True)]
