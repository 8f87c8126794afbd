"""What may be said of an exercise (رزمایش) or festival (جشنواره), and of its awards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db import text
from db.errors import Violation
from db.models.exercise import Award, Exercise
from db.rules.columns import check_columns
from db.rules.common import check_order, check_range

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

MOST_VALUE: Final = 10**9


def last_day(starts_on: date, ends_on: date | None) -> date:
    """One without an end takes one day."""
    return ends_on or starts_on


def check_exercise(
    values: Mapping[str, Any], visits: Collection[date] = (), awards: int = 0
) -> Iterator[Violation]:
    """`visits` are the days of the visits taken into it. It may be planned: its days may come."""
    yield from check_columns(Exercise, values)
    yield from check_order(values, "starts_on", "ends_on", "ends_before_start")
    if awards and values.get("kind") != "festival":
        yield Violation("kind", "awards_of_festival", (awards,))
    starts_on = values.get("starts_on")
    if starts_on is None:
        return
    outside = sum(not is_within(day, starts_on, values.get("ends_on")) for day in visits)
    if outside:
        moved = "ends_on" if values.get("ends_on") else "starts_on"
        yield Violation(moved, "visits_outside", (outside,), warning=True)


def is_within(day: date, starts_on: date, ends_on: date | None) -> bool:
    """Whether a visit of that day may have been a part of it."""
    return starts_on <= day <= last_day(starts_on, ends_on)


def check_visit_day(day: date, starts_on: date, ends_on: date | None) -> Iterator[Violation]:
    """A visit taken into an exercise is of its days."""
    if not is_within(day, starts_on, ends_on):
        days = (starts_on, last_day(starts_on, ends_on))
        yield Violation("exercise_id", "visit_outside", days, warning=True)


def check_award(
    values: Mapping[str, Any],
    kind: str,
    others: Collection[tuple[int, str]] = (),
    participants: Collection[int] = (),
) -> Iterator[Violation]:
    """`others` are (group, title) of the festival's other awards."""
    yield from check_columns(Award, values)
    yield from check_range(values, "rank", 1, 100)
    yield from check_range(values, "value", 0, MOST_VALUE)
    if kind != "festival":
        yield Violation("title", "award_outside_festival")
    group_id, title = values.get("group_id"), text.search_key(str(values.get("title") or ""))
    if group_id is None:
        return
    if any(group_id == other and title == text.search_key(given) for other, given in others):
        yield Violation("title", "award_taken")
    if group_id not in participants:
        yield Violation("group_id", "not_participant", warning=True)
