"""An exercise (رزمایش) or a festival (جشنواره), the groups that took part, and its awards."""

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Count, Day, Name, Note, Word


class Exercise(Findable, Record):
    """The units it saw are those of the visits that name it."""

    __tablename__ = "exercise"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "place")

    name: Mapped[Name]
    kind: Mapped[Word] = mapped_column(default="exercise")
    starts_on: Mapped[Day]
    ends_on: Mapped[Day | None]
    place: Mapped[Name] = mapped_column(default="")
    outcome: Mapped[Note]


class Participation(Record):
    """A group took part in an exercise or festival."""

    __tablename__ = "participation"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("jihadi_group.id"), index=True)
    note: Mapped[Name] = mapped_column(default="")


class Award(Record):
    """What a festival gave a group, for `value` of `measure` in the festival's period."""

    __tablename__ = "award"

    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("jihadi_group.id"), index=True)
    rank: Mapped[Count]
    title: Mapped[Name]
    measure: Mapped[Word] = mapped_column(default="")
    value: Mapped[Count] = mapped_column(default=0)
