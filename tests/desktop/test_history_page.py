"""The whole history: its words, its search, its doors, and the check of its chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db.commands import lookups, units
from db.models import JihadiGroup
from db.models.change import Change
from desktop import page_list
from desktop.history import page as history_page
from desktop.history.page import HistoryPage
from desktop.widgets.frame import Door
from tests.desktop import records
from tests.desktop.driving import keys, present
from tests.desktop.fake_frame import FakeFrame
from tests.desktop.typing import press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.database import Database
    from desktop.history.entries import Entry


@pytest.fixture
def frame(database: Database) -> FakeFrame:
    unit = records.add_unit(database, "نخ‌ریسی گلستان")
    records.add_return(database, unit, "1402/05/01")
    loan = records.add_loan(database, unit, **records.approved(9_000))
    records.add_tranche(database, loan, "1402/05/01", 1_000)
    records.add_group(database, "گروه جهادی نصر")
    return FakeFrame(database)


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> HistoryPage:
    made = HistoryPage(frame)
    frame.page = made
    present(qtbot, made)
    made.start()
    return made


def lines(page: HistoryPage) -> list[Entry]:
    rows = page.changes.table.rows
    return [rows.row_at(row) for row in range(rows.rowCount())]


def search(qtbot: QtBot, page: HistoryPage, typed: str) -> None:
    page.search_edit.setText(typed)
    qtbot.waitUntil(lambda: not page._timer.isActive())


def test_each_line_says_whose_it_is_in_persian(page: HistoryPage) -> None:
    found = lines(page)
    assert found[0].record == "گروه: گروه جهادی نصر"
    of_return = next(line for line in found if line.field == "شاغلان پس از بازگشت")
    assert of_return.record == "بازگشت به تولید: نخ‌ریسی گلستان"
    assert (of_return.before, of_return.after) == ("", "۱۲")
    assert next(line for line in found if line.field == "شهرستان").after == "شیراز"
    known = {
        f.label for record in page_list.RECORDS for f in page_list.fields_of(record)[1].values()
    }
    assert {line.field for line in found} <= known | {"روز بایگانی", "دلیل بایگانی"}


def test_the_search_narrows_in_any_spelling(qtbot: QtBot, page: HistoryPage) -> None:
    keys(page, Qt.Key.Key_F)
    assert page.search_edit.hasFocus()
    search(qtbot, page, "نخ ریسي شاغلان")
    assert lines(page)
    assert all("نخ‌ریسی" in line.record and "شاغلان" in line.field for line in lines(page))
    search(qtbot, page, "چیزی که نیست")
    assert page.empty.isVisible()
    assert page.empty.label.text() == history_page.NOTHING_FOUND
    press(page.search_edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(lines(page)) > 5)


@pytest.mark.parametrize(
    ("field", "door"),
    [
        ("نام واحد", Door("units", record=1)),
        ("شاغلان پس از بازگشت", Door("units", record=1)),
        ("مبلغ درخواستی", Door("loans", record=1)),
        ("مبلغ پرداخت", Door("loans", record=1)),
        ("نام گروه", Door("groups", record=1)),
        ("مهلت", Door("programme")),
    ],
)
def test_a_line_leads_to_its_record(
    page: HistoryPage, frame: FakeFrame, field: str, door: Door
) -> None:
    place = next(n for n, line in enumerate(lines(page)) if line.field == field)
    page.changes.table.go_to(place)
    press(page.changes.table, Qt.Key.Key_Return)
    assert frame.doors == [door]


def test_a_base_list_has_no_page_of_a_row(
    page: HistoryPage, frame: FakeFrame, database: Database
) -> None:
    place = next(n for n, line in enumerate(lines(page)) if line.record.startswith("شهرستان"))
    page.changes.table.go_to(place)
    page.changes.table.open_current()
    assert frame.doors == []


def test_older_ones_come_when_asked_for(
    qtbot: QtBot, page: HistoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_page, "AT_ONCE", 3)
    page.changes._fetched = 0
    page.refresh()
    assert len({line.change_id for line in lines(page)}) == 3
    assert page.more_button.isVisible()
    search(qtbot, page, "مهلت")
    assert page.empty.label.text() == history_page.NOT_AMONG_THESE
    search(qtbot, page, "")
    page.more_button.click()
    found = [line.change_id for line in lines(page)]
    assert len(set(found)) == 6
    assert found == sorted(found, reverse=True)
    page.refresh()
    assert len({line.change_id for line in lines(page)}) == 6  # what was shown stays shown


def test_a_save_elsewhere_comes_on_top_and_the_place_is_kept(
    page: HistoryPage, database: Database
) -> None:
    page.changes.table.go_to(4)
    current = page.changes.table.current()
    with database.write() as session:
        lookups.save(session, JihadiGroup, None, {"name": "گروه تازه"}, None)
    assert lines(page)[0].record == "گروه: گروه تازه"
    assert page.changes.table.current() == current


def test_an_archived_record_tells_why(page: HistoryPage, database: Database) -> None:
    with database.write() as session:
        units.archive_unit(session, 1, "دو بار ثبت شده بود")
    told = {line.field: line.after for line in lines(page)[:3]}
    assert told["دلیل بایگانی"] == "دو بار ثبت شده بود"


def test_a_bulk_entry_is_told_in_words(page: HistoryPage, database: Database) -> None:
    from db import history

    with database.engine.begin() as connection:
        history.record_event(connection, "unit", {"units": 1400, "seed": 1})
    page.refresh()
    assert [(line.field, line.after) for line in lines(page)[:2]] == [
        ("شمار واحدهای ساخته‌شده", "۱٬۴۰۰"),
        ("عدد آغاز نمونه", "۱"),
    ]


def test_the_chain_is_found_whole(qtbot: QtBot, page: HistoryPage) -> None:
    page.check_button.click()
    assert not page.check_button.isEnabled()
    qtbot.waitUntil(page.check_button.isEnabled)
    assert page.banner.property("tone") == "good"


@pytest.mark.parametrize("how", ["UPDATE change SET actor = 'x' WHERE id = 5",
                                 "DELETE FROM change WHERE id = 4"])  # fmt: skip
def test_a_rewritten_history_is_found_out(
    qtbot: QtBot, page: HistoryPage, database: Database, how: str
) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(how)
    page.check()
    qtbot.waitUntil(page.check_button.isEnabled)
    assert page.banner.property("tone") == "bad"
    assert "شمارهٔ ۵" in page.banner.label.text()


def test_trouble_while_checking_is_told(
    qtbot: QtBot, page: HistoryPage, frame: FakeFrame, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {Change.__tablename__} RENAME TO gone")
    page.check()
    qtbot.waitUntil(page.check_button.isEnabled)
    assert len(frame.troubles) == 1
    assert not page.banner.isVisible()
