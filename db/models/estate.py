"""An industrial estate (شهرک صنعتی) or zone (ناحیه صنعتی)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Name, Word


class Estate(Findable, Record):
    """`kind` is estate or zone; an estate may lie in no known county yet."""

    __tablename__ = "estate"

    name: Mapped[Name]
    kind: Mapped[Word] = mapped_column(default="estate")
    county_id: Mapped[int | None] = mapped_column(ForeignKey("county.id"), index=True)
