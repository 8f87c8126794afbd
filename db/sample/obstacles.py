"""Made-up obstacles that diagnoses found, and the actions that were to remove them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final

from db.models import Action, Obstacle
from db.rules.actions import objection_until
from db.sample import obstacle_words as words
from db.sample.dice import Weighted
from db.sample.looks import DIAGNOSES
from db.sample.story import LAST, workday
from db.sample.units import KEPT, found_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.sample.dice import Dice
    from db.sample.story import Fate
    from db.sample.units import Lists, Row

_day = date.fromordinal


class ObstacleMaker:
    """Makes the obstacles and actions of one unit after another."""

    def __init__(self, dice: Dice, lists: Lists) -> None:
        self._dice = dice
        self._lists = lists
        self._kinds = Weighted({kind: each.weight for kind, each in words.KINDS.items()})
        self._counts = Weighted({1: 70, 2: 24, 3: 6})
        self._severities = Weighted({"high": 35, "medium": 45, "low": 20})
        self._numbers, self._action_numbers = count(1), count(1)

    def made(self, fate: Fate, visits: Sequence[Row]) -> tuple[list[Row], list[Row]]:
        """(obstacles, actions) of a unit: found by its first diagnosis, the main one first."""
        visit = next((each for each in visits if each["kind"] in DIAGNOSES), None)
        if visit is None:
            return [], []
        kinds = {self._kinds.pick(self._dice): None for _ in range(self._counts.pick(self._dice))}
        found: tuple[list[Row], list[Row]] = [], []
        for kind in kinds:
            obstacle = self._obstacle(fate, visit, kind, is_main=not found[0])
            found[0].append(obstacle)
            found[1].extend(self._actions(fate, visit, kind, obstacle))
        return found

    def _obstacle(self, fate: Fate, visit: Row, kind: str, *, is_main: bool) -> Row:
        dice, of = self._dice, words.KINDS[kind]
        agency = dice.pick(of.agencies)
        removed_on = self._removed(fate, visit["day"].toordinal(), is_main=is_main)
        row = {
            "id": next(self._numbers),
            **KEPT,
            "unit_id": visit["unit_id"],
            "visit_id": visit["id"],
            "kind_id": self._lists.obstacle_kinds[kind],
            "severity": "high" if is_main and dice.chance(60) else self._severities.pick(dice),
            "main": is_main,
            "agency_id": self._lists.agencies[agency] if agency else None,
            "group_id": visit["group_id"],
            "found_on": visit["day"],
            "removed_on": removed_on,
            "removed_by": visit["visitors"].partition("،")[0] if removed_on else "",
            "removal": dice.pick(of.removals) if removed_on else "",
            "note": dice.pick(of.notes),
        }
        return found_by(Obstacle, row)

    def _removed(self, fate: Fate, found: int, *, is_main: bool) -> date | None:
        """A unit that came back had its main obstacle out of the way by then."""
        if fate.returned is None:
            odds = 34 if fate.course == "helped" else 0
        else:
            odds = 92 if is_main else 60
        until = min(LAST, found + 120) if fate.returned is None else fate.returned
        return self._between(found + 3, until) if self._dice.chance(odds) else None

    def _between(self, first: int, last: int) -> date | None:
        """A working day of these; None if there is none."""
        day = workday(self._dice.whole(first, last)) if first <= last else last + 1
        return _day(day) if day <= last else None

    def _actions(self, fate: Fate, visit: Row, kind: str, obstacle: Row) -> Iterator[Row]:
        if fate.course == "diagnosed":
            return
        dice = self._dice
        removed_on = obstacle["removed_on"]
        found = visit["day"].toordinal()
        last = (removed_on or _day(min(LAST, found + 60))).toordinal()
        for place in range(1 if dice.chance(70) else 2 if dice.chance(65) else 0):
            decided_on = self._between(found, last)
            if decided_on is not None:
                helps = removed_on is not None and place == 0
                yield self._action(
                    kind, obstacle, visit, decided_on, done=removed_on if helps else None
                )

    def _action(
        self, kind: str, obstacle: Row, visit: Row, decided_on: date, done: date | None
    ) -> Row:
        dice, of = self._dice, words.KINDS[kind]
        is_resolution = dice.chance(40)
        result, done_on = ("done", done) if done else self._end(decided_on.toordinal())
        agency_id, person = self._doer(obstacle, visit, is_resolution=is_resolution)
        row = {
            "id": next(self._action_numbers),
            **KEPT,
            "unit_id": obstacle["unit_id"],
            "obstacle_id": obstacle["id"],
            "kind": "resolution" if is_resolution else "action",
            "what": dice.pick(of.resolutions if is_resolution else of.actions),
            "agency_id": agency_id,
            "person": person,
            "group_id": visit["group_id"],
            "decided_on": decided_on,
            "due_on": self._due(decided_on, is_resolution=is_resolution),
            "done_on": done_on,
            "result": result,
            "outcome": dice.pick(_OUTCOMES[result]),
            "note": "",
        }
        return found_by(Action, row)

    def _end(self, decided: int) -> tuple[str, date | None]:
        """Of one that has not removed its obstacle: mostly still open, the older the seldomer."""
        if self._dice.chance(72 if LAST - decided < 45 else 18):
            return "open", None
        done_on = self._between(decided, min(LAST, decided + 70))
        if done_on is None:
            return "open", None
        return "done" if self._dice.chance(60) else "not_done", done_on

    def _doer(self, obstacle: Row, visit: Row, *, is_resolution: bool) -> tuple[int | None, str]:
        """The agency a resolution binds; else an agency or somebody by name."""
        agency_id: int | None = obstacle["agency_id"]
        if is_resolution:
            return agency_id or self._lists.agencies["facilitation_hq"], ""
        if agency_id is not None and self._dice.chance(35):
            return agency_id, ""
        names = visit["visitors"].split("، ")
        return None, self._dice.pick(names) or "مالک واحد"

    def _due(self, decided_on: date, *, is_resolution: bool) -> date | None:
        if is_resolution:
            return objection_until(decided_on)
        if self._dice.chance(18):
            return None
        return _day(workday(decided_on.toordinal() + self._dice.whole(7, 45)))


_OUTCOMES: Final[dict[str, tuple[str, ...]]] = {
    "open": ("",), "done": words.DONE, "not_done": words.NOT_DONE,
}  # fmt: skip
