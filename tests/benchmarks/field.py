"""The field work: a visit saved with its unit's standing, what waits, and the proof of all."""

from __future__ import annotations

from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from db import standing
from db.commands.saving import values_of
from db.commands.visits import save_visit
from db.models import Standing, Visit
from db.queries import todo
from db.sample import LAST_DAY
from tests.benchmarks.figure import Figure, milliseconds

if TYPE_CHECKING:
    from db.database import Database

TIMES: Final = 100
MOST_WAITING: Final = 100.0  # ms: on the window's thread at most


def run(database: Database) -> list[Figure]:
    with database.read() as session:
        rows = session.scalar(select(func.count()).select_from(Standing)) or 0
        start = perf_counter()
        differing = standing.differing(session.connection())
        proved = perf_counter() - start
    return [
        Figure("units whose standing differs from their records", len(differing), "", 0),
        Figure("proof of all standings, as ehya check", proved, "s", note=f"{rows} spans"),
        Figure("save of an accepted visit, standing and history", saved(database), "ms"),
        Figure("what waits to be done, all of it", waiting(database), "ms", MOST_WAITING),
    ]


def saved(database: Database) -> float:
    """For information: the fsync of a commit is the machine's own."""
    with database.read() as session:
        accepted = select(Visit.id).where(Visit.review == "accepted").order_by(Visit.id)
        numbers = session.scalars(accepted.limit(TIMES * 7)).all()[::7]
    return median(milliseconds(partial(save, database, number), 1)[0] for number in numbers)


def save(database: Database, number: int) -> None:
    with database.write() as session:
        visit = session.get_one(Visit, number)
        values = {**values_of(visit), "heads": visit.heads + 1}
        save_visit(session, number, values, visit.version)


def waiting(database: Database) -> float:
    def tasks() -> None:
        with database.read() as session:
            todo.tasks(session, LAST_DAY)

    tasks()  # the statements are compiled once in the life of the program
    return milliseconds(tasks, 7)[0]
