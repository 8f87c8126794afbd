"""The page of a unit: from the double click to all that is shown of it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent
from sqlalchemy import func, select

from db.models import Visit
from tests.benchmarks.figure import Figure, milliseconds

if TYPE_CHECKING:
    from db.database import Database
    from tests.desktop.fake_frame import FakeFrame

MOST: Final = 50.0  # ms
UNITS: Final = 20


def run(database: Database) -> list[Figure]:
    """Of the units with the most visits."""
    from desktop.app import make_application
    from tests.desktop.fake_frame import FakeFrame

    application = make_application(["bench"])
    frame = FakeFrame(database)
    took = [opened(frame, number) for number in busiest(database)][1:]  # the first one imports
    application.processEvents()
    return [
        Figure("unit: its page opens, median", median(took), "ms", MOST, f"{len(took)} units"),
        Figure("unit: its page opens, worst", max(took), "ms"),
    ]


def opened(frame: FakeFrame, number: int) -> float:
    from desktop.units.record import UnitPage

    took, page = milliseconds(lambda: UnitPage(frame, number, {}), 1)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return took


def busiest(database: Database) -> list[int]:
    many = func.count().desc()
    query = select(Visit.unit_id).group_by(Visit.unit_id).order_by(many, Visit.unit_id)
    with database.read() as session:
        return list(session.scalars(query.limit(UNITS + 1)))
