"""A document of a unit: licence, list of the insured, photo before or after; and its bytes."""

from typing import ClassVar

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Findable, Record, archive_index, live_index
from db.types import Count, Day, Id, Name, Word


class Content(Base):
    """The bytes of a file, stored once however many documents show it; never changed."""

    __tablename__ = "content"

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[Count]  # bytes
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Document(Findable, Record):
    """`day` is what it speaks of; with `capacity` (percent) it is evidence of activity then."""

    __tablename__ = "document"
    INDEXES = (
        live_index("ix_document_live_by_unit", "unit_id", "day", "capacity", "id"),
        archive_index("ix_document_archived"),
    )  # fmt: skip
    SEARCHED: ClassVar[tuple[str, ...]] = ("title", "file_name")
    SORTED_BY: ClassVar[str] = "title"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True)
    revival_id: Mapped[int | None] = mapped_column(ForeignKey("revival.id"), index=True)
    kind: Mapped[Word] = mapped_column(default="other")
    title: Mapped[Name]
    file_name: Mapped[Name]
    media_type: Mapped[Name] = mapped_column(default="")
    # Not the id of the content: so each change in the history names the very bytes.
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("content.sha256"), index=True)
    day: Mapped[Day | None]
    heads: Mapped[Count | None]
    capacity: Mapped[Count | None]
