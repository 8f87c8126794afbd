"""Members, exercises and the league table worked out a second way: plain Python over the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.models import (
    Award,
    Exercise,
    JihadiGroup,
    Obstacle,
    Participation,
    Visit,
    Volunteer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from tests.db.plain_lists import Plain

Row = dict[str, Any]


def volunteer_rows(plain: Plain) -> list[Row]:
    groups = {group.id: group for group in _all(plain.session, JihadiGroup)}
    return [
        {**own(each), "group": groups[each.group_id].name}
        for each in _all(plain.session, Volunteer)
        if groups[each.group_id].archived_on is None
    ]


def exercise_rows(plain: Plain) -> list[Row]:
    parts, awards = _all(plain.session, Participation), _all(plain.session, Award)
    visits = [v for v in live_of_units(plain, Visit) if v.day <= plain.day]
    made = []
    for each in _all(plain.session, Exercise):
        of_it = [visit for visit in visits if visit.exercise_id == each.id]
        made.append(
            {
                **own(each),
                "groups": sum(p.exercise_id == each.id and not p.archived_on for p in parts),
                "awards": sum(a.exercise_id == each.id and not a.archived_on for a in awards),
                "visits": len(of_it),
                "units": len({visit.unit_id for visit in of_it}),
            }
        )
    return made


def obstacles_of(plain: Plain, name: str, number: int) -> int:
    """Of a kind or an agency, found by the day."""
    return sum(
        getattr(each, name) == number and each.found_on <= plain.day
        for each in live_of_units(plain, Obstacle)
    )


def live_of_units(plain: Plain, model: Any) -> list[Any]:
    return [
        row
        for row in _all(plain.session, model)
        if row.archived_on is None and plain.units[row.unit_id].archived_on is None
    ]


def league_rows(plain: Plain, first: date | None, last: date | None) -> dict[int, Row]:
    """Each live group's figures for the days of a period."""
    end = min(last or plain.day, plain.day)

    def within(day: date | None) -> bool:
        return day is not None and (first is None or first <= day) and day <= end

    visits = [v for v in live_of_units(plain, Visit) if v.review == "accepted" and within(v.day)]
    obstacles = [each for each in live_of_units(plain, Obstacle) if within(each.removed_on)]
    units = [unit for unit in plain.unit_rows() if unit["archived_on"] is None]
    revived = [unit for unit in units if unit["counted"] and within(unit["returned_on"])]
    return {
        group.id: {
            "units": sum(u["group_id"] == group.id and within(u["registered_on"]) for u in units),
            "visits": sum(visit.group_id == group.id for visit in visits),
            "obstacles": sum(each.group_id == group.id for each in obstacles),
            "revived": sum(unit["group_id"] == group.id for unit in revived),
            "jobs": sum(u["jobs_created"] for u in revived if u["group_id"] == group.id),
        }
        for group in _all(plain.session, JihadiGroup)
        if group.archived_on is None
    }


def own(record: Any) -> Row:
    return {column.key: getattr(record, column.key) for column in record.__table__.columns}


def _all(session: Session, model: Any) -> Sequence[Any]:
    return session.scalars(select(model).order_by(model.id)).all()
