"""A volunteer group (گروه جهادی) that visits units."""

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Day, Digits, Name, Note


class JihadiGroup(Findable, Record):
    """An inactive group keeps its units and its past."""

    __tablename__ = "jihadi_group"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "leader", "speciality", "phone")

    name: Mapped[Name]
    speciality: Mapped[Name] = mapped_column(default="")
    leader: Mapped[Name] = mapped_column(default="")
    phone: Mapped[Digits] = mapped_column(default="")
    formed_on: Mapped[Day | None]
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[Note]
