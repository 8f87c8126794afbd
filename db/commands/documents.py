"""Adding, describing and putting away the documents of a unit; never commits."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import text
from db.commands import saving
from db.errors import Violation, raise_on
from db.file_bytes import FileBytes, read
from db.models import Content, Document, Loan, Revival, Visit
from db.queries import documents, progress, units
from db.rules.documents import check_document, media_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

OWNERS = {"visit_id": Visit, "loan_id": Loan, "revival_id": Revival}
_OF_THE_FILE = frozenset({"unit_id", "file_name", "media_type", "sha256"})


def check(
    session: Session, unit_id: int, document_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about a document's values, and what it proves or takes away as warnings."""
    found = list(_complaints(session, unit_id, values))
    if document_id is not None and (lost := documents.loss(session, document_id, values)):
        code = "takes_count" if lost == "counted" else "takes_lasting"
        found.insert(0, Violation("capacity", code, warning=True))
    return found


def add(
    session: Session, unit_id: int, file: Path | bytes | FileBytes, values: Mapping[str, Any]
) -> Document:
    """A new document of a unit; without a title it gets the file's name.

    A path is read here and now: a caller that must not hold the file's lock so long reads it
    before (`db.file_bytes.read`). Raises RuleError, DatabaseProblem("unreadable").
    """
    taken = _taken(session, file, values)
    given = {name: value for name, value in values.items() if name not in _OF_THE_FILE}
    given |= {
        "unit_id": unit_id,
        "title": given.get("title") or title_of(taken.name),
        "file_name": taken.name,
        "media_type": media_type(taken.data[:64], taken.name),
        "sha256": taken.sha256,
    }
    raise_on(list(_complaints(session, unit_id, given)))
    _keep(session, taken)
    return saving.assign(session, Document(), given)


def save(
    session: Session, document_id: int, values: Mapping[str, Any], version: int | None = None
) -> Document:
    """Change what is said of a document, never its bytes. Raises RuleError, ConflictError."""
    document = saving.fetch(session, Document, document_id, version)
    given = {name: value for name, value in values.items() if name not in _OF_THE_FILE}
    raise_on(list(_complaints(session, document.unit_id, {**saving.values_of(document), **given})))
    return saving.assign(session, document, given)


def archive(session: Session, document_id: int, reason: str) -> None:
    """The bytes stay. What the count loses by it is told by `db.queries.documents.loss`."""
    saving.archive(session, Document, document_id, reason)


def restore(session: Session, document_id: int) -> None:
    saving.restore(session, Document, document_id)


def title_of(file_name: str) -> str:
    """What a document is called until someone names it."""
    return text.normal(PurePath(file_name).stem.replace("_", " "))[:120] or file_name


def _taken(
    session: Session, file: Path | bytes | FileBytes, values: Mapping[str, Any]
) -> FileBytes:
    if isinstance(file, FileBytes):
        most = documents.largest(session)
        return FileBytes.of(file.data, file.name, most) if len(file.data) > most else file
    if isinstance(file, Path):
        return read(file, documents.largest(session))
    return FileBytes.of(file, values.get("file_name") or "", documents.largest(session))


def _keep(session: Session, taken: FileBytes) -> None:
    """The bytes, unless some document of any unit has brought them already."""
    if session.scalar(select(Content.id).where(Content.sha256 == taken.sha256)) is None:
        session.add(Content(sha256=taken.sha256, size=len(taken.data), data=taken.data))
        session.flush()


def _complaints(session: Session, unit_id: int, values: Mapping[str, Any]) -> Iterator[Violation]:
    returns = [(each.returned_on, each.stopped_on) for each in units.revivals(session, unit_id)]
    threshold = progress.programme(session).revived_capacity
    yield from check_document(values, threshold, returns)
    for name, model in OWNERS.items():
        owner: Any = session.get(model, values.get(name) or 0)
        if values.get(name) is not None and (owner is None or owner.unit_id != unit_id):
            yield Violation(name, "of_other_unit")
