"""A line of industry (رشته فعالیت) by ISIC."""

from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Findable, Record
from db.types import Word


class Industry(Findable, Record):
    """`code` is text (a leading zero counts); `revision` tells old ISIC files from new."""

    __tablename__ = "industry"
    SEARCHED: ClassVar[tuple[str, ...]] = ("name", "code")

    name: Mapped[str] = mapped_column(String(200))
    code: Mapped[Word]
    revision: Mapped[Word] = mapped_column(default="4")
