"""A programme is checked, made whole or not at all, and gives the announcement's figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from db import calendar, migrate, seeds
from db.calendar import from_jalali, to_jalali
from db.commands.programme import (
    DEFAULTS,
    TAKEN_OUT,
    create_file,
    new_file,
    save_milestones,
    save_programme,
)
from db.database import Database, existing
from db.errors import ConflictError, DatabaseProblem, RuleError
from db.models import Change, County, Milestone, Programme, Revival, Unit, Visit
from db.queries import progress
from db.rules.programme import DAYS, check_milestones, check_programme
from tests.vectors import VECTORS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIGURES = VECTORS["figures"]
BASELINE = from_jalali("1401/07/01")
WHOLE: dict[str, Any] = {**DEFAULTS, "baseline_on": BASELINE}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    create_file(tmp_path / "a.ehya", WHOLE)
    opened = existing(tmp_path / "a.ehya")
    yield opened
    opened.close()


def test_the_defaults_lack_only_the_baseline_day() -> None:
    assert list(check_programme({**DEFAULTS, "baseline_on": None})) != []
    assert list(check_programme(WHOLE)) == []
    assert to_jalali(DEFAULTS["deadline"]) == FIGURES["deadline_jalali"]


@pytest.mark.parametrize(
    ("change", "field", "code", "warning"),
    [
        ({"title": ""}, "title", "required", False),
        ({"title": "ا" * 121}, "title", "too_long", False),
        ({"target_units": None}, "target_units", "required", False),
        ({"target_units": 0}, "target_units", "too_small", False),
        ({"target_units": 1_000_001}, "target_units", "too_large", False),
        ({"baseline_units": -1}, "baseline_units", "too_small", False),
        ({"baseline_units": 400}, "baseline_units", "target_reached", True),
        ({"baseline_jobs": -1}, "baseline_jobs", "too_small", False),
        ({"revived_capacity": Decimal(0)}, "revived_capacity", "too_small", False),
        ({"revived_capacity": None}, "revived_capacity", "required", False),
        ({"follow_up_months": 61}, "follow_up_months", "too_large", False),
        *(
            ({name: wrong}, name, code, False)
            for name in DAYS
            for wrong, code in ((0, "too_small"), (3651, "too_large"), (None, "required"))
        ),
        ({"document_mebibytes": None}, "document_mebibytes", "required", False),
        ({"deadline": BASELINE}, "deadline", "not_after_baseline", False),
        ({"starts_on": from_jalali("1403/01/01")}, "starts_on", "after_deadline", False),
    ],
)  # fmt: skip
def test_rules(change: dict[str, Any], field: str, code: str, warning: bool) -> None:
    found = [(v.field, v.code, v.warning) for v in check_programme({**WHOLE, **change})]
    assert found == [(field, code, warning)]


def test_a_baseline_in_the_future_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: BASELINE - timedelta(days=1))
    assert [v.code for v in check_programme(WHOLE)] == ["future"]


def test_a_new_file_holds_the_programme_and_the_lists(database: Database) -> None:
    with database.read() as session:
        plan = progress.programme(session)
        assert (plan.title, plan.target_units) == (DEFAULTS["title"], 400)
        assert plan.revived_capacity == Decimal(50)
        assert (plan.follow_up_months, plan.version) == (3, 1)
        assert session.scalar(select(func.count()).select_from(County)) == len(seeds.COUNTIES)
    assert migrate.revision(database.path) == migrate.HEAD


def test_a_broken_rule_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        create_file(tmp_path / "a.ehya", {"title": "نام", "organisation": None})
    missing = {violation.field for violation in caught.value.violations}
    assert missing == {
        "target_units", "deadline", "baseline_on", "baseline_units", "baseline_jobs",
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_failure_on_the_way_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object) -> None:
        raise MemoryError

    monkeypatch.setattr(seeds, "fill", fail)
    with pytest.raises(MemoryError):
        create_file(tmp_path / "a.ehya", WHOLE)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.ehya"
    path.write_text("mine")
    with pytest.raises(DatabaseProblem, match="exists"):
        create_file(path, WHOLE)
    assert path.read_text() == "mine"


def test_a_file_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.ehya"
    with pytest.raises(DatabaseProblem, match="exists"), new_file(path):
        path.write_text("theirs")
    assert [entry.read_text() for entry in tmp_path.iterdir()] == ["theirs"]


def test_no_folder_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem) as caught:
        create_file(tmp_path / "none" / "a.ehya", WHOLE)
    assert (caught.value.reason, caught.value.detail) == ("no_folder", str(tmp_path / "none"))


def test_text_is_stored_in_one_spelling(tmp_path: Path) -> None:
    create_file(tmp_path / "a.ehya", {**WHOLE, "title": " برنامة  يك\n", "organisation": None})
    opened = existing(tmp_path / "a.ehya")
    with opened.read() as session:
        plan = progress.programme(session)
        assert (plan.title, plan.organisation) == ("برنامة یک", "")
    opened.close()


def test_a_change_is_kept_in_the_history(database: Database) -> None:
    with database.write() as session:
        plan = save_programme(session, {"target_units": 450, "organisation": None}, 1)
        assert (plan.target_units, plan.organisation, plan.version) == (450, "", 2)
    with database.read() as session:
        newest = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        assert newest.fields["target_units"] == [400, 450]


def test_a_change_is_checked_against_what_stays(database: Database) -> None:
    with pytest.raises(RuleError), database.write() as session:
        save_programme(session, {"deadline": BASELINE}, 1)
    with database.read() as session:
        assert progress.programme(session).deadline == DEFAULTS["deadline"]


def test_what_was_changed_elsewhere_is_not_overwritten(database: Database) -> None:
    with database.write() as session:
        save_programme(session, {"target_units": 450}, 1)
    with pytest.raises(ConflictError) as caught, database.write() as session:
        save_programme(session, {"target_units": 500}, 1)
    assert (caught.value.version, caught.value.theirs["target_units"]) == (2, 450)


def test_milestones_are_kept_changed_added_and_archived(database: Database) -> None:
    first, second, third = (from_jalali(day) for day in ("1402/01/01", "1402/04/01", "1402/07/01"))
    with database.write() as session:
        number = progress.programme(session).id
        save_milestones(session, number, [(second, 200), (first, 150)])
    with database.write() as session:
        found = save_milestones(session, number, [(second, 210), (third, 300)])
        assert [(point.day, point.units) for point in found] == [(second, 210), (third, 300)]
    with database.write() as session:
        again = save_milestones(session, number, [(second, 210), (third, 300)])
        assert [point.version for point in again] == [2, 1]
    with database.read() as session:
        gone = session.scalars(select(Milestone).where(Milestone.archived_on.is_not(None))).one()
        assert (gone.day, gone.archive_reason) == (first, TAKEN_OUT)
        corners = progress.figures(session, third).plan
    assert corners == (
        (BASELINE, 110), (second, 210), (third, 300), (DEFAULTS["deadline"], 400),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("points", "found"),
    [
        ([("1402/01/01", 200), ("1402/02/01", 250)], []),
        ([("1401/07/01", 200)], [("day", "outside_programme", False)]),
        ([("1402/12/29", 200)], [("day", "outside_programme", False)]),
        ([("1402/01/01", -1)], [("units", "too_small", False)]),
        ([("1402/01/01", 100)], [("units", "below_baseline", True)]),
        ([("1402/01/01", 401)], [("units", "above_target", True)]),
        ([("1402/01/01", 200), ("1402/01/01", 201)], [("day", "day_taken", False)]),
        ([("1402/02/01", 200), ("1402/01/01", 250)], [("units", "below_earlier", True)]),
    ],
)
def test_rules_of_milestones(
    points: list[tuple[str, int]], found: list[tuple[str, str, bool]]
) -> None:
    days = [(from_jalali(day), units) for day, units in points]
    assert [(v.field, v.code, v.warning) for v in check_milestones(WHOLE, days)] == found


@pytest.mark.parametrize("case", FIGURES["progress_cases"], ids=lambda case: case["as_of_jalali"])
def test_the_figures_of_the_announcement(database: Database, case: dict[str, Any]) -> None:
    day = from_jalali(case["as_of_jalali"])
    assert day.isoformat() == case["as_of_gregorian"]
    with database.read() as session:
        found = progress.figures(session, day)
    assert (found.revived, found.target) == (case["revived"], case["target"])
    assert (found.remaining, found.percent) == (case["remaining"], case["percent"])
    assert found.days_left == case["days_left_inclusive"]
    assert found.required_per_30_days == pytest.approx(case["required_per_30_days"], abs=5e-5)
    assert found.direct_jobs == FIGURES["direct_jobs_so_far"]


@pytest.mark.parametrize("case", FIGURES["forecast_cases"], ids=lambda case: case["to_count"])
def test_the_forecasts(tmp_path: Path, case: dict[str, Any]) -> None:
    start, day = from_jalali(case["from_"]), from_jalali(case["to"])
    create_file(tmp_path / "b.ehya", {**DEFAULTS, "baseline_on": start})
    opened = existing(tmp_path / "b.ehya")
    with opened.write() as session:
        for number in range(case["to_count"] - case["from_count"]):
            unit = _unit(number, start)
            session.add(unit)
            session.flush()
            back = start + timedelta(days=1 + number % case["days"])
            session.add(Revival(unit_id=unit.id, returned_on=back, jobs_after=9, capacity_after=60))
            session.add(
                Visit(unit_id=unit.id, day=back, kind="follow_up", state_seen="active", heads=9,
                      capacity=60, review="accepted")
            )  # fmt: skip
    with opened.read() as session:
        found = progress.figures(session, day)
    opened.close()
    assert found.revived == case["to_count"]
    assert found.pace_per_30_days == pytest.approx(case["pace_per_day"] * 30)
    assert found.projected_at_deadline == case["projected_at_deadline_floor"]
    expected = case["projected_date_for_400"]
    assert found.forecast_date == (date.fromisoformat(expected) if expected else None)
    assert (found.outlook == "on_track") == case["meets_target"]


def _unit(number: int, registered_on: date) -> Unit:
    return Unit(
        code=str(number), name=f"واحد {number}", county_id=1, found_state="stagnant",
        found_jobs=2, registered_on=registered_on,
    )  # fmt: skip


def test_the_newest_programme_is_in_force(database: Database) -> None:
    with database.write() as session:
        session.add(Programme(**{**WHOLE, "title": "برنامه سال بعد"}))
    with database.read() as session:
        assert progress.programme(session).title == "برنامه سال بعد"
