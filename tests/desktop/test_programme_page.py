"""The programme is changed as any record is, and its plan gets its milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db import calendar
from db.calendar import from_jalali
from db.commands.programme import save_milestones, save_programme
from db.queries import progress
from desktop.programme.page import ProgrammePage
from tests.desktop.driving import Answers, fill, key, keys, present, pressing
from tests.desktop.fake_frame import FakeFrame
from tests.desktop.records import add_return, add_unit
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import type_in

if TYPE_CHECKING:
    from datetime import date

    from pytestqt.qtbot import QtBot

    from db.database import Database

SUMMER, AUTUMN = from_jalali("1402/06/31"), from_jalali("1402/09/30")


@pytest.fixture
def frame(database: Database) -> FakeFrame:
    return FakeFrame(database)


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> ProgrammePage:
    made = ProgrammePage(frame)
    frame.page = made
    present(qtbot, made)
    made.start()
    return made


def target(database: Database) -> int:
    with database.read() as session:
        return progress.programme(session).target_units


def points(database: Database) -> list[tuple[date, int]]:
    with database.read() as session:
        plan = progress.programme(session)
        return [(each.day, each.units) for each in progress.milestones(session, plan.id)]


def test_the_target_is_changed_by_keyboard(page: ProgrammePage, database: Database) -> None:
    type_in(page.form, "target_units", "۴۵۰")
    assert page.unsaved.isVisible()
    keys(page, Qt.Key.Key_S)
    assert target(database) == 450
    assert "۴۵۰ واحد" in page.title.text()
    assert not page.unsaved.isVisible()


def test_the_deadline_has_passed_or_not_by_the_day_asked_for(
    page: ProgrammePage, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: calendar.from_jalali("1405/01/01"))
    page.refresh()
    assert page.state.text() == "مهلت گذشته است"
    frame.day = calendar.from_jalali("1402/12/29")
    page.refresh()
    assert page.state.text() == ""


def test_a_complaint_stands_beside_the_field(page: ProgrammePage, database: Database) -> None:
    type_in(page.form, "deadline", "1401/01/01")
    assert not page.save()
    assert "روز مبنا" in page.form.complaint("deadline")
    type_in(page.form, "deadline", "1402/12/30")
    assert not page.save()
    assert page.form.complaint("deadline")
    assert target(database) == 400


def test_there_is_no_list_to_go_back_to(page: ProgrammePage) -> None:
    names = [each.accessibleName() for each in page.findChildren(QWidget) if each.isVisible()]
    assert not any("بازگشت به فهرست" in name for name in names)


def test_what_is_thrown_away_does_not_stay_in_the_form(page: ProgrammePage) -> None:
    type_in(page.form, "target_units", "500")
    with Answers(pressing("ماندن در این صفحه")):
        assert not page.can_leave()
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)
    assert page.form.values()["target_units"] == 400
    assert not page.form.changed


def test_another_ones_change_is_not_overwritten(page: ProgrammePage, database: Database) -> None:
    type_in(page.form, "target_units", "450")
    with database.write() as session:
        save_programme(session, {"organisation": "سازمان صمت فارس", "target_units": 420}, None)
    with Answers(pressing("ذخیرهٔ برگزیده‌ها")):
        assert page.save()
    with database.read() as session:
        plan = progress.programme(session)
    assert plan.target_units == 450
    assert page.form.values()["target_units"] == 450


def test_milestones_are_added_changed_and_taken_out(
    page: ProgrammePage, database: Database
) -> None:
    page.tabs.setCurrentIndex(1)
    dialog = page._milestones.open(None)
    fill(dialog.form, {"day": "1402/06/31", "units": "۲۰۰"})
    dialog.accept()
    assert points(database) == [(SUMMER, 200)]
    row = page._milestones.table.rows.row_at(0)
    dialog = page._milestones.open(row)
    fill(dialog.form, {"day": "1402/09/30", "units": "۳۰۰"})
    dialog.accept()
    assert points(database) == [(AUTUMN, 300)]
    page._milestones.table.go_to(0)
    with Answers(reasoning("برنامه عوض شد", "بایگانی")):
        page._milestones.archive()
    assert points(database) == []


def test_a_milestone_outside_the_programme_is_refused(
    page: ProgrammePage, database: Database
) -> None:
    dialog = page._milestones.open(None)
    fill(dialog.form, {"day": "1403/01/15", "units": "200"})
    dialog.accept()
    assert dialog.form.complaint("day")
    fill(dialog.form, {"day": ""})
    dialog.accept()
    assert dialog.form.complaint("day")
    assert points(database) == []
    dialog.form.changed = False
    dialog.reject()


def test_a_milestone_of_the_same_day_or_changed_elsewhere(
    page: ProgrammePage, database: Database
) -> None:
    number = page.record_id or 0
    with database.write() as session:
        save_milestones(session, number, [(SUMMER, 200)])
    dialog = page._milestones.open(None)
    fill(dialog.form, {"day": "1402/06/31", "units": "210"})
    dialog.accept()
    assert dialog.form.complaint("day")
    dialog.form.changed = False
    dialog.reject()
    dialog = page._milestones.open(page._milestones.table.rows.row_at(0))
    with database.write() as session:
        save_milestones(session, number, [(SUMMER, 220)])
    fill(dialog.form, {"units": "230"})
    with Answers(pressing("ذخیرهٔ برگزیده‌ها")):
        dialog.accept()
    assert points(database) == [(SUMMER, 230)]


def test_milestones_left_outside_by_a_new_deadline_are_told(
    page: ProgrammePage, database: Database
) -> None:
    page.tabs.setCurrentIndex(1)
    assert not page._milestones.outside.isVisible()
    with database.write() as session:
        save_milestones(session, page.record_id or 0, [(AUTUMN, 300)])
        save_programme(session, {"deadline": SUMMER}, None)
    assert page._milestones.outside.isVisible()


def test_the_history_tells_of_the_programme_and_of_its_milestones(
    page: ProgrammePage, database: Database
) -> None:
    with database.write() as session:
        save_milestones(session, page.record_id or 0, [(SUMMER, 200)])
    rows = page._history.table.rows
    told = [rows.row_at(row) for row in range(rows.rowCount())]
    assert told[0].record == "گام برنامه"
    assert {line.record for line in told} == {"گام برنامه", "برنامه"}


def test_a_door_leads_to_the_form(page: ProgrammePage) -> None:
    page.tabs.setCurrentIndex(2)
    page.close_record()
    page.show_filters({})
    assert page.tabs.currentIndex() == 0


def test_the_baseline_is_a_number_or_the_records_never_both(
    page: ProgrammePage, frame: FakeFrame, database: Database
) -> None:
    early = add_unit(database, registered_on=from_jalali("1401/01/10"))
    add_return(database, early, "1401/06/01", jobs_after=13)
    late = add_unit(database, "گچ کازرون", registered_on=from_jalali("1402/01/10"))
    add_return(database, late, "1402/02/01", jobs_after=13)
    page.refresh()
    assert "۱۱۰ واحد: ۱ با ردیف" in page.sum.label.text()

    def told() -> tuple[int | None, int | None, int]:
        with database.read() as session:
            found = progress.figures(session, from_jalali("1402/06/31"))
        return found.revived, found.direct_jobs, found.reached_before

    assert told() == (111, 710, 110)
    page.form.editor("baseline_kind").set_value("records")
    page.form.changed = True
    assert page.save()
    assert told() == (2, 20, 1), "the rows alone"
    assert "۱ واحد با گواه کامل" in page.sum.label.text()
    assert "۱۱۰ به حساب نمی‌آید" in page.sum.label.text()
