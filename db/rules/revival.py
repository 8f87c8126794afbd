"""What may be said of a return to production and of a later stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import Violation
from db.models.revival import Revival
from db.rules.columns import check_columns
from db.rules.common import check_not_future, check_order, check_range
from db.rules.units import MOST_JOBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date


def check_revival(
    values: Mapping[str, Any],
    registered_on: date,
    others: Sequence[tuple[date, date | None]] = (),
) -> Iterator[Violation]:
    """`others` are the unit's other returns as (returned_on, stopped_on)."""
    yield from check_columns(Revival, values)
    yield from check_range(values, "jobs_after", 0, MOST_JOBS)
    yield from check_range(values, "capacity_after", 1, 100)
    yield from check_not_future(values, "returned_on", "stopped_on")
    yield from check_order(values, "returned_on", "stopped_on", "stop_before_return")
    returned_on = values.get("returned_on")
    if returned_on is None:
        return
    if returned_on < registered_on:
        yield Violation("returned_on", "before_registered", (registered_on,))
    yield from _check_overlap(returned_on, values.get("stopped_on"), others)


def _check_overlap(
    returned_on: date, stopped_on: date | None, others: Sequence[tuple[date, date | None]]
) -> Iterator[Violation]:
    """A unit returns again only after it has stopped."""
    for started, ended in others:
        if started <= returned_on and (ended is None or ended > returned_on):
            yield Violation("returned_on", "still_running", (started,))
            return
        if returned_on < started and (stopped_on is None or stopped_on > started):
            yield Violation("stopped_on", "runs_into_next", (started,))
            return
