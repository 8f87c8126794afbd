"""Reading actions and resolutions: the list with its filters, by the end of any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select

from db.models import Action, Agency, JihadiGroup, Obstacle, ObstacleKind, Unit
from db.queries import of_units
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

_is_closed = Action.done_on <= AS_OF
OPEN = or_(Action.done_on.is_(None), Action.done_on > AS_OF)
LATE = and_(OPEN, Action.due_on < AS_OF)
STATE = case((_is_closed, Action.result), (Action.due_on < AS_OF, "late"), else_="open")
STATES = ("late", "open", "done", "not_done")
_latest = case({each: place for place, each in enumerate(STATES)}, value=STATE)

_PERSIAN = ("what", "person", "outcome", "note", "archive_reason")

SOURCE = Source(
    record=Action,
    columns={
        **of_units.columns(Action),
        "kind": Column(Action.kind),
        "obstacle": Column(
            ObstacleKind.name, ObstacleKind.sort_key, ("obstacle", "obstacle_kind"), nullable=True
        ),
        "agency": Column(Agency.name, Agency.sort_key, ("agency",), nullable=True),
        "group": Column(JihadiGroup.name, JihadiGroup.sort_key, ("group",), nullable=True),
        "decided_on": Column(Action.decided_on),
        "due_on": Column(Action.due_on, nullable=True),
        "state": Column(STATE, _latest),
        "done_on": Column(case((_is_closed, Action.done_on)), nullable=True),
        "archived_on": Column(Action.archived_on, nullable=True),
        **{name: persian(getattr(Action, name)) for name in _PERSIAN},
    },
    joins={
        **of_units.joins(Action),
        "obstacle": (Obstacle, Obstacle.id == Action.obstacle_id),
        "obstacle_kind": (ObstacleKind, ObstacleKind.id == Obstacle.kind_id),
        "agency": (Agency, Agency.id == Action.agency_id),
        "group": (JihadiGroup, JihadiGroup.id == Action.group_id),
    },
    filters={
        "id": Filter(one_of(Action.id)),
        "unit_id": Filter(one_of(Action.unit_id)),
        "obstacle_id": Filter(one_of(Action.obstacle_id)),
        "county_id": Filter(one_of(Unit.county_id), ("unit",)),
        "kind": Filter(one_of(Action.kind)),
        "state": Filter(one_of(STATE)),
        "agency_id": Filter(one_of(Action.agency_id)),
        "group_id": Filter(one_of(Action.group_id)),
        "decided_on": Filter(between(Action.decided_on)),
        "due_on": Filter(between(Action.due_on)),
        "done_on": Filter(between(case((_is_closed, Action.done_on)))),
        "no_due": Filter(lambda _: Action.due_on.is_(None)),
    },
    search=of_units.search(Action),
    sort="decided_on",
    born=Action.decided_on,
    where=of_units.live(Action),
    required=of_units.REQUIRED,
)


def get(session: Session, action_id: int) -> Action:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Action, action_id)


def first_day(session: Session, unit_id: int) -> date | None:
    """The day on which the first action of a unit was decided."""
    query = select(func.min(Action.decided_on)).where(
        Action.unit_id == unit_id, Action.archived_on.is_(None)
    )
    return session.scalar(query)


def state(session: Session, action_id: int, as_of: date) -> str:
    """How an action stands by the end of a day: open, late, done or not done."""
    return str(session.scalar(select(STATE).where(Action.id == action_id), {"as_of": as_of}))
