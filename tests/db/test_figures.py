"""Every figure of the dashboard equals a count made another way, by any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import sample, standing
from db.calendar import from_jalali
from db.database import Database, existing
from db.queries import progress
from tests.db.plain_figures import plain_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = ("1401/01/01", "1401/12/28", "1401/12/29", "1402/01/01", "1402/06/31", "1402/09/30",
        "1402/10/30", "1402/12/29", "1403/02/01")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("figures") / "s.ehya"
    sample.make(path, 400)
    opened = existing(path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("figures") / "s.ehya"
    sample.make(path, 300, seed=9)
    opened = existing(path)
    _disturb(opened)
    yield opened
    opened.close()


def _disturb(database: Database) -> None:
    """Archived rows of every kind, ties, and what is not given."""
    day = "1402-01-01"
    with database.engine.begin() as connection:
        for statement in (
            f"UPDATE unit SET archived_on = '{day}' WHERE id % 11 = 0",
            f"UPDATE revival SET archived_on = '{day}' WHERE id % 7 = 0",
            f"UPDATE loan SET archived_on = '{day}' WHERE id % 13 = 0",
            f"UPDATE tranche SET archived_on = '{day}' WHERE id % 17 = 0",
            f"UPDATE jihadi_group SET archived_on = '{day}' WHERE id = 3",
            "UPDATE jihadi_group SET active = 0 WHERE id = 5",
            "UPDATE jihadi_group SET formed_on = NULL WHERE id = 6",
            f"""INSERT INTO milestone (programme_id, day, units, version, archived_on,
                archive_reason) VALUES (1, '2023-09-01', 240, 1, NULL, ''),
                (1, '2023-07-01', 190, 1, NULL, ''), (1, '2023-08-01', 5, 1, '{day}', '')""",
            "UPDATE unit SET industry_id = NULL WHERE id % 5 = 0",
            "UPDATE revival SET stopped_on = returned_on WHERE id % 9 = 0",
            """INSERT INTO revival (unit_id, returned_on, jobs_after, capacity_after, stop_reason,
               note, version, archive_reason) SELECT unit_id, returned_on, jobs_after + 40, 50, '',
               '', 1, '' FROM revival WHERE id % 9 = 0""",
        ):
            connection.exec_driver_sql(statement)
        standing.rebuild(connection)


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_are_those_of_a_plain_count(made: Database, day: str) -> None:
    with made.read() as session:
        found = progress.figures(session, from_jalali(day))
        assert found == plain_figures(session, from_jalali(day))


@pytest.mark.parametrize("day", DAYS)
def test_what_is_archived_is_left_out(disturbed: Database, day: str) -> None:
    with disturbed.read() as session:
        found = progress.figures(session, from_jalali(day))
        assert found == plain_figures(session, from_jalali(day))


def test_no_day_means_today(disturbed: Database) -> None:
    with disturbed.read() as session:
        assert progress.figures(session) == plain_figures(session, None)
