"""Every figure of the field work equals a count made another way, by any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import repaid, sample, standing
from db.calendar import from_jalali
from db.database import Database, existing
from db.queries import board
from db.queries.field import field_figures
from db.queries.progress import figures
from tests.db.plain_field import plain_field

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = ("1401/01/01", "1401/06/15", "1401/12/29", "1402/06/31", "1402/09/30", "1402/10/30",
        "1403/02/01")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A sample with archived rows of every kind, and units without an agency or a first visit."""
    path = tmp_path_factory.mktemp("field") / "s.ehya"
    sample.make(path, 300, seed=4)
    opened = existing(path)
    with opened.engine.begin() as connection:
        for statement in (
            "UPDATE unit SET archived_on = '2023-05-01' WHERE id % 13 = 0",
            "UPDATE visit SET archived_on = '2023-05-01' WHERE id % 11 = 0",
            "UPDATE obstacle SET archived_on = '2023-05-01' WHERE id % 7 = 0",
            "UPDATE obstacle SET agency_id = NULL WHERE id % 5 = 0",
            "UPDATE action SET archived_on = '2023-05-01' WHERE id % 9 = 0",
            "UPDATE visit SET review = 'draft' WHERE unit_id % 17 = 0",
            "UPDATE unit SET first_visit_due_on = registered_on WHERE id % 17 = 0",
        ):
            connection.exec_driver_sql(statement)
        standing.rebuild(connection)
        repaid.rebuild(connection)
    yield opened
    opened.close()


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_are_those_of_a_plain_count(made: Database, day: str) -> None:
    with made.read() as session:
        found = field_figures(session, from_jalali(day))
        assert found == plain_field(session, from_jalali(day))


def test_there_is_something_of_everything(made: Database) -> None:
    with made.read() as session:
        found = field_figures(session, from_jalali(DAYS[-1]))
    assert min(found.visits_done, found.visits_due, found.first_visits_due, found.obstacles_open,
               found.obstacles_removed, found.actions_open, found.actions_late) > 0  # fmt: skip
    assert None in {each.id for each in found.agencies}


@pytest.mark.parametrize("day", DAYS)
def test_the_board_has_every_unit_once(made: Database, day: str) -> None:
    with made.read() as session:
        columns = board.columns(session, from_jalali(day))
        stages = figures(session, from_jalali(day)).stages
    assert {column.stage: column.units for column in columns} == stages
    for column in columns:
        assert len(column.first) == min(column.units, board.ROWS)
        days = [unit.since for unit in column.first]
        assert days == sorted(days)


def test_what_is_stored_of_the_standings_is_what_the_records_say(made: Database) -> None:
    with made.engine.begin() as connection:
        assert standing.differing(connection) == []
        connection.exec_driver_sql("UPDATE standing SET counted = 1 - counted WHERE unit_id = 5")
        assert standing.differing(connection) == [5]
        standing.refresh(connection, [5])
        assert standing.differing(connection) == []
