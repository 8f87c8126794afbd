"""A county (شهرستان) of the province."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Name, Word


class County(Findable, Record):
    """`code` is the Statistical Centre's; boundaries change, so old ones are archived."""

    __tablename__ = "county"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "code")

    name: Mapped[Name]
    code: Mapped[Word] = mapped_column(default="")
