"""What the dashboard asks of the database, off the window's thread: first what is seen first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries.progress import figures
from desktop.dashboard import early

if TYPE_CHECKING:
    from datetime import date

    from db.database import Database
    from db.queries.field import FieldFigures
    from db.queries.progress import Figures
    from desktop.dashboard.news import News


@dataclass(frozen=True)
class Rest:
    """What is below the first picture: the field work by its day, and the latest changes."""

    field: FieldFigures
    news: tuple[News, ...]


def fetch(database: Database, as_of: date | None) -> Figures:
    """The figures of a day. Raises DatabaseProblem."""
    counted = early.taken(database.path) if as_of is None else None
    with database.read() as session:
        return figures(session, as_of, counted)


def fetch_rest(database: Database, day: date) -> Rest:
    """Raises DatabaseProblem."""
    from db.queries.field import field_figures
    from desktop.dashboard import news

    with database.read() as session:
        return Rest(field_figures(session, day), news.latest(session))
