"""Members, exercises and awards through their commands; the league table a second way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db import sample
from db.commands import exercises, lookups, units, volunteers
from db.commands import visits as visit_commands
from db.database import Database, existing
from db.errors import ConflictError, RuleError
from db.models import Exercise, JihadiGroup, Participation, Unit, Visit, Volunteer
from db.queries import changes, groups, league, naming, obstacles, search, visits
from db.queries import exercises as queries
from db.queries import volunteers as members
from db.queries.league import MEASURES, Line
from db.queries.listing import Listing, View
from db.queries.units import SOURCE as UNITS
from tests.db.group_work import add_group_work
from tests.db.making import DAY, NATIONAL_CODES, add_unit, told
from tests.db.plain_groups import league_rows
from tests.db.plain_lists import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def add_group(session: Session, name: str = "گروه الف", **values: Any) -> int:
    return lookups.save(session, JihadiGroup, None, {"name": name, **values}).id


def add_volunteer(session: Session, group_id: int, **values: Any) -> Volunteer:
    return volunteers.save_volunteer(session, None, {"name": "علی", "group_id": group_id, **values})


def add_exercise(session: Session, **values: Any) -> Exercise:
    given = {"name": "رزمایش بهار", "starts_on": DAY, **values}
    return exercises.save_exercise(session, None, given)


def add_visit(session: Session, group_id: int | None, day: date = DAY, **values: Any) -> Visit:
    unit = add_unit(session, name=f"واحد {day} {values.get('review', '')}", registered_on=DAY)
    visit = Visit(unit_id=unit.id, day=day, group_id=group_id, state_seen="active", heads=1,
                  capacity=10, **values)  # fmt: skip
    session.add(visit)
    session.flush()
    return visit


# members


def test_a_member_belongs_to_one_group(database: Database) -> None:
    code = NATIONAL_CODES[0]
    with database.write() as session:
        first, second = add_group(session), add_group(session, "گروه ب")
        he = add_volunteer(session, first, national_code=code)
        with pytest.raises(RuleError) as refused:
            add_volunteer(session, second, national_code=code)
        assert told(refused.value.violations) == [("national_code", "volunteer_taken")]
        assert refused.value.violations[0].detail == ("علی", "گروه الف")
        volunteers.save_volunteer(  # himself, to another group
            session, he.id, {"name": "علی", "group_id": second, "national_code": code}
        )
        assert [each.id for each in members.members(session, second)] == [he.id]
        assert members.members(session, first) == []


def test_one_who_left_may_come_back_once(database: Database) -> None:
    code = NATIONAL_CODES[0]
    with database.write() as session:
        group = add_group(session)
        he = add_volunteer(session, group, national_code=code)
        volunteers.archive_volunteer(session, he.id, "رفت")
        again = add_volunteer(session, group, national_code=code)
        with pytest.raises(RuleError):
            volunteers.restore_volunteer(session, he.id)
        volunteers.archive_volunteer(session, again.id, "رفت")
        volunteers.restore_volunteer(session, he.id)
        assert [each.id for each in members.members(session, group)] == [he.id]


def test_the_members_of_an_archived_group_are_gone_with_it(database: Database) -> None:
    with database.write() as session:
        first, second = add_group(session), add_group(session, "گروه ب")
        add_volunteer(session, first, national_code=NATIONAL_CODES[0])
        lookups.archive(session, JihadiGroup, first, "منحل شد")
        add_volunteer(session, second, national_code=NATIONAL_CODES[0])
    assert len(Listing(database.read, members.SOURCE, View())) == 1


def test_a_volunteer_without_a_group_is_refused(database: Database) -> None:
    with database.write() as session, pytest.raises(RuleError) as refused:
        volunteers.save_volunteer(session, None, {"name": "علی"})
    assert told(refused.value.violations) == [("group_id", "volunteer_without_group")]


def test_a_member_changed_elsewhere_is_not_overwritten(database: Database) -> None:
    with database.write() as session:
        he = add_volunteer(session, add_group(session))
        version = he.version
    values = {"name": "رضا", "group_id": he.group_id}
    with database.write() as session:
        volunteers.save_volunteer(session, he.id, values, version)
    with database.write() as session, pytest.raises(ConflictError):
        volunteers.save_volunteer(session, he.id, values, version)


def test_the_sixteenth_member_is_asked_about_and_taken(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        for number in range(15):
            add_volunteer(session, group, name=f"عضو {number}")
        values = {"name": "شانزدهمی", "group_id": group}
        found = volunteers.check(session, None, values)
        assert [(v.code, v.detail, v.warning) for v in found] == [("many_members", (15, 15), True)]
        volunteers.save_volunteer(session, None, values)
        member = members.members(session, group)[0]
        assert told(volunteers.check(session, member.id, {"name": "او", "group_id": group})) == [
            ("name", "?many_members")
        ]


def test_what_a_group_is_used_by(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        add_volunteer(session, group)
        add_unit(session, group_id=group)
        for review in ("accepted", "returned", "draft"):
            visit = add_visit(session, group, review=review)
        assert groups.uses(session, group) == groups.Uses(units=1, visits=3, members=1)
        assert groups.returned(session, group) == 1
        units.archive_unit(session, visit.unit_id, "تکراری")
        assert groups.uses(session, group).visits == 2


# exercises


def test_groups_take_part_once(database: Database) -> None:
    with database.write() as session:
        one, two = add_group(session), add_group(session, "گروه ب")
        number = add_exercise(session).id
        assert exercises.add_groups(session, number, [one, two, one]) == 2
        assert exercises.add_groups(session, number, [two]) == 0
        assert queries.group_ids(session, number) == [one, two]
        part = queries.participants(session, number)[0]
        exercises.remove_group(session, part.id, "نیامد")
        assert queries.group_ids(session, number) == [two]
        assert exercises.add_groups(session, number, [one]) == 1


def test_the_visits_of_its_days_by_its_groups_are_offered(database: Database) -> None:
    with database.write() as session:
        one, two = add_group(session), add_group(session, "گروه ب")
        number = add_exercise(session, ends_on=DAY + timedelta(days=2)).id
        exercises.add_groups(session, number, [one])
        wanted = [add_visit(session, one, DAY + timedelta(days=n)).id for n in (0, 2)]
        add_visit(session, one, DAY + timedelta(days=3))
        add_visit(session, two)
        add_visit(session, None)
        gone = add_visit(session, one)
        units.archive_unit(session, gone.unit_id, "تکراری")
        assert [seen.id for seen in queries.offered(session, number)] == wanted
        assert exercises.take_visits(session, number, wanted) == 2
        assert queries.offered(session, number) == []
        assert [seen.id for seen in queries.seen(session, number)] == wanted
        assert queries.participants(session, number)[0].visits == 2
        other = add_exercise(session, name="رزمایش دیگر").id
        assert exercises.take_visits(session, other, wanted) == 0
        assert exercises.release_visits(session, other, wanted) == 0
        assert exercises.release_visits(session, number, wanted[:1]) == 1
        assert [seen.id for seen in queries.seen(session, number)] == wanted[1:]


def test_a_visit_entered_for_an_exercise_outside_its_days_is_told(database: Database) -> None:
    with database.write() as session:
        exercise = add_exercise(session)
        unit = add_unit(session)
        values = {"unit_id": unit.id, "day": DAY + timedelta(days=1), "state_seen": "active",
                  "heads": 1, "capacity": 9, "exercise_id": exercise.id}  # fmt: skip
        found = visit_commands.check(session, None, values)
        assert told(found) == [("exercise_id", "?visit_outside")]
        assert told(visit_commands.check(session, None, {**values, "day": DAY})) == []


def test_an_exercise_without_an_end_takes_one_day(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        number = add_exercise(session).id
        exercises.add_groups(session, number, [group])
        same = add_visit(session, group)
        add_visit(session, group, DAY + timedelta(days=1))
        assert [seen.id for seen in queries.offered(session, number)] == [same.id]


def test_moved_days_leave_visits_outside(database: Database) -> None:
    with database.write() as session:
        exercise = add_exercise(session)
        visit = add_visit(session, None)
        exercises.take_visits(session, exercise.id, [visit.id])
        moved = {"name": "رزمایش", "starts_on": DAY + timedelta(days=1)}
        found = exercises.check(session, exercise.id, moved)
        assert [(v.code, v.detail, v.warning) for v in found] == [("visits_outside", (1,), True)]
        exercises.save_exercise(session, exercise.id, moved)


def test_the_figure_counts_exercises_that_had_begun(database: Database) -> None:
    with database.write() as session:
        add_exercise(session)
        add_exercise(session, kind="festival")
        add_exercise(session, starts_on=DAY + timedelta(days=9))
        exercises.archive_exercise(session, add_exercise(session).id, "برگزار نشد")
    with database.read() as session:
        found = [queries.count(session, DAY + timedelta(days=n)) for n in (-1, 0, 8, 9)]
    assert found == [0, 1, 1, 2]
    for day, number in ((0, 1), (9, 2)):
        view = View(filters={"kind": ["exercise"], "held": True}, as_of=DAY + timedelta(days=day))
        assert len(Listing(database.read, queries.SOURCE, view)) == number


# awards


def line(number: int, **figures: int) -> Line:
    none = dict.fromkeys(MEASURES, 0)
    return Line(number, f"گروه {number}", None, True, **{**none, **figures})


def test_the_first_three_are_awarded_what_they_have_done(database: Database) -> None:
    with database.write() as session:
        numbers = [add_group(session, f"گروه {n}") for n in range(5)]
        festival = add_exercise(session, kind="festival").id
        exercises.add_groups(session, festival, numbers)
        lines = [line(n, jobs=jobs) for n, jobs in zip(numbers, (4, 9, 0, 9, 2), strict=True)]
        first = league.first_ranks(lines, "jobs")
        made = exercises.award_first(session, festival, first, "jobs")
        assert [(a.group_id, a.rank, a.title, a.measure, a.value) for a in made] == [
            (numbers[1], 1, "مقام اول", "jobs", 9),
            (numbers[3], 1, "مقام اول", "jobs", 9),
            (numbers[0], 3, "مقام سوم", "jobs", 4),
        ]
        assert exercises.award_first(session, festival, first, "jobs") == []
        assert [award.rank for award in queries.awards(session, festival)] == [1, 1, 3]
        parts = {part.group_id: part for part in queries.participants(session, festival)}
        part = parts[numbers[1]]
        with pytest.raises(RuleError) as refused:
            exercises.remove_group(session, part.id, "نیامد")
        assert told(refused.value.violations) == [("group_id", "participant_awarded")]
        with pytest.raises(RuleError) as refused:
            exercises.save_exercise(
                session, festival, {"name": "جشنواره", "kind": "exercise", "starts_on": DAY}
            )
        assert told(refused.value.violations) == [("kind", "awards_of_festival")]


def test_awards_are_for_festivals(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        number = add_exercise(session).id
        values = {"group_id": group, "rank": 1, "title": "مقام اول"}
        with pytest.raises(RuleError) as refused:
            exercises.save_award(session, number, None, values)
        assert told(refused.value.violations) == [("title", "award_outside_festival")]


# what is told of them


def test_the_past_of_a_group_and_of_a_festival(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        he = add_volunteer(session, group)
        festival = add_exercise(session, kind="festival").id
        exercises.add_groups(session, festival, [group])
        award = {"group_id": group, "rank": 1, "title": "مقام اول"}
        exercises.save_award(session, festival, None, award)
    with database.read() as session:
        assert {each.record for each in changes.of_group(session, group)} == {
            "jihadi_group", "volunteer",
        }  # fmt: skip
        assert {each.record for each in changes.of_exercise(session, festival)} == {
            "exercise", "participation", "award",
        }  # fmt: skip
        part = session.scalars(select(Participation.id)).one()
        names = naming.names(session, [("volunteer", he.id), ("participation", part)])
        assert [(n.record, n.id, n.title) for n in names.values()] == [
            ("jihadi_group", group, "گروه الف"), ("exercise", festival, "رزمایش بهار"),
        ]  # fmt: skip


def test_members_and_exercises_are_found_by_what_is_typed(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        add_volunteer(session, group, name="پریسا گلچین", phone="09171234567")
        number = add_exercise(session, name="رزمایش شهید گلچین", place="مرودشت").id
    with database.read() as session:
        found = search.everything(session, "گلچين")
        assert [(f.record, f.id, f.title, f.detail) for f in found] == [
            ("jihadi_group", group, "پریسا گلچین", "جهادگر · گروه الف"),
            ("exercise", number, "رزمایش شهید گلچین", "مرودشت · ۱۴۰۲/۰۲/۱۱"),
        ]
        assert [f.id for f in search.everything(session, "۰۹۱۷۱۲۳")] == [group]


# the league table


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("league") / "s.ehya"
    sample.make(path, 300, seed=8)
    opened = existing(path)
    with opened.write() as session:
        add_group_work(session)
        for number in range(4, 300, 17):
            units.archive_unit(session, number, "تکراری")
        lookups.archive(session, JihadiGroup, 3, "منحل شد")
    yield opened
    opened.close()


PERIODS = [
    (None, None), (date(2023, 3, 21), date(2024, 3, 19)), (date(2023, 5, 1), date(2023, 5, 31)),
    (None, date(2023, 5, 1)), (date(2023, 5, 1), None), (date(2023, 5, 1), date(2023, 4, 1)),
]  # fmt: skip


@pytest.mark.parametrize("as_of", [date(2023, 6, 1), date(2024, 2, 1)], ids=str)
@pytest.mark.parametrize("days", PERIODS, ids=str)
def test_the_league_table_is_what_the_records_say(
    made: Database, as_of: date, days: tuple[date | None, date | None]
) -> None:
    with made.read() as session:
        found = league.league(session, as_of, *days)
        expected = league_rows(Plain(session, as_of), *days)
    told = {each.id: {name: getattr(each, name) for name in MEASURES} for each in found}
    assert told == expected
    if days == (None, None) and as_of.year == 2024:
        assert all(sum(row[name] for row in told.values()) > 0 for name in MEASURES)


@pytest.mark.parametrize("days", PERIODS[:3], ids=str)
def test_each_figure_opens_its_rows(made: Database, days: tuple[date | None, date | None]) -> None:
    as_of = date(2024, 2, 1)
    with made.read() as session:
        found = league.league(session, as_of, *days)
    for each in found:
        for name, source, filters in (
            ("units", UNITS, {"registered_on": list(days)}),
            ("revived", UNITS, {"returned_on": list(days), "counted": True}),
            ("visits", visits.SOURCE, {"day": list(days), "review": ["accepted"]}),
            ("obstacles", obstacles.SOURCE, {"removed_on": list(days)}),
        ):
            view = View(filters={"group_id": [each.id], **filters}, as_of=as_of)
            assert len(Listing(made.read, source, view)) == getattr(each, name), (each, name)


def test_an_archived_unit_leaves_every_figure_of_its_group(database: Database) -> None:
    with database.write() as session:
        group = add_group(session)
        visit = add_visit(session, group, review="accepted")
        unit = session.get_one(Unit, visit.unit_id)
        unit.group_id = group
    day = DAY + timedelta(days=1)
    with database.read() as session:
        (before,) = league.league(session, day)
    with database.write() as session:
        units.archive_unit(session, visit.unit_id, "تکراری")
    with database.read() as session:
        (after,) = league.league(session, day)
    assert (before.units, before.visits, after.units, after.visits) == (1, 1, 0, 0)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_equal_figures_share_a_rank(figures: list[int]) -> None:
    lines = [line(number, jobs=jobs) for number, jobs in enumerate(figures)]
    ranked = league.ranked(lines, "jobs")
    assert sorted(each.id for each in ranked) == list(range(len(figures)))
    for each in ranked:
        assert each.rank == 1 + sum(jobs > each.jobs for jobs in figures)
    assert [(e.rank, e.id) for e in ranked] == sorted((e.rank, e.id) for e in ranked)
    first = league.first_ranks(lines, "jobs")
    assert [e.id for e in first] == [e.id for e in ranked if e.rank <= 3 and e.jobs > 0]
