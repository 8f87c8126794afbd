"""Which SQLite driver serves; apart from the engine, so that no SQLAlchemy comes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def driver() -> ModuleType:
    """pysqlite3 brings a newer SQLite; the standard module serves where it is missing."""
    try:
        import pysqlite3.dbapi2 as newest
    except ImportError:
        import sqlite3

        return sqlite3
    return newest  # type: ignore[no-any-return]
