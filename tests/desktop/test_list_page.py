"""A list page by keyboard: search, filter, order, archive, its card, its sums, its export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QWidget

from db.calendar import from_jalali
from db.commands import units as commands
from db.errors import DatabaseProblem
from db.models import Unit
from desktop.pages import fetcher, list_page
from desktop.pages.list_rows import NOTHING_FOUND
from desktop.pages.list_spec import ListSpec
from desktop.units import page as units_page
from desktop.units.page import UnitsPage
from desktop.widgets.frame import Door
from desktop.widgets.pick_dialog import PickDialog
from tests.desktop.driving import (
    CTRL,
    Answers,
    click,
    enter,
    key,
    keys,
    present,
    pressing,
    show_tab,
)
from tests.desktop.fake_frame import FakeFrame
from tests.desktop.records import TODAY, add_loan, add_return, add_unit, number_of
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import focus_of, type_in, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.database import Database

pytestmark = pytest.mark.usefixtures("fixed_today")
NAMES = ("آجر بیضا", "پارس نخ", "چرم زرقان", "ریسندگی ۲ فسا", "گچ کازرون", "نساجی کوار")
EMPTY_LINE = units_page.SPEC.empty


@pytest.fixture
def units(database: Database) -> dict[str, int]:
    """Six units; two of them in فسا, one of these revived."""
    fasa = number_of(database, "county", "فسا")
    made = {
        name: add_unit(
            database, name, county_id=fasa if "فسا" in name or "چرم" in name else None,
            found_jobs=place,
        )
        for place, name in enumerate(NAMES)
    }  # fmt: skip
    add_return(database, made["چرم زرقان"], "1402/05/01")
    return made


def show(qtbot: QtBot, frame: FakeFrame) -> UnitsPage:
    page = UnitsPage(frame)
    frame.page = page
    present(qtbot, page)
    page.start()
    page.table.setFocus()
    QApplication.processEvents()
    return page


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, units: dict[str, int]) -> UnitsPage:
    return show(qtbot, frame)


def names(page: list_page.ListPage) -> list[str]:
    rows = (page.table.rows.row_at(n) for n in range(page.table.rows.rowCount()))
    return ["" if row is None else str(row.name) for row in rows]


def search(qtbot: QtBot, page: UnitsPage, typed: str) -> None:
    keys(page, Qt.Key.Key_F)
    assert page.bar.search_edit.hasFocus()
    with qtbot.waitSignal(page.bar.changed):
        type_in(page, "search", typed)


def has_record(page: UnitsPage) -> bool:
    return page.record is not None


def current(page: UnitsPage) -> str:
    row = page.table.current()
    return "" if row is None else str(row.name)


# --- what it shows --------------------------------------------------------------------------------


def test_the_list_is_in_persian_order(page: UnitsPage, frame: FakeFrame) -> None:
    assert names(page) == list(NAMES)
    assert frame.told == "۶ ردیف"
    assert page.table.isVisible()


def test_an_empty_list_says_what_to_do(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    assert page.empty.isVisible()
    assert page.empty.label.text() == EMPTY_LINE
    assert not page.card.isVisible(), "there is no row to tell of"
    assert frame.told == "۰ ردیف"
    page.empty.button.click()
    assert page.record is not None
    assert page.record.record_id is None


def test_nothing_found_is_told_otherwise(qtbot: QtBot, page: UnitsPage) -> None:
    search(qtbot, page, "نیست چنین چیزی")
    assert page.empty.isVisible()
    assert page.empty.label.text() == NOTHING_FOUND
    assert not page.empty.button.isVisible()
    search(qtbot, page, "نخ")
    assert page.table.isVisible()


# --- search, filter, order ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("نساجي", ["نساجی کوار"]),
        ("كازرون", ["گچ کازرون"]),
        ("2فسا", ["ریسندگی ۲ فسا"]),
        ("۲ ريسندگي", ["ریسندگی ۲ فسا"]),
        ("پارسنخ", ["پارس نخ"]),
        ("۱۰۰۰۰۳", ["چرم زرقان"]),
        ("%", []),
    ],
)
def test_the_search_narrows_whatever_the_spelling(
    qtbot: QtBot, page: UnitsPage, frame: FakeFrame, typed: str, found: list[str]
) -> None:
    search(qtbot, page, typed)
    assert names(page) == found
    assert frame.told == f"{'۱' if found else '۰'} ردیف"


def test_escape_empties_the_search(qtbot: QtBot, page: UnitsPage) -> None:
    search(qtbot, page, "نخ")
    assert names(page) == ["پارس نخ"]
    with qtbot.waitSignal(page.bar.changed):
        key(page, Qt.Key.Key_Escape)
    assert names(page) == list(NAMES)


@pytest.mark.parametrize("down", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_from_the_search_one_goes_down_to_what_was_found(
    qtbot: QtBot, page: UnitsPage, down: Qt.Key
) -> None:
    search(qtbot, page, "گچ")
    key(page, down)
    assert page.table.hasFocus()
    key(page, Qt.Key.Key_Return)
    assert page.record is not None
    assert page.record.title.text().startswith("گچ کازرون")


def test_a_filter_is_put_on_and_taken_off(page: UnitsPage) -> None:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, PickDialog)
        type_text(dialog._find, "فسا")
        row = next(dialog._list.item(n) for n in range(dialog._list.count())
                   if not dialog._list.item(n).isHidden())  # fmt: skip
        row.setCheckState(Qt.CheckState.Checked)
        enter(dialog._find)

    with Answers(act):
        page.bar.ask("county_id")
    assert names(page) == ["چرم زرقان", "ریسندگی ۲ فسا"]
    click(page, "شهرستان: فسا")
    assert names(page) == list(NAMES)


def test_any_column_puts_the_list_in_order(page: UnitsPage) -> None:
    """By clicking its heading, links («شهرستان») and worked out values included."""
    for field in units_page.SPEC.table:
        for descending in (False, True):
            page.table.sorted_by.emit(field.name, descending)
            assert len(names(page)) == len(NAMES)
            header = page.table.horizontalHeader()
            assert page.table.rows.fields[header.sortIndicatorSection()] is field
    page.table.sorted_by.emit("county_id", False)
    assert [row.county for row in map(page.table.rows.row_at, range(6))] == ["شیراز"] * 4 + [
        "فسا"
    ] * 2
    page.table.sorted_by.emit("found_jobs", True)
    assert names(page) == list(reversed(NAMES))


def test_the_order_and_the_columns_are_remembered(
    qtbot: QtBot, page: UnitsPage, frame: FakeFrame
) -> None:
    page.table.sorted_by.emit("county_id", True)
    page.table.setColumnHidden(0, True)
    page.table.columns_changed.emit()
    other = show(qtbot, FakeFrameAgain(frame))
    assert other.view.sort == "county"
    assert other.view.descending
    assert "code" not in [field.name for field in other.table.visible_fields()]


def FakeFrameAgain(frame: FakeFrame) -> FakeFrame:
    again = FakeFrame(frame.database)
    again.kept = dict(frame.kept)
    return again


@pytest.mark.parametrize("kept", [{"sort": "gone"}, {"sort": 5, "columns": {}}, {}])
def test_what_an_other_version_remembered_does_no_harm(
    qtbot: QtBot, frame: FakeFrame, units: dict[str, int], kept: dict[str, Any]
) -> None:
    frame.kept["list/units"] = kept
    assert names(show(qtbot, frame)) == list(NAMES)


def test_a_figure_s_door_shows_exactly_its_rows(qtbot: QtBot, page: UnitsPage) -> None:
    search(qtbot, page, "نخ")
    page.archived.setChecked(True)
    page.show_filters({"stage": ["counted"], "returned_on": ["2023-03-21", None]})
    assert names(page) == ["چرم زرقان"]
    assert page.bar.search == ""
    assert not page.archived.isChecked()


def test_as_of_an_earlier_day(page: UnitsPage, frame: FakeFrame, database: Database) -> None:
    add_unit(database, "یخ‌سازی نو", registered_on=from_jalali("1402/08/01"))
    frame.day = from_jalali("1402/04/31")
    page.refresh()
    assert names(page) == list(NAMES)
    assert page.table.rows.row_at(2).stage == "registered"
    frame.day = from_jalali("1402/05/01")
    page.refresh()
    assert page.table.rows.row_at(2).stage == "counted"
    frame.day = from_jalali("1402/01/09")
    page.refresh()
    assert names(page) == []


# --- place ----------------------------------------------------------------------------------------


def test_the_place_survives_a_refresh(qtbot: QtBot, frame: FakeFrame, database: Database) -> None:
    with database.write() as session:
        for number in range(300):
            session.add(
                Unit(code=str(number), name=f"کارگاه {1000 + number}", county_id=1,
                     found_state="stagnant", found_jobs=2, registered_on=TODAY)
            )  # fmt: skip
    page = show(qtbot, frame)
    page.table.verticalScrollBar().setValue(77)
    keys(page, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert page.table.verticalScrollBar().value() == 77
    page.table.go_to(150)
    page.table.verticalScrollBar().setValue(20)  # the current row is out of sight
    add_unit(database, "آ نخستین")
    assert len(names(page)) == 301
    assert current(page) == "کارگاه 1150"
    assert page.table.verticalScrollBar().value() == 20


def test_what_is_chosen_survives_a_refresh(
    page: UnitsPage, frame: FakeFrame, database: Database
) -> None:
    page.table.go_to(1)
    page.table.selectionModel().select(
        page.table.rows.index(4, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    add_unit(database, "آ نخستین")
    assert page.table.selected_positions() == [2, 5]
    assert current(page) == "پارس نخ"


def test_a_row_that_left_the_list_is_no_longer_current(
    page: UnitsPage, units: dict[str, int], database: Database
) -> None:
    page.table.go_to(2)
    assert page.card.heading.text() == "چرم زرقان"
    with database.write() as session:
        commands.archive_unit(session, units["چرم زرقان"], "تعطیل")
    assert "چرم زرقان" not in names(page)
    assert page.table.current() is None
    assert page.card.heading.text() == ""


def test_the_order_goes_on_around_the_current_row(page: UnitsPage) -> None:
    page.table.go_to(1)
    page.table.sorted_by.emit("name", True)
    assert current(page) == "پارس نخ"
    assert page.table.currentIndex().row() == 4


# --- the card and the bottom line -----------------------------------------------------------------


def test_the_card_tells_of_the_chosen_row(page: UnitsPage) -> None:
    page.table.go_to(2)
    told = {label.text() for label in page.card.findChildren(QLabel) if not label.isHidden()}
    assert {"چرم زرقان", "احیای شمرده‌شده", "فسا", "۱۴۰۲/۰۵/۰۱"} <= told
    assert "راکد" in told
    click(page.card, "باز کردن")
    assert page.record is not None


def test_the_bottom_line_sums_what_is_chosen(page: UnitsPage, frame: FakeFrame) -> None:
    keys(page, Qt.Key.Key_A)
    assert frame.told.split("    ") == [
        "۶ ردیف", "۶ برگزیده", "شاغلان هنگام شناسایی: ۱۵", "شاغلان پس از احیا: ۱۲",
        "تسهیلات پرداخت‌شده (ریال): ۰",
    ]  # fmt: skip
    page.table.go_to(0)
    assert frame.told == "۶ ردیف"


# --- a record and back ----------------------------------------------------------------------------


def test_enter_opens_and_escape_comes_back_to_the_row(page: UnitsPage, frame: FakeFrame) -> None:
    page.table.go_to(3)
    key(page, Qt.Key.Key_Return)
    assert page.record is not None
    assert page.record.title.text().startswith("ریسندگی ۲ فسا")
    inside = [frame.inside]
    assert frame.told == ""
    key(page, Qt.Key.Key_Escape)
    inside.append(frame.inside)
    assert not has_record(page)
    assert current(page) == "ریسندگی ۲ فسا"
    assert page.table.hasFocus()
    assert inside == [True, False]
    assert frame.told == "۶ ردیف"


def test_a_new_record_begins_with_the_keyboard_in_its_first_field(page: UnitsPage) -> None:
    keys(page, Qt.Key.Key_N)
    assert page.record is not None
    QApplication.processEvents()
    assert focus_of(page.record, "name").hasFocus()
    assert page.record.title.text() == "واحد تازه"


def test_keys_of_the_list_do_nothing_in_a_record(page: UnitsPage, units: dict[str, int]) -> None:
    page.open(units["پارس نخ"])
    QApplication.processEvents()
    key(page, Qt.Key.Key_Delete)
    keys(page, Qt.Key.Key_F)
    assert page.record is not None
    assert not page.bar.search_edit.hasFocus()


def test_saving_from_the_list_saves_the_open_record(
    page: UnitsPage, frame: FakeFrame, units: dict[str, int]
) -> None:
    keys(page, Qt.Key.Key_S)  # nothing to save
    assert frame.toasts == []
    page.open(units["پارس نخ"])
    assert page.record is not None
    type_in(page.record, "name", "پارس نخ نو")
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    key(page, Qt.Key.Key_Escape)
    assert current(page) == "پارس نخ نو"


# --- archive --------------------------------------------------------------------------------------


def test_delete_archives_with_a_reason_and_restore_brings_back(
    page: UnitsPage, frame: FakeFrame
) -> None:
    page.table.go_to(1)
    with Answers(reasoning("دو بار ثبت شده", "بایگانی")):
        key(page, Qt.Key.Key_Delete)
    assert "پارس نخ" not in names(page)
    assert frame.toasts == [("«پارس نخ» بایگانی شد.", "good")]
    click(page, "بایگانی")  # the chip over the list
    assert names(page) == ["پارس نخ"]
    row = page.table.rows.row_at(0)
    assert (row.archive_reason, row.archived_on) == ("دو بار ثبت شده", TODAY)
    page.table.go_to(0)
    key(page, Qt.Key.Key_Delete)  # already there
    click(page.card, "بازگرداندن")
    assert names(page) == []
    assert frame.toasts[-1] == ("«پارس نخ» بازگردانده شد.", "good")
    assert page.empty.isVisible()
    page.archived.click()
    assert names(page) == list(NAMES)


def test_thinking_better_of_archiving(page: UnitsPage, frame: FakeFrame) -> None:
    page.table.go_to(1)
    with Answers(pressing("انصراف")):
        key(page, Qt.Key.Key_Delete)
    assert names(page) == list(NAMES)
    assert frame.toasts == []


def test_what_cannot_be_brought_back_says_why(
    page: UnitsPage, frame: FakeFrame, database: Database, units: dict[str, int]
) -> None:
    with database.write() as session:
        commands.archive_unit(session, units["پارس نخ"], "دو بار")
        unit = session.get_one(Unit, units["پارس نخ"])
        unit.licence_no = "12/34"
    add_unit(database, "جانشین", licence_no="12/34")
    page.archived.click()
    page.table.go_to(0)
    page.acts.restore()
    told, tone = frame.toasts[-1]
    assert tone == "bad"
    assert "«جانشین»" in told
    assert names(page) == ["پارس نخ"]


def test_a_trouble_of_the_machine_is_handed_on(
    page: UnitsPage, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise DatabaseProblem("disk")

    monkeypatch.setattr(fetcher, "Listing", broken)
    page.refresh()
    assert [str(error) for error in frame.troubles] == ["disk"]
    assert names(page) == list(NAMES)  # what was there is still there


def test_of_a_long_list_the_newest_request_is_shown(
    page: UnitsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "LONG", 3)
    page.table.go_to(1)
    for typed in ("گچ", "چرم", "ن"):
        page.bar.show_view(typed, {})
        page.bar.changed.emit()
    assert names(page) == list(NAMES)  # the window does not wait
    settle()
    assert names(page) == [name for name in NAMES if "ن" in name]
    assert current(page) == "پارس نخ"


# --- a list in a record ---------------------------------------------------------------------------


def test_a_list_inside_a_record_shows_its_own_rows(
    qtbot: QtBot, frame: FakeFrame, units: dict[str, int]
) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    page = UnitsPage(frame, {"county_id": [fasa]})
    present(qtbot, page)
    page.start()
    assert names(page) == ["چرم زرقان", "ریسندگی ۲ فسا"]
    assert not page.card.isVisible()
    assert not page.bar.search_edit.isVisible()
    assert "county_id" not in [field.name for field in page.table.visible_fields()]
    assert frame.told == ""
    page.table.setFocus()
    page.table.go_to(0)
    key(page, Qt.Key.Key_Return)
    assert frame.doors == [Door("units", record=units["چرم زرقان"])]
    click(page, "واحد تازه")
    assert frame.wanted == [("units", {"county_id": fasa})]


def test_ctrl_n_in_the_list_of_a_record_makes_one_for_it(
    page: UnitsPage, frame: FakeFrame, units: dict[str, int]
) -> None:
    number = units["پارس نخ"]
    page.open(number)
    assert page.record is not None
    show_tab(page.record, "تسهیلات")
    keys(page, Qt.Key.Key_N)
    assert frame.wanted == [("loans", {"unit_id": number})]
    assert page.record is not None


def test_a_list_inside_a_record_follows_what_is_saved(
    page: UnitsPage, frame: FakeFrame, database: Database, units: dict[str, int]
) -> None:
    page.open(units["پارس نخ"])
    assert page.record is not None
    panel = show_tab(page.record, "تسهیلات")
    assert isinstance(panel, list_page.ListPage)
    assert panel.table.rows.rowCount() == 0
    add_loan(database, units["پارس نخ"])
    assert panel.table.rows.rowCount() == 1


def test_delete_in_the_list_of_a_record_archives_its_row(
    page: UnitsPage, frame: FakeFrame, database: Database, units: dict[str, int]
) -> None:
    add_loan(database, units["پارس نخ"])
    page.open(units["پارس نخ"])
    assert page.record is not None
    panel = show_tab(page.record, "تسهیلات")
    assert isinstance(panel, list_page.ListPage)
    panel.table.setFocus()
    panel.table.go_to(0)
    with Answers(reasoning("اشتباه", "بایگانی")):
        key(page, Qt.Key.Key_Delete)
    assert panel.table.rows.rowCount() == 0
    assert names(page) == list(NAMES)


# --- export ---------------------------------------------------------------------------------------


def export(
    qtbot: QtBot, page: UnitsPage, monkeypatch: pytest.MonkeyPatch, chosen: Path | str
) -> list[str]:
    """Export to `chosen`; the sentences told afterwards."""
    told: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str, _filter: str) -> tuple[str, str]:
        told.append(name)
        return str(chosen), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    keys(page, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: bool(told))
    settle()
    return told


def settle() -> None:
    """Until the workers are done and what they brought is on the screen."""
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def test_the_export_is_what_the_list_shows(
    qtbot: QtBot, page: UnitsPage, frame: FakeFrame, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    fasa = number_of(frame.database, "county", "فسا")
    page.bar.show_view("", {"county_id": [fasa]})
    page.bar.changed.emit()
    search(qtbot, page, "ر")
    page.table.sorted_by.emit("name", True)
    header = page.table.horizontalHeader()
    header.moveSection(header.visualIndex(5), 0)
    page.table.setColumnHidden(0, True)
    told = export(qtbot, page, monkeypatch, tmp_path / "فهرست")
    path = tmp_path / "فهرست.xlsx"
    assert told[0].endswith("واحدها 1402-09-15.xlsx")
    assert str(path) in told[1]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    labels = [field.label for field in page.table.visible_fields()]
    assert labels[:2] == ["شاغلان هنگام شناسایی", "نام واحد"]
    place = lines.index(labels)
    assert [line[0] for line in lines[:4]] == [
        "واحدها", "تا پایان ۱۵ آذر ۱۴۰۲", "جستجو: ر", "شهرستان: فسا",
    ]  # fmt: skip
    assert [line[1] for line in lines[place + 1 :]] == ["ریسندگی ۲ فسا", "چرم زرقان"]
    assert lines[place + 1][0] == 3
    assert frame.kept["export/folder"] == str(tmp_path)
    book.close()


def test_no_place_chosen_writes_nothing(
    qtbot: QtBot, page: UnitsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    assert len(export(qtbot, page, monkeypatch, "")) == 1
    assert sorted(tmp_path.iterdir()) == before


def test_a_trouble_of_the_export_is_one_sentence(
    qtbot: QtBot, page: UnitsPage, frame: FakeFrame, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told = export(qtbot, page, monkeypatch, tmp_path / "nowhere" / "a.xlsx")
    assert len(told) == 1
    (trouble,) = frame.troubles
    assert isinstance(trouble, DatabaseProblem)
    assert trouble.reason == "no_folder"


def test_a_list_spec_is_plain_data() -> None:
    assert isinstance(units_page.SPEC, ListSpec)
    assert CTRL is Qt.KeyboardModifier.ControlModifier
