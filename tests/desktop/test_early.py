"""What is counted while the program starts is what would have been counted later, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from db.commands.units import save_revival, save_unit
from db.models import Visit
from db.queries import lookups, progress
from desktop.dashboard import early

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from db.queries.tally import Tally


def register(database: Database, licence: str) -> None:
    """A unit that was registered and came back after the baseline day."""
    with database.write() as session:
        county = lookups.options(session, "county")[0][0]
        values = {"name": f"واحد {licence}", "county_id": county, "found_state": "stagnant",
                  "found_jobs": 2, "registered_on": date(2023, 4, 1), "sector": "industry",
                  "person_kind": "legal", "licence_no": licence}  # fmt: skip
        unit = save_unit(session, None, values)
        back = {"returned_on": date(2023, 5, 1), "jobs_after": 9, "capacity_after": 60}
        save_revival(session, unit.id, None, back)
        session.add(Visit(unit_id=unit.id, day=date(2023, 5, 2), kind="follow_up", heads=9,
                          state_seen="active", capacity=60, review="accepted"))  # fmt: skip


@pytest.fixture
def counted(qtbot: QtBot, database: Database) -> Tally:
    register(database, "1")
    early.begin(database.path)
    found = early.taken(database.path)
    assert found is not None
    return found


def scans(database: Database, found: Tally) -> tuple[progress.Figures, int]:
    """The figures, and how often the returns were counted for them."""
    heard: list[str] = []

    def note(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        heard.append(sql)

    event.listen(database.engine, "before_cursor_execute", note)
    with database.read() as session:
        figures = progress.figures(session, early=found)
    event.remove(database.engine, "before_cursor_execute", note)
    return figures, sum("json_group_array" in sql for sql in heard)


def test_what_was_counted_early_is_taken(database: Database, counted: Tally) -> None:
    figures, looks = scans(database, counted)
    with database.read() as session:
        assert figures == progress.figures(session)
    assert figures.revived == 111
    assert looks == 0


def test_it_is_counted_anew_after_a_change(database: Database, counted: Tally) -> None:
    register(database, "2")
    figures, looks = scans(database, counted)
    assert figures.revived == 112
    assert looks == 1


def test_it_is_counted_anew_for_another_day(database: Database, counted: Tally) -> None:
    other = replace(counted, day=date(2023, 4, 15))
    assert scans(database, other)[1] == 1


def test_it_is_given_once(database: Database, counted: Tally) -> None:
    assert early.taken(database.path) is None


def test_a_file_that_cannot_be_counted_is_left_to_its_opening(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "other.ehya"
    file.write_bytes(b"not a database" * 100)
    early.begin(file)
    assert early.taken(file) is None
