"""Reading volunteers: the list of all, and the members of one group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.models import JihadiGroup, Volunteer
from db.queries.listing import Column, Filter, Source, one_of, persian

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

# Those of an archived group are gone with it.
OF_LIVE_GROUP = Volunteer.group_id.not_in(
    select(JihadiGroup.id).where(JihadiGroup.archived_on.is_not(None))
)
SOURCE = Source(
    record=Volunteer,
    columns={
        "name": Column(Volunteer.name, Volunteer.sort_key),
        "group": Column(JihadiGroup.name, JihadiGroup.sort_key, ("group",)),
        "group_id": Column(Volunteer.group_id),
        "phone": Column(Volunteer.phone),
        "national_code": Column(Volunteer.national_code),
        "joined_on": Column(Volunteer.joined_on, nullable=True),
        "archived_on": Column(Volunteer.archived_on, nullable=True),
        "speciality": persian(Volunteer.speciality),
        "note": persian(Volunteer.note),
        "archive_reason": persian(Volunteer.archive_reason),
    },
    joins={"group": (JihadiGroup, JihadiGroup.id == Volunteer.group_id)},
    filters={"id": Filter(one_of(Volunteer.id)), "group_id": Filter(one_of(Volunteer.group_id))},
    search=lambda term: Volunteer.search_key.contains(term, autoescape=True),
    sort="name",
    where=OF_LIVE_GROUP,
    required=frozenset({"group"}),
)


def get(session: Session, volunteer_id: int) -> Volunteer:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Volunteer, volunteer_id)


def members(session: Session, group_id: int) -> Sequence[Volunteer]:
    """The volunteers of a group by name, those who left it left out."""
    query = (
        select(Volunteer)
        .where(Volunteer.group_id == group_id, Volunteer.archived_on.is_(None))
        .order_by(Volunteer.sort_key, Volunteer.id)
    )
    return session.scalars(query).all()


def others_in(session: Session, group_id: int, but: int | None) -> int:
    """How many members a group has beside one volunteer."""
    query = select(func.count()).where(
        Volunteer.group_id == group_id,
        Volunteer.archived_on.is_(None),
        Volunteer.id != (but or 0),
    )
    return session.scalar(query) or 0


def with_code(session: Session, national_code: str, but: int | None) -> tuple[str, str] | None:
    """(name, group) of another live volunteer with this national code."""
    query = (
        select(Volunteer.name, JihadiGroup.name)
        .join(JihadiGroup, JihadiGroup.id == Volunteer.group_id)
        .where(
            Volunteer.national_code == national_code,
            Volunteer.archived_on.is_(None),
            JihadiGroup.archived_on.is_(None),
            Volunteer.id != (but or 0),
        )
    )
    row = session.execute(query.limit(1)).first()
    return (row[0], row[1]) if row else None
