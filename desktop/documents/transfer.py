"""Bringing files in and handing documents out again: without a window, in any thread."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from db import file_bytes
from db.commands import documents as commands
from db.errors import DatabaseProblem, RuleError
from db.queries import documents as queries
from desktop.documents.picked import Refused, why
from desktop.excel.files import appearing, check_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.database import Database
    from db.queries.documents import DocumentRow
    from desktop.documents.picked import Picked
    from desktop.progress import Progress

# What may be opened by another program, and the endings it may have. Another ending would let a
# program hide behind the picture of a document.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/bmp": (".bmp",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/msword": (".doc",),
    "application/vnd.ms-excel": (".xls",),
    "text/plain": (".txt",),
    "text/csv": (".csv",),
}


@dataclass(slots=True)
class Added:
    """What became of the files: how many are documents now, which were known already."""

    count: int = 0
    changes: list[range] = field(default_factory=list)  # rows of the history that follow each other
    known: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def add_all(
    database: Database,
    unit_id: int,
    picked: Sequence[Picked],
    values: Mapping[str, Any],
    progress: Progress,
) -> Added:
    """Each is read before it is written, and saved by itself: a stop keeps those before it.

    A file that cannot be read or breaks a rule is told at the end; a full disk or a file that may
    not be written into ends it all. Raises DatabaseProblem, Cancelled.
    """
    total, before, found = sum(each.size for each in picked), 0, Added()
    with database.read() as session:
        most = queries.largest(session)
    for each in picked:
        start = before
        try:
            taken = file_bytes.read(
                each.path,
                most,
                lambda done, _: progress(min(start + done, total), total),  # noqa: B023
            )
            with database.write() as session:
                if queries.with_bytes(session, unit_id, taken.sha256):
                    found.known.append(taken.name)
                else:
                    commands.add(session, unit_id, taken, values)
                    found.count += 1
            _note(found.changes, session.info["changes"])
        except (RuleError, DatabaseProblem) as error:
            if isinstance(error, DatabaseProblem) and error.reason != "unreadable":
                raise
            found.refused.append(Refused(file_bytes.clean(each.path.name), why(error)))
        before += each.size
    return found


def _note(known: list[range], new: range) -> None:
    """One step back takes all of them, unless somebody else has written in between."""
    if known and new and known[-1].stop == new.start:
        known[-1] = range(known[-1].start, new.stop)
    elif new:
        known.append(new)


def save_copy(database: Database, document_id: int, path: Path) -> Path:
    """The very bytes into a file of this name, whole or not at all. Raises DatabaseProblem."""
    check_place(path)
    with database.read() as session:
        data = queries.content(session, document_id)
    with appearing(path) as file:
        file.write(data)
    return path


def can_be_opened(row: DocumentRow) -> bool:
    return row.media_type in _ENDINGS


def open_copy(database: Database, row: DocumentRow) -> Path:
    """A copy to be looked at by another program, gone with this one. Raises DatabaseProblem."""
    folder = Path(tempfile.mkdtemp(dir=_folder()))
    endings = _ENDINGS[row.media_type]
    name = row.file_name
    if Path(name).suffix.lower() not in endings:
        name += endings[0]
    return save_copy(database, row.id, folder / name)


@cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="ehya-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)  # one still open stays behind
    return made
