"""What may be said of a visit, and when the next one is due: pure checks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from db.errors import Violation
from db.models.visit import Visit
from db.rules.columns import check_columns
from db.rules.common import check_not_future, check_range
from db.rules.units import MOST_JOBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from db.models.programme import Programme

# The setting of the programme that says when the next visit after one of a kind is due.
DAYS_OF_KIND: Final = {
    "monitoring": "monitoring_days",
    "shallow_diagnosis": "diagnosis_days",
    "deep_diagnosis": "diagnosis_days",
    "follow_up": "follow_up_days",
}


def check_visit(
    values: Mapping[str, Any], registered_on: date | None = None, *, same_day: bool = False
) -> Iterator[Violation]:
    """Heads at work, capacity in percent; `same_day`: the unit has another visit of that day."""
    yield from check_columns(Visit, values)
    yield from check_range(values, "heads", 0, MOST_JOBS)
    yield from check_range(values, "capacity", 0, 100)
    yield from check_not_future(values, "day")
    day, due = values.get("day"), values.get("next_due_on")
    if day is not None and registered_on is not None and day < registered_on:
        yield Violation("day", "visit_before_registered", (registered_on,))
    if day is not None and same_day:
        yield Violation("day", "visited_that_day", warning=True)
    if day is not None and due is not None and due <= day:
        yield Violation("next_due_on", "due_not_after_visit", (day,))
    if values.get("state_seen") == "stagnant" and values.get("capacity"):
        yield Violation("capacity", "stagnant_with_capacity", warning=True)
    if values.get("review") == "returned" and not (values.get("return_reason") or "").strip():
        yield Violation("return_reason", "returned_without_reason")


def propose_due(programme: Programme, kind: str, day: date) -> date:
    """When the visit after one of this kind and day is due by the programme's settings."""
    days: int = getattr(programme, DAYS_OF_KIND[kind])
    return day + timedelta(days=days)
