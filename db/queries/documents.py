"""Reading documents: those of a unit, their bytes, and what the count loses without one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import or_, select

from db import calendar, standing
from db.errors import DatabaseProblem
from db.file_bytes import MEBIBYTE
from db.models import Content, Document
from db.queries import progress
from db.rules import standing as rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

Loss = Literal["", "counted", "sustained"]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document without its bytes; `size` in bytes, `capacity` in percent."""

    id: int
    version: int
    unit_id: int
    kind: str
    title: str
    file_name: str
    media_type: str
    sha256: str
    size: int
    day: date | None
    heads: int | None
    capacity: int | None
    archived_on: date | None
    archive_reason: str


_NAMES = tuple(DocumentRow.__dataclass_fields__)
_ROWS = select(
    *(Content.size if name == "size" else getattr(Document, name) for name in _NAMES)
).join(Content, Content.sha256 == Document.sha256)


def of_unit(
    session: Session, unit_id: int, as_of: date | None = None, *, archived: bool = False
) -> list[DocumentRow]:
    """The documents of a unit, newest day first, those without a day last.

    With `as_of` those that speak of a later day are left out.
    """
    put_away = Document.archived_on.is_not(None) if archived else Document.archived_on.is_(None)
    query = _ROWS.where(Document.unit_id == unit_id, put_away)
    if as_of is not None:
        query = query.where(or_(Document.day.is_(None), Document.day <= as_of))
    query = query.order_by(Document.day.desc().nulls_last(), Document.id.desc())
    return [DocumentRow(*row) for row in session.execute(query)]


def get(session: Session, document_id: int) -> DocumentRow:
    """Raises NoResultFound for an id that is not there."""
    return DocumentRow(*session.execute(_ROWS.where(Document.id == document_id)).one())


def content(session: Session, document_id: int) -> bytes:
    """The bytes as they were added. Raises DatabaseProblem("damaged_document") if they are not."""
    query = (
        select(Document.title, Content.sha256, Content.data)
        .join(Content, Content.sha256 == Document.sha256)
        .where(Document.id == document_id)
    )
    row = session.execute(query).one()
    data = bytes(row.data)
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise DatabaseProblem("damaged_document", row.title)
    return data


def damaged(session: Session) -> Iterator[str]:
    """The SHA-256 of each stored file whose bytes are no longer those; one at a time in memory."""
    for sha256 in session.scalars(select(Content.sha256).order_by(Content.id)).all():
        data = session.scalar(select(Content.data).where(Content.sha256 == sha256))
        if hashlib.sha256(bytes(data or b"")).hexdigest() != sha256:
            yield sha256


def largest(session: Session) -> int:
    """The bytes a document may have, by the programme's settings."""
    return progress.programme(session).document_mebibytes * MEBIBYTE


def with_bytes(session: Session, unit_id: int, sha256: str) -> Sequence[str]:
    """The titles of the unit's documents that show these very bytes already."""
    query = select(Document.title).where(
        Document.unit_id == unit_id, Document.sha256 == sha256, Document.archived_on.is_(None)
    )
    return session.scalars(query.order_by(Document.id)).all()


def loss(session: Session, document_id: int, values: Mapping[str, Any] | None = None) -> Loss:
    """What the unit loses today if the document showed `values` instead, or nothing at all."""
    kept = session.get_one(Document, document_id)
    facts = standing.facts_of(session.connection(), kept.unit_id)
    if facts is None or kept.archived_on is not None:
        return ""
    papers = list(facts.papers)
    if kept.day is None or kept.capacity is None:
        return ""
    papers.remove(rules.Paper(kept.day, kept.capacity))
    shown = values or {}
    if shown.get("day") is not None and shown.get("capacity") is not None:
        papers.append(rules.Paper(shown["day"], shown["capacity"]))
    day = max(calendar.today(), facts.registered_on)
    before, after = rules.standing(facts, day), rules.standing(_with(facts, papers), day)
    if before.counted and not after.counted:
        return "counted"
    return "sustained" if before.sustained and not after.sustained else ""


def withdrawn_proof(session: Session, unit_id: int, as_of: date | None = None) -> str:
    """The title of the archived document for want of which the unit's return is not counted."""
    facts = standing.facts_of(session.connection(), unit_id)
    day = as_of or calendar.today()
    if facts is None or day < facts.registered_on:
        return ""
    if rules.standing(facts, day).missing != "evidence":
        return ""
    for row in of_unit(session, unit_id, as_of, archived=True):
        if row.day is None or row.capacity is None:
            continue
        papers = [*facts.papers, rules.Paper(row.day, row.capacity)]
        if rules.standing(_with(facts, papers), day).counted:
            return row.title
    return ""


def _with(facts: rules.Facts, papers: Sequence[rules.Paper]) -> rules.Facts:
    return replace(facts, papers=sorted(papers, key=lambda paper: paper.day))
