"""Changing actions and resolutions. Checks the rules, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Action, Obstacle, Unit
from db.queries import actions
from db.rules.actions import check_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids


def check(session: Session, action_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about an action's values."""
    unit = session.get(Unit, values.get("unit_id") or 0)
    obstacle = session.get(Obstacle, values.get("obstacle_id") or 0)
    found = list(
        check_action(
            values,
            unit.registered_on if unit else None,
            obstacle.found_on if obstacle else None,
        )
    )
    if obstacle is not None and unit is not None and obstacle.unit_id != unit.id:
        found.append(Violation("obstacle_id", "obstacle_of_other_unit"))
    return found


def save_action(
    session: Session, action_id: int | None, values: Mapping[str, Any], version: int | None = None
) -> Action:
    """Create the action, or change the one of `action_id`. Raises RuleError, ConflictError."""
    action = saving.fetch(session, Action, action_id, version)
    raise_on(check(session, action_id, values))
    return saving.assign(session, action, values)


def archive_action(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Action, ids, reason)


def restore_action(session: Session, action_id: int) -> None:
    """Raises RuleError if its unit's own day has moved past it meanwhile."""
    raise_on(check(session, action_id, saving.values_of(actions.get(session, action_id))))
    saving.restore(session, Action, action_id)
