"""What the lists of records of units share: the unit's name and county, its archive, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlalchemy import text as sql
from sqlalchemy.orm import aliased

from db.models import County, Unit
from db.queries.listing import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement

REQUIRED = frozenset({"unit", "county"})  # the joins whose rows are always there


def columns(record: Any) -> dict[str, Column]:
    """The unit by its name (the rows of one unit stay together), its code and its county."""
    return {
        "unit": Column(Unit.name, (Unit.sort_key, Unit.id), ("unit",)),
        "unit_id": Column(record.unit_id),
        "unit_code": Column(Unit.code, joins=("unit",)),
        "county": Column(County.name, County.sort_key, ("unit", "county")),
    }


def joins(record: Any) -> dict[str, tuple[Any, ColumnElement[bool]]]:
    return {
        "unit": (Unit, and_(Unit.id == record.unit_id, Unit.archived_on.is_(None))),
        "county": (County, County.id == Unit.county_id),
    }


def live(record: Any) -> ColumnElement[bool]:
    """What belongs to an archived unit is gone with it; these are the few."""
    stays: ColumnElement[bool] = record.unit_id.not_in(
        select(Unit.id).where(Unit.archived_on.is_not(None))
    )
    return stays


def search(record: Any) -> Callable[[str], ColumnElement[bool]]:
    """By the unit, or by the record's own text."""
    same: Any = aliased(record, name="same")

    def holds(term: str) -> ColumnElement[bool]:
        # Each found in one look through its own index; asked of every row they cost thrice as much.
        units = select(Unit.id).where(
            Unit.archived_on.is_(None), Unit.search_key.contains(term, autoescape=True)
        )
        own = select(same.id).where(
            same.archived_on.is_(None),
            same.search_key != sql("''"),  # else the index of those that have one would be left
            same.search_key.contains(term, autoescape=True),
        )
        return or_(record.unit_id.in_(units), record.id.in_(own))

    return holds
