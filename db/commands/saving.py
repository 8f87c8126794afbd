"""What every command that writes a record does: versions, archive, assignment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from db import calendar
from db.errors import ConflictError, RuleError, Violation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.models.base import Base, Record

Ids = int | Sequence[int]  # one record or several
RecordT = TypeVar("RecordT", bound="Record")
# A form hands back all it was given; an old version among it would let an older window overwrite.
KEPT = frozenset({"id", "version", "archived_on", "archive_reason", "sort_key", "search_key",
                  "followed_on"})  # fmt: skip


def fetch(
    session: Session, model: type[RecordT], record_id: int | None, version: int | None
) -> RecordT:
    """The record to change, or a new one. Raises ConflictError if it is no longer as opened."""
    if record_id is None:
        return model()
    record = session.get_one(model, record_id)
    if version is not None and record.version != version:
        raise ConflictError(values_of(record), record.version)
    return record


def values_of(record: Base) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in record.__table__.columns}


def assign(session: Session, record: RecordT, values: Mapping[str, Any]) -> RecordT:
    """Set the values that are columns a person fills, and flush."""
    columns = set(record.__table__.columns.keys()) - KEPT
    for name, value in values.items():
        if name in columns:
            setattr(record, name, value)
    session.add(record)
    session.flush()
    return record


def archive(session: Session, model: type[Record], ids: Ids, reason: str) -> None:
    """Take records out of every list and figure, with a reason. Raises RuleError without one."""
    if not reason.strip():
        raise RuleError([Violation("archive_reason", "required")])
    if len(reason) > 120:
        raise RuleError([Violation("archive_reason", "too_long", (120,))])
    for record in some(session, model, [ids] if isinstance(ids, int) else ids):
        if record.archived_on is None:  # else someone was faster, and the first reason stays
            record.archived_on, record.archive_reason = calendar.today(), reason.strip()
    session.flush()


def some(session: Session, model: type[RecordT], ids: Sequence[int]) -> Sequence[RecordT]:
    """Several records, fetched at once."""
    return session.scalars(select(model).where(model.id.in_(ids)).order_by(model.id)).all()


def restore(session: Session, model: type[Record], record_id: int) -> None:
    """Bring an archived record back."""
    record = session.get_one(model, record_id)
    if record.archived_on is not None:
        record.archived_on, record.archive_reason = None, ""
        session.flush()
