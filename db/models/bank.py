"""An agent bank (بانک عامل)."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Name, Word


class Bank(Findable, Record):
    """`code` is the three digits of its Sheba; mergers make it a hint, not a rule."""

    __tablename__ = "bank"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "code")

    name: Mapped[Name]
    code: Mapped[Word] = mapped_column(default="")
