"""The base lists: what a new file comes with can be read, changed, archived and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.queries.lookups import MODELS
from desktop.kinds import COUNT
from desktop.lookups.page import LISTS, LookupsPage
from desktop.messages import SENTENCES
from desktop.pages.history_view import HistoryView
from tests.desktop.driving import Answers, click, fill, key, keys, present, pressing
from tests.desktop.records import add_unit, number_of
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import type_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.pages.record_page import RecordPage
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> LookupsPage:
    made = frame.page = present(qtbot, LookupsPage(frame))
    made.start()
    return made


def go(page: LookupsPage, source: str) -> None:
    page.tabs.setCurrentIndex(list(LISTS).index(source))


def names(page: LookupsPage) -> list[str]:
    table = page.current.table
    return [table.rows.row_at(n).name for n in range(table.rows.rowCount())]


def record(page: LookupsPage) -> RecordPage:
    assert page.current.record is not None
    return page.current.record


def test_a_new_file_comes_with_its_lists(page: LookupsPage, frame: FakeFrame) -> None:
    for source, some in (
        ("county", {"شیراز", "نی‌ریز"}),
        ("estate", {"شهرک صنعتی بزرگ شیراز"}),
        ("industry", {"تولید منسوجات"}),
        ("obstacle_kind", {"بازار و فروش"}),
        ("bank", {"بانک ملی ایران"}),
    ):
        go(page, source)
        found = names(page)
        assert some <= set(found), found
        assert frame.told == f"{COUNT.show(len(found))} ردیف"


def test_a_list_is_fetched_when_it_is_looked_at(page: LookupsPage) -> None:
    banks = page.tabs.widget(list(LISTS).index("bank"))
    assert banks is not None
    assert banks.table.rows.rowCount() == 0  # type: ignore[attr-defined]
    go(page, "bank")
    assert banks.table.rows.rowCount() > 0  # type: ignore[attr-defined]


def test_a_row_is_added_by_keyboard(page: LookupsPage, frame: FakeFrame) -> None:
    go(page, "bank")
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    fill(record(page), {"name": "بانك نو", "code": "۰۹۹"})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    key(page, Qt.Key.Key_Escape)
    assert page.current.table.current().name == "بانک نو"
    assert page.current.table.current().code == "099"


def test_an_estate_may_have_the_name_of_one_in_another_county(
    page: LookupsPage, frame: FakeFrame
) -> None:
    go(page, "estate")
    page.new()
    fill(record(page), {"name": "شهرک صنعتی  کازرون", "county_id": "کازرون"})
    assert record(page).form.complaint("name") == SENTENCES["name_taken"].format(
        "شهرک صنعتی کازرون"
    )
    fill(record(page), {"county_id": "فسا"})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_a_code_is_latin_letters_and_digits(page: LookupsPage) -> None:
    go(page, "obstacle_kind")
    page.new()
    fill(record(page), {"name": "مانع نو", "code": "مانع"})
    assert record(page).form.complaint("code") == SENTENCES["bad_code"]
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)


def test_what_is_changed_is_told_each_time(page: LookupsPage, frame: FakeFrame) -> None:
    page.current.open(number_of(frame.database, "county", "فسا"))
    made = record(page)
    for name in ("فسای نو", "فسای نوتر"):
        fill(made, {"name": name})
        keys(page, Qt.Key.Key_S)
    view = made.tabs.widget(1)
    assert isinstance(view, HistoryView)
    lines = [view.table.rows.row_at(n) for n in range(view.table.rows.rowCount())]
    assert [(line.field, line.before, line.after) for line in lines[:2]] == [
        ("شهرستان", "فسای نو", "فسای نوتر"),
        ("شهرستان", "فسا", "فسای نو"),
    ]


def test_what_is_in_use_is_archived_and_stays_readable(page: LookupsPage, frame: FakeFrame) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    add_unit(frame.database, county_id=fasa)
    table = page.current.table
    table.setFocus()
    table.go_to(names(page).index("فسا"))
    assert table.current().units == 1
    with Answers(reasoning("تقسیم شد", "بایگانی")):
        key(page, Qt.Key.Key_Delete)
    assert "فسا" not in names(page)
    page.current.archived.click()
    assert names(page) == ["فسا"]
    assert page.current.table.rows.row_at(0).archive_reason == "تقسیم شد"
    page.current.table.go_to(0)
    click(page.current.card, "بازگرداندن")
    page.current.archived.click()
    assert "فسا" in names(page)


def test_what_was_replaced_is_not_brought_back_under_the_same_name(
    page: LookupsPage, frame: FakeFrame
) -> None:
    go(page, "bank")
    table = page.current.table
    table.go_to(names(page).index("بانک ملی ایران"))
    with Answers(reasoning("دوباره", "بایگانی")):
        page.current.acts.archive()
    page.new()
    fill(record(page), {"name": "بانك ملي ايران"})
    keys(page, Qt.Key.Key_S)
    key(page, Qt.Key.Key_Escape)
    page.current.archived.click()
    table.go_to(0)
    page.current.acts.restore()
    assert frame.toasts[-1] == (SENTENCES["name_taken"].format("بانک ملی ایران"), "bad")


def test_another_list_is_not_shown_over_unsaved_work(page: LookupsPage) -> None:
    page.new()
    type_in(record(page), "name", "شهرستان نو")
    with Answers(pressing("ماندن در این صفحه")):
        go(page, "bank")
    assert page.tabs.currentIndex() == 0
    assert record(page).form.changed
    with Answers(pressing("دور انداختن")):
        assert page.can_leave()
    go(page, "bank")
    assert page.tabs.currentIndex() == list(LISTS).index("bank")
    go(page, "county")
    assert page.current.record is None


def test_every_list_has_its_model_and_its_words() -> None:
    for source, (title, new, own, _used) in LISTS.items():
        assert source in MODELS
        assert title
        assert "تازه" in new
        assert own[0].name == "name"
