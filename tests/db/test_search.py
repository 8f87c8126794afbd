"""Whatever is typed of a record finds it; every line of the history can name its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.commands import lookups, units
from db.models import County, JihadiGroup, Unit
from db.queries.naming import Found, names
from db.queries.search import everything
from db.text import to_persian_digits
from tests.db.making import add_loan, add_revival, add_tranche, add_unit, approved

if TYPE_CHECKING:
    from db.database import Database


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as session:
        for name, owner in (
            ("نخ‌ریسی گلستان", "مریم کاظمی"),
            ("آجر فارس", "حسین نخعی"),
            ("آرد ممتاز", "شرکت آرد ممتاز"),
        ):
            add_unit(session, name=name, owner=owner)
        add_loan(session, 2, **approved(contract_no="۱۴۰۲-۷۱/۳"))
        lookups.save(session, JihadiGroup, None, {"name": "گروه جهادی نخلستان"}, None)
    return database


def titles(database: Database, typed: str, limit: int = 12) -> list[str]:
    with database.read() as session:
        return [found.title for found in everything(session, typed, limit)]


@pytest.mark.parametrize("typed", ["", "  ", "\u200c", "ّ"])
def test_nothing_typed_finds_nothing(filled: Database, typed: str) -> None:
    assert titles(filled, typed) == []


def test_a_name_that_begins_so_comes_first(filled: Database) -> None:
    units_found = ["نخ‌ریسی گلستان", "آجر فارس"]  # the owner of the second is نخعی
    assert titles(filled, "نخ") == [*units_found, "آجر فارس", "گروه جهادی نخلستان"]


def test_all_spellings_find_it(filled: Database) -> None:
    for typed in ("نخ ریسی", "نخ‌ریسي", "گلستان نخ", "كاظمی"):
        assert titles(filled, typed) == ["نخ‌ریسی گلستان"], typed


def test_the_code_stands_first(filled: Database) -> None:
    with filled.write() as session:
        code = session.get_one(Unit, 2).code
        add_unit(session, name="آ", product=f"شمارهٔ {code}")
    assert titles(filled, to_persian_digits(code))[:2] == ["آجر فارس", "آ"]


def test_the_detail_tells_it_from_others_of_its_name(filled: Database) -> None:
    with filled.read() as session:
        found = everything(session, "آجر")[0]
        county = session.get_one(County, 1).name
    assert county in found.detail
    assert "حسین نخعی" in found.detail


def test_a_loan_by_its_contract_in_any_digits(filled: Database) -> None:
    with filled.read() as session:
        for typed in ("1402-71/3", "۱۴۰۲-۷۱"):
            (found,) = everything(session, typed)
            assert (found.record, found.title) == ("loan", "آجر فارس")


def test_loans_of_the_one_unit_meant_are_offered(filled: Database) -> None:
    with filled.read() as session:
        assert [each.record for each in everything(session, "آجر فارس")] == ["unit", "loan"]


def test_the_archived_is_not_found(filled: Database) -> None:
    with filled.write() as session:
        units.archive_unit(session, 2, "تکراری")
    assert titles(filled, "آجر") == []
    assert titles(filled, "1402-71/3") == []


def test_no_more_than_asked_and_signs_are_only_letters(filled: Database) -> None:
    assert len(titles(filled, "ا", limit=2)) == 2
    for typed in ("%", "_", "'", "/", "\\"):
        assert "نخ‌ریسی گلستان" not in titles(filled, typed)


def test_a_return_is_named_by_its_unit_and_a_tranche_by_its_loan(filled: Database) -> None:
    with filled.write() as session:
        back = add_revival(session, 1)
        paid = add_tranche(session, 1)
        keys = [("revival", back.id), ("tranche", paid.id), ("county", 1), ("programme", 1),
                ("unit", 99)]  # fmt: skip
    with filled.read() as session:
        named = names(session, keys)
    assert named["revival", back.id].record == "unit"
    assert named["revival", back.id].title == "نخ‌ریسی گلستان"
    assert (named["tranche", paid.id].record, named["tranche", paid.id].id) == ("loan", 1)
    assert isinstance(named["county", 1], Found)
    assert ("programme", 1) not in named
    assert ("unit", 99) not in named
