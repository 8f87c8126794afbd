"""Changing volunteers. Checks the rules, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import saving
from db.errors import RuleError, Violation, raise_on
from db.models import JihadiGroup, Volunteer
from db.queries import volunteers
from db.rules.volunteers import check_volunteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids


def check(session: Session, volunteer_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about a volunteer's values, warnings included."""
    group = session.get(JihadiGroup, values.get("group_id") or 0)
    others = volunteers.others_in(session, group.id, volunteer_id) if group else 0
    told = check_volunteer(values, group.formed_on if group else None, others)
    return [*told, *_same_code(session, volunteer_id, values)]


def save_volunteer(
    session: Session,
    volunteer_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Volunteer:
    """Create the volunteer, or change the one of that id. Raises RuleError, ConflictError."""
    volunteer = saving.fetch(session, Volunteer, volunteer_id, version)
    raise_on(check(session, volunteer_id, values))
    return saving.assign(session, volunteer, values)


def archive_volunteer(session: Session, ids: Ids, reason: str) -> None:
    """They have left their group; what they did there stays."""
    saving.archive(session, Volunteer, ids, reason)


def restore_volunteer(session: Session, volunteer_id: int) -> None:
    """Raises RuleError if he is a member somewhere else meanwhile."""
    values = saving.values_of(volunteers.get(session, volunteer_id))
    if clash := list(_same_code(session, volunteer_id, values)):
        raise RuleError(clash)
    saving.restore(session, Volunteer, volunteer_id)


def _same_code(
    session: Session, volunteer_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    code = values.get("national_code")
    if code and (other := volunteers.with_code(session, code, volunteer_id)):
        yield Violation("national_code", "volunteer_taken", other)
