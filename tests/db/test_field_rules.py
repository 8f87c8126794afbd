"""Every rule of visits, obstacles and actions, broken one at a time."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar
from db.queries.todo import week_end
from db.rules.actions import OBJECTION_DAYS, check_action, objection_until
from db.rules.obstacles import check_obstacle
from db.rules.visits import DAYS_OF_KIND, check_visit, propose_due
from tests.db.making import DAY, action_values, obstacle_values, told, visit_values

ONE_DAY = timedelta(days=1)
BEFORE, AFTER = DAY - ONE_DAY, DAY + ONE_DAY
TOMORROW = calendar.today() + ONE_DAY
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


# visits


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({}, []),
        ({"day": None}, [("day", "required")]),
        ({"unit_id": None}, [("unit_id", "required")]),
        ({"state_seen": ""}, [("state_seen", "required")]),
        ({"heads": None, "capacity": None}, [("heads", "required"), ("capacity", "required")]),
        ({"heads": 0, "capacity": 0}, []),
        ({"heads": 5000, "capacity": 100}, []),
        ({"heads": -1}, [("heads", "too_small")]),
        ({"heads": 5001}, [("heads", "too_large")]),
        ({"capacity": -1}, [("capacity", "too_small")]),
        ({"capacity": 101}, [("capacity", "too_large")]),
        ({"day": TOMORROW}, [("day", "future")]),
        ({"day": BEFORE}, [("day", "visit_before_registered")]),
        ({"next_due_on": AFTER}, []),
        ({"next_due_on": DAY}, [("next_due_on", "due_not_after_visit")]),
        ({"next_due_on": BEFORE}, [("next_due_on", "due_not_after_visit")]),
        ({"next_due_on": TOMORROW}, []),
        ({"state_seen": "stagnant"}, [("capacity", "?stagnant_with_capacity")]),
        ({"state_seen": "stagnant", "capacity": 0}, []),
        ({"review": "returned"}, [("return_reason", "returned_without_reason")]),
        ({"review": "returned", "return_reason": "  "},
         [("return_reason", "returned_without_reason")]),
        ({"review": "returned", "return_reason": "ظرفیت نوشته نشده"}, []),
        ({"visitors": "ن" * 301}, [("visitors", "too_long")]),
        ({"findings": "ن" * 2001}, [("findings", "too_long")]),
    ],
)  # fmt: skip
def test_each_rule_of_a_visit(values: dict[str, Any], complaints: list[tuple[str, str]]) -> None:
    assert told(check_visit({**visit_values(1), **values}, DAY)) == complaints


def test_a_second_visit_of_the_day_is_warned_of() -> None:
    found = told(check_visit(visit_values(1), DAY, same_day=True))
    assert found == [("day", "?visited_that_day")]


@given(st.sampled_from(sorted(DAYS_OF_KIND)), days, st.integers(1, 3650))
def test_the_next_visit_is_due_so_many_days_later(kind: str, day: date, wait: int) -> None:
    others = dict.fromkeys(DAYS_OF_KIND.values(), 9999)
    programme: Any = SimpleNamespace(**{**others, DAYS_OF_KIND[kind]: wait})
    assert (propose_due(programme, kind, day) - day).days == wait


# obstacles


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({}, []),
        ({"kind_id": None}, [("kind_id", "required")]),
        ({"found_on": None}, [("found_on", "required")]),
        ({"found_on": TOMORROW}, [("found_on", "future")]),
        ({"found_on": BEFORE}, [("found_on", "found_before_registered")]),
        ({"removed_on": DAY, "removal": "وام گرفت"}, []),
        ({"removed_on": BEFORE, "removal": "وام"}, [("removed_on", "removed_before_found")]),
        ({"removed_on": TOMORROW, "removal": "وام"}, [("removed_on", "future")]),
        ({"removed_on": AFTER}, [("removal", "?removal_not_told")]),
        ({"removal": "وام گرفت"}, [("removed_on", "removal_without_day")]),
        ({"removed_by": "علی"}, [("removed_on", "removal_without_day")]),
    ],
)
def test_each_rule_of_an_obstacle(
    values: dict[str, Any], complaints: list[tuple[str, str]]
) -> None:
    assert told(check_obstacle(obstacle_values(1, **values), DAY)) == complaints


# actions


@pytest.mark.parametrize(
    ("values", "complaints"),
    [
        ({}, []),
        ({"what": ""}, [("what", "required")]),
        ({"decided_on": None}, [("decided_on", "required")]),
        ({"decided_on": TOMORROW}, [("decided_on", "future")]),
        ({"decided_on": BEFORE}, [("decided_on", "decided_before_registered")]),
        ({"due_on": DAY}, []),
        ({"due_on": TOMORROW}, []),
        ({"due_on": BEFORE}, [("due_on", "due_before_decided")]),
        ({"done_on": AFTER, "result": "done"}, []),
        ({"done_on": DAY, "result": "not_done"}, []),
        ({"done_on": BEFORE, "result": "done"}, [("done_on", "done_before_decided")]),
        ({"done_on": TOMORROW, "result": "done"}, [("done_on", "future")]),
        ({"result": "done"}, [("done_on", "result_without_day")]),
        ({"result": "not_done"}, [("done_on", "result_without_day")]),
        ({"done_on": AFTER}, [("result", "day_without_result")]),
        ({"done_on": AFTER, "result": "open"}, [("result", "day_without_result")]),
        ({"person": ""}, [("person", "?nobody_named")]),
        ({"person": "", "agency_id": 2}, []),
        ({"person": "", "group_id": 2}, []),
        ({"kind": "resolution"}, [("agency_id", "?resolution_without_agency")]),
        ({"kind": "resolution", "agency_id": 2}, []),
    ],
)
def test_each_rule_of_an_action(values: dict[str, Any], complaints: list[tuple[str, str]]) -> None:
    assert told(check_action(action_values(1, **values), DAY, DAY)) == complaints


def test_a_decision_before_its_obstacle_was_found_is_warned_of() -> None:
    found = told(check_action(action_values(1), BEFORE, AFTER))
    assert found == [("decided_on", "?decided_before_found")]


@given(days)
def test_the_agency_has_fifteen_days_to_object(day: date) -> None:
    assert (objection_until(day) - day).days == OBJECTION_DAYS == 15


# the week


@given(days)
def test_a_week_goes_from_saturday_to_friday(day: date) -> None:
    end = week_end(day)
    assert end.strftime("%A") == "Friday"
    assert 0 <= (end - day).days < 7
