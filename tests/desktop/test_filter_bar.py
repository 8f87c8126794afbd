"""The bar over a list: the search as one types, and a chip for each filter in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from db.calendar import from_jalali
from desktop import choices, kinds
from desktop.fields import Field
from desktop.widgets.filter_bar import NOT_GIVEN, FilterBar, Fixed, range_words
from desktop.widgets.pick_dialog import PickDialog, RangeDialog
from tests.desktop.driving import Answers, click, present, pressing
from tests.desktop.typing import focus_of, type_in, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

COUNTY = Field("county_id", "شهرستان", kinds.link("county"), required=True)
GROUP = Field("group_id", "گروه جهادی", kinds.link("group"))
STATE = Field("state", "وضعیت", choices.UNIT_STAGE)
DAY = Field("registered_on", "روز ثبت", kinds.DAY)
LISTS = {
    "county": [(7, "شیراز"), (8, "فسا"), (11, "لارستان")],
    "group": [(1, "گروه شهید رجایی")],
}


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    fixed = (Fixed("has_paid", "دست‌کم یک پرداخت"),)
    made = FilterBar((COUNTY, STATE, GROUP, DAY), fixed, LISTS.__getitem__)
    return present(qtbot, made, 900, 60)


@pytest.fixture
def heard(bar: FilterBar) -> list[tuple[str, dict[str, Any]]]:
    told: list[tuple[str, dict[str, Any]]] = []
    bar.changed.connect(lambda: told.append((bar.search, dict(bar.filters))))
    return told


def chips(bar: FilterBar) -> list[str]:
    QApplication.processEvents()
    found = (each for each in bar.findChildren(QPushButton) if each.property("role") == "chip")
    return [each.text() for each in found if each.isVisible() and each.menu() is None]


def ticking(*names: str) -> Callable[[QWidget], None]:
    """Tick these, and only these, and take it."""

    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, PickDialog)
        tick(dialog, *names)
        click(dialog, "پالودن")

    return act


def tick(dialog: PickDialog, *names: str) -> None:
    items = [dialog._list.item(row) for row in range(dialog._list.count())]
    assert set(names) <= {item.text() for item in items}
    for item in items:
        on = item.text() in names
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def test_keys_that_come_fast_are_searched_together(
    qtbot: QtBot, bar: FilterBar, heard: list[Any]
) -> None:
    bar.search_edit.setFocus()
    with qtbot.waitSignal(bar.changed):
        type_text(bar.search_edit, "نساجي")
    assert heard == [("نساجي", {})]


def test_emptying_the_search_is_told(qtbot: QtBot, bar: FilterBar, heard: list[Any]) -> None:
    bar.show_view("نخ", {})
    QApplication.processEvents()
    assert heard == []
    with qtbot.waitSignal(bar.changed):
        buttons = bar.search_edit.findChildren(QToolButton)
        next(b for b in buttons if b.defaultAction().objectName().endswith("clearaction")).click()
    assert heard == [("", {})]


def test_showing_a_view_tells_nobody(qtbot: QtBot, bar: FilterBar, heard: list[Any]) -> None:
    bar.show_view("نخ", {"county_id": [7]})
    qtbot.wait(100)
    assert heard == []
    assert bar.search == "نخ"
    assert chips(bar) == ["شهرستان: شیراز"]


def test_a_link_is_filtered_by_some_of_its_list(bar: FilterBar, heard: list[Any]) -> None:
    with Answers(ticking("شیراز", "لارستان")):
        bar.ask("county_id")
    assert heard == [("", {"county_id": [7, 11]})]
    assert chips(bar) == ["شهرستان: شیراز، لارستان"]


def test_what_was_chosen_stands_ticked_when_asked_again(bar: FilterBar, heard: list[Any]) -> None:
    bar.show_view("", {"county_id": [7, 8, 11]})
    assert chips(bar) == ["شهرستان: شیراز، فسا و ۱ دیگر"]
    with Answers(pressing("پالودن")):
        bar.ask("county_id")
    assert heard == [("", {"county_id": [7, 8, 11]})]


def test_nothing_ticked_takes_the_filter_off(bar: FilterBar, heard: list[Any]) -> None:
    bar.show_view("", {"county_id": [7]})
    with Answers(ticking()):
        bar.ask("county_id")
    assert heard == [("", {})]
    assert chips(bar) == []


def test_thinking_better_of_it_changes_nothing(bar: FilterBar, heard: list[Any]) -> None:
    with Answers(pressing("انصراف")):
        bar.ask("county_id")
    assert heard == []


def test_a_choice_is_filtered_by_its_words(bar: FilterBar, heard: list[Any]) -> None:
    with Answers(ticking("احیای شمرده‌شده", "بازایستاده")):
        bar.ask("state")
    assert heard == [("", {"state": ["counted", "stopped"]})]
    assert chips(bar) == ["وضعیت: احیای شمرده‌شده، بازایستاده"]


def test_what_may_be_missing_can_be_asked_for(bar: FilterBar, heard: list[Any]) -> None:
    with Answers(ticking(NOT_GIVEN)):
        bar.ask("group_id")
    assert heard == [("", {"group_id": [None]})]
    assert chips(bar) == [f"گروه جهادی: {NOT_GIVEN}"]


def test_days_are_filtered_from_one_to_another(bar: FilterBar, heard: list[Any]) -> None:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, RangeDialog)
        type_in(dialog, "first", "1402/01/01")
        type_in(dialog, "last", "1402/03/31")
        click(dialog, "پالودن")

    with Answers(act):
        bar.ask("registered_on")
    assert heard == [("", {"registered_on": ["2023-03-21", "2023-06-21"]})]
    assert chips(bar) == ["روز ثبت: ۱۴۰۲/۰۱/۰۱ تا ۱۴۰۲/۰۳/۳۱"]


def test_a_chip_takes_its_filter_off(bar: FilterBar, heard: list[Any]) -> None:
    bar.show_view("", {"county_id": [8], "has_paid": True, "id": [1, 2]})
    assert chips(bar) == ["شهرستان: فسا", "دست‌کم یک پرداخت", "برگزیده"]
    click(bar, "دست‌کم یک پرداخت")
    click(bar, "شهرستان: فسا")
    assert [filters for _, filters in heard] == [
        {"county_id": [8], "id": [1, 2]},
        {"id": [1, 2]},
    ]
    assert chips(bar) == ["برگزیده"]


def test_the_menu_offers_each_filter_by_its_label(bar: FilterBar, heard: list[Any]) -> None:
    menu = bar._add.menu()
    assert [action.text() for action in menu.actions()] == [
        "شهرستان", "وضعیت", "گروه جهادی", "روز ثبت",
    ]  # fmt: skip
    with Answers(ticking("فسا")):
        menu.actions()[0].trigger()
    assert heard == [("", {"county_id": [8]})]


def test_a_row_that_is_gone_from_the_list_is_named_all_the_same(bar: FilterBar) -> None:
    bar.show_view("", {"county_id": [99]})
    assert chips(bar) == ["شهرستان: ؟"]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (["2023-03-21", None], "از ۱۴۰۲/۰۱/۰۱"),
        ([None, from_jalali("1402/01/01")], "تا ۱۴۰۲/۰۱/۰۱"),
        (["2023-03-21", "2023-03-21"], "۱۴۰۲/۰۱/۰۱"),
        ([None, None], "ثبت‌شده"),
    ],
)
def test_a_range_in_words(value: list[Any], told: str) -> None:
    assert range_words(value) == told


def test_the_search_is_reached_and_read_aloud(bar: FilterBar) -> None:
    assert bar.search_edit.accessibleName() == "جستجو در فهرست"
    assert focus_of(bar, "search") is bar.search_edit


def test_a_list_without_filters_has_no_button_for_them(qtbot: QtBot, bar: FilterBar) -> None:
    plain = FilterBar((), (), lambda _source: [])
    qtbot.addWidget(plain)
    assert plain._add.isHidden()
    assert not bar._add.isHidden()
