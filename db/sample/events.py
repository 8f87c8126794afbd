"""The two made-up exercises and the festival: their days, the groups that took part, the awards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from db.calendar import from_jalali
from db.commands.exercises import award_first
from db.models import Exercise, Participation
from db.queries.league import first_ranks, league
from db.sample.story import BASELINE_ON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """The festival's, to those ranked first to third by the units they had revived by then."""
    for event in events:
        if event.kind == "festival":
            lines = league(session, date.fromordinal(event.days[-1]), BASELINE_ON)
            there = [line for line in lines if line.id in event.groups]
            award_first(session, event.id, first_ranks(there, "revived"), "revived")
