"""Changing the base lists and the groups. Checks the rules, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import text
from db.commands import saving
from db.errors import RuleError, Violation, raise_on
from db.models import Estate, Holiday
from db.rules.lookups import check_lookup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids
    from db.models.base import Record


def check(
    session: Session, model: type[Record], record_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    return [*check_lookup(model, values), *_same_name(session, model, record_id, values)]


def save(
    session: Session,
    model: type[Record],
    record_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Record:
    """Create or change a row of a base list. Raises RuleError, ConflictError."""
    record = saving.fetch(session, model, record_id, version)
    raise_on(check(session, model, record_id, values))
    return saving.assign(session, record, values)


def archive(session: Session, model: type[Record], ids: Ids, reason: str) -> None:
    """What is in use stays readable where it was used; it is only no longer offered."""
    saving.archive(session, model, ids, reason)


def restore(session: Session, model: type[Record], record_id: int) -> None:
    values = saving.values_of(session.get_one(model, record_id))
    if clash := list(_same_name(session, model, record_id, values)):
        raise RuleError(clash)
    saving.restore(session, model, record_id)


def _same_name(
    session: Session, model: Any, record_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    key = text.search_key(str(values.get("name") or ""))
    if not key:
        return
    query = select(model.id, model.name).where(model.archived_on.is_(None))
    if model is Estate:  # the same name may stand in two counties
        query = query.where(model.county_id == values.get("county_id"))
    if model is Holiday:  # it comes again every year
        query = query.where(model.day == values.get("day"))
    for number, name in session.execute(query):
        if number != record_id and text.search_key(name) == key:
            yield Violation("name", "name_taken", (name,))
            return
