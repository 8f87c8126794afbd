"""What may be said of an action or a resolution, and the clock of a resolution: pure checks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from db.errors import Violation
from db.models.action import Action
from db.rules.columns import check_columns
from db.rules.common import check_not_future, check_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

OBJECTION_DAYS: Final = 15  # an agency objects to a resolution within these, or must execute it
NAMES: Final = ("agency_id", "person", "group_id")


def check_action(
    values: Mapping[str, Any], registered_on: date | None = None, found_on: date | None = None
) -> Iterator[Violation]:
    """`registered_on` is the day of its unit, `found_on` that of its obstacle."""
    yield from check_columns(Action, values)
    yield from check_not_future(values, "decided_on", "done_on")
    yield from check_order(values, "decided_on", "due_on", "due_before_decided")
    yield from check_order(values, "decided_on", "done_on", "done_before_decided")
    decided_on = values.get("decided_on")
    if decided_on is not None and registered_on is not None and decided_on < registered_on:
        yield Violation("decided_on", "decided_before_registered", (registered_on,))
    elif decided_on is not None and found_on is not None and decided_on < found_on:
        yield Violation("decided_on", "decided_before_found", (found_on,), warning=True)
    yield from _check_end(values)
    if values.get("kind") == "resolution" and values.get("agency_id") is None:
        yield Violation("agency_id", "resolution_without_agency", warning=True)
    elif not any(values.get(name) for name in NAMES):
        yield Violation("person", "nobody_named", warning=True)


def _check_end(values: Mapping[str, Any]) -> Iterator[Violation]:
    """The result and its day come together."""
    closed = (values.get("result") or "open") != "open"
    if closed and values.get("done_on") is None:
        yield Violation("done_on", "result_without_day")
    if not closed and values.get("done_on") is not None:
        yield Violation("result", "day_without_result")


def objection_until(decided_on: date) -> date:
    """The last day on which an agency may object to a resolution; later it must be executed."""
    return decided_on + timedelta(days=OBJECTION_DAYS)
