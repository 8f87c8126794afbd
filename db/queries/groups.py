"""Reading what one group has to do with, beside its own row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db.models import Unit, Visit
from db.queries.volunteers import others_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Uses:
    """How many live records name a group."""

    units: int
    visits: int
    members: int


def uses(session: Session, group_id: int) -> Uses:
    return Uses(
        _count(session, Unit, group_id), _count(session, Visit, group_id),
        others_in(session, group_id, None),
    )  # fmt: skip


def returned(session: Session, group_id: int) -> int:
    """The visits of a group that were returned to it and wait to be mended."""
    return _count(session, Visit, group_id, Visit.review == "returned")


def _count(session: Session, record: Any, group_id: int, *conditions: Any) -> int:
    live = [record.group_id == group_id, record.archived_on.is_(None), *conditions]
    if record is Visit:
        gone = select(Unit.id).where(Unit.archived_on.is_not(None))
        live.append(Visit.unit_id.not_in(gone))
    return session.scalar(select(func.count()).where(*live)) or 0
