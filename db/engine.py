"""Opening the data file: the driver, its safety settings, and its troubles by name."""

from __future__ import annotations

import contextlib
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from db import text
from db.driver import driver
from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x45687961  # "Ehya" in the file's header, so that a foreign file is refused
BUSY_MS = 5000

_REASONS = {
    "SQLITE_FULL": "full",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_PROTOCOL": "busy",
    "SQLITE_READONLY_DBMOVED": "missing",
    "SQLITE_READONLY": "read_only",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_NOTADB": "not_a_database",
    "SQLITE_CORRUPT": "corrupt",
    "SQLITE_IOERR": "disk",
    "SQLITE_PERM": "read_only",
    "SQLITE_AUTH": "read_only",
}


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Releases from 3.7.0 to 3.51.2 can lose committed pages in WAL mode, except 3.50.7 on."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0)


def open_file(path: Path, *, create: bool = False, foreign_keys: bool = True) -> Engine:
    """An engine on the file at `path`. Raises DatabaseProblem, never makes a file by mistake.

    Its transactions cover DDL, because BEGIN is ours: `execution_options(sqlite_begin=...)`.
    """
    path = Path(path).absolute()
    check_place(path, create=create)
    module = driver()
    uri = f"{path.as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> Any:
        raw = module.connect(uri, uri=True, check_same_thread=False, timeout=BUSY_MS / 1000)
        try:
            if not create:  # before the settings: they would write into a foreign file
                _refuse_foreign(raw, path)
            _set_up(raw, module, foreign_keys=foreign_keys)
        except BaseException:
            raw.close()
            raise
        return raw

    engine = create_engine("sqlite://", module=module, creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    try:
        with problems(path):
            if create:
                _stamp(engine)
            else:
                _check_whole(engine, path)
    except BaseException:
        engine.dispose()
        if create:
            path.unlink(missing_ok=True)
        raise
    return engine


def close(engine: Engine) -> None:
    """Bring the WAL home, so that a closed program leaves one file."""
    troubles = (DBAPIError, driver().Error, DatabaseProblem)  # the next opening brings it home
    with contextlib.suppress(*troubles), engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS // 20}")  # who still uses it brings it home
        with contextlib.suppress(driver().Error):
            # Without counts of its rows the figures of a large file take three times as long.
            raw.execute("PRAGMA optimize=0x10002")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if raw.execute("PRAGMA journal_mode").fetchone()[0] == "truncate":
            raw.execute("PRAGMA journal_mode=DELETE")  # takes the emptied journal away
    engine.dispose()


@contextmanager
def problems(path: object = "") -> Iterator[None]:
    """Turn what the driver raises into DatabaseProblem, where it is the machine's trouble."""
    try:
        yield
    except (DBAPIError, driver().Error) as error:
        name = getattr(getattr(error, "orig", error), "sqlite_errorname", "")
        reason = next((why for start, why in _REASONS.items() if name.startswith(start)), None)
        if reason is None:
            raise
        raise DatabaseProblem(reason, str(path)) from error


def check_place(path: Path, *, create: bool) -> None:
    """Raises DatabaseProblem where no file can be opened, or made."""
    try:
        is_there, is_file, has_folder = path.exists(), path.is_file(), path.parent.is_dir()
    except OSError as error:  # a folder that may not be looked into, a name too long
        raise DatabaseProblem("cannot_open", str(path)) from error
    if create and is_there:
        raise DatabaseProblem("exists", str(path))
    if create and not has_folder:
        raise DatabaseProblem("no_folder", str(path.parent))
    if not create and not is_file:
        raise DatabaseProblem("missing", str(path))


def _refuse_foreign(raw: Any, path: Path) -> None:
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        is_empty = not raw.execute("PRAGMA page_count").fetchone()[0]
        raise DatabaseProblem("corrupt" if is_empty else "foreign", str(path))


def _set_up(raw: Any, module: ModuleType, *, foreign_keys: bool) -> None:
    raw.isolation_level = None  # else the driver opens transactions by itself
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        f"journal_mode={'WAL' if wal_is_safe(module.sqlite_version_info) else 'TRUNCATE'}",
        "synchronous=FULL",  # NORMAL loses acknowledged commits when the power is cut
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "cache_size=-65536",
    ):
        raw.execute(f"PRAGMA {pragma}")
    # Lists are ordered by it where a text has no stored key.
    raw.create_function("sort_key", 1, _sort_key, deterministic=True)


@lru_cache(maxsize=2**15)  # a sort asks for every row, and many rows say the same
def _sort_key(value: str | None) -> str | None:
    return None if value is None else text.sort_key(value)


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {how}")


def _stamp(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _check_whole(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    wal = path.with_name(path.name + "-wal")
    shorter = path.stat().st_size < pages * size
    if shorter and not (wal.exists() and wal.stat().st_size):  # the rest may still be in the WAL
        raise DatabaseProblem("corrupt", str(path))
