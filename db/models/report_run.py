"""A report that was sent: what it said, so that a later one can say what differs."""

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import Day, Id, Json, Moment, Name


class ReportRun(Base):
    """Written once and never changed."""

    __tablename__ = "report_run"

    id: Mapped[Id]
    report: Mapped[Name]
    filters: Mapped[Json]
    as_of: Mapped[Day]
    made_at: Mapped[Moment]
    figures: Mapped[Json]
    file_name: Mapped[Name]
    sha256: Mapped[Name] = mapped_column(default="")
