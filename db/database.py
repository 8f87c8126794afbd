"""One open programme file and the two ways into it: `read()` and `write()`."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from db import engine as engines
from db import history, models
from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine


class Database:
    """Tells `on_commit` which tables each committed write touched, in the thread that wrote."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.path = path
        self.on_commit: list[Callable[[frozenset[str]], None]] = []
        self._readers = sessionmaker(engine, expire_on_commit=False, autoflush=False)
        # IMMEDIATE takes the write lock at the start: a deferred read that turns into a write
        # fails at once when another program wrote meanwhile, whatever the timeout.
        writing = engine.execution_options(sqlite_begin="IMMEDIATE")
        self._writers = sessionmaker(
            writing, class_=history.RecordingSession, expire_on_commit=False
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for queries; whatever it changed is thrown away."""
        with engines.problems(self.path), self._readers() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back whole if anything raised.

        Afterwards its `info["changes"]` is the range of ids that it added to the history.
        """
        from db import repaid, standing  # noqa: F401 - they keep what is derived of what is written

        models.load_all()
        touched: set[str] = set()
        with self._troubles(), self._writers() as session:

            @event.listens_for(session, "before_flush")
            def _note_tables(flushing: Session, *_: Any) -> None:
                for target in (*flushing.new, *flushing.dirty, *flushing.deleted):
                    touched.add(target.__tablename__)

            with session.begin():
                before = history.newest(session)
                yield session
                session.flush()
                session.info["changes"] = range(before + 1, history.newest(session) + 1)
        if touched:
            self.tell(frozenset(touched))

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        # Some systems let an open file be moved or deleted; a save into it would be lost.
        if not self.path.exists():
            raise DatabaseProblem("missing", str(self.path))
        try:
            with engines.problems(self.path):
                yield
        except StaleDataError as error:  # changed behind this session's back
            raise DatabaseProblem("busy", str(self.path)) from error

    def tell(self, tables: frozenset[str]) -> None:
        for listener in self.on_commit:
            listener(tables)

    def check(self) -> None:
        """Look at every page of the file; raises DatabaseProblem("corrupt") for a damaged one."""
        with engines.problems(self.path), self.engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise DatabaseProblem("corrupt", str(self.path))

    def close(self) -> None:
        engines.close(self.engine)


def existing(path: Path) -> Database:
    """Open a file that is there and of this program's version. Raises DatabaseProblem."""
    return Database(engines.open_file(path), Path(path).absolute())
