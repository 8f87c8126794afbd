"""Made-up visits as rows of their table: who went, what was written, when the next one is due."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from db.models import Visit
from db.sample import visit_words
from db.sample.looks import DUE_DAYS, LookMaker
from db.sample.story import LAST, LAST_DAY
from db.sample.units import KEPT, found_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.sample.dice import Dice
    from db.sample.groups import Crew
    from db.sample.looks import Look
    from db.sample.story import Fate
    from db.sample.units import Lists, Row

NOT_ACCEPTED: Final = 9  # percent of those that are left to chance
_FRESH: Final = 45  # days in which a visit may still wait for its review


class VisitMaker:
    """Makes the visits of one unit after another."""

    def __init__(self, dice: Dice, lists: Lists) -> None:
        self._dice = dice
        self._lists = lists
        self._looks = LookMaker(dice, lists.events)
        self._numbers = count(1)

    def visits(self, unit: Row, fate: Fate, returns: Sequence[Row]) -> list[Row]:
        """In order of their days, none before the unit was registered."""
        looks = self._looks.looks(unit, fate, returns)
        if not looks:
            return []
        group_id, crew = self._group(unit, looks[0].day)
        rows = [self._row(unit, look, group_id, crew) for look in looks]
        self._plan(rows)
        return rows

    def _group(self, unit: Row, day: int) -> tuple[int | None, Crew | None]:
        """The unit's own, or another one if it has none that early."""
        crews = self._lists.crews
        own = unit["group_id"]
        if own is not None and crews[own].formed <= day:
            return own, crews[own]
        there = [number for number, crew in crews.items() if crew.formed <= day]
        helper = self._dice.pick(there) if there else None
        return helper, None if helper is None else crews[helper]

    def _row(self, unit: Row, look: Look, group_id: int | None, crew: Crew | None) -> Row:
        review, reason = self._review(look)
        row = {
            "id": next(self._numbers),
            **KEPT,
            "unit_id": unit["id"],
            "day": date.fromordinal(look.day),
            "group_id": group_id,
            "visitors": "" if crew is None else crew.going(self._dice, look.day),
            "kind": look.kind,
            "state_seen": look.state,
            "heads": look.heads,
            "capacity": look.capacity,
            "findings": self._findings(unit, look),
            "exercise_id": self._exercise(look.day, group_id),
            "review": review,
            "return_reason": reason,
        }
        return found_by(Visit, row)

    def _review(self, look: Look) -> tuple[str, str]:
        """(review, why it was returned)."""
        review = look.review or "accepted"
        if not look.review and self._dice.chance(NOT_ACCEPTED):
            waits = self._dice.chance(80 if LAST - look.day < _FRESH else 15)
            review = "draft" if waits else "returned"
        return review, self._dice.pick(visit_words.RETURN_REASONS) if review == "returned" else ""

    def _findings(self, unit: Row, look: Look) -> str:
        words = visit_words.FINDINGS[look.kind, look.state]
        return self._dice.pick(words).format(unit["product"])

    def _exercise(self, day: int, group_id: int | None) -> int | None:
        for event in self._lists.events:
            if day in event.days and group_id in event.groups:
                return event.id
        return None

    def _plan(self, rows: list[Row]) -> None:
        """When each next visit was due, and the day on which the unit was seen again."""
        for row in rows:
            row["next_due_on"] = row["day"] + timedelta(days=DUE_DAYS[row["kind"]])
        if rows[-1]["next_due_on"] <= LAST_DAY and self._dice.chance(75):
            rows[-1]["next_due_on"] = None  # the office lets it rest
        following = None
        for row in reversed(rows):
            row["followed_on"] = None
            if row["review"] == "accepted":
                row["followed_on"], following = following, row["day"]
