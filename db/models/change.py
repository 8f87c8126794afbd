"""The history: who changed what, when, from what to what, in a chain that shows tampering."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, index
from db.types import Id, Json, Moment, Name, Word


class Change(Base):
    """One saved record: `fields` maps each changed field to [from, to].

    `hash` is SHA-256 over the row before and this row's own content (see `db.history`).
    """

    __tablename__ = "change"
    INDEXES = (index("ix_change_record", "record", "record_id", "id"),)

    id: Mapped[Id]
    at: Mapped[Moment]
    actor: Mapped[Name]
    record: Mapped[Word]
    record_id: Mapped[int]
    operation: Mapped[Word]
    fields: Mapped[Json]
    hash: Mapped[str] = mapped_column(String(64))
