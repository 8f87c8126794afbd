"""The programme: its target, its deadline, and what was reached before records began."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Count, Day, Name, Percent


class Programme(Record):
    """The newest one is in force; later targets are later programmes.

    `baseline_units` and `baseline_jobs` were reached by the end of `baseline_on`.
    """

    __tablename__ = "programme"

    title: Mapped[Name]
    organisation: Mapped[Name] = mapped_column(default="")
    target_units: Mapped[Count]
    deadline: Mapped[Day]
    starts_on: Mapped[Day | None]
    baseline_on: Mapped[Day]
    baseline_units: Mapped[Count]
    baseline_jobs: Mapped[Count]
    revived_capacity: Mapped[Percent] = mapped_column(default=Decimal(50))
    follow_up_months: Mapped[Count] = mapped_column(default=3)


class Milestone(Record):
    """A point of a plan other than the straight line: `units` in all by the end of `day`."""

    __tablename__ = "milestone"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    day: Mapped[Day]
    units: Mapped[Count]
