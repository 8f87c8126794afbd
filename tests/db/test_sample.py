"""The made-up programme is the same for the same seed and breaks no rule."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from db import calendar, history, models, sample, seeds
from db.calendar import from_jalali
from db.database import existing
from db.errors import DatabaseProblem, RuleError
from db.models import Bank, Base, Change, Loan, Programme, Revival, Tranche, Unit
from db.queries import progress
from db.rules import identifiers
from db.rules.loans import check_loan, check_tranche
from db.rules.programme import check_programme
from db.rules.revival import check_revival
from db.rules.units import check_unit
from db.sample import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.models.base import Record


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "s.ehya"
    sample.make(path, 400)
    return path


@pytest.fixture
def session(made: Path) -> Iterator[Session]:
    with _reading(made) as session:
        yield session


@contextmanager
def _reading(path: Path) -> Iterator[Session]:
    opened = existing(path)
    try:
        with opened.read() as session:
            yield session
    finally:
        opened.close()


def _rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every stored row but the history's, whose clock and person are real."""
    models.load_all()
    with _reading(path) as session:
        return {
            name: [tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))]
            for name in Base.metadata.tables
            if name != "change"
        }


def _values(record: Base) -> dict[str, Any]:
    return {column.key: getattr(record, column.key) for column in record.__table__.columns}


def test_the_same_seed_makes_the_same_rows(made: Path, tmp_path: Path) -> None:
    sample.make(tmp_path / "again", 400, seed=1)
    sample.make(tmp_path / "other", 400, seed=2)
    assert _rows(tmp_path / "again") == _rows(made)
    assert _rows(tmp_path / "other")["unit"] != _rows(made)["unit"]


@pytest.mark.parametrize("units", [1, 7, 99, 1200])
def test_any_size_can_be_made(tmp_path: Path, units: int) -> None:
    sample.make(tmp_path / "a", units, seed=5)
    rows = _rows(tmp_path / "a")
    assert len(rows["unit"]) == units
    assert len(rows["loan"]) == units * 6 // 5
    assert len(rows["jihadi_group"]) == 28


def test_a_larger_file_has_a_target_it_can_fill(tmp_path: Path) -> None:
    sample.make(tmp_path / "a", 2000)
    with _reading(tmp_path / "a") as session:
        found = progress.figures(session, sample.LAST_DAY)
        assert (found.target, found.baseline_units) == (1600, 400)
        assert found.revived is not None
        assert found.baseline_units < found.revived < found.target


def test_it_tells_a_story_behind_the_plan_but_gaining(session: Session) -> None:
    found = progress.figures(session, from_jalali("1402/09/30"))
    assert found.title.startswith("نمونهٔ ساختگی")
    assert (found.target, found.revived, found.groups) == (400, 260, 28)
    assert found.outlook == "behind"
    assert found.running is not None
    assert found.running < 260
    by_month = [month.revived for month in found.months[1:]]
    assert by_month == sorted(by_month)


def test_links_hold_and_nothing_is_broken(session: Session) -> None:
    assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def test_every_row_could_have_been_saved_by_hand(session: Session) -> None:
    complaints = [
        *check_programme(_values(session.scalars(select(Programme)).one())),
        *(v for unit in session.scalars(select(Unit)) for v in check_unit(_values(unit))),
        *_of_revivals(session),
        *_of_loans(session),
    ]
    assert complaints == []


def _of_revivals(session: Session) -> Iterator[Any]:
    by_unit: dict[int, list[Revival]] = defaultdict(list)
    for revival in session.scalars(select(Revival)):
        by_unit[revival.unit_id].append(revival)
    assert any(len(revivals) > 1 for revivals in by_unit.values())
    for number, revivals in by_unit.items():
        registered_on = session.get_one(Unit, number).registered_on
        for revival in revivals:
            others = [(r.returned_on, r.stopped_on) for r in revivals if r is not revival]
            yield from check_revival(_values(revival), registered_on, others)


def _of_loans(session: Session) -> Iterator[Any]:
    paid: dict[int, list[Tranche]] = defaultdict(list)
    for tranche in session.scalars(select(Tranche).order_by(Tranche.id)):
        paid[tranche.loan_id].append(tranche)
    for loan in session.scalars(select(Loan)):
        unit, bank = session.get_one(Unit, loan.unit_id), session.get_one(Bank, loan.bank_id)
        tranches = paid[loan.id]
        values = {**_values(loan), "bank_code": bank.code}
        first = tranches[0].day if tranches else None
        total = sum(tranche.amount for tranche in tranches)
        yield from check_loan(values, unit.registered_on, total, first)
        assert [tranche.number for tranche in tranches] == list(range(1, len(tranches) + 1))
        assert [tranche.day for tranche in tranches] == sorted(tranche.day for tranche in tranches)
        for tranche in tranches:
            others = total - tranche.amount
            values = _values(tranche)
            yield from check_tranche(values, loan.contract_on, loan.amount_approved, others)


def test_every_stage_of_a_loan_is_there(session: Session) -> None:
    for name in ("introduced_on", "approved_on", "contract_on", "rejected_on", "withdrawn_on"):
        column = getattr(Loan, name)
        given = session.scalar(select(func.count(column))) or 0
        assert 10 < given < 460, name
    least, most = session.execute(
        select(func.min(Loan.amount_asked), func.max(Loan.amount_asked))
    ).one()
    assert 500 * 10**6 <= least < most <= 20 * 10**9


def test_identifiers_are_given_and_unique(session: Session) -> None:
    units = session.scalars(select(Unit)).all()
    assert len({unit.code for unit in units}) == len(units)
    assert len({unit.licence_no for unit in units}) == len(units)
    workshops = [unit.sso_workshop_code for unit in units if unit.sso_workshop_code]
    assert len(set(workshops)) == len(workshops) > 300
    for unit in units:
        is_legal = unit.person_kind == "legal"
        assert identifiers.is_legal_national_id(unit.legal_national_id) is is_legal
        assert identifiers.is_national_code(unit.national_code) is not is_legal
        assert identifiers.is_mobile(unit.mobile)


def test_all_happened_between_the_two_days(session: Session) -> None:
    for model, names in (
        (Unit, ("registered_on", "archived_on")),
        (Revival, ("returned_on", "stopped_on")),
        (Loan, ("applied_on", "introduced_on", "approved_on", "contract_on", "rejected_on",
                "withdrawn_on")),
        (Tranche, ("day",)),
    ):  # fmt: skip
        for record in session.scalars(select(model)):
            for day in (getattr(record, name) for name in names):
                assert day is None or sample.FIRST_DAY <= day <= sample.LAST_DAY
                assert day is None or day.weekday() != 4  # a Friday


def test_the_orm_would_have_written_the_same(made: Path, tmp_path: Path) -> None:
    """Each record taken out and written again by the ORM: same version, same keys."""
    copy = tmp_path / "copy.ehya"
    copy.write_bytes(made.read_bytes())
    opened = existing(copy)
    with opened.write() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for model in (Unit, Revival, Loan, Tranche):
            for record in session.scalars(select(model)).all():
                _write_anew(session, record)
    opened.close()
    assert _rows(copy) == _rows(made)


def _write_anew(session: Session, record: Record) -> None:
    made_by_orm = {"version", "sort_key", "search_key"}
    values = {name: v for name, v in _values(record).items() if name not in made_by_orm}
    session.expunge(record)
    of_it = {"id": record.id}
    session.execute(text(f"DELETE FROM {record.__tablename__} WHERE id = :id"), of_it)
    session.add(type(record)(**values))


def test_the_history_tells_of_it_in_one_row(session: Session) -> None:
    newest = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
    assert (newest.record, newest.operation) == ("unit", "bulk")
    assert newest.fields == {"units": [None, 400], "seed": [None, 1]}
    assert history.first_broken(session.connection()) is None


def test_sums_are_kept_for_the_query_planner(session: Session) -> None:
    assert session.execute(text("SELECT count(*) FROM sqlite_stat1")).scalar_one() > 5


@pytest.mark.parametrize("stop_at", [0, 1000, 2000])
def test_stopping_leaves_nothing(tmp_path: Path, stop_at: int) -> None:
    class StopError(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done >= stop_at:
            raise StopError

    with pytest.raises(StopError):
        sample.make(tmp_path / "a", 2000, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    sample.make(tmp_path / "a", 1500, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 1500), (1000, 1500), (1500, 1500)]


def test_an_existing_file_and_a_senseless_size_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(DatabaseProblem, match="exists"):
        sample.make(tmp_path / "a", 10)
    with pytest.raises(RuleError):
        sample.make(tmp_path / "b", 0)
    assert [entry.read_text() for entry in tmp_path.iterdir()] == ["mine"]


def test_the_words_fit_the_lists() -> None:
    counties = {name for _, name in seeds.COUNTIES}
    banks = {code for code, _ in seeds.BANKS}
    assert {*words.COUNTY_WEIGHTS, *words.COUNTY_LUCK} <= counties
    assert {county for _, county, _ in words.GROUPS} <= counties
    assert {*words.QARZ_BANKS, *words.OTHER_BANKS} <= banks
    assert set(words.INDUSTRIES) <= {code for code, _ in seeds.INDUSTRIES}


def test_no_day_is_taken_from_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(1999, 1, 1))
    sample.make(tmp_path / "a", 50)
    with _reading(tmp_path / "a") as session:
        first = session.scalar(select(func.min(Unit.registered_on)))
        assert first is not None
        assert first >= sample.FIRST_DAY
