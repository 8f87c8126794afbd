"""The made-up programme is the same for the same seed and breaks no rule."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QImage
from sqlalchemy import func, select, text

from db import calendar, history, models, sample, seeds, standing
from db.calendar import from_jalali
from db.database import existing
from db.errors import DatabaseProblem, RuleError
from db.models import (
    Action,
    Award,
    Bank,
    Base,
    Call,
    Change,
    Content,
    Correction,
    Document,
    Exercise,
    JihadiGroup,
    Loan,
    Obstacle,
    Participation,
    Payment,
    Programme,
    Rescheduling,
    Revival,
    Tranche,
    Unit,
    Visit,
    Volunteer,
    Waiver,
)
from db.queries import progress
from db.rules import identifiers
from db.rules.actions import check_action
from db.rules.documents import check_document, media_type
from db.rules.exercises import check_award, check_exercise
from db.rules.loans import check_loan, check_tranche
from db.rules.obstacles import check_obstacle
from db.rules.programme import check_programme
from db.rules.revival import check_revival
from db.rules.units import check_unit
from db.rules.visits import check_visit, propose_due
from db.rules.volunteers import check_volunteer
from db.sample import obstacle_words, visit_words, words
from db.sample.papers import HEIGHT, WIDTH
from db.text import normal
from tests.db.plain_standing import Standings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.models.base import Record


OF_UNITS = (
    Unit, Revival, Loan, Tranche, Payment, Waiver, Rescheduling, Correction, Call, Visit, Obstacle,
    Action, Document,
)  # fmt: skip


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
        return {name: _in_order(session, name) for name in Base.metadata.tables if name != "change"}


def _in_order(session: Session, name: str) -> list[tuple[Any, ...]]:
    """As they are stored; those that are derived have no ids of their own worth comparing."""
    if name not in ("standing", "instalment", "position"):
        return [tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))]
    every = Base.metadata.tables[name].columns
    columns = [column.name for column in every if column.name != "id"]
    rows = session.execute(text(f"SELECT {', '.join(columns)} FROM {name}"))
    return sorted((tuple(row) for row in rows), key=repr)


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
        *_of_visits(session),
        *_of_obstacles(session),
        *_of_groups(session),
        *_of_documents(session),
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


def _of_visits(session: Session) -> Iterator[Any]:
    registered = dict(session.execute(select(Unit.id, Unit.registered_on)).all())
    days = set()
    for visit in session.scalars(select(Visit)):
        same_day = (visit.unit_id, visit.day) in days
        days.add((visit.unit_id, visit.day))
        yield from check_visit(_values(visit), registered[visit.unit_id], same_day=same_day)


def _of_obstacles(session: Session) -> Iterator[Any]:
    registered = dict(session.execute(select(Unit.id, Unit.registered_on)).all())
    found = {}
    for obstacle in session.scalars(select(Obstacle)):
        found[obstacle.id] = obstacle.found_on
        yield from check_obstacle(_values(obstacle), registered[obstacle.unit_id])
    for action in session.scalars(select(Action)):
        assert action.obstacle_id is not None
        found_on = found[action.obstacle_id]
        yield from check_action(_values(action), registered[action.unit_id], found_on)


def _of_groups(session: Session) -> Iterator[Any]:
    groups = {group.id: group for group in session.scalars(select(JihadiGroup))}
    members: dict[int, int] = defaultdict(int)
    for volunteer in session.scalars(select(Volunteer)):
        formed_on = groups[volunteer.group_id].formed_on
        yield from check_volunteer(_values(volunteer), formed_on, members[volunteer.group_id])
        members[volunteer.group_id] += 1
    parts: dict[int, list[int]] = defaultdict(list)
    for part in session.scalars(select(Participation)):
        parts[part.exercise_id].append(part.group_id)
    given: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for award in session.scalars(select(Award)):
        kind = session.get_one(Exercise, award.exercise_id).kind
        others = [each for each in given[award.exercise_id] if each[0] != award.group_id]
        yield from check_award(_values(award), kind, others, parts[award.exercise_id])
        given[award.exercise_id].append((award.group_id, award.title))
    for exercise in session.scalars(select(Exercise)):
        days = session.scalars(select(Visit.day).where(Visit.exercise_id == exercise.id)).all()
        yield from check_exercise(_values(exercise), days, len(given[exercise.id]))


def _of_documents(session: Session) -> Iterator[Any]:
    """But for the remark that a document is evidence."""
    plan = session.scalars(select(Programme)).one()
    for document in session.scalars(select(Document)):
        query = select(Revival).where(Revival.unit_id == document.unit_id)
        returns = [(each.returned_on, each.stopped_on) for each in session.scalars(query)]
        told = list(check_document(_values(document), plan.revived_capacity, returns))
        assert [each.code for each in told] == ["is_evidence"] * bool(document.capacity)
        data = session.scalar(select(Content.data).where(Content.sha256 == document.sha256))
        assert data is not None
        assert media_type(data[:64], document.file_name) == document.media_type
    yield from ()


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
        (Visit, ("day",)),
        (Obstacle, ("found_on", "removed_on")),
        (Action, ("decided_on", "done_on")),
        (Exercise, ("starts_on", "ends_on")),
        (Volunteer, ("joined_on",)),
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
        for model in OF_UNITS:
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
    assert told[:3] == [(0, 1800), (1000, 1800), (1500, 1800)]  # a sixth for the indexes
    assert told == sorted(told)
    assert told[-1] == (1800, 1800)
    assert max(b - a for (a, _), (b, _) in pairwise(told[3:])) < 30


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
    agencies = {code for code, _ in seeds.AGENCIES}
    assert set(obstacle_words.KINDS) == {code for code, _ in seeds.OBSTACLES}
    assert {a for kind in obstacle_words.KINDS.values() for a in kind.agencies if a} <= agencies


def test_the_words_are_spelled_as_they_would_be_saved() -> None:
    told = [word for texts in visit_words.FINDINGS.values() for word in texts]
    told += [*visit_words.SPECIALITIES, *visit_words.RETURN_REASONS]
    told += [*obstacle_words.DONE, *obstacle_words.NOT_DONE]
    for kind in obstacle_words.KINDS.values():
        told += [*kind.notes, *kind.actions, *kind.resolutions, *kind.removals]
    assert len(told) > 200
    for word in told:
        assert normal(word) == word
        assert "  " not in word
        assert not word.startswith((" ", "."))


def test_no_day_is_taken_from_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(1999, 1, 1))
    sample.make(tmp_path / "a", 50)
    with _reading(tmp_path / "a") as session:
        first = session.scalar(select(func.min(Unit.registered_on)))
        assert first is not None
        assert first >= sample.FIRST_DAY


def test_standings_are_what_the_records_say(session: Session) -> None:
    assert standing.differing(session.connection()) == []
    rows = session.execute(text("SELECT count(*) FROM standing")).scalar_one()
    assert rows > 400


def test_indexes_are_as_the_schema_has_them(made: Path, file: Path) -> None:
    indexes = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
    with _reading(made) as here, _reading(file) as there:
        assert here.execute(text(indexes)).all() == there.execute(text(indexes)).all()


def test_most_returns_are_shown_and_some_are_only_claimed(session: Session) -> None:
    last = text(
        "SELECT stage, missing, count(*) FROM standing WHERE until = '9999-12-31' GROUP BY 1, 2"
    )
    found = {(stage, missing): many for stage, missing, many in session.execute(last)}
    counted, sustained = found["counted", ""], found["sustained", ""]
    claimed = found["claimed", "evidence"] + found["claimed", "contradicted"]
    assert 1 < found["claimed", "contradicted"] < 20 < found["claimed", "evidence"] < 50
    assert counted > sustained > 40
    assert claimed * 3 < counted + sustained
    assert 2 < found["stopped", ""] < 20
    for stage in ("registered", "visited", "diagnosed", "in_support"):
        assert found[stage, ""] > 10
    # Returns shown by a paper alone, whose follow-up visit still waits.
    papers = session.scalars(select(Document).where(Document.capacity.is_not(None))).all()
    assert len(papers) > 3
    for paper in papers:
        query = select(Visit).where(Visit.unit_id == paper.unit_id, Visit.day == paper.day)
        assert session.scalars(query).one().review == "draft"


def test_the_field_work_is_as_large_as_told(session: Session) -> None:
    def many(model: type[Base], *conditions: Any) -> int:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

    visits = many(Visit)
    assert 1000 < visits < 1500
    assert 0.92 < many(Visit, Visit.review == "accepted") / visits < 0.96
    assert many(Visit, Visit.review == "draft") > 10
    obstacles, actions = many(Obstacle), many(Action)
    assert 700 < obstacles + actions < 900
    assert 0.55 < many(Obstacle, Obstacle.removed_on.is_not(None)) / obstacles < 0.7
    assert 0.35 < many(Action, Action.kind == "resolution") / actions < 0.45
    assert many(Action, Action.due_on.is_(None)) > 20
    assert many(Action, Action.done_on > Action.due_on) > 50
    liquidity = select(func.count()).select_from(Obstacle).where(Obstacle.kind_id == 1)
    assert 0.35 < (session.scalar(liquidity) or 0) / obstacles < 0.55
    assert many(Unit, Unit.first_visit_due_on.is_not(None)) > 5
    for _, mains in session.execute(
        select(Obstacle.unit_id, func.sum(Obstacle.main)).group_by(Obstacle.unit_id)
    ):
        assert mains == 1


def test_the_next_visit_is_due_by_the_programme(session: Session) -> None:
    plan = session.scalars(select(Programme)).one()
    given = session.scalars(select(Visit).where(Visit.next_due_on.is_not(None))).all()
    assert len(given) > 1000
    for visit in given:
        assert visit.next_due_on == propose_due(plan, visit.kind, visit.day)


def test_visitors_are_members_of_the_group_by_then(session: Session) -> None:
    members: dict[int, dict[str, Any]] = defaultdict(dict)
    for volunteer in session.scalars(select(Volunteer)):
        members[volunteer.group_id][volunteer.name] = volunteer.joined_on
    groups = {group.id: group for group in session.scalars(select(JihadiGroup))}
    assert {5 <= len(each) <= 12 for each in members.values()} == {True}
    for visit in session.scalars(select(Visit)):
        if visit.group_id is None:
            assert visit.visitors == ""
            continue
        formed_on = groups[visit.group_id].formed_on
        assert formed_on is not None
        assert formed_on <= visit.day
        for name in visit.visitors.split("، "):
            assert members[visit.group_id][name] <= visit.day


def test_events_are_of_their_days_and_groups(session: Session) -> None:
    events = session.scalars(select(Exercise).order_by(Exercise.starts_on)).all()
    assert [event.kind for event in events] == ["exercise", "exercise", "festival"]
    for event in events:
        parts = select(Participation.group_id).where(Participation.exercise_id == event.id)
        groups = set(session.scalars(parts))
        seen = session.scalars(select(Visit).where(Visit.exercise_id == event.id)).all()
        assert len(groups) > 10
        assert len(seen) > 5
        assert event.ends_on is not None
        for visit in seen:
            assert event.starts_on <= visit.day <= event.ends_on
            assert visit.group_id in groups


def test_the_festival_awards_those_who_revived_most(session: Session) -> None:
    festival = session.scalars(select(Exercise).where(Exercise.kind == "festival")).one()
    assert festival.ends_on is not None
    plain = Standings(session, session.scalars(select(Programme)).one())
    revived: dict[int, int] = defaultdict(int)
    for unit in plain.units.values():
        stands = plain.by(unit.id, festival.ends_on)
        if unit.group_id and stands and stands.counted and stands.returned_on > sample.BASELINE_ON:
            revived[unit.group_id] += 1
    given = {award.group_id: award for award in session.scalars(select(Award))}
    assert len(given) >= 3
    for group_id, many in revived.items():
        rank = 1 + sum(other > many for other in revived.values())
        assert (group_id in given) == (rank <= 3)
        if rank <= 3:
            award = given[group_id]
            told = (award.exercise_id, award.rank, award.measure, award.value)
            assert told == (festival.id, rank, "revived", many)


def test_small_files_have_documents_with_their_bytes(made: Path, tmp_path: Path) -> None:
    with _reading(made) as session:
        contents = session.scalars(select(Content)).all()
        kinds = set(session.scalars(select(Document.kind)))
        assert kinds >= {"licence", "insured_list", "photo_before", "photo_after"}
        for content in contents:
            assert hashlib.sha256(content.data).hexdigest() == content.sha256
            assert len(content.data) == content.size < 4000
        pictures = [QImage.fromData(each.data) for each in contents if each.data[:1] == b"\x89"]
        assert len(pictures) > 20
        assert {(each.width(), each.height()) for each in pictures} == {(WIDTH, HEIGHT)}
    sample.make(tmp_path / "a", 1001)
    assert _rows(tmp_path / "a")["document"] == []
