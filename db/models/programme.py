"""The programme: its target, its deadline, and what was reached before records began."""

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Count, Day, Name, Percent, Word


class Programme(Record):
    """The newest one is in force; later targets are later programmes.

    `baseline_units` and `baseline_jobs` were reached by the end of `baseline_on`. A revival is
    shown by activity of `revived_capacity` percent, and lasts after `follow_up_months` of it.
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
    # Whether the baseline is that number, or the returns on record up to its day; never both.
    baseline_kind: Mapped[Word] = mapped_column(default="number")
    revived_capacity: Mapped[Percent] = mapped_column(default=Decimal(50))
    follow_up_months: Mapped[Count] = mapped_column(default=3)
    # Days until the next visit after one of each kind, and in a stage of a loan.
    monitoring_days: Mapped[Count] = mapped_column(default=30)
    diagnosis_days: Mapped[Count] = mapped_column(default=15)
    follow_up_days: Mapped[Count] = mapped_column(default=30)
    applied_days: Mapped[Count] = mapped_column(default=30)
    introduced_days: Mapped[Count] = mapped_column(default=30)
    approved_days: Mapped[Count] = mapped_column(default=30)
    contract_days: Mapped[Count] = mapped_column(default=45)
    document_mebibytes: Mapped[Count] = mapped_column(default=20)


class Milestone(Record):
    """A point of a plan other than the straight line: `units` in all by the end of `day`."""

    __tablename__ = "milestone"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    day: Mapped[Day]
    units: Mapped[Count]
