"""Members of a group entered by keyboard; what is said before a group goes; returned visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db.queries import volunteers
from desktop.groups.page import GroupsPage
from desktop.groups.record import GroupPage
from desktop.groups.volunteer import VolunteerPage
from desktop.messages import SENTENCES
from desktop.widgets.frame import Door
from tests.desktop.driving import Answers, click, fill, keys, present, pressing
from tests.desktop.records import add_group, add_unit, add_visit, add_volunteer
from tests.desktop.test_dialogs import reasoning

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.pages.part_editor import PartDialog
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
CODE = "0499370899"


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> GroupsPage:
    made = frame.page = present(qtbot, GroupsPage(frame))
    made.start()
    return made


def opened(page: GroupsPage, group: int) -> GroupPage:
    page.open(group)
    record = page.record
    assert isinstance(record, GroupPage)
    record.tabs.setCurrentIndex(1)
    return record


def new_member(record: GroupPage) -> PartDialog:
    assert record.members is not None
    dialog = record.members.open(None)
    QApplication.processEvents()
    return dialog


def names(page: GroupsPage, frame: FakeFrame, group: int) -> list[str]:
    with frame.database.read() as session:
        return [each.name for each in volunteers.members(session, group)]


def test_members_are_written_one_after_the_other(page: GroupsPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    record = opened(page, group)
    for name, speciality in (("علی رضايي", "برق صنعتی"), ("زهرا محمدی", "حسابداری")):
        dialog = new_member(record)
        fill(dialog, {"name": name, "speciality": speciality, "phone": "+98 917 123 4567"})
        click(dialog, "ذخیره")
    assert names(page, frame, group) == ["زهرا محمدی", "علی رضایی"]
    assert record.members is not None
    assert record.members.count.text() == "۲ نفر"
    row = record.members.table.rows.row_at(0)
    assert (row.speciality, row.phone) == ("حسابداری", "09171234567")


def test_what_is_wrong_of_a_member_is_told_beside_its_field(
    page: GroupsPage, frame: FakeFrame
) -> None:
    other = add_group(frame.database, "گروه الف")
    add_volunteer(frame.database, other, national_code=CODE)
    group = add_group(frame.database, "گروه ب")
    dialog = new_member(opened(page, group))
    fill(dialog, {"name": "ع", "phone": "917", "national_code": CODE, "joined_on": "1402/09/16"})
    told = {name: dialog.form.complaint(name) for name in ("phone", "national_code", "joined_on")}
    assert told == {
        "phone": SENTENCES["bad_phone"],
        "national_code": SENTENCES["volunteer_taken"].format("علی رضایی", "گروه الف"),
        "joined_on": SENTENCES["future"],
    }
    click(dialog, "ذخیره")
    assert names(page, frame, group) == []
    fill(dialog, {"phone": "", "national_code": "", "joined_on": ""})
    click(dialog, "ذخیره")
    assert names(page, frame, group) == ["ع"]


def test_the_sixteenth_member_is_asked_about(page: GroupsPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    for number in range(15):
        add_volunteer(frame.database, group, f"عضو {number}")
    dialog = new_member(opened(page, group))
    fill(dialog, {"name": "شانزدهمی"})
    assert dialog.form.complaint("name") == SENTENCES["many_members"].format("۱۵", "۱۵")
    click(dialog, "ذخیره")
    assert len(names(page, frame, group)) == 16


def test_a_volunteer_moves_to_another_group(page: GroupsPage, frame: FakeFrame) -> None:
    first, second = add_group(frame.database, "گروه الف"), add_group(frame.database, "گروه ب")
    he = add_volunteer(frame.database, first)
    page.tabs.setCurrentIndex(1)
    assert [page.volunteers.table.rows.row_at(0).name] == ["علی رضایی"]
    page.volunteers.open(he)
    record = page.record
    assert isinstance(record, VolunteerPage)
    fill(record, {"group_id": "گروه ب"})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    assert names(page, frame, second) == ["علی رضایی"]


def test_a_volunteer_without_a_group_is_refused(page: GroupsPage, frame: FakeFrame) -> None:
    page.tabs.setCurrentIndex(1)
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    record = page.record
    assert isinstance(record, VolunteerPage)
    fill(record, {"name": "علی"})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == []
    assert record.form.complaint("group_id") == SENTENCES["volunteer_without_group"]
    record.form.changed = False


def test_what_a_group_has_is_said_before_it_goes(page: GroupsPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    for number in range(2):
        unit = add_unit(frame.database, f"واحد {number}", group_id=group)
    add_visit(frame.database, unit, group_id=group)
    page.groups.table.go_to(0)
    told: list[str] = []

    def read(dialog: object) -> None:
        told.extend(label.text() for label in dialog.findChildren(QLabel))  # type: ignore[attr-defined]
        reasoning("منحل شد", "بایگانی")(dialog)  # type: ignore[arg-type]

    with Answers(read):
        page.groups.acts.archive()
    assert any("۲ واحد، ۱ پایش دارد" in words for words in told)
    assert len(page.groups.listing) == 0
    with frame.database.read() as session:
        assert volunteers.members(session, group) == []


def test_returned_visits_are_one_click_away(page: GroupsPage, frame: FakeFrame) -> None:
    group = add_group(frame.database)
    unit = add_unit(frame.database)
    record = opened(page, group)
    assert record.returned.isHidden()
    add_visit(frame.database, unit, group_id=group, review="returned", return_reason="ناخوانا")
    page.refresh()
    assert record.returned.isVisible()
    assert "۱ پایش" in record.returned.label.text()
    click(record.returned, "برگشت‌خورده‌ها")
    assert frame.doors == [Door("visits", {"group_id": [group], "review": ["returned"]})]


def test_another_tab_is_not_shown_over_unsaved_work(page: GroupsPage, frame: FakeFrame) -> None:
    record = opened(page, add_group(frame.database))
    record.tabs.setCurrentIndex(0)
    fill(record, {"leader": "کسی"})
    with Answers(pressing("ماندن در این صفحه")):
        page.tabs.setCurrentIndex(2)
    assert page.tabs.currentIndex() == 0
    with Answers(pressing("دور انداختن")):
        page.tabs.setCurrentIndex(2)
    assert page.tabs.currentIndex() == 2
    page.new()
    assert page.tabs.currentIndex() == 0
