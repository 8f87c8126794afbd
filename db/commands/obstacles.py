"""Changing obstacles. Checks the rules, then writes; never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Action, Obstacle, Unit
from db.queries import obstacles
from db.rules.obstacles import check_obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids


def check(session: Session, obstacle_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about an obstacle's values."""
    unit = session.get(Unit, values.get("unit_id") or 0)
    return [
        *check_obstacle(values, unit.registered_on if unit else None),
        *_moved(session, obstacle_id, values),
    ]


def save_obstacle(
    session: Session, obstacle_id: int | None, values: Mapping[str, Any], version: int | None = None
) -> Obstacle:
    """Create the obstacle, or change the one of `obstacle_id`. Raises RuleError, ConflictError.

    A unit has one main open obstacle: one that becomes it takes the mark off the other.
    """
    obstacle = saving.fetch(session, Obstacle, obstacle_id, version)
    raise_on(check(session, obstacle_id, values))
    saving.assign(session, obstacle, values)
    if obstacle.main and obstacle.removed_on is None and obstacle.archived_on is None:
        for other in _other_main(session, obstacle):
            other.main = False
        session.flush()
    return obstacle


def archive_obstacle(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Obstacle, ids, reason)


def restore_obstacle(session: Session, obstacle_id: int) -> None:
    """It comes back as a main one only if there is no other by now. Raises RuleError."""
    obstacle = obstacles.get(session, obstacle_id)
    raise_on(check(session, obstacle_id, saving.values_of(obstacle)))
    if obstacle.main and obstacle.removed_on is None and _other_main(session, obstacle):
        obstacle.main = False
    saving.restore(session, Obstacle, obstacle_id)


def _other_main(session: Session, obstacle: Obstacle) -> list[Obstacle]:
    query = select(Obstacle).where(
        Obstacle.unit_id == obstacle.unit_id,
        Obstacle.archived_on.is_(None),
        Obstacle.removed_on.is_(None),
        Obstacle.main,
        Obstacle.id != obstacle.id,
    )
    return list(session.scalars(query))


def _moved(
    session: Session, obstacle_id: int | None, values: Mapping[str, Any]
) -> Iterator[Violation]:
    """An obstacle on which there are actions stays with their unit."""
    unit_id = values.get("unit_id")
    if obstacle_id is None or unit_id is None:
        return
    elsewhere = select(func.count()).where(
        Action.obstacle_id == obstacle_id, Action.archived_on.is_(None), Action.unit_id != unit_id
    )
    if session.scalar(elsewhere):
        yield Violation("unit_id", "obstacle_has_actions")
