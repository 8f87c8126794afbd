"""What the dashboard asks of the database, all in one look, off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries.progress import figures
from desktop.dashboard import early, news

if TYPE_CHECKING:
    from datetime import date

    from db.database import Database
    from db.queries.field import FieldFigures
    from db.queries.progress import Figures
    from desktop.dashboard.news import News


@dataclass(frozen=True)
class Picture:
    """The figures of a day, and the latest changes."""

    figures: Figures
    news: tuple[News, ...]


def fetch_field(database: Database, day: date) -> FieldFigures:
    """The field work by the end of a day. Raises DatabaseProblem."""
    from db.queries.field import field_figures

    with database.read() as session:
        return field_figures(session, day)


def fetch(database: Database, as_of: date | None) -> Picture:
    """Raises DatabaseProblem."""
    counted = early.taken(database.path) if as_of is None else None
    with database.read() as session:
        found = figures(session, as_of, counted)
        return Picture(found, news.latest(session))
