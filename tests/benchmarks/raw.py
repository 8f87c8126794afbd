"""The same SQL given to the driver alone: what the program adds is what is left."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.database import Database

Statement = tuple[str, Any]


@contextmanager
def heard(database: Database) -> Iterator[list[Statement]]:
    """Collects every statement that reaches the driver, with its values."""
    found: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        if not sql.startswith("BEGIN"):
            found.append((sql, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


class Driver:
    """A connection of the driver's own, with the program's settings."""

    def __init__(self, database: Database) -> None:
        self._held = database.engine.raw_connection()

    def run(self, statements: list[Statement]) -> None:
        connection: Any = self._held.driver_connection
        for sql, values in statements:
            several = isinstance(values, list)
            (connection.executemany if several else connection.execute)(sql, values).fetchall()

    def close(self) -> None:
        self._held.close()
