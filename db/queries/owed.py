"""What of all loans was paid back by a day, what is still to be paid, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from db.models import Position
from db.queries import positions
from db.queries.listing import AS_OF

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


class Owed(NamedTuple):
    """Whole rial by the end of a day, principal and profit together, penalties apart.

    `outstanding` is unpaid, due or not; `overdue` of it was to be paid before the day.
    """

    repaid: int
    outstanding: int
    overdue: int


_HELD = (Position.until > AS_OF, Position.since <= AS_OF)
_SUMS = select(
    func.coalesce(func.sum(Position.repaid_principal + Position.repaid_profit), 0),
    func.coalesce(func.sum(Position.principal + Position.profit), 0),
).where(*_HELD)
_LATE = select(func.coalesce(func.sum(positions.OVERDUE), 0)).where(*_HELD, positions.BEHIND)


def owed(session: Session, day: date) -> Owed:
    """Of the loans that have instalments; those of archived units are gone with them."""
    at = positions.days(day)
    repaid, outstanding = session.execute(_SUMS, at).one()
    return Owed(repaid, outstanding, session.scalar(_LATE, at) or 0)
