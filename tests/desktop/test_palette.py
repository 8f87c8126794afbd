"""The search of everything is done by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from desktop.widgets.palette import Hit, Palette
from tests.desktop.driving import present
from tests.desktop.typing import press, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMES = ("پیشخوان", "واحدها", "واحد نخ‌ریسی", "گروه نصر")


class Asked:
    """The sources, and what was opened of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.opened: list[str] = []

    def hits(self, typed: str) -> list[Hit]:
        self.texts.append(typed)
        return [
            Hit(name, "صفحه", "units", lambda n=name: self.opened.append(n))
            for name in NAMES
            if typed in name
        ]


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    return present(qtbot, QMainWindow())


@pytest.fixture
def palette(qtbot: QtBot, window: QMainWindow, asked: Asked) -> Palette:
    made = Palette(window, asked.hits)
    made.open()
    qtbot.waitUntil(made.edit.hasFocus)
    return made


def lit(palette: Palette) -> str:
    return str(palette.list.currentIndex().data())


def test_the_usual_stands_there_at_once(palette: Palette, asked: Asked) -> None:
    assert asked.texts == [""]
    assert lit(palette) == "پیشخوان"
    assert palette.list.isVisible()


def test_typed_moved_and_opened_by_keys(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    with qtbot.waitSignal(palette.accepted):
        type_text(palette.edit, "واحد")
        press(palette.edit, Qt.Key.Key_Down)
        assert lit(palette) == "واحد نخ‌ریسی"
        press(palette.edit, Qt.Key.Key_Return)
    assert asked.opened == ["واحد نخ‌ریسی"]
    assert asked.texts == ["", "واحد"]  # keys that come together are searched together


def test_enter_waits_for_what_was_just_typed(palette: Palette, asked: Asked) -> None:
    type_text(palette.edit, "نصر")
    press(palette.edit, Qt.Key.Key_Return)
    assert asked.opened == ["گروه نصر"]


def test_the_ends_of_the_list_meet(palette: Palette) -> None:
    press(palette.edit, Qt.Key.Key_Up)
    assert lit(palette) == NAMES[-1]
    press(palette.edit, Qt.Key.Key_Down)
    assert lit(palette) == NAMES[0]
    press(palette.edit, Qt.Key.Key_PageDown)
    assert lit(palette) == NAMES[-1]


def test_nothing_found_is_said_and_enter_does_nothing(
    palette: Palette, asked: Asked, qtbot: QtBot
) -> None:
    type_text(palette.edit, "ژ")
    qtbot.waitUntil(palette.nothing.isVisible)
    assert not palette.list.isVisible()
    press(palette.edit, Qt.Key.Key_Return)
    press(palette.edit, Qt.Key.Key_Down)
    assert asked.opened == []
    assert palette.isVisible()


def test_escape_and_another_window_take_it_away(
    qtbot: QtBot, window: QMainWindow, asked: Asked
) -> None:
    first = Palette(window, asked.hits)
    first.open()
    qtbot.waitUntil(first.isActiveWindow)
    with qtbot.waitSignal(first.rejected):
        press(first.edit, Qt.Key.Key_Escape)
    second = Palette(window, asked.hits)
    second.open()
    qtbot.waitUntil(second.isActiveWindow)
    with qtbot.waitSignal(second.rejected):
        window.activateWindow()
    assert asked.opened == []


def test_a_click_opens_and_both_themes_paint(palette: Palette, asked: Asked, qtbot: QtBot) -> None:
    assert not palette.grab().isNull()
    spot = palette.list.visualRect(palette.list.model().index(1, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked.opened == ["واحدها"]
