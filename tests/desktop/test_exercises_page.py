"""Exercises and festivals through their window: groups, visits taken in, awards, paper, Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.models import Visit
from db.queries import exercises
from desktop.exercises.page import ExercisesPage
from desktop.exercises.paper import as_html, write_pdf
from desktop.exercises.record import ExercisePage
from desktop.exercises.sheets import sheets_of, write_workbook
from desktop.messages import SENTENCES
from desktop.progress import unwatched
from desktop.widgets.pick_dialog import PickDialog
from tests.desktop.driving import Answers, click, fill, keys, present, pressing
from tests.desktop.records import (
    add_exercise,
    add_group,
    add_return,
    add_unit,
    add_visit,
)
from tests.desktop.test_dialogs import reasoning

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> ExercisesPage:
    made = frame.page = present(qtbot, ExercisesPage(frame))
    made.start()
    return made


def opened(page: ExercisesPage, number: int) -> ExercisePage:
    page.open(number)
    assert isinstance(page.record, ExercisePage)
    return page.record


def ticking(*names: str) -> Any:
    """Tick these in the list and add them."""

    def answer(dialog: Any) -> None:
        assert isinstance(dialog, PickDialog)
        for row in range(dialog._list.count()):
            item = dialog._list.item(row)
            if item.text() in names:
                item.setCheckState(Qt.CheckState.Checked)
        pressing("افزودن")(dialog)

    return answer


def test_an_exercise_is_planned_by_keyboard(page: ExercisesPage, frame: FakeFrame) -> None:
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    record = page.record
    assert isinstance(record, ExercisePage)
    fill(record, {"name": "رزمایش زمستان", "starts_on": "1402/11/05", "ends_on": "1402/11/01"})
    assert record.form.complaint("ends_on") == SENTENCES["ends_before_start"].format("۱۴۰۲/۱۱/۰۵")
    fill(record, {"ends_on": "1402/11/07", "place": "مرودشت"})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    assert record.state.text() == "رزمایش، در پیش"
    assert [record.tabs.tabText(n) for n in range(record.tabs.count())] == [
        "مشخصات", "گروه‌ها", "واحدهای دیده‌شده", "تاریخچه",
    ]  # fmt: skip
    page.back()
    assert page.table.rows.row_at(0).name == "رزمایش زمستان"


def test_groups_are_chosen_at_once_and_taken_back(page: ExercisesPage, frame: FakeFrame) -> None:
    for name in ("گروه الف", "گروه ب", "گروه پ"):
        add_group(frame.database, name)
    record = opened(page, add_exercise(frame.database))
    groups = record.groups
    assert groups is not None
    with Answers(ticking("گروه الف", "گروه پ")):
        groups.open(None)
    assert frame.toasts == [("۲ گروه افزوده شد.", "good")]
    rows = [groups.table.rows.row_at(n).group for n in range(groups.table.rows.rowCount())]
    assert rows == ["گروه الف", "گروه پ"]
    frame.steps.undo()
    assert groups.table.rows.rowCount() == 0


def test_what_is_noted_of_a_part(page: ExercisesPage, frame: FakeFrame) -> None:
    add_group(frame.database, "گروه الف")
    record = opened(page, add_exercise(frame.database))
    groups = record.groups
    assert groups is not None
    with Answers(ticking("گروه الف")):
        groups.open(None)
    dialog = groups.open(groups.table.rows.row_at(0))
    fill(dialog, {"note": "با دو خودرو"})
    click(dialog, "ذخیره")
    assert groups.table.rows.row_at(0).note == "با دو خودرو"
    groups.table.go_to(0)
    with Answers(reasoning("نیامد", "بایگانی")):
        groups.archive()
    assert groups.table.rows.rowCount() == 0


@pytest.fixture
def busy(frame: FakeFrame) -> tuple[int, list[int]]:
    """An exercise of one group with three visits in its days, and one day too late."""
    group = add_group(frame.database, "گروه الف")
    number = add_exercise(frame.database)
    visits = []
    for place, day in enumerate(("1402/05/01", "1402/05/02", "1402/05/03", "1402/05/04")):
        unit = add_unit(frame.database, f"واحد {place}")
        visits.append(add_visit(frame.database, unit, day, group_id=group))
    from db.commands import exercises as commands

    with frame.database.write() as session:
        commands.add_groups(session, number, [group])
    return number, visits


def of_exercise(frame: FakeFrame, number: int) -> list[int]:
    with frame.database.read() as session:
        return [row.id for row in exercises.seen(session, number)]


def test_visits_of_its_days_are_taken_by_one_click(
    page: ExercisesPage, frame: FakeFrame, busy: tuple[int, list[int]]
) -> None:
    number, visits = busy
    tab = opened(page, number).visits
    assert tab is not None
    assert tab.told_offered.text().startswith("۳ پایش")
    click(tab, "افزودن همه")
    assert of_exercise(frame, number) == visits[:3]
    assert tab.told_seen.text() == "۳ واحد در ۳ پایش"
    assert tab.take_all.isHidden()
    tab.seen.go_to(1)
    click(tab, "کنار گذاشتن برگزیده‌ها")
    assert of_exercise(frame, number) == [visits[0], visits[2]]
    tab.offered.go_to(0)
    click(tab, "افزودن برگزیده‌ها")
    assert of_exercise(frame, number) == visits[:3]
    frame.steps.undo()
    assert of_exercise(frame, number) == [visits[0], visits[2]]


def test_a_visit_outside_its_days_is_told(
    page: ExercisesPage, frame: FakeFrame, busy: tuple[int, list[int]]
) -> None:
    number, visits = busy
    with frame.database.write() as session:
        session.get_one(Visit, visits[3]).exercise_id = number
    record = opened(page, number)
    tab = record.visits
    assert tab is not None
    record.tabs.setCurrentIndex(2)
    assert tab.outside.isVisible()
    assert tab.outside.label.text().startswith("۱ پایش بیرون")
    record.tabs.setCurrentIndex(0)
    fill(record, {"ends_on": "1402/05/02"})
    assert record.form.complaint("ends_on") == SENTENCES["visits_outside"].format("۱")
    fill(record, {"ends_on": "1402/05/04"})
    keys(page, Qt.Key.Key_S)
    assert tab.outside.isHidden()


@pytest.fixture
def festival(frame: FakeFrame) -> int:
    """Four groups; the first revived two units, the second one, the third one."""
    for place, revived in enumerate((2, 1, 1, 0)):
        group = add_group(frame.database, f"گروه {place}")
        for number in range(revived):
            unit = add_unit(frame.database, f"واحد {place} {number}", group_id=group)
            add_return(frame.database, unit, "1402/05/01")
            add_visit(frame.database, unit, "1402/05/01", kind="follow_up")
    return add_exercise(frame.database, "جشنوارهٔ تابستان", kind="festival")


def awards(frame: FakeFrame, number: int) -> list[tuple[Any, ...]]:
    with frame.database.read() as session:
        return [(a.rank, a.title, a.group, a.measure, a.value)
                for a in exercises.awards(session, number)]  # fmt: skip


def test_the_first_three_of_the_table_are_awarded(
    qtbot: QtBot, page: ExercisesPage, frame: FakeFrame, festival: int
) -> None:
    record = opened(page, festival)
    tab = record.awards
    assert tab is not None
    qtbot.waitUntil(lambda: len(tab.league.lines) == 4)
    click(tab, "افزودن سه گروه نخست")
    expected = [
        (1, "مقام اول", "گروه 0", "revived", 2),
        (2, "مقام دوم", "گروه 1", "revived", 1),
        (2, "مقام دوم", "گروه 2", "revived", 1),
    ]
    assert awards(frame, festival) == expected
    unit = add_unit(frame.database, "دیرتر")  # the award stays as it was on its day
    add_return(frame.database, unit, "1402/05/02")
    assert awards(frame, festival) == expected
    record.tabs.setCurrentIndex(0)
    fill(record, {"name": "جشنواره"})
    keys(page, Qt.Key.Key_S)
    frame.steps.undo()
    frame.steps.undo()


def test_an_award_is_given_by_hand(page: ExercisesPage, frame: FakeFrame, festival: int) -> None:
    tab = opened(page, festival).awards
    assert tab is not None
    dialog = tab.given.open(None)
    QApplication.processEvents()
    fill(dialog, {"group_id": "گروه 3", "rank": "1", "title": "لوح سپاس"})
    assert dialog.form.complaint("group_id") == SENTENCES["not_participant"]
    click(dialog, "ذخیره")
    assert awards(frame, festival) == [(1, "لوح سپاس", "گروه 3", "", 0)]
    again = tab.given.open(None)
    fill(again, {"group_id": "گروه 3", "rank": "2", "title": "لوح سپاس"})
    click(again, "ذخیره")
    assert len(awards(frame, festival)) == 1
    assert again.form.complaint("title") == SENTENCES["award_taken"]
    again.form.changed = False
    again.reject()


def test_only_a_festival_has_awards(page: ExercisesPage, frame: FakeFrame, qtbot: QtBot) -> None:
    number = add_exercise(frame.database)
    record = opened(page, number)
    titles = [record.tabs.tabText(n) for n in range(record.tabs.count())]
    assert "جوایز" not in titles
    record.form.editor("kind").set_value("festival")
    record.form.changed = True
    keys(page, Qt.Key.Key_S)
    assert record.tabs.tabText(3) == "جوایز"


# what is sent


@pytest.fixture
def awarded(frame: FakeFrame, busy: tuple[int, list[int]]) -> int:
    from db.commands import exercises as commands

    number, visits = busy
    with frame.database.write() as session:
        commands.take_visits(session, number, visits[:3])
        values = {"name": "جشنوارهٔ <b>نخست</b> & پایانی", "kind": "festival",
                  "starts_on": from_jalali("1402/05/01"), "ends_on": from_jalali("1402/05/03"),
                  "outcome": "خط اول\nخط دوم"}  # fmt: skip
        commands.save_exercise(session, number, values)
        group = exercises.group_ids(session, number)[0]
        award = {"group_id": group, "rank": 1, "title": "مقام اول", "measure": "visits", "value": 3}
        commands.save_award(session, number, None, award)
    return number


def test_the_paper_says_all_of_it_as_text(frame: FakeFrame, awarded: int) -> None:
    with frame.database.read() as session:
        words = as_html(sheets_of(session, awarded))
    assert "جشنوارهٔ &lt;b&gt;نخست&lt;/b&gt; &amp; پایانی" in words
    assert "<b>" not in words
    assert "خط اول<br>خط دوم" in words
    assert "۱ مرداد ۱۴۰۲ تا ۳ مرداد ۱۴۰۲" in words
    # From the left, as Qt lays them: the number of the row stands last, at the right.
    assert "<td>۳</td><td>پایش‌های پذیرفته</td><td>گروه الف</td><td>مقام اول</td>" in words
    assert "<th>عنوان</th><th>رتبه</th><th>ردیف</th>" in words
    assert "واحدهای دیده‌شده (۳ واحد)" in words


def test_the_paper_is_an_a4_pdf(frame: FakeFrame, awarded: int, tmp_path: Path) -> None:
    with frame.database.read() as session:
        sheets = sheets_of(session, awarded)
    file = tmp_path / "جشنواره.pdf"
    write_pdf(file, sheets)
    data = file.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"595" in data
    assert data.rstrip().endswith(b"%%EOF")
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_the_workbook_has_a_sheet_for_each_list(
    frame: FakeFrame, awarded: int, tmp_path: Path
) -> None:
    with frame.database.read() as session:
        sheets = sheets_of(session, awarded)
    file = tmp_path / "جشنواره.xlsx"
    write_workbook(file, sheets, unwatched)
    book = load_workbook(file)
    assert book.sheetnames == ["جوایز", "گروه‌های شرکت‌کننده", "واحدهای دیده‌شده"]
    cells = [cell.value for row in book["جوایز"].iter_rows() for cell in row]
    assert "مقام اول" in cells
    assert "گروه الف" in cells
    seen = [row[0].value for row in book["واحدهای دیده‌شده"].iter_rows()]
    assert seen[-3:] == ["واحد 0", "واحد 1", "واحد 2"]
