"""The two made-up exercises and the festival: their days, the groups that took part, the awards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, select

from db.calendar import from_jalali
from db.models import Award, Exercise, Obstacle, Participation, Standing, Unit
from db.queries.units import COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from db.sample.dice import Dice
    from db.sample.groups import Crew

_EVENTS: Final = (
    ("رزمایش تخصصی جهادگران صنعت و معدن؛ مرحله نخست", "exercise", "1401/11/22", 3,
     "شهرک صنعتی بزرگ شیراز و شهرک صنعتی فتح‌آباد مرودشت",
     "واحدهای راکد دو شهرک در سه روز پایش شدند و فهرست مانع‌ها به کارگروه استانی رفت."),
    ("رزمایش تخصصی جهادگران صنعت و معدن؛ مرحله دوم", "exercise", "1402/06/18", 4,
     "کازرون، جهرم، فسا و داراب",
     "گروه‌ها در چهار روز واحدهای جنوب استان را دیدند؛ پرونده‌های آماده همان‌جا به بانک معرفی شد."),
    ("جشنواره جهادگران صنعت و معدن فارس", "festival", "1402/10/16", 2,
     "تالار شهرک صنعتی بزرگ شیراز",
     "از گروه‌های برتر تقدیر شد و واحدهای احیاشده محصولات خود را به نمایش گذاشتند."),
)  # fmt: skip
_TITLES: Final = ("مقام اول", "مقام دوم", "مقام سوم")


class Event(NamedTuple):
    """The working days of an exercise or festival, as ordinals, and its groups."""

    id: int
    kind: str
    days: tuple[int, ...]
    groups: frozenset[int]


def add_events(session: Session, dice: Dice, crews: Mapping[int, Crew]) -> list[Event]:
    """Most of the groups that there are by then take part; in the festival all do."""
    found = []
    for name, kind, starts, length, place, outcome in _EVENTS:
        first = from_jalali(starts).toordinal()
        days = tuple(range(first, first + length))
        exercise = Exercise(
            name=name, kind=kind, starts_on=date.fromordinal(days[0]),
            ends_on=date.fromordinal(days[-1]), place=place, outcome=outcome,
        )  # fmt: skip
        session.add(exercise)
        session.flush()
        there = [number for number, crew in crews.items() if crew.formed < days[0]]
        groups = [number for number in there if kind == "festival" or dice.chance(75)]
        for number in groups:
            session.add(Participation(exercise_id=exercise.id, group_id=number))
        session.flush()
        found.append(Event(exercise.id, kind, days, frozenset(groups)))
    return found


def add_awards(session: Session, events: Sequence[Event]) -> None:
    """The festival's, to the first three groups by what they had done by its last day."""
    for event in events:
        if event.kind == "festival":
            by = date.fromordinal(event.days[-1])
            for measure, query in (("revived", _revived(by)), ("obstacles", _removed(by))):
                _award(session, event, measure, session.execute(query).all())
    session.flush()


def _award(session: Session, event: Event, measure: str, found: Sequence[Any]) -> None:
    """Groups with equal figures share a rank."""
    for group_id, value in found:
        rank = 1 + sum(other > value for _, other in found)
        if rank <= len(_TITLES) and value > 0 and group_id in event.groups:
            session.add(
                Award(exercise_id=event.id, group_id=group_id, rank=rank,
                      title=_TITLES[rank - 1], measure=measure, value=value)
            )  # fmt: skip


def _revived(by: date) -> Select[int | None, int]:
    """The units of each group that count."""
    return (
        select(Unit.group_id, func.count())
        .join(Standing, Standing.unit_id == Unit.id)
        .where(Unit.group_id.is_not(None), Standing.since <= by, Standing.until > by)
        .where(COUNTS)
        .group_by(Unit.group_id)
        .order_by(func.count().desc(), Unit.group_id)
    )


def _removed(by: date) -> Select[int | None, int]:
    return (
        select(Obstacle.group_id, func.count())
        .where(Obstacle.group_id.is_not(None), Obstacle.removed_on <= by)
        .group_by(Obstacle.group_id)
        .order_by(func.count().desc(), Obstacle.group_id)
    )
