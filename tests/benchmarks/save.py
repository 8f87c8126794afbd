"""What a save costs, and the history of it, against the driver alone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Session

from db.commands.saving import values_of
from db.commands.units import save_unit
from db.queries import units
from tests.benchmarks.figure import Figure, milliseconds
from tests.benchmarks.raw import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.database import Database

TIMES: Final = 200


def run(database: Database) -> list[Figure]:
    """For information: the fsync of a commit is the machine's own."""
    command = each(lambda number: by_command(database, number))
    recorded = each(lambda number: assigned(database.write, number))
    plain = each(lambda number: assigned(lambda: unrecorded(database), number))
    driver = Driver(database)
    raw = each(lambda number: by_driver(driver, number))
    driver.close()
    return [
        Figure("save of a unit by its command, checks and history", command, "ms"),
        Figure("the same row by the driver alone, one commit", raw, "ms"),
        Figure("what the history adds to a save", recorded - plain, "ms"),
    ]


def each(save: Any) -> float:
    numbers = iter(range(1, TIMES + 1))
    return milliseconds(lambda: save(next(numbers)), TIMES)[0]


def by_command(database: Database, number: int) -> None:
    with database.write() as session:
        unit = units.get(session, number)
        values = {**values_of(unit), "found_jobs": unit.found_jobs + 1}
        save_unit(session, number, values, unit.version)


def assigned(writing: Any, number: int) -> None:
    with writing() as session:
        units.get(session, number).found_jobs += 1


@contextmanager
def unrecorded(database: Database) -> Iterator[Session]:
    engine = database.engine.execution_options(sqlite_begin="IMMEDIATE")
    with Session(engine) as session, session.begin():
        yield session


def by_driver(driver: Driver, number: int) -> None:
    driver.run([
        ("BEGIN IMMEDIATE", ()),
        ("UPDATE unit SET found_jobs = found_jobs + 1, version = version + 1 WHERE id = ?",
         (number,)),
        ("COMMIT", ()),
    ])  # fmt: skip
