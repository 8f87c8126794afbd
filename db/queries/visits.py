"""Reading visits: the list with its filters, a unit's newest, and who has visited before."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy import text as sql
from sqlalchemy.orm import aliased

from db import calendar, text
from db.models import Exercise, JihadiGroup, Unit, Visit, Volunteer
from db.queries import of_units, units
from db.queries.listing import AS_OF, Column, Filter, Source, between, one_of, persian

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

ENOUGH = 200  # of the newest visits the names of visitors are taken
_there = aliased(Visit, name="there")


def _asked_for_next(visit: Any) -> ColumnElement[bool]:
    """Accepted, with a next visit to be made."""
    return and_(
        visit.review == sql("'accepted'"),  # the words of the index, else it would be passed by
        visit.next_due_on.is_not(None),
        visit.day <= AS_OF,
    )


def _awaited(visit: Any) -> ColumnElement[bool]:
    """The next visit was not made by the day asked for."""
    made_later = or_(visit.followed_on.is_(None), visit.followed_on > AS_OF)
    return and_(_asked_for_next(visit), made_later)


def _among(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Found through their own small index, not by a look at every visit in its order."""
    some = select(_there.id).where(_there.archived_on.is_(None), *conditions)
    return Visit.id.in_(some)


AWAITED = _awaited(Visit)
# The same in two parts, each a stretch of its index; asked for at once all of it is gone through.
AWAITED_PARTS = (
    and_(_asked_for_next(Visit), Visit.followed_on.is_(None)),
    and_(_asked_for_next(Visit), Visit.followed_on > AS_OF),
)
DUE = and_(AWAITED, Visit.next_due_on <= AS_OF)

_OWN = ("day", "kind", "state_seen", "heads", "capacity", "review")
_PERSIAN = ("visitors", "findings", "return_reason", "archive_reason")

SOURCE = Source(
    record=Visit,
    columns={
        **of_units.columns(Visit),
        "group": Column(JihadiGroup.name, JihadiGroup.sort_key, ("group",), nullable=True),
        "exercise": Column(Exercise.name, Exercise.sort_key, ("exercise",), nullable=True),
        "next_due_on": Column(Visit.next_due_on, nullable=True),
        "due": Column(case((DUE, True), else_=False)),
        "archived_on": Column(Visit.archived_on, nullable=True),
        **{name: Column(getattr(Visit, name)) for name in _OWN},
        **{name: persian(getattr(Visit, name)) for name in _PERSIAN},
    },
    joins={
        **of_units.joins(Visit),
        "group": (JihadiGroup, JihadiGroup.id == Visit.group_id),
        "exercise": (Exercise, Exercise.id == Visit.exercise_id),
    },
    filters={
        "id": Filter(one_of(Visit.id)),
        "unit_id": Filter(one_of(Visit.unit_id)),
        "county_id": Filter(one_of(Unit.county_id), ("unit",)),
        "group_id": Filter(one_of(Visit.group_id)),
        "exercise_id": Filter(one_of(Visit.exercise_id)),
        "kind": Filter(one_of(Visit.kind)),
        "state_seen": Filter(one_of(Visit.state_seen)),
        "review": Filter(one_of(Visit.review)),
        "day": Filter(between(Visit.day)),
        "next_due_on": Filter(between(Visit.next_due_on)),
        "awaited": Filter(lambda _: _among(_awaited(_there))),
        "due": Filter(lambda _: _among(_awaited(_there), _there.next_due_on <= AS_OF)),
    },
    search=of_units.search(Visit),
    sort="day",
    born=Visit.day,
    where=of_units.live(Visit),
    required=of_units.REQUIRED,
)


def get(session: Session, visit_id: int) -> Visit:
    """Raises NoResultFound for an id that is not there."""
    return session.get_one(Visit, visit_id)


def of_unit(session: Session, unit_id: int) -> Sequence[Visit]:
    """The visits of a unit in order of their days, the archived left out."""
    query = select(Visit).where(Visit.unit_id == unit_id, Visit.archived_on.is_(None))
    return session.scalars(query.order_by(Visit.day, Visit.id)).all()


def newest_accepted(session: Session, unit_ids: Iterable[int]) -> dict[int, int]:
    """Unit → its newest accepted visit, of the units that have one."""
    query = (
        select(Visit.unit_id, Visit.id)
        .where(
            Visit.unit_id.in_(list(unit_ids)),
            Visit.archived_on.is_(None),
            Visit.review == "accepted",
        )
        .order_by(Visit.unit_id, Visit.day, Visit.id)
    )
    return {row.unit_id: row.id for row in session.execute(query)}  # the last one stays


def stagnant_since(session: Session, unit_id: int) -> Visit | None:
    """The visit from which on a unit whose newest return still runs was seen stagnant only.

    None if it has not returned or has stopped, or if its newest accepted visit sees it at work.
    """
    returns = units.revivals(session, unit_id)
    if not returns or returns[-1].stopped_on is not None:
        return None
    found = None
    for visit in reversed(of_unit(session, unit_id)):
        if visit.review != "accepted":
            continue
        if visit.state_seen != "stagnant" or visit.day < returns[-1].returned_on:
            break
        found = visit
    return found


def first_day(session: Session, unit_id: int) -> date | None:
    """The day of a unit's first visit, whatever its review."""
    query = select(func.min(Visit.day)).where(Visit.unit_id == unit_id, Visit.archived_on.is_(None))
    return session.scalar(query)


def options(
    session: Session, unit_id: int | None, typed: str = "", limit: int | None = None
) -> list[tuple[int, str]]:
    """(id, name) of a unit's visits whose day or group holds what is typed, the newest first."""
    query = _named.where(Visit.archived_on.is_(None), Visit.unit_id == unit_id)
    rows = session.execute(query.order_by(Visit.day.desc(), Visit.id.desc()))
    terms = text.search_terms(typed)
    found = ((row.id, _name(row)) for row in rows)
    fitting = (each for each in found if _holds(each[1], terms))
    return list(islice(fitting, limit))


def _holds(name: str, terms: Sequence[str]) -> bool:
    key = text.search_key(name)
    return all(term in key for term in terms)


def label(session: Session, visit_id: int) -> str:
    """«۱۴۰۲/۰۵/۰۴، گروه شهید چمران», archived or not; empty if there is none."""
    row = session.execute(_named.where(Visit.id == visit_id)).first()
    return _name(row) if row else ""


_named = select(Visit.id, Visit.day, JihadiGroup.name.label("group")).join(
    JihadiGroup, JihadiGroup.id == Visit.group_id, isouter=True
)


def _name(row: Any) -> str:
    day = calendar.to_persian_date(row.day)
    return f"{day}، {row.group}" if row.group else day


def visitor_names(session: Session, group_id: int | None) -> list[str]:
    """The volunteers of a group and those who visited for it lately, in Persian order.

    Without a group: those of the newest visits of all.
    """
    lately = select(Visit.visitors).where(Visit.archived_on.is_(None), Visit.visitors != "")
    members = select(Volunteer.name).where(Volunteer.archived_on.is_(None))
    if group_id is not None:
        lately = lately.where(Visit.group_id == group_id)
        members = members.where(Volunteer.group_id == group_id)
    newest = session.scalars(lately.order_by(Visit.day.desc()).limit(ENOUGH))
    found = {name for written in newest for name in split_names(written)}
    found.update(session.scalars(members.limit(ENOUGH)))
    return sorted(found, key=text.sort_key)


def split_names(visitors: str) -> Iterator[str]:
    """The names of a text like «علی رضایی، زهرا محمدی»."""
    for name in visitors.replace(",", "،").split("،"):
        if name.strip():
            yield name.strip()
