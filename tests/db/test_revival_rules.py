"""Each rule of a return to production, and that a unit never runs twice at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar
from db.rules.revival import check_revival
from db.rules.units import MOST_JOBS
from tests.db.making import DAY, revival_values, told

ONE_DAY = timedelta(days=1)
TODAY = date(2024, 3, 19)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


def found(*others: tuple[date, date | None], **values: Any) -> list[tuple[str, str]]:
    return told(check_revival(revival_values(**values), DAY, others))


def test_a_plain_return_is_good() -> None:
    assert found() == []


@pytest.mark.parametrize("name", ["returned_on", "jobs_after", "capacity_after"])
def test_what_is_required(name: str) -> None:
    assert found(**{name: None}) == [(name, "required")]


@pytest.mark.parametrize(
    ("name", "least", "most"), [("jobs_after", 0, MOST_JOBS), ("capacity_after", 1, 100)]
)
def test_ranges(name: str, least: int, most: int) -> None:
    assert found(**{name: least}) == []
    assert found(**{name: most}) == []
    assert found(**{name: least - 1}) == [(name, "too_small")]
    assert found(**{name: most + 1}) == [(name, "too_large")]


@pytest.mark.parametrize(("name", "longest"), [("stop_reason", 120), ("note", 2000)])
def test_the_longest_text(name: str, longest: int) -> None:
    assert found(**{name: "ی" * longest}) == []
    assert found(**{name: "ی" * (longest + 1)}) == [(name, "too_long")]


def test_a_return_is_not_before_the_unit_was_registered() -> None:
    assert found(returned_on=DAY) == []
    (violation,) = check_revival(revival_values(returned_on=DAY - ONE_DAY), DAY)
    assert (violation.field, violation.code) == ("returned_on", "before_registered")
    assert violation.detail == (DAY,)


def test_nothing_is_in_the_future() -> None:
    assert found(returned_on=TODAY) == []
    assert found(returned_on=TODAY + ONE_DAY) == [("returned_on", "future")]
    assert found(stopped_on=TODAY) == []
    assert found(stopped_on=TODAY + ONE_DAY) == [("stopped_on", "future")]


def test_a_stop_is_not_before_the_return() -> None:
    assert found(stopped_on=DAY) == []
    (violation,) = check_revival(revival_values(stopped_on=DAY - ONE_DAY), DAY)
    assert (violation.field, violation.code) == ("stopped_on", "stop_before_return")
    assert violation.detail == (DAY,)


STOP = DAY + 10 * ONE_DAY


@pytest.mark.parametrize(
    ("other", "returned_on", "stopped_on", "complaint"),
    [
        # it came back, and comes back again after a stop
        ((DAY, STOP), STOP, None, None),
        ((DAY, STOP), STOP - ONE_DAY, None, ("returned_on", "still_running")),
        ((DAY, None), STOP, None, ("returned_on", "still_running")),
        ((DAY, None), DAY, None, ("returned_on", "still_running")),
        ((DAY, DAY), DAY, None, None),
        # an earlier return is entered afterwards
        ((STOP, None), DAY, STOP, None),
        ((STOP, None), DAY, STOP + ONE_DAY, ("stopped_on", "runs_into_next")),
        ((STOP, None), DAY, None, ("stopped_on", "runs_into_next")),
        ((STOP, None), STOP - ONE_DAY, STOP - ONE_DAY, None),
    ],
)
def test_a_unit_comes_back_only_after_a_stop(
    other: tuple[date, date | None],
    returned_on: date,
    stopped_on: date | None,
    complaint: tuple[str, str] | None,
) -> None:
    expected = [] if complaint is None else [complaint]
    assert found(other, returned_on=returned_on, stopped_on=stopped_on) == expected


def test_one_complaint_is_enough_and_names_the_day() -> None:
    others = ((DAY, None), (DAY + ONE_DAY, None))
    (violation,) = check_revival(revival_values(returned_on=STOP), DAY, others)
    assert violation.detail == (DAY,)


spans = st.tuples(st.integers(0, 40), st.none() | st.integers(0, 40)).map(
    lambda pair: (
        DAY + pair[0] * ONE_DAY,
        None if pair[1] is None else DAY + (pair[0] + pair[1]) * ONE_DAY,
    )
)


@given(spans, st.lists(spans, max_size=4))
def test_spans_that_pass_never_overlap(
    new: tuple[date, date | None], others: list[tuple[date, date | None]]
) -> None:
    """Day by day: no day has the unit running by two returns, unless one of them was refused."""
    complaints = {code for _, code in found(*others, returned_on=new[0], stopped_on=new[1])}
    shared = any(_days(new) & _days(other) for other in others)
    within = any(start <= new[0] < (end or date.max) for start, end in others)
    around = any(new[0] < start < (new[1] or date.max) for start, _ in others)
    if not complaints & {"still_running", "runs_into_next"}:
        assert not shared
    elif not shared:  # a return that stopped on its own day, in the midst of another
        assert within or around


def _days(span: tuple[date, date | None]) -> set[date]:
    end = span[1] or DAY + 90 * ONE_DAY
    return {span[0] + number * ONE_DAY for number in range((end - span[0]).days)}
