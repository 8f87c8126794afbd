"""The dialogs of filters and of «تا تاریخ», by keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db import calendar
from desktop.messages import SENTENCES
from desktop.widgets.pick_dialog import DayDialog, PickDialog, RangeDialog
from tests.desktop.driving import click, enter, key, present
from tests.desktop.records import TODAY
from tests.desktop.typing import focus_of, type_in, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

COUNTIES = [(n, name) for n, name in enumerate(
    ["آباده", "ارسنجان", "جهرم", "خنج", "شیراز", "فسا", "کازرون", "لارستان", "نی‌ریز"])]  # fmt: skip


@pytest.fixture(autouse=True)
def _fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def pick(qtbot: QtBot, ground: QWidget, chosen: Any = None, some: Any = COUNTIES) -> PickDialog:
    made = PickDialog(ground, "شهرستان", some, chosen)
    present(qtbot, made, 400, 500)
    made._list.setFocus()
    return made


def shown(dialog: PickDialog) -> list[str]:
    items = [dialog._list.item(row) for row in range(dialog._list.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_rows_are_ticked_by_the_space_bar(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground)
    dialog._list.setCurrentRow(0)
    key(dialog, Qt.Key.Key_Space)
    key(dialog, Qt.Key.Key_Down)
    key(dialog, Qt.Key.Key_Down)
    key(dialog, Qt.Key.Key_Space)
    assert dialog.chosen() == [0, 2]


def test_enter_takes_what_is_ticked(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground)
    dialog._list.setCurrentRow(4)
    key(dialog, Qt.Key.Key_Space)
    key(dialog, Qt.Key.Key_Return)
    assert dialog.result() == PickDialog.DialogCode.Accepted
    assert dialog.chosen() == [4]


def test_a_double_click_ticks_a_row(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground)
    spot = dialog._list.visualItemRect(dialog._list.item(3)).center()
    nothing = Qt.KeyboardModifier.NoModifier
    viewport = dialog._list.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, nothing, spot)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, nothing, spot)
    assert dialog.chosen() == [3]
    assert dialog.isVisible()


def test_what_was_chosen_is_ticked_and_can_be_taken_off(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground, [5, 99])
    assert dialog.chosen() == [5]
    dialog._list.setCurrentRow(5)
    key(dialog, Qt.Key.Key_Space)
    assert dialog.chosen() is None


def test_a_long_list_is_searched_in_any_spelling(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground)
    assert dialog._find.isVisible()
    dialog._find.setFocus()
    type_text(dialog._find, "ني ريز")
    assert shown(dialog) == ["نی‌ریز"]
    dialog._find.clear()
    type_text(dialog._find, "كاز")
    assert shown(dialog) == ["کازرون"]


def test_what_is_ticked_stays_when_the_search_hides_it(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground, [0])
    type_text(dialog._find, "فسا")
    assert dialog.chosen() == [0]


def test_a_short_list_has_no_search(qtbot: QtBot, ground: QWidget) -> None:
    assert not pick(qtbot, ground, None, COUNTIES[:3])._find.isVisible()


def test_escape_leaves_all_as_it_was(qtbot: QtBot, ground: QWidget) -> None:
    dialog = pick(qtbot, ground, [1])
    key(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == PickDialog.DialogCode.Rejected


# --- from a day to a day --------------------------------------------------------------------------


def between(qtbot: QtBot, ground: QWidget, chosen: Any = None) -> RangeDialog:
    return present(qtbot, RangeDialog(ground, "روز ثبت", chosen), 400, 300)


def test_either_day_may_be_open(qtbot: QtBot, ground: QWidget) -> None:
    dialog = between(qtbot, ground)
    type_in(dialog, "first", "1402/01/01")
    click(dialog, "پالودن")
    assert dialog.chosen() == ["2023-03-21", None]


def test_no_day_takes_the_filter_off(qtbot: QtBot, ground: QWidget) -> None:
    dialog = between(qtbot, ground, ["2023-03-21", date(2023, 6, 21)])
    type_in(dialog, "first", "")
    type_in(dialog, "last", "")
    click(dialog, "پالودن")
    assert not dialog.isVisible()
    assert dialog.chosen() is None


def test_the_last_day_is_not_before_the_first(qtbot: QtBot, ground: QWidget) -> None:
    dialog = between(qtbot, ground, ["2023-03-21", None])
    type_in(dialog, "last", "1401/01/01")
    click(dialog, "پالودن")
    assert dialog.isVisible()
    assert "پیش از ۱۴۰۲/۰۱/۰۱" in dialog._form.complaint("last")


def test_a_day_that_is_none_is_complained_of(qtbot: QtBot, ground: QWidget) -> None:
    dialog = between(qtbot, ground)
    type_in(dialog, "first", "1402/12/30")
    click(dialog, "پالودن")
    assert dialog.isVisible()
    assert dialog._form.complaint("first") == SENTENCES["unreadable_day"]


def test_enter_in_the_last_day_takes_the_range(qtbot: QtBot, ground: QWidget) -> None:
    dialog = between(qtbot, ground)
    type_in(dialog, "first", "1402/01/01")
    enter(focus_of(dialog, "first"))
    assert focus_of(dialog, "last").hasFocus()
    type_in(dialog, "last", "1402/02/01")
    enter(focus_of(dialog, "last"))
    assert dialog.result() == RangeDialog.DialogCode.Accepted


# --- «تا تاریخ» -----------------------------------------------------------------------------------


def until(qtbot: QtBot, ground: QWidget, day: date | None = None) -> DayDialog:
    return present(qtbot, DayDialog(ground, day), 400, 240)


def test_a_day_is_taken_by_enter(qtbot: QtBot, ground: QWidget) -> None:
    dialog = until(qtbot, ground)
    type_in(dialog, "day", "1402/06/31")
    enter(focus_of(dialog, "day"))
    assert dialog.day == calendar.from_jalali("1402/06/31")
    assert not dialog.isVisible()


def test_today_is_no_day_of_its_own(qtbot: QtBot, ground: QWidget) -> None:
    dialog = until(qtbot, ground, calendar.from_jalali("1402/06/31"))
    click(dialog, "امروز")
    assert dialog.day is None
    assert dialog.result() == DayDialog.DialogCode.Accepted
    dialog = until(qtbot, ground)
    click(dialog, "نمایش آن روز")
    assert dialog.day is None


def test_a_day_to_come_is_refused(qtbot: QtBot, ground: QWidget) -> None:
    dialog = until(qtbot, ground)
    type_in(dialog, "day", "1402/09/16")
    click(dialog, "نمایش آن روز")
    assert dialog.isVisible()
    assert dialog._form.complaint("day") == SENTENCES["future"]
    type_in(dialog, "day", "1402/13/01")
    click(dialog, "نمایش آن روز")
    assert dialog._form.complaint("day") == SENTENCES["unreadable_day"]


def test_leaving_keeps_the_day(qtbot: QtBot, ground: QWidget) -> None:
    day = calendar.from_jalali("1402/06/31")
    dialog = until(qtbot, ground, day)
    type_in(dialog, "day", "1402/01/01")
    click(dialog, "انصراف")
    assert dialog.day == day
