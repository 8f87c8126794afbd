"""An agency (دستگاه) whose word an obstacle waits for."""

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Name, Word


class Agency(Findable, Record):
    """`code` is our own identifier of those that come with the program."""

    __tablename__ = "agency"

    name: Mapped[Name]
    code: Mapped[Word] = mapped_column(default="")
