"""When a made-up unit is looked at, and what it is seen to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from db.calendar import jalali_parts, month_range
from db.models import Programme
from db.rules.columns import default_value
from db.rules.visits import DAYS_OF_KIND
from db.sample.story import LAST, SHOWN, workday

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from db.sample.dice import Dice
    from db.sample.events import Event
    from db.sample.story import Course, Fate
    from db.sample.units import Row

DIAGNOSES: Final = ("shallow_diagnosis", "deep_diagnosis")
_columns = Programme.__table__.columns
DUE_DAYS: Final[dict[str, int]] = {
    kind: default_value(_columns[name]) for kind, name in DAYS_OF_KIND.items()
}
_LASTING: Final = 95  # days after which follow-ups have shown that a return lasts


class Look(NamedTuple):
    """A visit to come; an empty `review` is left to chance."""

    day: int
    kind: str
    state: str
    capacity: int
    heads: int
    review: str = ""


class LookMaker:
    """Draws the looks at one unit after another, each on a day of its own."""

    def __init__(self, dice: Dice, events: Sequence[Event]) -> None:
        self._dice = dice
        self._events = events

    def looks(self, unit: Row, fate: Fate, returns: Sequence[Row]) -> list[Look]:
        """In order of their days: until it returned, and after each return."""
        found = list(self._before(unit, fate))
        for place, each in enumerate(returns):
            found += self._after(each, fate.course if place == 0 else "shown")
        return found

    def _before(self, unit: Row, fate: Fate) -> Iterator[Look]:
        kinds, dice = self._kinds(fate), self._dice
        until = fate.returned or LAST + 1
        day = fate.registered
        step = min(45, (until - day) // (len(kinds) + 1))
        for kind in kinds:
            drawn = workday(day + dice.whole(max(1, step // 3), max(1, step)))
            day = self._of_event(unit, kind, day, drawn)
            if day >= until:
                return
            yield self._as_found(unit, day, kind)

    def _kinds(self, fate: Fate) -> list[str]:
        """Seen first, then looked into; what is in hand is seen now and then."""
        dice = self._dice
        if fate.course == "found":
            return []
        if fate.course == "visited":
            return ["monitoring"] * dice.whole(1, 2)
        kinds = ["monitoring"] if dice.chance(65) else []
        kinds.append(DIAGNOSES[0] if dice.chance(85) else DIAGNOSES[1])
        if fate.course != "diagnosed":
            kinds += [DIAGNOSES[1]] if dice.chance(22) else []
            kinds += ["monitoring"] * (
                dice.chance(60) + (fate.returned is None and dice.chance(30))
            )
        return kinds

    def _of_event(self, unit: Row, kind: str, last: int, day: int) -> int:
        """The day itself, or that of an exercise nearby in which the unit's group takes part."""
        for event in self._events:
            near = last < event.days[0] and abs(event.days[0] - day) <= 20
            if near and kind == "monitoring" and unit["group_id"] in event.groups:
                return self._dice.pick(event.days)
        return day

    def _as_found(self, unit: Row, day: int, kind: str) -> Look:
        """Before its return it is more or less as on the day it was found."""
        heads: int = unit["found_jobs"]
        review = "accepted" if kind in DIAGNOSES else ""
        if unit["found_state"] == "stagnant":
            return Look(day, kind, "stagnant", 0, heads, review)
        capacity = max(5, unit["found_capacity"] + 5 * self._dice.whole(-1, 1))
        heads = max(1, heads - self._dice.whole(0, 1))
        return Look(day, kind, "semi_stagnant", capacity, heads, review)

    def _after(self, of: Row, course: Course) -> Iterator[Look]:
        dice, back = self._dice, of["returned_on"].toordinal()
        if course in SHOWN:
            first = self._shown_day(of["returned_on"])
            yield self._good(of, first, "accepted" if course == "shown" else "draft")
            yield from self._followed(of, first)
            yield from self._stopped(of)
        elif course == "draft":
            review = "draft" if dice.chance(70) else "returned"
            yield self._good(of, workday(back + dice.whole(3, 12)), review)
        elif course == "weak":
            day = workday(back + dice.whole(5, 30))
            yield self._weak(of, day, "accepted")
        elif course == "contradicted":
            first = self._shown_day(of["returned_on"])
            yield self._good(of, first, "accepted")
            yield self._idle(workday(first + dice.whole(30, 70)))

    def _shown_day(self, returned_on: date) -> int:
        """Soon, and before the month is over: its report wants to count it."""
        month_end = month_range(*jalali_parts(returned_on)[:2])[1].toordinal()
        month_end -= month_end % 7 == 5  # a Friday
        back = returned_on.toordinal()
        day = workday(back + self._dice.whole(0, 12))
        return max(back, min(day, month_end, LAST))

    def _followed(self, of: Row, first: int) -> Iterator[Look]:
        """Again and again until it stops; one that has lasted is seldom looked at any more."""
        dice, day = self._dice, first
        end = LAST + 1 if of["stopped_on"] is None else of["stopped_on"].toordinal()
        while True:
            late = dice.whole(-5, 20) if dice.chance(60) else dice.whole(21, 75)
            day = workday(day + DUE_DAYS["follow_up"] + late)
            if day >= end:
                return
            yield self._weak(of, day) if dice.chance(6) else self._good(of, day)
            if day > of["returned_on"].toordinal() + _LASTING and dice.chance(75):
                return

    def _stopped(self, of: Row) -> Iterator[Look]:
        """Most stops were found by a visit: its day, or a day before it that the owner told."""
        if of["stopped_on"] is None or not self._dice.chance(75):
            return
        late = 0 if self._dice.chance(60) else self._dice.whole(1, 10)
        day = workday(of["stopped_on"].toordinal() + late)
        if day <= LAST:
            yield self._idle(day)

    def _good(self, of: Row, day: int, review: str = "") -> Look:
        capacity = min(95, max(50, of["capacity_after"] + 5 * self._dice.whole(-1, 1)))
        heads = max(1, of["jobs_after"] + self._dice.whole(-1, 1))
        return Look(day, "follow_up", "active", capacity, heads, review)

    def _weak(self, of: Row, day: int, review: str = "") -> Look:
        state = "semi_stagnant" if self._dice.chance(70) else "active"
        heads = max(1, of["jobs_after"] // 2)
        return Look(day, "follow_up", state, 5 * self._dice.whole(4, 9), heads, review)

    def _idle(self, day: int) -> Look:
        return Look(day, "follow_up", "stagnant", 0, self._dice.whole(0, 1), "accepted")
