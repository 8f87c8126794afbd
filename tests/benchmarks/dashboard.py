"""All figures of the dashboard together, by several days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.calendar import from_jalali
from db.queries import progress
from tests.benchmarks.figure import Figure, milliseconds

if TYPE_CHECKING:
    from datetime import date

    from db.database import Database

MOST: Final = 150.0  # ms
DAYS: Final = {
    "today": None,
    "at the deadline": from_jalali("1402/12/29"),
    "in the middle": from_jalali("1402/06/31"),
    "before the baseline day": from_jalali("1401/09/30"),
}


def run(database: Database) -> list[Figure]:
    return [
        Figure(f"dashboard: all figures, {told}", took(database, day), "ms", MOST)
        for told, day in DAYS.items()
    ]


def took(database: Database, day: date | None) -> float:
    def figures() -> None:
        with database.read() as session:
            progress.figures(session, day)

    figures()  # the statements are compiled once in the life of the program
    return milliseconds(figures, 7)[0]
