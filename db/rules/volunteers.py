"""What may be said of a volunteer (جهادگر)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.errors import Violation
from db.models.volunteer import Volunteer
from db.rules import identifiers
from db.rules.columns import check_columns
from db.rules.common import check_form, check_not_future

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

MOST_MEMBERS: Final = 15  # of an industrial group; more is unusual, not forbidden


def check_volunteer(
    values: Mapping[str, Any], formed_on: date | None = None, others: int = 0
) -> Iterator[Violation]:
    """`formed_on` is the day of his group, `others` how many members it has beside him."""
    if not values.get("group_id"):
        yield Violation("group_id", "volunteer_without_group")
    yield from (each for each in check_columns(Volunteer, values) if each.field != "group_id")
    yield from check_form(values, "phone", identifiers.is_phone, "bad_phone")
    yield from check_form(
        values, "national_code", identifiers.is_national_code, "bad_national_code"
    )
    yield from check_not_future(values, "joined_on")
    joined_on = values.get("joined_on")
    if formed_on is not None and joined_on is not None and joined_on < formed_on:
        yield Violation("joined_on", "joined_before_formed", (formed_on,), warning=True)
    if others >= MOST_MEMBERS:
        yield Violation("name", "many_members", (others, MOST_MEMBERS), warning=True)
