"""A record changed elsewhere meanwhile is never silently overwritten, by whichever road."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from db import history
from db.commands import loans, lookups, programme, saving, units
from db.database import Database, existing
from db.driver import driver
from db.errors import ConflictError, DatabaseProblem, RuleError
from db.models import Change, County, Loan, Programme, Revival, Tranche, Unit
from db.queries import loans as loan_queries
from db.queries import progress
from tests.db.hammer import hammer
from tests.db.making import (
    DAY,
    add_loan,
    add_revival,
    add_tranche,
    add_unit,
    approved,
    loan_values,
    revival_values,
    unit_values,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

ROOT = Path(__file__).parents[2]


@pytest.fixture
def other(database: Database) -> Iterator[Database]:
    """A second window, in another program as far as the file can tell."""
    opened = existing(database.path)
    yield opened
    opened.close()


@pytest.fixture
def started(database: Database) -> Database:
    """Unit 1 with revival 1, loan 1 of 1000 rial and tranche 1 of 400."""
    with database.write() as session:
        unit = add_unit(session, owner="نخست")
        add_revival(session, unit.id)
        loan = add_loan(session, unit.id, **approved())
        add_tranche(session, loan.id, 400)
    return database


SAVES: dict[str, tuple[type[Any], str, Any, Callable[[Session, Any, int], object]]] = {
    "unit": (
        Unit, "owner", "دومی",
        lambda s, value, version: units.save_unit(s, 1, unit_values(owner=value), version),
    ),
    "revival": (
        Revival, "note", "دومی",
        lambda s, value, version: units.save_revival(
            s, 1, 1, revival_values(note=value), version
        ),
    ),
    "loan": (
        Loan, "branch", "دومی",
        lambda s, value, version: loans.save_loan(
            s, 1, loan_values(1, **approved(), branch=value), version
        ),
    ),
    "tranche": (
        Tranche, "amount", 500,
        lambda s, value, version: loans.save_tranche(
            s, 1, 1, {"day": DAY, "amount": value}, version
        ),
    ),
    "county": (
        County, "name", "دومی",
        lambda s, value, version: lookups.save(s, County, 1, {"name": value}, version),
    ),
    "programme": (
        Programme, "title", "دومی",
        lambda s, value, version: programme.save_programme(s, {"title": value}, version),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAVES)
def test_the_second_window_is_told_what_the_first_wrote(
    started: Database, other: Database, name: str
) -> None:
    model, field, value, save = SAVES[name]
    with started.read() as session:
        record = session.get_one(model, 1)
        was, opened_at = getattr(record, field), record.version
    with other.write() as session:
        save(session, value, opened_at)
    with pytest.raises(ConflictError) as caught, started.write() as session:
        save(session, was, opened_at)
    assert caught.value.theirs[field] == value
    assert caught.value.version == opened_at + 1
    with started.read() as session:
        assert getattr(session.get_one(model, 1), field) == value
    with started.write() as session:  # having seen theirs, the user may still decide
        save(session, was, caught.value.version)
    with other.read() as session:
        assert getattr(session.get_one(model, 1), field) == was


def test_what_was_archived_meanwhile_is_a_conflict_and_stays_archived(
    started: Database, other: Database
) -> None:
    with started.read() as session:
        form = saving.values_of(session.get_one(Unit, 1))  # all of it, as a form keeps it
    with other.write() as session:
        units.archive_unit(session, 1, "تکراری")
    with pytest.raises(ConflictError) as caught, started.write() as session:
        units.save_unit(session, 1, form, form["version"])
    assert caught.value.theirs["archive_reason"] == "تکراری"
    with started.write() as session:  # mine, all of it, on top of theirs
        units.save_unit(session, 1, {**form, "owner": "دیگر"}, caught.value.version)
    with started.read() as session:
        found = session.get_one(Unit, 1)
        assert (found.owner, found.archive_reason) == ("دیگر", "تکراری")
        assert found.archived_on is not None
        assert found.version == caught.value.version + 1


def test_a_form_that_hands_back_an_old_version_does_not_turn_it_back(
    started: Database, other: Database
) -> None:
    with started.read() as session:
        form = saving.values_of(session.get_one(Unit, 1))
    for owner in ("دوم", "سوم"):
        with other.write() as session:
            units.save_unit(session, 1, unit_values(owner=owner))
    with started.write() as session:
        units.save_unit(session, 1, {**form, "owner": "چهارم"}, 3)
    with started.read() as session:
        assert session.get_one(Unit, 1).version == 4
    with pytest.raises(ConflictError), other.write() as session:  # a window of long ago
        units.save_unit(session, 1, unit_values(owner="نخست"), 1)


def test_nobody_makes_up_a_number_a_code_or_a_key(started: Database) -> None:
    made_up = {"id": 77, "version": 9, "code": "7", "sort_key": "x", "search_key": "x",
               "archived_on": DAY, "archive_reason": "x"}  # fmt: skip
    with started.write() as session:
        new = units.save_unit(session, None, unit_values(name="دو", county_id=2, **made_up))
        old = units.save_unit(session, 1, unit_values(name="یک", **made_up))
        assert [(unit.id, unit.code, unit.archived_on) for unit in (old, new)] == [
            (1, "100001", None),
            (2, "100002", None),
        ]
        assert (old.version, new.version) == (2, 1)
        assert new.search_key.startswith("دو\n100002")


def test_two_windows_archive_and_the_first_reason_stays(started: Database, other: Database) -> None:
    with other.write() as session:
        units.archive_unit(session, 1, "تکراری")
    with started.write() as session:
        units.archive_unit(session, 1, "جابه‌جا شد")
    with started.read() as session:
        assert session.get_one(Unit, 1).archive_reason == "تکراری"


def test_rules_see_what_the_other_window_wrote(started: Database, other: Database) -> None:
    """Two payouts that fit one by one do not fit together."""
    payout = {"day": DAY, "amount": 400}
    with started.read() as session:
        assert loans.check_payout(session, 1, None, payout) == []
    with other.write() as session:
        loans.save_tranche(session, 1, None, payout)
    with pytest.raises(RuleError), started.write() as session:
        loans.save_tranche(session, 1, None, payout)
    with started.read() as session:
        assert sum(row.amount for row in loan_queries.tranches(session, 1)) == 800


@pytest.mark.parametrize("behind", ["UPDATE unit SET version=2, owner='x'", "DELETE FROM unit"])
def test_a_row_changed_behind_the_session_is_told(started: Database, behind: str) -> None:
    """The version check passed, and the row is another, or gone, when it is written."""

    def save(session: Session) -> None:
        unit = saving.fetch(session, Unit, 1, 1)
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.connection().exec_driver_sql(behind)
        saving.assign(session, unit, {"owner": "y"})

    with pytest.raises(DatabaseProblem) as caught, started.write() as session:
        save(session)
    assert caught.value.reason == "busy"
    with started.read() as session:
        assert session.get_one(Unit, 1).owner == "نخست"


def test_nobody_gets_between_the_check_and_the_save(
    started: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started.write() as session:
        saving.fetch(session, Unit, 1, 1)
        rival = driver().connect(started.path, isolation_level=None, timeout=0)
        with closing(rival), pytest.raises(Exception, match="locked"):
            rival.execute("UPDATE unit SET owner='x'")


def _two_programs_hammer(file: Path, times: int) -> None:
    run = [sys.executable, "-m", "tests.db.hammer", str(file), str(times)]
    both = [subprocess.Popen(run, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for each in both:
        _, trouble = each.communicate()
        assert each.returncode == 0, trouble


def test_two_programs_lose_nothing_to_each_other(started: Database) -> None:
    _two_programs_hammer(started.path, 60)
    _nothing_lost(started, 4 + 120, 120)


def test_four_threads_lose_nothing_to_each_other(started: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(hammer, started, 25) for _ in range(4)]:
            done.result()
    _nothing_lost(started, 4 + 100, 100)


def _nothing_lost(database: Database, jobs: int, times: int) -> None:
    with database.read() as session:
        unit = session.get_one(Unit, 1)
        assert (unit.found_jobs, unit.version) == (jobs, 1 + times)
        mine = select(func.count()).select_from(Change).where(Change.record == "unit")
        assert session.scalar(mine) == 1 + times
        assert history.first_broken(session.connection()) is None


def test_codes_given_at_the_same_time_differ(started: Database) -> None:
    def add(number: int) -> None:
        for _ in range(10):
            with started.write() as session:
                add_unit(session, name=f"رشته {number}", county_id=1 + number)

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(add, number) for number in range(3)]:
            done.result()
    with started.read() as session:
        codes = list(session.scalars(select(Unit.code).order_by(Unit.id)))
        assert codes == [str(units.FIRST_CODE + place) for place in range(31)]
        assert progress.figures(session).units == 31
