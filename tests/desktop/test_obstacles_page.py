"""An obstacle from the day it was found to its removal, with the actions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.models import Obstacle
from desktop.messages import SENTENCES
from desktop.pages.list_page import ListPage
from desktop.visits.obstacle_record import ObstaclePage
from desktop.visits.obstacles_page import ObstaclesPage
from tests.desktop.driving import Answers, fill, key, keys, present, pressing, show_tab
from tests.desktop.records import add_action, add_group, add_obstacle, add_unit
from tests.desktop.typing import focus_of, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def unit(frame: FakeFrame) -> int:
    return add_unit(frame.database, "نساجی کویر", group_id=add_group(frame.database, "گروه الف"))


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, unit: int) -> ObstaclesPage:
    made = frame.page = present(qtbot, ObstaclesPage(frame))
    made.start()
    return made


def record(page: ObstaclesPage) -> ObstaclePage:
    assert isinstance(page.record, ObstaclePage)
    return page.record


def opened(page: ObstaclesPage, number: int) -> ObstaclePage:
    page.refresh()
    page.open(number)
    QApplication.processEvents()
    return record(page)


def stored(frame: FakeFrame, number: int = 1) -> Obstacle:
    with frame.database.read() as session:
        return session.get_one(Obstacle, number)


def test_an_obstacle_is_found_and_removed(page: ObstaclesPage, frame: FakeFrame) -> None:
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    made = record(page)
    fill(made, {"unit_id": "نساجی", "kind_id": "مواد اولیه", "agency_id": "گمرک",
                "found_on": "1402/06/01"})  # fmt: skip
    main = focus_of(made, "main")
    main.setFocus()
    press(main, Qt.Key.Key_Space, " ")
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    assert made.title.text() == "مواد اولیه، نساجی کویر"
    assert made.state.text() == "باز"
    assert (stored(frame).group_id, stored(frame).main) == (1, True)
    fill(made, {"removed_on": "1402/08/01", "removed_by": "علی رضایی", "removal": "وارد شد"})
    keys(page, Qt.Key.Key_S)
    assert made.state.text() == "رفع‌شده"
    frame.day = from_jalali("1402/07/30")
    page.refresh()
    assert made.state.text() == "باز"
    frame.day = None
    key(page, Qt.Key.Key_Escape)
    row = page.table.current()
    assert (row.kind, row.state, row.removed_by) == ("مواد اولیه", "removed", "علی رضایی")


def test_each_slip_is_told_beside_its_field(page: ObstaclesPage, frame: FakeFrame) -> None:
    made = opened(page, add_obstacle(frame.database, 1))
    right = {"found_on": "1402/06/01", "removed_on": "", "removed_by": "", "removal": ""}
    for wrong, name, code in (
        ({"found_on": "1402/09/16"}, "found_on", "future"),
        ({"found_on": "1402/01/09"}, "found_on", "found_before_registered"),
        ({"removed_on": "1402/05/31"}, "removed_on", "removed_before_found"),
        ({"removed_on": "1402/09/16"}, "removed_on", "future"),
        ({"removal": "وام گرفت"}, "removed_on", "removal_without_day"),
        ({"removed_by": "علی"}, "removed_on", "removal_without_day"),
        ({"removed_on": "1402/07/01"}, "removal", "removal_not_told"),
    ):
        fill(made, {**right, **wrong})
        told = made.form.complaint(name)
        assert told.startswith(SENTENCES[code].split("{0}")[0]), (wrong, told)
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)


def test_another_main_obstacle_takes_the_mark_off_the_first(
    page: ObstaclesPage, frame: FakeFrame
) -> None:
    first = add_obstacle(frame.database, 1, main=True)
    made = opened(page, add_obstacle(frame.database, 1))
    main = focus_of(made, "main")
    main.setFocus()
    press(main, Qt.Key.Key_Space, " ")
    keys(page, Qt.Key.Key_S)
    assert not stored(frame, first).main
    page.close_record()
    page.show_filters({"main": True})
    assert list(page.listing.ids) == [2]


def test_the_actions_on_an_obstacle_are_listed_on_its_page(
    page: ObstaclesPage, frame: FakeFrame
) -> None:
    number = add_obstacle(frame.database, 1, agency_id=2)
    add_action(frame.database, 1, obstacle_id=number)
    add_action(frame.database, 1)
    made = opened(page, number)
    panel = show_tab(made, "اقدام‌ها")
    assert isinstance(panel, ListPage)
    assert len(panel.listing) == 1
    add_action(frame.database, 1, obstacle_id=number)
    assert len(panel.listing) == 2
    keys(page, Qt.Key.Key_N)
    assert frame.wanted == [("actions", {"obstacle_id": number})]


def test_the_filters_of_the_figures(page: ObstaclesPage, frame: FakeFrame) -> None:
    add_obstacle(frame.database, 1, severity="high", agency_id=2)
    add_obstacle(frame.database, 1, "1402/05/01", removed_on=from_jalali("1402/06/01"),
                 removal="رفع شد")  # fmt: skip
    page.refresh()
    assert list(page.listing.ids) == [1, 2]  # the newest first
    for filters, ids in (
        ({"state": ["open"]}, [1]),
        ({"state": ["removed"]}, [2]),
        ({"agency_id": [2]}, [1]),
        ({"agency_id": [None]}, [2]),
        ({"severity": ["high"]}, [1]),
    ):
        page.show_filters(filters)
        assert list(page.listing.ids) == ids, filters
    frame.day = from_jalali("1402/05/31")
    page.show_filters({"state": ["open"]})
    assert list(page.listing.ids) == [2]
