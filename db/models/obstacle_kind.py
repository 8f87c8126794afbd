"""A kind of obstacle to production (مانع تولید)."""

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Name, Word


class ObstacleKind(Findable, Record):
    """`code` is our own identifier of the kinds that come with the program."""

    __tablename__ = "obstacle_kind"

    name: Mapped[Name]
    code: Mapped[Word] = mapped_column(default="")
