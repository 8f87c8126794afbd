"""What may be said of an obstacle to production and of its removal: pure checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import Violation
from db.models.obstacle import Obstacle
from db.rules.columns import check_columns
from db.rules.common import check_not_future, check_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


def check_obstacle(
    values: Mapping[str, Any], registered_on: date | None = None
) -> Iterator[Violation]:
    """`registered_on` is the day of its unit."""
    yield from check_columns(Obstacle, values)
    yield from check_not_future(values, "found_on", "removed_on")
    yield from check_order(values, "found_on", "removed_on", "removed_before_found")
    found_on, removed_on = values.get("found_on"), values.get("removed_on")
    if found_on is not None and registered_on is not None and found_on < registered_on:
        yield Violation("found_on", "found_before_registered", (registered_on,))
    told = bool(values.get("removed_by") or values.get("removal"))
    if told and removed_on is None:
        yield Violation("removed_on", "removal_without_day")
    if removed_on is not None and not values.get("removal"):
        yield Violation("removal", "removal_not_told", warning=True)
