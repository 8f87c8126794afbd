"""The days on which banks are closed, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.calendar import from_jalali, to_jalali
from db.commands import lookups
from db.errors import RuleError
from db.models import Holiday
from db.queries import holidays
from db.queries.listing import Listing, View
from db.queries.lookups import SOURCES

if TYPE_CHECKING:
    from db.database import Database

FIRST, LAST = from_jalali("1402/01/01"), from_jalali("1402/12/29")


def test_those_of_a_time_with_their_names(database: Database) -> None:
    with database.read() as session:
        year = holidays.names(session, FIRST, LAST)
        assert len(year) == 27
        assert year[LAST] == "روز ملی شدن صنعت نفت"
        found = holidays.names(session, from_jalali("1402/01/13"), from_jalali("1402/02/02"))
    assert [to_jalali(day) for day in found] == ["1402/01/13", "1402/01/23", "1402/02/02"]


def test_why_banks_are_closed(database: Database) -> None:
    with database.read() as session:
        year = holidays.names(session, FIRST, LAST)
    assert holidays.closed(from_jalali("1402/01/13"), year) == "روز طبیعت"
    assert holidays.closed(from_jalali("1402/07/14"), year) == "جمعه"
    assert holidays.closed(from_jalali("1402/05/06"), year) == "عاشورای حسینی"  # a Friday, too
    assert holidays.closed(from_jalali("1402/07/15"), year) == ""
    assert holidays.closed(from_jalali("1402/07/13"), year) == ""  # a Thursday


def test_the_list_is_edited_like_the_others(database: Database) -> None:
    day = from_jalali("1403/01/01")
    with database.write() as session:
        lookups.save(session, Holiday, None, {"day": day, "name": "عید نوروز"})  # as every year
        lookups.save(session, Holiday, None, {"day": day, "name": "شهادت حضرت علی (ع)"})
        gone = lookups.save(session, Holiday, None, {"day": LAST, "name": "اشتباه"})
        lookups.archive(session, Holiday, gone.id, "اشتباه")
    with database.read() as session:
        found = holidays.names(session, LAST, day)
        assert set(found[day].split("، ")) == {"عید نوروز", "شهادت حضرت علی (ع)"}
        assert found[LAST] == "روز ملی شدن صنعت نفت"
    for values in ({"day": day, "name": "عید نوروز"}, {"day": None, "name": "عید"},
                   {"day": day, "name": ""}):  # fmt: skip
        with pytest.raises(RuleError), database.write() as session:
            lookups.save(session, Holiday, None, values)


def test_the_list_is_in_order_of_its_days(database: Database) -> None:
    listed = Listing(database.read, SOURCES["holiday"], View())
    days = [row.day for row in listed.rows(0, 40) if row is not None]
    assert days == sorted(days)
    assert len(days) == 27
