"""Counts for the dashboard while the program still imports: SQLite does it on another core."""

from __future__ import annotations

from contextlib import closing
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from db.calendar import today
from db.driver import driver
from db.queries import tally
from desktop import tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from db.queries.tally import Tally

_begun: dict[Path, SimpleQueue[Tally | None]] = {}


def begin(file: Path) -> None:
    """Count by today, off the window's thread; what is wrong with the file its opening tells."""
    found = _begun[file.absolute()] = SimpleQueue()

    def work() -> None:
        try:
            found.put(_count(file))
        except Exception:  # noqa: BLE001 - then it is counted in its turn
            found.put(None)

    tasks.in_background(work, bool, bool)


def taken(file: Path) -> Tally | None:
    """What was counted, once; it waits for the end of it."""
    found = _begun.pop(file, None)
    return None if found is None else found.get()


def _count(file: Path) -> Tally:
    uri = f"{file.absolute().as_uri()}?mode=rw"  # a WAL cannot be read without its shared memory
    with closing(driver().connect(uri, uri=True, check_same_thread=False)) as connection:
        connection.executescript("PRAGMA query_only=ON; PRAGMA cache_size=-65536; BEGIN")

        def run(sql: str, values: Mapping[str, object]) -> Sequence[Any]:
            found: Sequence[Any] = connection.execute(sql, values).fetchall()
            return found

        return tally.tally(run, tally.baseline(run), today())
