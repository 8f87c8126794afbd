"""The tab «پرونده»: all that happened to a unit in words, filtered, opening its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from db.calendar import from_jalali, to_persian_date
from db.queries import unit_file
from db.queries.unit_file import EVENTS, KINDS
from desktop import choices
from desktop.page_list import BY_KEY, PAGES, opening_page
from desktop.unit_file import words
from desktop.unit_file.panel import PAGES as PAGES_OF
from desktop.unit_file.panel import TABS, UnitFilePanel
from desktop.units.page import UnitsPage
from tests.db.rich_unit import LAST, add_rich_unit
from tests.desktop.driving import button, present

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTabWidget
    from pytestqt.qtbot import QtBot

    from db.queries.unit_file import Entry
    from tests.desktop.fake_frame import FakeFrame


@pytest.fixture
def rich(frame: FakeFrame) -> int:
    with frame.database.write() as session:
        return add_rich_unit(session)


@pytest.fixture
def panel(qtbot: QtBot, frame: FakeFrame, rich: int) -> UnitFilePanel:
    frame.day = LAST
    return present(qtbot, UnitFilePanel(frame, {"unit_id": [rich]}))


def shown(panel: UnitFilePanel) -> list[tuple[str, str, str]]:
    """(day, word, line) as they stand in the table."""
    model = panel.table.rows
    return [
        (to_persian_date(row.day), words.WHAT.show(row.what), row.line)
        for row in (model.row_at(place) for place in range(model.rowCount()))
    ]


def entries(frame: FakeFrame, unit_id: int) -> list[Entry]:
    with frame.database.read() as session:
        return unit_file.entries(session, unit_id, LAST)


def test_every_event_has_its_words(frame: FakeFrame, rich: int) -> None:
    assert set(words.KIND_WORDS) == set(KINDS)
    assert set(words._LINES) == set(EVENTS)
    for entry in entries(frame, rich):
        assert words.WHAT.show(words.what(entry))
        line = words.line(entry)
        assert line
        assert not any(digit in line for digit in "0123456789"), line
        assert "None" not in line
        assert "؛ ؛" not in line


def test_what_happened_is_told_in_order(panel: UnitFilePanel, frame: FakeFrame, rich: int) -> None:
    told = shown(panel)
    assert len(told) == len(entries(frame, rich))
    assert [day for day, _, _ in told] == sorted(day for day, _, _ in told)
    for line in (
        ("۱۳۹۹/۰۶/۰۱", "آغاز رکود", "تولید واحد ایستاد"),
        ("۱۴۰۲/۰۲/۰۱", "ثبت واحد", "راکد شناخته شد، شاغلان ۴ نفر، ظرفیت ۰ درصد"),
        ("۱۴۰۲/۰۵/۲۸", "پرداخت تسهیلات", "بانک کشاورزی؛ مرحلهٔ ۲؛ ۴٬۰۰۰٬۰۰۰٬۰۰۰ ریال"),
        ("۱۴۰۲/۰۶/۰۱", "بازگشت به تولید", "شاغلان ۱۴ نفر، ظرفیت ۶۵ درصد"),
        ("۱۴۰۲/۰۶/۰۱", "مرحله", "از «در حمایت» به «احیای اعلام‌شده»؛ گواه فعالیت ندارد"),
        ("۱۴۰۲/۱۰/۰۱", "توقف دوباره", "قطعی گاز زمستان"),
    ):
        assert line in told, line


def test_what_does_not_count_is_marked(panel: UnitFilePanel) -> None:
    told = {(day, word): line for day, word, line in shown(panel)}
    assert "پایش پس از احیا: فعال" in told["۱۴۰۲/۰۶/۲۵", "پایش (پیش‌نویس)"]
    line = told["۱۴۰۲/۰۷/۰۱", "پایش (برگشت‌خورده)"]
    assert "دلیل برگشت: شمار شاغلان نوشته نشده" in line
    assert ("۱۴۰۲/۰۴/۳۰", "اقدام نافرجام") in told


@pytest.mark.parametrize("kind", KINDS)
def test_each_chip_shows_its_kind_alone(
    panel: UnitFilePanel, frame: FakeFrame, rich: int, kind: str
) -> None:
    panel.chips[kind].click()
    expected = [entry for entry in entries(frame, rich) if entry.kind == kind]
    assert [line for _, _, line in shown(panel)] == [words.line(entry) for entry in expected]
    panel.chips["stage"].click()
    kinds = {kind, "stage"} - ({"stage"} if kind == "stage" else set())
    expected = [e for e in entries(frame, rich) if not kinds or e.kind in kinds]
    assert len(shown(panel)) == len(expected)


def test_nothing_of_a_kind_is_said(qtbot: QtBot, frame: FakeFrame) -> None:
    from tests.desktop.records import add_unit

    unit_id = add_unit(frame.database)
    panel = present(qtbot, UnitFilePanel(frame, {"unit_id": [unit_id]}))
    panel.chips["loan"].click()
    assert panel.nothing.isVisible()
    panel.chips["loan"].click()
    assert not panel.nothing.isVisible()


def test_as_of_an_earlier_day(panel: UnitFilePanel, frame: FakeFrame) -> None:
    frame.day = from_jalali("1402/03/02")
    panel.refresh()
    told = shown(panel)
    assert max(day for day, _, _ in told) == "۱۴۰۲/۰۳/۰۲"
    assert len(told) == 9


def test_the_edits_come_when_they_are_asked_for(panel: UnitFilePanel, frame: FakeFrame) -> None:
    frame.day = None
    panel.refresh()
    before = len(shown(panel))
    panel.changes.click()
    told = [line for _, word, line in shown(panel) if word == "ویرایش"]
    assert len(shown(panel)) == before + len(told)
    assert any("ثبت واحد؛" in line and "نام واحد: نخ‌ریسی گلستان فارس" in line for line in told)
    assert any("ثبت سند" in line and "پروانه" in line for line in told)
    panel.changes.click()
    assert len(shown(panel)) == before


def test_an_entry_opens_its_record(panel: UnitFilePanel, frame: FakeFrame) -> None:
    model = panel.table.rows
    by_record: dict[str, Any] = {}
    for place in range(model.rowCount()):
        row = model.row_at(place)
        by_record.setdefault(row.record, row)
    assert set(by_record) - {"change"} == set(PAGES_OF) | (set(TABS) - {"change"})
    for record, page in PAGES_OF.items():
        panel.table.opened.emit(by_record[record])
        door = frame.doors[-1]
        assert (door.page, door.record) == (page, by_record[record].record_id)
        assert page in BY_KEY


def test_an_entry_of_the_unit_opens_a_tab_of_its_page(
    qtbot: QtBot, frame: FakeFrame, rich: int
) -> None:
    page = present(qtbot, UnitsPage(frame))
    page.start()
    page.open(rich)
    record: Any = page.record
    tabs: QTabWidget = record.tabs

    def at(title: str) -> None:
        tabs.setCurrentIndex([tabs.tabText(n) for n in range(tabs.count())].index(title))

    for kind, title in TABS.items():
        at("پرونده")
        panel: Any = tabs.currentWidget()
        assert isinstance(panel, UnitFilePanel)
        row = next(
            (panel.table.rows.row_at(n) for n in range(panel.table.rows.rowCount())
             if panel.table.rows.row_at(n).record == kind), None,
        )  # fmt: skip
        if row is None:
            assert kind == "change"
            continue
        panel.table.opened.emit(row)
        assert tabs.tabText(tabs.currentIndex()) == title


def test_a_part_of_a_page_is_no_page_of_the_side_bar() -> None:
    keys = {entry.key for entry in PAGES}
    assert {"documents", "unit_file"}.isdisjoint(keys)
    assert opening_page("documents") == PAGES[0].key


def test_the_print_button_offers_both_ways(panel: UnitFilePanel) -> None:
    found = button(panel, "چاپ شناسنامه")
    assert [action.text() for action in found.menu().actions()] == [  # type: ignore[attr-defined]
        "پیش‌نمایش و چاپ…",
        "ذخیرهٔ PDF…",
    ]


def test_words_of_choices_are_those_of_the_lists() -> None:
    assert set(choices.VISIT_KIND.choices) < set(words.WHAT.choices)
    assert set(choices.ACTION_KIND.choices) < set(words.WHAT.choices)
