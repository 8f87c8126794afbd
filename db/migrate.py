"""Bringing a file to the newest schema: backed up first, all or nothing, links checked after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db import backup, engine
from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HERE = Path(__file__).parent / "migrations"
# Said here too, so that a file of today opens without importing Alembic (90 ms); a test holds
# it equal to the newest step.
HEAD = "0003"


def revision(path: Path) -> str | None:
    """The revision a file is at; None for a file without tables. Raises DatabaseProblem."""
    opened = engine.open_file(path)
    try:
        with engine.problems(path), opened.connect() as connection:
            return current(connection)
    finally:
        opened.dispose()


def current(connection: Connection) -> str | None:
    found = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    ).scalar_one()
    if not found:
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def create(path: Path) -> None:
    """Make a new, empty file of today's schema; nothing is left behind if it fails."""
    made = engine.open_file(path, create=True, foreign_keys=False)
    try:
        with engine.problems(path), made.begin() as connection:
            _run(connection)
    except BaseException:
        made.dispose()
        path.unlink(missing_ok=True)
        raise
    engine.close(made)


def upgrade(path: Path, backup_folder: Path) -> Path | None:
    """Upgrade a file in one transaction, after a copy into `backup_folder`.

    Returns the copy's path, or None if there was nothing to do. Raises DatabaseProblem
    ("newer" when a later version of the program wrote it; it is then left untouched).
    """
    at = revision(path)
    if at == HEAD:
        return None
    if at is not None and at not in revisions():
        raise DatabaseProblem("newer", str(path))
    copy = backup.copy(path, backup_folder, f"before-{HEAD}")
    # Foreign keys off before BEGIN: a batch step rebuilds tables, and dropping the old one would
    # delete its children without a word.
    migrating = engine.open_file(path, foreign_keys=False).execution_options(
        sqlite_begin="IMMEDIATE"
    )
    try:
        with engine.problems(path), migrating.begin() as connection:
            _run(connection)
            _complete(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone():
                raise DatabaseProblem("broken_links", str(path))
    finally:
        engine.close(migrating)
    return copy


def revisions() -> list[str]:
    """Every revision this program knows, newest first."""
    from alembic.script import ScriptDirectory

    return [step.revision for step in ScriptDirectory(str(HERE)).walk_revisions()]


def config(connection: Connection) -> Config:
    from alembic.config import Config

    alembic = Config()
    alembic.set_main_option("script_location", str(HERE).replace("%", "%%"))
    alembic.attributes["connection"] = connection
    return alembic


def _run(connection: Connection) -> None:
    from alembic import command

    command.upgrade(config(connection), "head")


def _complete(connection: Connection) -> None:
    """What no step can do: lists that are new, and what is worked out from the records."""
    from sqlalchemy.orm import Session

    from db import repaid, seeds, standing

    with Session(connection) as session:
        seeds.add_new(session)
        session.flush()
    standing.rebuild(connection)
    repaid.rebuild(connection)
