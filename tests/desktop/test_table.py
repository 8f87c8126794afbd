"""The one table: a listing of any length, sorted, chosen from, copied, its columns remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from db.models import Unit
from db.queries import units
from db.queries.listing import Listing, View
from desktop import choices, kinds, theme
from desktop.fields import Field
from desktop.units import fields as unit_fields
from desktop.widgets.inner_table import LEAST_ROWS, MOST_ROWS, Few, InnerTable
from desktop.widgets.table_model import KEPT, PAGE, TableModel
from desktop.widgets.table_view import ROW_HEIGHT, TableView
from tests.desktop.driving import CTRL, key, keys, present
from tests.desktop.records import REGISTERED, add_return, add_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from db.database import Database

Role = Qt.ItemDataRole

NAME = Field("name", "نام", kinds.TEXT, 30)
STATE = Field("state", "وضعیت", choices.UNIT_STAGE, 12)
JOBS = Field("jobs", "شاغلان", kinds.PEOPLE, 8)
CODE = Field("code", "کد", kinds.CODE, 12)
NOTE = Field("note", "توضیح", kinds.NOTE, 20)
ALL = (NAME, STATE, JOBS, CODE, NOTE)


@dataclass(frozen=True)
class Thing:
    """A row."""

    name: str = "نساجی"
    state: str = "stopped"
    jobs: int | None = 1200
    code: str = "0012345679"
    note: str = ""


class Counted:
    """Rows that count how often they are fetched."""

    def __init__(self, many: int, gone: Sequence[int] = ()) -> None:
        self.many, self.gone = many, set(gone)
        self.fetched: list[int] = []

    def __len__(self) -> int:
        return self.many

    def rows(self, start: int, count: int) -> list[Thing | None]:
        self.fetched.append(start)
        last = min(start + count, self.many)
        return [None if n in self.gone else Thing(f"واحد {n}") for n in range(start, last)]


def table(qtbot: QtBot, rows: Any, shown: Sequence[Field] = ()) -> TableView:
    made = TableView(ALL, shown)
    made.rows.set_rows(rows)
    return present(qtbot, made, 900, 500)


def cell(view: TableView, row: int, field: Field, role: int = Role.DisplayRole) -> Any:
    return view.rows.data(view.rows.index(row, ALL.index(field)), role)


# --- the model ------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [0, 1, 300])
def test_the_model_keeps_qt_s_rules(
    qtmodeltester: ModelTester, database: Database, many: int
) -> None:
    with database.write() as session:
        for number in range(many):
            session.add(
                Unit(code=str(number), name=f"واحد {number}", county_id=1, found_state="stagnant",
                     found_jobs=2, registered_on=REGISTERED)
            )  # fmt: skip
    model = TableModel(unit_fields.TABLE)
    model.set_rows(Listing(database.read, units.SOURCE, View(sort="name")))
    assert model.rowCount() == many
    qtmodeltester.check(model)
    model.deleteLater()


def test_a_model_without_rows_is_empty() -> None:
    model = TableModel(ALL)
    assert model.rowCount() == 0
    assert model.columnCount() == len(ALL)


def test_only_pages_that_are_seen_are_fetched(qtbot: QtBot) -> None:
    rows = Counted(100_000)
    view = table(qtbot, rows)
    assert rows.fetched == [0]
    view.scrollToBottom()
    QApplication.processEvents()
    assert rows.fetched == [0, 99_999 // PAGE * PAGE]
    view.go_to(50_000)
    QApplication.processEvents()
    assert len(rows.fetched) <= 4
    view.scrollToTop()
    QApplication.processEvents()
    assert rows.fetched.count(0) == 1  # still in memory


def test_memory_is_bounded() -> None:
    rows = Counted(PAGE * (KEPT + 10))
    model = TableModel(ALL)
    model.set_rows(rows)
    for page in range(KEPT + 10):
        model.row_at(page * PAGE)
    assert len(model._pages) == KEPT


def test_a_row_gone_meanwhile_is_blank(qtbot: QtBot) -> None:
    view = table(qtbot, Counted(3, gone=[1]))
    assert cell(view, 1, NAME) is None
    assert cell(view, 1, NAME, Role.ToolTipRole) is None
    assert cell(view, 1, STATE, Role.ForegroundRole) is None
    view.go_to(1)
    assert view.current() is None
    opened: list[Any] = []
    view.opened.connect(opened.append)
    view.open_current()
    assert opened == []
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text().count("\n") == 2


def test_what_a_cell_says(qtbot: QtBot) -> None:
    note = "خط یک\nخط دو"
    view = table(qtbot, Few([Thing(note=note, jobs=None), Thing(name="", state="counted")]))
    assert cell(view, 0, CODE) == "۰۰۱۲۳۴۵۶۷۹"
    assert cell(view, 0, JOBS) == ""
    assert cell(view, 1, JOBS) == "۱٬۲۰۰"
    assert cell(view, 0, NOTE) == "خط یک خط دو"
    assert cell(view, 0, NOTE, Role.ToolTipRole) == note
    assert cell(view, 1, NAME, Role.ToolTipRole) is None
    assert cell(view, 1, STATE, Role.AccessibleTextRole) == "احیای شمرده‌شده"
    assert cell(view, 1, STATE, Role.ForegroundRole).color() == theme.color("good")
    assert cell(view, 0, STATE, Role.ForegroundRole).color() == theme.color("bad")
    assert cell(view, 0, NAME, Role.ForegroundRole) is None
    assert cell(view, 0, NAME, Role.DecorationRole) is None
    assert cell(view, 0, NAME, TableModel.ROW_ROLE).note == note


def test_numbers_stand_digit_under_digit_and_words_where_lines_begin(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    assert cell(view, 0, JOBS, Role.TextAlignmentRole) & right == right
    assert cell(view, 0, NAME, Role.TextAlignmentRole) & Qt.AlignmentFlag.AlignLeading
    head = Qt.Orientation.Horizontal
    assert view.rows.headerData(0, head) == "نام"
    assert view.rows.headerData(2, head, Role.TextAlignmentRole) & right == right
    assert view.rows.headerData(0, head, Role.DecorationRole) is None
    assert view.rows.headerData(0, Qt.Orientation.Vertical) is None


# --- the view -------------------------------------------------------------------------------------


def test_the_first_column_is_at_the_right(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]))
    header = view.horizontalHeader()
    places = [header.sectionViewportPosition(n) for n in range(len(ALL))]
    assert places == sorted(places, reverse=True)
    first = view.visualRect(view.rows.index(0, 0))
    assert first.right() > view.viewport().width() - 5
    assert view.rowHeight(0) == ROW_HEIGHT


def click_header(view: TableView, field: Field) -> None:
    header = view.horizontalHeader()
    section = ALL.index(field)
    middle = header.sectionViewportPosition(section) + header.sectionSize(section) // 2
    QTest.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QPoint(middle, header.height() // 2),
    )  # fmt: skip


def test_a_header_sorts_both_ways(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]))
    asked: list[tuple[str, bool]] = []
    view.sorted_by.connect(lambda name, down: asked.append((name, down)))
    view.show_order("name", False)
    click_header(view, NAME)
    click_header(view, NAME)
    click_header(view, JOBS)
    click_header(view, JOBS)
    assert asked == [("name", True), ("name", False), ("jobs", False), ("jobs", True)]


def test_an_order_of_no_column_shows_no_arrow(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]))
    view.show_order("jobs", True)
    header = view.horizontalHeader()
    assert header.sortIndicatorSection() == 2
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    view.show_order("somewhere", False)
    assert header.sortIndicatorSection() == -1


def test_rows_are_opened_by_enter_and_double_click(qtbot: QtBot) -> None:
    view = table(qtbot, Counted(5))
    opened: list[Any] = []
    view.opened.connect(opened.append)
    view.setFocus()
    view.go_to(2)
    key(view, Qt.Key.Key_Return)
    key(view, Qt.Key.Key_Down)
    key(view, Qt.Key.Key_Enter)
    spot = view.visualRect(view.rows.index(4, 0)).center()
    nothing = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, nothing, spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, nothing, spot)
    assert [row.name for row in opened] == ["واحد 2", "واحد 3", "واحد 4"]


def test_the_chosen_row_is_told(qtbot: QtBot) -> None:
    view = table(qtbot, Counted(5))
    told: list[Any] = []
    view.chosen.connect(told.append)
    view.go_to(3)
    assert [row.name for row in told] == ["واحد 3"]
    assert view.selected_positions() == [3]
    view.go_to(99)
    assert view.current().name == "واحد 3"


def test_going_to_a_row_shows_it_and_leaves_the_columns(qtbot: QtBot) -> None:
    view = table(qtbot, Counted(1000))
    view.setColumnWidth(0, 2000)
    QApplication.processEvents()
    view.horizontalScrollBar().setValue(300)
    view.go_to(700)
    assert view.visualRect(view.rows.index(700, 0)).intersects(view.viewport().rect())
    assert view.horizontalScrollBar().value() == 300
    assert view.current().name == "واحد 700"


# --- columns --------------------------------------------------------------------------------------


def names(view: TableView) -> list[str]:
    return [field.name for field in view.visible_fields()]


def choose(menu: QMenu, label: str) -> None:
    next(action for action in menu.actions() if action.text() == label).trigger()


def test_columns_are_chosen_from_a_menu(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]), (NAME, STATE))
    assert names(view) == ["name", "state"]
    told: list[int] = []
    view.columns_changed.connect(lambda: told.append(1))
    choose(view.column_menu(), "شاغلان")
    assert names(view) == ["name", "state", "jobs"]
    choose(view.column_menu(), "نام")
    assert names(view) == ["state", "jobs"]
    assert told
    choose(view.column_menu(), "ستون‌های آغازین")
    assert names(view) == ["name", "state"]


def test_the_last_column_cannot_be_hidden(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]), (NAME,))
    choose(view.column_menu(), "نام")
    assert names(view) == ["name"]
    menu = view.column_menu()
    assert next(a for a in menu.actions() if a.text() == "نام").isChecked()


def test_columns_are_moved_and_remembered_by_name(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]))
    told: list[int] = []
    view.columns_changed.connect(lambda: told.append(1))
    view.horizontalHeader().moveSection(2, 0)
    view.setColumnWidth(0, 333)
    assert len(told) == 2
    view.setColumnHidden(3, True)
    state = view.layout_state()
    other = table(qtbot, Few([Thing()]), (NAME, CODE))
    other.restore_layout(state)
    assert names(other) == names(view) == ["jobs", "name", "state", "note"]
    assert other.columnWidth(0) == 333


def test_a_layout_of_another_version_does_no_harm(qtbot: QtBot) -> None:
    view = table(qtbot, Few([Thing()]), (NAME, STATE, JOBS))
    usual = view.columnWidth(1)
    view.restore_layout({"order": ["gone", "jobs", "name"], "hidden": ["gone"],
                         "widths": {"gone": 50, "state": 5, "jobs": 88}})  # fmt: skip
    assert names(view)[:2] == ["jobs", "name"]
    assert view.columnWidth(2) == 88
    assert view.columnWidth(1) == usual
    view.restore_layout({})
    assert names(view)[:2] == ["jobs", "name"]


def test_a_column_is_wide_enough_for_its_heading(qtbot: QtBot) -> None:
    wordy = Field("name", "سرستونی که از پهنای خود بلندتر است", kinds.TEXT, 4)
    view = present(qtbot, TableView((wordy,)))
    assert view.columnWidth(0) > view.fontMetrics().horizontalAdvance(wordy.label)


# --- copying --------------------------------------------------------------------------------------


def test_a_copy_has_headings_and_numbers_and_no_formula(qtbot: QtBot) -> None:
    rows = [Thing("=1+1", note="یک\tدو\nسه"), Thing("-5", jobs=None), Thing("@x"), Thing("عادی")]
    view = table(qtbot, Few(rows), (NAME, JOBS, CODE, STATE, NOTE))
    view.setFocus()
    keys(view, Qt.Key.Key_A)
    keys(view, Qt.Key.Key_C)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "نام\tوضعیت\tشاغلان\tکد\tتوضیح"
    assert lines[1] == "'=1+1\tبازایستاده\t1200\t0012345679\tیک دو سه"
    assert lines[2].split("\t")[0] == "'-5"
    assert lines[2].split("\t")[2] == ""
    assert lines[3].startswith("'@x")
    assert lines[4].startswith("عادی")


def test_only_the_chosen_rows_and_columns_are_copied(qtbot: QtBot) -> None:
    view = table(qtbot, Counted(400), (NAME,))
    view.go_to(300)
    view.selectionModel().select(
        view.rows.index(5, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    view.copy()
    assert QGuiApplication.clipboard().text().split("\n") == ["نام", "واحد 5", "واحد 300"]


def test_ctrl_and_a_letter_choose_rows_by_mouse(qtbot: QtBot) -> None:
    view = table(qtbot, Counted(9))
    for row, held in ((1, Qt.KeyboardModifier.NoModifier), (4, CTRL), (6, CTRL)):
        spot = view.visualRect(view.rows.index(row, 1)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, spot)
    assert view.selected_positions() == [1, 4, 6]


# --- the short table ------------------------------------------------------------------------------


def test_a_short_table_is_as_high_as_its_rows(qtbot: QtBot) -> None:
    view = present(qtbot, InnerTable(ALL))
    least = view.height()
    heights = []
    for many in (LEAST_ROWS, LEAST_ROWS + 3, MOST_ROWS, MOST_ROWS + 50):
        view.set_rows([Thing()] * many)
        heights.append(view.height())
    assert heights[0] == least
    assert heights[1] == least + 3 * ROW_HEIGHT
    assert heights[2] == heights[3]
    assert view.rows.rowCount() == MOST_ROWS + 50


def test_a_unit_that_returned_is_shown_as_it_stands(qtbot: QtBot, database: Database) -> None:
    number = add_unit(database)
    add_return(database, number, "1402/05/01")
    view = present(qtbot, TableView(unit_fields.TABLE, unit_fields.SHOWN))
    view.rows.set_rows(Listing(database.read, units.SOURCE, View()))
    state = unit_fields.TABLE.index(unit_fields.STAGE)
    assert view.rows.data(view.rows.index(0, state)) == "احیای شمرده‌شده"
