"""The jihadi groups: registered by keyboard, with their units beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.commands import units as commands
from db.commands.saving import values_of
from db.models import JihadiGroup, Unit
from desktop.groups.page import GroupsPage
from desktop.groups.record import GroupPage
from desktop.messages import SENTENCES
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import ListPage
from desktop.widgets.frame import Door
from tests.desktop.driving import Answers, click, fill, key, keys, present, pressing
from tests.desktop.records import add_group, add_return, add_unit
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import focus_of, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame


pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def whole(qtbot: QtBot, frame: FakeFrame) -> GroupsPage:
    made = frame.page = present(qtbot, GroupsPage(frame))
    made.start()
    return made


@pytest.fixture
def page(whole: GroupsPage) -> ListPage:
    return whole.groups


def record(page: ListPage) -> GroupPage:
    assert isinstance(page.record, GroupPage)
    return page.record


def rows(page: ListPage) -> list[str]:
    return [page.table.rows.row_at(n).name for n in range(page.table.rows.rowCount())]


def test_a_group_is_registered_by_keyboard(page: ListPage, frame: FakeFrame) -> None:
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    made = record(page)
    fill(made, {"name": "گروه شهيد رجايي", "leader": "علوی", "phone": "+98 917 123 4567",
                "county_id": "فسا", "formed_on": "1400/05/01"})  # fmt: skip
    active = focus_of(made, "active")
    active.setFocus()
    press(active, Qt.Key.Key_Space, " ")
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    with frame.database.read() as session:
        group = session.query(JihadiGroup).one()
    assert (group.name, group.phone, group.active) == ("گروه شهید رجایی", "09171234567", False)
    key(page, Qt.Key.Key_Escape)
    assert page.table.current().name == "گروه شهید رجایی"
    assert page.table.current().county == "فسا"


def test_a_taken_name_and_a_wrong_phone_are_refused(page: ListPage, frame: FakeFrame) -> None:
    add_group(frame.database, "گروه الف")
    page.new()
    made = record(page)
    fill(made, {"name": "گروه  الف", "phone": "123", "formed_on": "1402/09/16"})
    assert made.form.complaint("name") == SENTENCES["name_taken"].format("گروه الف")
    assert made.form.complaint("phone") == SENTENCES["bad_phone"]
    assert made.form.complaint("formed_on") == SENTENCES["future"]
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == []
    fill(made, {"name": "گروه ب", "phone": "", "formed_on": ""})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_a_group_counts_its_units_and_those_revived(page: ListPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    for number in range(3):
        unit = add_unit(frame.database, f"واحد {number}", group_id=group)
    add_return(frame.database, unit, "1402/05/01")
    row = page.table.rows.row_at(0)
    assert (row.units, row.revived) == (3, 1)
    assert page.SPEC.sums[0].value(row) == 3


def test_the_units_of_a_group_are_listed_in_it(page: ListPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    unit = add_unit(frame.database, "نساجی کویر", group_id=group)
    add_unit(frame.database, "بی‌گروه")
    page.open(group)
    panel = record(page).tabs.widget(2)
    assert isinstance(panel, ListPage)
    assert rows(panel) == ["نساجی کویر"]
    add_unit(frame.database, "پارس نخ", group_id=group)
    assert rows(panel) == ["پارس نخ", "نساجی کویر"]
    panel.table.go_to(1)
    panel.table.open_current()
    assert frame.doors == [Door("units", record=unit)]
    record(page).tabs.setCurrentIndex(2)
    keys(page, Qt.Key.Key_N)
    assert frame.wanted == [("units", {"group_id": group})]


def test_the_past_of_a_group_is_told(page: ListPage, frame: FakeFrame) -> None:
    group = add_group(frame.database, "گروه الف")
    page.open(group)
    made = record(page)
    fill(made, {"speciality": "صنایع غذایی"})
    press(focus_of(made, "active"), Qt.Key.Key_Space, " ")
    keys(page, Qt.Key.Key_S)
    view = made.tabs.widget(4)
    assert isinstance(view, HistoryView)
    lines = [view.table.rows.row_at(n) for n in range(view.table.rows.rowCount())]
    told = [(line.operation, line.field, line.before, line.after) for line in lines]
    assert ("update", "تخصص", "", "صنایع غذایی") in told
    assert ("update", "فعال", "بله", "خیر") in told
    assert ("insert", "نام گروه", "", "گروه الف") in told


def test_an_archived_group_keeps_its_units(page: ListPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    unit = add_unit(frame.database, group_id=group)
    page.table.setFocus()
    page.table.go_to(0)
    with Answers(reasoning("منحل شد", "بایگانی")):
        key(page, Qt.Key.Key_Delete)
    assert rows(page) == []
    with frame.database.read() as session:
        assert session.get_one(Unit, unit).group_id == group
    with frame.database.write() as session:  # and the unit can still be saved with it
        values = values_of(session.get_one(Unit, unit))
        commands.save_unit(session, unit, {**values, "found_jobs": 7})


@pytest.mark.parametrize("answer", ["ماندن در این صفحه", "دور انداختن"])
def test_unsaved_work_is_asked_about(page: ListPage, frame: FakeFrame, answer: str) -> None:
    page.open(add_group(frame.database))
    fill(record(page), {"leader": "کسی"})
    with Answers(pressing(answer)):
        click(record(page), "بازگشت به فهرست (Esc)")
    assert (page.record is None) is (answer == "دور انداختن")
