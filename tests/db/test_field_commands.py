"""Visits, obstacles and actions as the windows save them: reviews, main obstacles, next visits."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db.commands import actions, lookups, obstacles, saving, units, visits
from db.errors import ConflictError, RuleError
from db.models import Change, JihadiGroup, Obstacle, Revival, Unit, Visit, Volunteer
from db.queries import changes, naming
from db.queries import lookups as lists
from db.queries import obstacles as obstacle_queries
from db.queries import visits as queries
from tests.db.making import (
    DAY,
    action_values,
    add_action,
    add_obstacle,
    add_revival,
    add_unit,
    add_visit,
    obstacle_values,
    told,
    unit_values,
    visit_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from db.database import Database

ONE_DAY = timedelta(days=1)


def after(days: int) -> date:
    return DAY + days * ONE_DAY


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


@pytest.fixture
def unit(session: Session) -> int:
    return add_unit(session).id


@contextmanager
def refuses(*complaints: tuple[str, str]) -> Iterator[None]:
    with pytest.raises(RuleError) as caught:
        yield
    assert told(caught.value.violations) == list(complaints)


# the unit's own day


@pytest.mark.parametrize("add", [add_visit, add_obstacle, add_action])
def test_a_unit_is_not_registered_after_what_was_done_in_it(session: Session, add: Any) -> None:
    number = add_unit(session).id
    row = add(session, number)
    code = {Visit: "after_visit", Obstacle: "after_obstacle"}.get(type(row), "after_action")
    values = unit_values(registered_on=after(1))
    with refuses(("registered_on", code)):
        units.save_unit(session, number, values)
    saving.archive(session, type(row), row.id, "دو بار ثبت شده بود")
    units.save_unit(session, number, values)
    restore = {Visit: visits.restore_visit, Obstacle: obstacles.restore_obstacle}.get(
        type(row), actions.restore_action
    )
    with pytest.raises(RuleError):
        restore(session, row.id)
    units.save_unit(session, number, unit_values())
    restore(session, row.id)
    assert row.archived_on is None


def test_the_first_visit_is_due_after_the_registration(session: Session, unit: int) -> None:
    with refuses(("first_visit_due_on", "due_before_registered")):
        units.save_unit(session, unit, unit_values(first_visit_due_on=after(-1)))
    units.save_unit(session, unit, unit_values(first_visit_due_on=DAY))


# the review of a visit


def test_a_visit_is_a_draft_until_it_is_accepted(session: Session, unit: int) -> None:
    values = visit_values(unit)
    del values["review"]
    visit = visits.save_visit(session, None, values)
    assert visit.review == "draft"
    assert visits.accept(session, visit.id, 1).review == "accepted"
    with pytest.raises(ConflictError):
        visits.give_back(session, visit.id, "ناقص", 1)
    with refuses(("return_reason", "returned_without_reason")):
        visits.give_back(session, visit.id, " ")
    assert visits.give_back(session, visit.id, " ناقص ").return_reason == "ناقص"
    back = visits.to_draft(session, visit.id)
    assert (back.review, back.return_reason) == ("draft", "")


def test_what_is_wrong_is_not_accepted(session: Session, unit: int) -> None:
    visit = add_visit(session, unit, review="draft")
    session.get_one(Unit, unit).registered_on = after(1)
    with refuses(("day", "visit_before_registered")):
        visits.accept(session, visit.id)


def test_a_second_visit_of_the_day_is_saved_with_a_warning(session: Session, unit: int) -> None:
    visit = add_visit(session, unit)
    assert told(visits.check(session, None, visit_values(unit))) == [("day", "?visited_that_day")]
    assert visits.check(session, visit.id, visit_values(unit)) == []  # itself
    other = add_unit(session, name="دیگری").id
    assert visits.check(session, None, visit_values(other)) == []
    visits.archive_visit(session, visit.id, "تکراری")
    assert visits.check(session, None, visit_values(unit)) == []


def test_a_visit_that_found_obstacles_stays_with_their_unit(session: Session, unit: int) -> None:
    visit, other = add_visit(session, unit), add_unit(session, name="دیگری").id
    found = add_obstacle(session, unit, visit_id=visit.id)
    with refuses(("unit_id", "visit_has_obstacles")):
        visits.save_visit(session, visit.id, visit_values(other))
    obstacles.archive_obstacle(session, found.id, "اشتباه")
    visits.save_visit(session, visit.id, visit_values(other))


# the next visit


def test_the_next_visit_of_many_units_is_planned_at_once(session: Session) -> None:
    visited, found, drafted = (add_unit(session, name=f"واحد {n}").id for n in range(3))
    first, newest = add_visit(session, visited), add_visit(session, visited, day=after(3))
    add_visit(session, visited, day=after(5), review="draft")
    draft = add_visit(session, drafted, review="draft")
    assert visits.plan(session, [visited, found, drafted], after(30)) == 3
    assert (first.next_due_on, newest.next_due_on, draft.next_due_on) == (None, after(30), None)
    for number in (found, drafted):
        assert session.get_one(Unit, number).first_visit_due_on == after(30)
    assert session.get_one(Unit, visited).first_visit_due_on is None
    assert visits.plan(session, [visited, found, drafted], after(30)) == 0
    with refuses(("next_due_on", "due_not_after_visit")):
        visits.plan(session, [visited], after(3))
    told = session.scalars(select(Change.fields).where(Change.record == "visit")).all()
    assert {"next_due_on": [None, after(30).isoformat()]} in told


def test_a_plan_for_more_units_than_a_statement_takes_values(session: Session) -> None:
    numbers = [add_unit(session, name=f"واحد {n}", county_id=1 + n % 30).id for n in range(450)]
    assert visits.plan(session, numbers, after(9)) == 450


def test_a_visit_is_awaited_until_the_next_one(database: Database) -> None:
    with database.write() as session:
        number = add_unit(session).id
        first = add_visit(session, number, next_due_on=after(10)).id
        add_visit(session, number, day=after(12))
    with database.read() as session:
        assert session.get_one(Visit, first).followed_on == after(12)


# the stop that a visit shows


def test_a_visit_that_finds_a_running_unit_stagnant_proposes_its_stop(
    session: Session, unit: int
) -> None:
    revival = add_revival(session, unit)
    seen: dict[str, Any] = {"state_seen": "stagnant", "capacity": 0, "heads": 0}
    active = add_visit(session, unit, day=after(1))
    draft = add_visit(session, unit, day=after(2), review="draft", **seen)
    assert visits.stop_to_propose(session, active) is None
    assert visits.stop_to_propose(session, draft) is None
    visit = visits.accept(session, draft.id)
    proposed = visits.stop_to_propose(session, visit)
    assert proposed is revival
    found = queries.stagnant_since(session, unit)
    assert found is visit
    stopped = visits.stop(session, visit.id)
    assert stopped is revival
    assert (revival.stopped_on, revival.stop_reason) == (after(2), visits.SEEN_STAGNANT)
    assert visits.stop_to_propose(session, visit) is None
    assert queries.stagnant_since(session, unit) is None


def test_the_stop_is_of_the_first_visit_since_it_was_seen_at_work(
    session: Session, unit: int
) -> None:
    add_revival(session, unit)
    seen: dict[str, Any] = {"state_seen": "stagnant", "capacity": 0}
    add_visit(session, unit, day=after(1), **seen)
    add_visit(session, unit, day=after(2))
    first = add_visit(session, unit, day=after(3), **seen)
    last = add_visit(session, unit, day=after(5), **seen)
    assert queries.stagnant_since(session, unit) is first
    assert visits.stop_to_propose(session, last) is not None
    add_visit(session, unit, day=after(6), state_seen="semi_stagnant", capacity=20)
    assert queries.stagnant_since(session, unit) is None
    assert visits.stop_to_propose(session, last) is None


def test_a_unit_that_did_not_return_or_was_seen_before_has_no_stop(
    session: Session, unit: int
) -> None:
    seen: dict[str, Any] = {"state_seen": "stagnant", "capacity": 0}
    visit = add_visit(session, unit, **seen)
    assert visits.stop_to_propose(session, visit) is None
    add_revival(session, unit, returned_on=after(2))
    assert visits.stop_to_propose(session, visit) is None
    stopped = session.scalars(select(Revival)).one()
    stopped.stopped_on = after(3)
    later = add_visit(session, unit, day=after(4), **seen)
    assert visits.stop_to_propose(session, later) is None


# obstacles


def test_a_unit_has_one_main_open_obstacle(session: Session, unit: int) -> None:
    first = add_obstacle(session, unit, main=True)
    elsewhere = add_obstacle(session, add_unit(session, name="دیگری").id, main=True)
    second = add_obstacle(session, unit, main=True, kind_id=2)
    assert (first.main, second.main, elsewhere.main) == (False, True, True)
    newest = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert newest is not None
    assert (newest.record_id, newest.fields) == (first.id, {"main": [True, False]})
    done = {"removed_on": after(3), "removal": "وام گرفت", "main": True}
    obstacles.save_obstacle(session, second.id, obstacle_values(unit, kind_id=2, **done))
    third = add_obstacle(session, unit, main=True, kind_id=3)
    assert second.main  # it was the main one until it was removed
    again = obstacle_values(unit, kind_id=2, main=True, removed_on=None, removal="")
    obstacles.save_obstacle(session, second.id, again)
    assert (second.main, third.main) == (True, False)


def test_an_archived_main_obstacle_comes_back_as_one_of_many(session: Session, unit: int) -> None:
    first = add_obstacle(session, unit, main=True)
    obstacles.archive_obstacle(session, first.id, "اشتباه")
    second = add_obstacle(session, unit, main=True)
    obstacles.restore_obstacle(session, first.id)
    assert (first.main, second.main) == (False, True)
    obstacles.archive_obstacle(session, second.id, "اشتباه")
    obstacles.save_obstacle(session, first.id, obstacle_values(unit, main=True))
    obstacles.archive_obstacle(session, first.id, "اشتباه")
    obstacles.restore_obstacle(session, first.id)
    assert first.main


def test_what_is_open_is_told_with_the_main_one(session: Session, unit: int) -> None:
    assert obstacle_queries.open_in(session, unit, after(9)) == obstacle_queries.Open(0)
    add_obstacle(session, unit, kind_id=2)
    assert obstacle_queries.open_in(session, unit, after(9)).count == 1
    main = add_obstacle(session, unit, main=True, found_on=after(1), agency_id=1)
    add_obstacle(session, unit, kind_id=3, removed_on=after(2), removal="رفع شد")
    names = dict(lists.options(session, "obstacle_kind"))
    agencies = dict(lists.options(session, "agency"))
    found = obstacle_queries.open_in(session, unit, after(1))
    assert (found.count, found.main_id) == (3, main.id)
    assert (found.main, found.agency) == (names[1], agencies[1])
    assert obstacle_queries.open_in(session, unit, after(2)).count == 2
    assert obstacle_queries.open_in(session, unit, DAY) == obstacle_queries.Open(2)


def test_an_obstacle_with_actions_stays_in_its_unit(session: Session, unit: int) -> None:
    found, other = add_obstacle(session, unit), add_unit(session, name="دیگری").id
    action = add_action(session, unit, obstacle_id=found.id)
    with refuses(("unit_id", "obstacle_has_actions")):
        obstacles.save_obstacle(session, found.id, obstacle_values(other))
    with refuses(("obstacle_id", "obstacle_of_other_unit")):
        actions.save_action(session, action.id, action_values(other, obstacle_id=found.id))
    actions.archive_action(session, action.id, "اشتباه")
    obstacles.save_obstacle(session, found.id, obstacle_values(other))


def test_the_open_obstacles_of_a_unit_are_offered(session: Session, unit: int) -> None:
    found = add_obstacle(session, unit)
    main = add_obstacle(session, unit, kind_id=2, main=True)
    add_obstacle(session, unit, kind_id=3, removed_on=DAY, removal="رفع شد")
    add_obstacle(session, add_unit(session, name="دیگری").id)
    names = dict(lists.options(session, "obstacle_kind"))
    offered = obstacle_queries.options(session, unit)
    assert [number for number, _ in offered] == [main.id, found.id]
    assert offered[0][1] == f"{names[2]} (۱۴۰۲/۰۲/۱۱)"
    for number, label in offered:  # what is shown finds its own row
        assert obstacle_queries.options(session, unit, label)[0][0] == number
        assert lists.label(session, "obstacle", number) == label
    assert len(lists.options(session, "obstacle", limit=30)) == 3
    assert lists.label(session, "obstacle", 999) == ""


# the group


def test_a_group_archived_while_it_has_visits_stays_readable(session: Session, unit: int) -> None:
    group = lookups.save(session, JihadiGroup, None, {"name": "گروه الف"})
    visit = add_visit(session, unit, group_id=group.id)
    lookups.archive(session, JihadiGroup, group.id, "منحل شد")
    assert lists.label(session, "group", group.id) == "گروه الف"
    visits.save_visit(session, visit.id, visit_values(unit, group_id=group.id, heads=7))
    assert visit.heads == 7


def test_visitors_are_offered_from_the_group_and_its_visits(session: Session, unit: int) -> None:
    groups = [lookups.save(session, JihadiGroup, None, {"name": f"گروه {n}"}) for n in range(2)]
    session.add(Volunteer(group_id=groups[0].id, name="یوسف چمنی"))
    session.add(Volunteer(group_id=groups[1].id, name="کاظم دیگری"))
    gone = Volunteer(group_id=groups[0].id, name="پریسا گلچین", archived_on=DAY)
    session.add(gone)
    add_visit(session, unit, group_id=groups[0].id, visitors="زهرا محمدی، علی رضایی")
    add_visit(session, unit, group_id=groups[0].id, day=after(1), visitors="علی رضایی,ژاله")
    assert queries.visitor_names(session, groups[0].id) == [
        "زهرا محمدی", "ژاله", "علی رضایی", "یوسف چمنی",
    ]  # fmt: skip
    assert "کاظم دیگری" in queries.visitor_names(session, None)
    assert queries.visitor_names(session, groups[1].id) == ["کاظم دیگری"]


# the history


def test_the_history_of_a_unit_tells_of_its_field_work(session: Session, unit: int) -> None:
    visit = add_visit(session, unit)
    found = add_obstacle(session, unit, visit_id=visit.id)
    action = add_action(session, unit, obstacle_id=found.id)
    add_visit(session, add_unit(session, name="دیگری").id)
    told = [(change.record, change.record_id) for change in changes.of_unit(session, unit)]
    assert told == [("action", action.id), ("obstacle", found.id), ("visit", visit.id),
                    ("unit", unit)]  # fmt: skip
    told = [(change.record, change.record_id) for change in changes.of_visit(session, visit.id)]
    assert told == [("obstacle", found.id), ("visit", visit.id)]
    names = naming.names(session, [("visit", visit.id), ("action", action.id)])
    assert names["visit", visit.id] == naming.Found("visit", visit.id, "کارگاه نمونه",
                                                    "کد ۱۰۰۰۰۱")  # fmt: skip
