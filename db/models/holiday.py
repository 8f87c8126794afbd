"""An official holiday (تعطیل رسمی), on which banks are closed; Fridays are not listed."""

from typing import ClassVar

from sqlalchemy.orm import Mapped

from db.models.base import Findable, Record, live_index
from db.types import Day, Name


class Holiday(Findable, Record):
    """One day may have two."""

    __tablename__ = "holiday"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name",)
    INDEXES = (live_index("ix_holiday_live_by_day", "day", "name"),)

    day: Mapped[Day]
    name: Mapped[Name]
