"""What may be noted of a call about a loan's instalments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import Violation
from db.models.call import Call
from db.rules.columns import check_columns
from db.rules.common import check_not_future

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def check_call(values: Mapping[str, Any]) -> Iterator[Violation]:
    """Fields: day, spoke_to, again_on, note."""
    yield from check_columns(Call, values)
    yield from check_not_future(values, "day")
    day, again_on = values.get("day"), values.get("again_on")
    if day is not None and again_on is not None and again_on <= day:
        yield Violation("again_on", "again_not_after_call", (day,))
