"""The board: every unit stands at its stage; a unit opens, and a stage opens its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.calendar import from_jalali
from db.errors import DatabaseProblem
from desktop.board import page as board
from desktop.board.page import BoardPage
from desktop.widgets.frame import Door
from tests.desktop.driving import present
from tests.desktop.records import add_loan, add_return, add_unit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")


def show(qtbot: QtBot, frame: FakeFrame, width: int = 1114) -> BoardPage:
    page = BoardPage(frame)
    frame.page = page
    present(qtbot, page, width, 600)
    with qtbot.waitSignal(page.filled):
        page.start()
    return page


def counts(page: BoardPage) -> dict[str, str]:
    return {stage: column.count.text() for stage, column in page.columns.items()}


@pytest.fixture
def units(frame: FakeFrame) -> dict[str, int]:
    made = {name: add_unit(frame.database, name) for name in ("آجر بیضا", "نخ کوار", "گچ فسا")}
    add_loan(frame.database, made["نخ کوار"])
    add_return(frame.database, made["گچ فسا"], "1402/05/01")
    return made


def test_an_empty_board_has_every_stage(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    assert set(counts(page).values()) == {"۰"}
    assert not any(column.more.isEnabled() for column in page.columns.values())
    assert page.columns["registered"].word.text() == "ثبت‌شده"


def test_units_stand_at_their_stages(qtbot: QtBot, frame: FakeFrame, units: dict[str, int]) -> None:
    page = show(qtbot, frame)
    assert {stage: n for stage, n in counts(page).items() if n != "۰"} == {
        "registered": "۱", "in_support": "۱", "counted": "۱",
    }  # fmt: skip
    item = page.columns["counted"].list.item(0)
    assert item.text() == "گچ فسا\n۱۴۰۲/۰۵/۰۱ · شیراز"
    frame.day = from_jalali("1402/01/20")
    with qtbot.waitSignal(page.filled):
        page.refresh()
    assert counts(page)["registered"] == "۳", "as it was by that day"


def test_a_unit_and_a_stage_are_doors(
    qtbot: QtBot, frame: FakeFrame, units: dict[str, int]
) -> None:
    page = show(qtbot, frame)
    column = page.columns["in_support"]
    column.list.setCurrentRow(0)
    column.list.setFocus()
    QTest.keyClick(column.list, Qt.Key.Key_Return)
    assert frame.doors.pop() == Door("units", record=units["نخ کوار"])
    column.more.click()
    assert frame.doors.pop() == Door("units", {"stage": ["in_support"]})


def test_a_save_is_on_the_board(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    assert {"unit", "visit", "revival", "document"} <= page.WATCHES
    with qtbot.waitSignal(page.filled):
        add_unit(frame.database)
    assert counts(page)["registered"] == "۱"


def test_trouble_is_told(qtbot: QtBot, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    page = show(qtbot, frame)

    def disk(*_: Any) -> None:
        raise DatabaseProblem("disk")

    monkeypatch.setattr("db.queries.board.columns", disk)
    page.refresh()
    qtbot.waitUntil(lambda: bool(frame.troubles))
    assert [str(error) for error in frame.troubles] == ["disk"]


@pytest.mark.parametrize(("width", "across"), [(1114, 4), (700, 2)])
def test_stages_find_room(qtbot: QtBot, frame: FakeFrame, width: int, across: int) -> None:
    page = show(qtbot, frame, width)
    tops = [column.y() for column in page.columns.values()]
    assert [tops.count(top) for top in sorted(set(tops))] == [across] * (8 // across)
    first = page.columns["registered"]
    assert first.x() > page.columns["visited"].x(), "from the right"
    assert first.minimumHeight() == board.HEIGHT
