"""A volunteer (جهادگر): a member of a group."""

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Day, Digits, Name, Note


class Volunteer(Findable, Record):
    """Belongs to one group; one who leaves it is archived, and his visits keep his name."""

    __tablename__ = "volunteer"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "speciality", "phone", "national_code")

    group_id: Mapped[int] = mapped_column(ForeignKey("jihadi_group.id"), index=True)
    name: Mapped[Name]
    speciality: Mapped[Name] = mapped_column(default="")
    phone: Mapped[Digits] = mapped_column(default="")
    national_code: Mapped[Digits] = mapped_column(default="")
    joined_on: Mapped[Day | None]
    note: Mapped[Note]
