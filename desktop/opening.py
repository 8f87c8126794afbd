"""Opening a programme file of today's version; an older one is told apart without Alembic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import database, engine, migrate
from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from pathlib import Path

    from db.database import Database


def open_current(file: Path) -> Database:
    """Raises DatabaseProblem: "older" for a file that has to be upgraded first, "newer" …"""
    opened = database.existing(file)
    try:
        with engine.problems(file), opened.engine.connect() as connection:
            at = migrate.current(connection)
        if at != migrate.HEAD:
            raise DatabaseProblem("older" if at in migrate.revisions() else "newer", str(file))
    except BaseException:
        opened.engine.dispose()  # not `close`, which writes: what is refused stays as it was
        raise
    return opened


def open_upgraded(file: Path, backups: Path) -> Database:
    """Open for the window: an older file is backed up and upgraded on the way."""
    try:
        return open_current(file)
    except DatabaseProblem as problem:
        if problem.reason != "older":
            raise
    migrate.upgrade(file, backups)
    return open_current(file)
