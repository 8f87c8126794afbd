"""Each rule of a volunteer, an exercise and an award."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar
from db.rules.exercises import (
    check_award,
    check_exercise,
    check_visit_day,
    is_within,
    last_day,
)
from db.rules.volunteers import MOST_MEMBERS, check_volunteer
from tests.db.making import told

TODAY = date(2024, 3, 19)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


def volunteer(formed_on: date | None = None, others: int = 0, **values: Any) -> Any:
    return told(check_volunteer({"name": "علی", "group_id": 1, **values}, formed_on, others))


def test_a_volunteer_has_a_name_and_a_group() -> None:
    assert volunteer() == []
    assert volunteer(name="") == [("name", "required")]
    assert volunteer(group_id=None) == [("group_id", "volunteer_without_group")]
    assert told(check_volunteer({"name": "علی"})) == [("group_id", "volunteer_without_group")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("phone", "09171234567", None),
        ("phone", "07132123456", None),
        ("phone", "917", "bad_phone"),
        ("national_code", "0499370899", None),
        ("national_code", "0499370898", "bad_national_code"),
        ("national_code", "1111111111", "bad_national_code"),
        ("joined_on", TODAY, None),
        ("joined_on", TOMORROW, "future"),
        ("name", "ی" * 121, "too_long"),
    ],
)
def test_what_is_said_of_a_volunteer(field: str, value: Any, code: str | None) -> None:
    assert volunteer(**{field: value}) == ([(field, code)] if code else [])


def test_joining_before_the_group_was_formed_is_asked_about() -> None:
    assert volunteer(formed_on=TODAY, joined_on=TODAY) == []
    before = TODAY - timedelta(days=1)
    assert volunteer(formed_on=TODAY, joined_on=before) == [("joined_on", "?joined_before_formed")]


def test_more_than_fifteen_members_are_asked_about() -> None:
    assert volunteer(others=MOST_MEMBERS - 1) == []
    assert volunteer(others=MOST_MEMBERS) == [("name", "?many_members")]


def exercise(visits: Any = (), awards: int = 0, **values: Any) -> Any:
    given = {"name": "رزمایش", "kind": "exercise", "starts_on": TODAY, **values}
    return told(check_exercise(given, visits, awards))


def test_an_exercise_has_a_name_and_a_day() -> None:
    assert exercise() == []
    assert exercise(name="") == [("name", "required")]
    assert exercise(starts_on=None) == [("starts_on", "required")]


def test_an_exercise_may_be_planned_but_not_end_before_it_begins() -> None:
    assert exercise(starts_on=TOMORROW, ends_on=TOMORROW) == []
    assert exercise(ends_on=TODAY - timedelta(days=1)) == [("ends_on", "ends_before_start")]


def test_a_festival_with_awards_stays_one() -> None:
    assert exercise(awards=2, kind="festival") == []
    assert exercise(awards=2) == [("kind", "awards_of_festival")]


def test_visits_outside_its_days_are_told() -> None:
    assert exercise(visits=[TODAY]) == []
    assert exercise(visits=[TODAY, TOMORROW]) == [("starts_on", "?visits_outside")]
    assert exercise(visits=[TODAY, TOMORROW], ends_on=TOMORROW) == []
    outside = [("ends_on", "?visits_outside")]
    assert exercise(visits=[TODAY, TOMORROW], ends_on=TODAY) == outside


@given(
    st.dates(date(2022, 1, 1), date(2024, 1, 1)),
    st.none() | st.integers(0, 30),
    st.integers(-40, 40),
)
def test_a_visit_is_within_its_days_or_told(day: date, length: int | None, after: int) -> None:
    ends_on = None if length is None else day + timedelta(days=length)
    visit = day + timedelta(days=after)
    within = visit in {day + timedelta(days=n) for n in range((length or 0) + 1)}
    assert is_within(visit, day, ends_on) is within
    found = list(check_visit_day(visit, day, ends_on))
    assert told(found) == ([] if within else [("exercise_id", "?visit_outside")])
    assert all(each.detail == (day, last_day(day, ends_on)) for each in found)


def award(kind: str = "festival", others: Any = (), participants: Any = (7,), **values: Any) -> Any:
    given = {"group_id": 7, "rank": 1, "title": "مقام اول", "value": 3, **values}
    return told(check_award(given, kind, others, participants))


def test_an_award_is_given_at_a_festival() -> None:
    assert award() == []
    assert award("exercise") == [("title", "award_outside_festival")]


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"title": ""}, ("title", "required")),
        ({"group_id": None}, ("group_id", "required")),
        ({"rank": None}, ("rank", "required")),
        ({"rank": 0}, ("rank", "too_small")),
        ({"rank": 101}, ("rank", "too_large")),
        ({"value": -1}, ("value", "too_small")),
    ],
)
def test_what_an_award_says(values: dict[str, Any], complaint: tuple[str, str]) -> None:
    assert award(**values) == [complaint]


def test_a_group_gets_a_title_once() -> None:
    assert award(others=[(7, "مقام  اول")]) == [("title", "award_taken")]
    assert award(others=[(8, "مقام اول"), (7, "مقام دوم")]) == []


def test_an_award_to_a_group_that_was_not_there_is_asked_about() -> None:
    assert award(participants=()) == [("group_id", "?not_participant")]
