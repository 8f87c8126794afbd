"""Whether a file is whole: its pages, its links, its history, and what is stored twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import history, repaid, standing
from db.errors import DatabaseProblem
from db.queries import documents

if TYPE_CHECKING:
    from db.database import Database


@dataclass(frozen=True)
class Health:
    """What is wrong; nothing where all is well. `history` is the id of the first broken change."""

    is_damaged: bool
    links: int
    history: int | None
    standings: tuple[int, ...]  # ids of units
    contents: tuple[str, ...] = ()  # SHA-256 of documents whose bytes are no longer those
    loans: tuple[int, ...] = ()  # ids of those whose instalments or positions are not kept right

    @property
    def is_good(self) -> bool:
        return self == Health(False, 0, None, ())


def look(database: Database) -> Health:
    """Reads all of the file; of a damaged one no more than that it is."""
    try:
        database.check()
    except DatabaseProblem as problem:
        if problem.reason != "corrupt":
            raise
        return Health(True, 0, None, ())
    with database.read() as session:
        connection = session.connection()
        links = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        return Health(
            False,
            len(links),
            history.first_broken(connection),
            tuple(standing.differing(connection)),
            tuple(documents.damaged(session)),
            tuple(repaid.differing(connection)),
        )
