"""The days on which banks are closed: Fridays, and the official holidays on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.calendar import weekday, weekday_name
from db.models import Holiday

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

FRIDAY = 6  # as `calendar.weekday` counts


def names(session: Session, first: date, last: date) -> dict[date, str]:
    """The official holidays from one day to another, both counted; two of one day together."""
    query = (
        select(Holiday.day, Holiday.name)
        .where(Holiday.day.between(first, last), Holiday.archived_on.is_(None))
        .order_by(Holiday.day, Holiday.name)
    )
    found: dict[date, str] = {}
    for day, name in session.execute(query):
        found[day] = f"{found[day]}، {name}" if day in found else name
    return found


def closed(day: date, holidays: Mapping[date, str]) -> str:
    """Why banks are closed on a day: the holiday's name, or «جمعه»; empty if they are open."""
    if day in holidays:
        return holidays[day]
    return weekday_name(day) if weekday(day) == FRIDAY else ""
