"""Each rule of the base lists and of a group."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from db import calendar
from db.models import Bank, County, Estate, Industry, JihadiGroup, ObstacleKind
from db.rules.lookups import check_lookup
from tests.db.making import told

TODAY = date(2024, 3, 19)
LONGEST = {County: 120, Estate: 120, Industry: 200, ObstacleKind: 120, Bank: 120, JihadiGroup: 120}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


def found(model: Any, **values: Any) -> list[tuple[str, str]]:
    return told(check_lookup(model, {"name": "نام", "code": "01", **values}))


@pytest.mark.parametrize("model", LONGEST)
def test_a_row_has_a_name(model: Any) -> None:
    assert found(model) == []
    assert found(model, name="") == [("name", "required")]
    assert found(model, name=None) == [("name", "required")]


@pytest.mark.parametrize(("model", "longest"), LONGEST.items())
def test_the_longest_name(model: Any, longest: int) -> None:
    assert found(model, name="ی" * longest) == []
    assert found(model, name="ی" * (longest + 1)) == [("name", "too_long")]


def test_an_industry_has_a_code() -> None:
    assert found(Industry, code="") == [("code", "required")]
    assert found(County, code="") == []


@pytest.mark.parametrize("model", [County, Industry, ObstacleKind, Bank])
def test_a_code_is_plain(model: Any) -> None:
    assert found(model, code="raw_material-2") == []
    assert found(model, code="۰۱") == [("code", "bad_code")]
    assert found(model, code="0" * 40) == []
    assert found(model, code="0" * 41) == [("code", "too_long")]


@pytest.mark.parametrize(
    ("phone", "good"),
    [("", True), ("09171234567", True), ("07132123456", True), ("0917123456", False),
     ("9171234567", False), ("۰۹۱۷۱۲۳۴۵۶۷", False)],
)  # fmt: skip
def test_the_phone_of_a_group(phone: str, good: bool) -> None:
    assert found(JihadiGroup, phone=phone) == ([] if good else [("phone", "bad_phone")])


def test_a_group_is_not_formed_in_the_future() -> None:
    assert found(JihadiGroup, formed_on=TODAY) == []
    later = TODAY + timedelta(days=1)
    assert found(JihadiGroup, formed_on=later) == [("formed_on", "future")]
