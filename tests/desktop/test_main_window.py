"""The frame around the pages: going about, as of, what others saved, what the next run knows."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from db import models
from db.calendar import from_jalali
from db.errors import DatabaseProblem
from db.models import Unit
from desktop import actions
from desktop.loans.page import LoansPage
from desktop.main_window import ROOM_FOR_SIDE, MainWindow
from desktop.page_list import PAGES
from desktop.settings import Settings
from desktop.side_bar import NARROW, WIDE
from desktop.units.page import UnitsPage
from desktop.widgets.common import Toast
from desktop.widgets.frame import Door
from tests.desktop.driving import (
    ALT,
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
from tests.desktop.records import add_loan, add_unit
from tests.desktop.typing import focus_of, type_in

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from desktop.pages.list_page import ListPage

pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def window(qtbot: QtBot, settings: Settings, database: Database) -> MainWindow:
    add_unit(database, "نساجی کویر")
    add_unit(database, "پارس نخ", county_id=1)
    made = MainWindow(settings)
    qtbot.addWidget(made, before_close_func=take_file)
    present(qtbot, made)
    made.set_database(database, "units")
    QApplication.processEvents()
    return made


def take_file(window: MainWindow) -> None:
    """As the program does before it closes the file: no page asks about its work any more."""
    window.drop_database()


def units(window: MainWindow) -> UnitsPage:
    page = window.pages["units"]
    assert isinstance(page, UnitsPage)
    return page


def names(page: ListPage) -> list[str]:
    return [page.table.rows.row_at(n).name for n in range(page.table.rows.rowCount())]


def chosen(window: MainWindow) -> list[str]:
    """What the side bar shows as the present page, by its highlight and by its current row."""
    items = {*(item.toolTip() for item in window.side.selectedItems())}
    now = window.side.currentItem()
    return sorted(items | {now.toolTip()})


def click_side(window: MainWindow, row: int) -> None:
    spot = window.side.visualItemRect(window.side.item(row)).center()
    QTest.mouseClick(
        window.side.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot
    )
    QApplication.processEvents()


# --- going about ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["dashboard", "board", "portfolio", "dues", "actions"])
def test_what_arrives_after_the_file_was_closed_is_told_to_nobody(
    window: MainWindow, page: str
) -> None:
    """It waits in the queue while the file is closed: its page is gone with the file."""
    window.show_page(page)
    for _ in range(2):  # a page that fetches in two steps may be in either
        QThreadPool.globalInstance().waitForDone()
        before = window.drop_database()
        QApplication.processEvents()
        assert before is not None
        window.set_database(before, page)


def test_a_page_is_built_when_it_is_first_shown(window: MainWindow) -> None:
    assert set(window.pages) == {"units"}
    assert window.header.title.text() == "واحدها"
    assert window.windowTitle() == "test — احیا"
    assert window.file_label.text() == "test.ehya"
    built = window.pages["units"]
    assert window.show_page("groups")
    assert set(window.pages) == {"units", "groups"}
    assert window.show_page("units")
    assert window.pages["units"] is built


def test_pages_are_reached_by_the_side_bar_and_by_keys(window: MainWindow) -> None:
    lists = [n for n, entry in enumerate(PAGES) if entry.key in ("units", "loans", "visits")]
    for row in lists:
        click_side(window, row)
        assert window.current == PAGES[row].key
        assert chosen(window) == [PAGES[row].title]
    for row in lists:
        keys(window, Qt.Key(Qt.Key.Key_1 + row), ALT)
        assert window.header.title.text() == PAGES[row].title
        assert chosen(window) == [PAGES[row].title]
    window.side.setFocus()
    key(window, Qt.Key.Key_Up)
    assert window.current == PAGES[lists[-1] - 1].key


def test_every_page_opens(window: MainWindow) -> None:
    for entry in PAGES:
        assert window.show_page(entry.key)
        assert window.header.main.isVisible() == bool(entry.action)
        assert window.content.currentWidget() is window.pages[entry.key]
    QTest.qWait(50)


def test_a_page_that_is_unknown_is_the_first(window: MainWindow, database: Database) -> None:
    window.set_database(database, "no such page")
    assert window.current == PAGES[0].key


def test_without_a_file_there_are_no_pages(qtbot: QtBot, settings: Settings) -> None:
    window = present(qtbot, MainWindow(settings))
    window.show_alone(QLabel("خوش آمدید"))
    keys(window, Qt.Key.Key_2, ALT)
    keys(window, Qt.Key.Key_T)
    assert window.pages == {}
    assert not window.side.isVisible()
    assert not window.header.isVisible()
    with pytest.raises(AssertionError):
        _ = window.database


def test_a_door_leads_to_a_filtered_list_and_to_a_record(
    window: MainWindow, database: Database
) -> None:
    number = add_unit(database, "ریسندگی")
    QApplication.processEvents()
    window.show_page("groups")
    window.go(Door("units", {"county_id": [1]}))
    assert window.current == "units"
    assert names(units(window)) == ["پارس نخ"]
    window.go(Door("units", record=number))
    assert units(window).record is not None
    assert not window.header.main.isVisible()
    window.go(Door("units", {"id": [number]}))
    assert names(units(window)) == ["ریسندگی"]
    assert window.header.main.isVisible()


def test_the_main_action_and_ctrl_n_begin_a_record(window: MainWindow) -> None:
    assert window.header.main.text() == "واحد تازه"
    window.header.main.click()
    assert units(window).record is not None
    assert not window.header.main.isVisible()
    key(window, Qt.Key.Key_Escape)
    keys(window, Qt.Key.Key_N)
    assert units(window).record is not None


def test_a_record_of_another_page_begins_with_what_is_known(
    window: MainWindow, database: Database
) -> None:
    units(window).open(1)
    record = units(window).record
    assert record is not None
    panel = show_tab(record, "تسهیلات")
    assert isinstance(panel, LoansPage)
    keys(window, Qt.Key.Key_N)
    assert window.current == "loans"
    loan = window.pages["loans"].record
    assert loan.form.values()["unit_id"] == 1
    with Answers(pressing("دور انداختن")):
        type_in(loan, "amount_asked", "1000")
        keys(window, Qt.Key.Key_2, ALT)
    add_loan(database, 1)
    QApplication.processEvents()
    assert panel.table.rows.rowCount() == 1
    panel.table.go_to(0)
    panel.table.open_current()
    assert window.current == "loans"
    assert window.pages["loans"].record.record_id == 1


def test_the_bottom_line_and_the_main_action_are_those_of_the_page(window: MainWindow) -> None:
    assert window.rows_label.text() == "۲ ردیف"
    window.show_page("groups")
    assert window.rows_label.text() == "۰ ردیف"
    window.show_page("units")
    assert window.rows_label.text() == "۲ ردیف"
    units(window).open(1)
    window.show_page("groups")
    assert window.header.main.isVisible()
    window.show_page("units")
    assert not window.header.main.isVisible()  # the record is still open, with its own «ذخیره»


# --- unsaved work ---------------------------------------------------------------------------------


@pytest.fixture
def written(window: MainWindow) -> MainWindow:
    """A unit is open, and something was typed."""
    units(window).open(1)
    record = units(window).record
    assert record is not None
    type_in(record, "name", "نام دیگر")
    return window


def test_one_stays_with_unsaved_work(written: MainWindow) -> None:
    visits = next(n for n, entry in enumerate(PAGES) if entry.key == "visits")
    with Answers(pressing("ماندن در این صفحه"), pressing("ماندن در این صفحه")):
        keys(written, Qt.Key(Qt.Key.Key_1 + visits), ALT)
        click_side(written, visits)
        QTest.qWait(20)
    assert written.current == "units"
    assert chosen(written) == ["واحدها"]
    assert "visits" not in written.pages
    with Answers(pressing("ماندن در این صفحه")):
        written.go(Door("visits", record=1))
    assert written.current == "units"


def test_a_door_to_the_same_page_asks_too(written: MainWindow) -> None:
    with Answers(pressing("ماندن در این صفحه"), pressing("دور انداختن")):
        written.go(Door("units", {"county_id": [1]}))
        assert units(written).record is not None
        written.go(Door("units", {"county_id": [1]}))
    assert names(units(written)) == ["پارس نخ"]


def test_what_was_thrown_away_is_gone_when_one_comes_back(written: MainWindow) -> None:
    with Answers(pressing("دور انداختن")):
        written.show_page("groups")
    written.show_page("units")
    record = units(written).record
    assert record is not None
    assert record.form.values()["name"] == "نساجی کویر"


def test_closing_asks_about_unsaved_work(written: MainWindow) -> None:
    with Answers(pressing("ماندن در این صفحه")):
        keys(written, Qt.Key.Key_Q)
    assert written.isVisible()
    with Answers(pressing("ذخیره و ادامه")):
        assert written.close()
    with written.database.read() as session:
        assert session.get_one(Unit, 1).name == "نام دیگر"


# --- as of ----------------------------------------------------------------------------------------


def take_day(typed: str) -> Any:
    def act(dialog: QWidget) -> None:
        type_in(dialog, "day", typed)
        enter(focus_of(dialog, "day"))

    return act


def test_all_is_shown_as_of_a_day(window: MainWindow) -> None:
    window.show_page("loans")
    with Answers(take_day("1402/01/05")):
        keys(window, Qt.Key.Key_T)
    assert window.as_of() == from_jalali("1402/01/05")
    assert window.header.day.text() == "تا ۵ فروردین ۱۴۰۲"
    assert window.header.day.isChecked()
    window.show_page("units")  # which was hidden meanwhile
    assert names(units(window)) == []
    with Answers(pressing("امروز")):
        window.header.day.click()
    assert window.as_of() is None
    assert window.header.day.text() == "تا امروز"
    assert not window.header.day.isChecked()
    assert len(names(units(window))) == 2


def test_the_chip_stays_marked_when_one_thinks_better_of_it(window: MainWindow) -> None:
    window.set_as_of(from_jalali("1402/06/31"))
    with Answers(pressing("انصراف")):
        window.header.day.click()
    assert window.as_of() == from_jalali("1402/06/31")
    assert window.header.day.isChecked()


def test_another_file_begins_today(window: MainWindow, database: Database) -> None:
    window.set_as_of(from_jalali("1402/06/31"))
    window.set_database(database, "units")
    assert window.as_of() is None
    assert window.header.day.text() == "تا امروز"


def test_another_file_is_opened_while_a_field_has_the_focus(
    window: MainWindow, database: Database
) -> None:
    keys(window, Qt.Key.Key_N)
    QApplication.processEvents()
    record = units(window).record
    assert record is not None
    assert focus_of(record, "name").hasFocus()
    window.set_database(database, "groups")
    assert window.current == "groups"


# --- news -----------------------------------------------------------------------------------------


def count_refreshes(window: MainWindow, key: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    told: list[int] = []
    page = window.pages[key]
    refresh = page.refresh

    def counted() -> None:
        told.append(1)
        refresh()

    monkeypatch.setattr(page, "refresh", counted)
    return told


def test_what_is_saved_reaches_the_page_one_looks_at(
    window: MainWindow, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in ("loans", "groups", "units"):
        window.show_page(page)
    told = {page: count_refreshes(window, page, monkeypatch) for page in window.pages}
    add_unit(database, "ریسندگی")
    assert names(units(window)) == ["پارس نخ", "نساجی کویر"]  # queued, whatever the thread
    QApplication.processEvents()
    assert names(units(window)) == ["پارس نخ", "ریسندگی", "نساجی کویر"]
    assert {page: len(times) for page, times in told.items()} == {
        "units": 1, "loans": 0, "groups": 0,
    }  # fmt: skip
    window.show_page("groups")  # it shows numbers of units, so it is looked at again
    window.show_page("loans")
    assert {page: len(times) for page, times in told.items()} == {
        "units": 1, "loans": 1, "groups": 1,
    }  # fmt: skip
    window.show_page("units")
    assert len(told["units"]) == 1


def test_what_a_worker_saved_is_shown_by_the_window_s_thread(
    window: MainWindow, database: Database
) -> None:
    worker = Thread(target=add_unit, args=(database, "ریسندگی"))
    worker.start()
    worker.join()
    QApplication.processEvents()
    assert "ریسندگی" in names(units(window))


def test_what_nobody_watches_refreshes_nothing(
    window: MainWindow, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = count_refreshes(window, "units", monkeypatch)
    database.tell(frozenset({"report_run"}))
    QApplication.processEvents()
    assert told == []


def test_every_page_says_what_it_watches() -> None:
    models.load_all()
    tables = set(models.Base.metadata.tables)
    for entry in PAGES:
        assert tables >= entry.load().WATCHES, entry.key


# --- what is remembered ---------------------------------------------------------------------------


def test_the_next_run_finds_all_as_it_was(
    qtbot: QtBot, window: MainWindow, settings: Settings, database: Database
) -> None:
    keys(window, Qt.Key.Key_B)
    assert window.side.width() == NARROW
    window.resize(750, 640)  # as large as the screen lets it be without one
    window.move(QPoint(40, 30))
    table = units(window).table
    table.horizontalHeader().moveSection(2, 0)
    table.setColumnWidth(0, 177)
    table.sorted_by.emit("found_jobs", True)
    window.show_page("groups")
    QApplication.processEvents()
    size, place = window.size(), window.pos()
    window.close()
    window.drop_database()
    again = Settings(settings.path)
    other = MainWindow(again)
    qtbot.addWidget(other)
    other.show()
    assert (other.size(), other.pos()) == (size, place)
    assert again.get("window/folded") is True
    other.set_database(database, again.get("window/page"))
    assert other.current == "groups"
    other.show_page("units")
    fresh = units(other).table
    assert fresh.visible_fields()[0] is table.visible_fields()[0]
    assert fresh.columnWidth(0) == 177
    assert units(other).view.sort == "found_jobs"
    assert units(other).view.descending
    other.drop_database()


def test_settings_reach_the_file_a_moment_later(
    qtbot: QtBot, window: MainWindow, settings: Settings
) -> None:
    window._saver.setInterval(10)
    window.remember("x", [1, 2])
    qtbot.waitUntil(lambda: settings.path.is_file() and '"x"' in settings.path.read_text("utf-8"))
    assert Settings(settings.path).get("x") == [1, 2]


@pytest.mark.parametrize("geometry", ["", "نه", 5, None, "AAAA"])
def test_a_damaged_place_does_no_harm(qtbot: QtBot, settings: Settings, geometry: Any) -> None:
    settings.set("window/geometry", geometry)
    settings.set("window/folded", "بله")
    window = present(qtbot, MainWindow(settings))
    assert window.isVisible()


def test_the_side_bar_folds_where_pages_need_the_room(window: MainWindow) -> None:
    assert window.side.width() == WIDE
    assert window.side.item(1).text() == "واحدها"
    window.resize(ROOM_FOR_SIDE - 1, 600)
    QApplication.processEvents()
    assert window.side.width() == NARROW
    item = window.side.item(1)
    assert (item.text(), item.toolTip()) == ("", "واحدها")
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "واحدها"
    window.resize(1200, 700)
    QApplication.processEvents()
    assert window.side.width() == WIDE


# --- troubles and words ---------------------------------------------------------------------------


def test_a_trouble_is_one_sentence(window: MainWindow) -> None:
    def look(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        assert box.text().startswith("جای خالی روی دیسک نمانده است")
        click(box, "فهمیدم")

    with Answers(look):
        window.trouble(DatabaseProblem("full"))


def test_a_bug_of_ours_goes_on(window: MainWindow) -> None:
    with pytest.raises(ZeroDivisionError):
        window.trouble(ZeroDivisionError())


def test_a_toast_is_shown_over_the_window(window: MainWindow) -> None:
    window.toast("ذخیره شد.")
    window.toast("بایگانی شد.")
    QApplication.processEvents()
    (toast,) = [each for each in window.findChildren(Toast) if each.isVisible()]
    assert toast.label.text() == "بایگانی شد."
    toast.leave()


WINDOW_S_OWN = (actions.FOLD, actions.AS_OF, actions.UNDO, actions.REDO, actions.QUIT)


def test_what_reaches_beyond_a_page_is_asked_of_the_program(window: MainWindow) -> None:
    asked: list[str] = []
    window.asked.connect(asked.append)
    held = {"Ctrl": CTRL, "Shift": Qt.KeyboardModifier.ShiftModifier}
    for action in (*actions.MENU, *actions.ELSEWHERE):
        if action is None or action in WINDOW_S_OWN:
            continue
        if not action.keys:
            window.header.asked.emit(action)
        elif action.keys == "F1":
            key(window, Qt.Key.Key_F1)
        else:
            *mods, letter = action.keys.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for mod in mods:
                modifiers |= held[mod]
            keys(window, getattr(Qt.Key, f"Key_{letter}"), modifiers)
        assert asked[-1:] == [action.name]
    assert len(asked) == len(set(asked))


def test_the_menu_offers_every_action_with_its_keys(window: MainWindow) -> None:
    window.header._show_menu()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    told = {action.text(): action.shortcut().toString() for action in menu.actions()}
    for action in filter(None, actions.MENU):
        assert told[action.title] == action.keys
    menu.close()


def test_no_two_keys_are_the_same() -> None:
    used = [a.keys for a in (*actions.MENU, *actions.ELSEWHERE) if a and a.keys]
    used += [
        "Ctrl+N",
        "Ctrl+D",
        "Ctrl+Shift+Z",
        "Ctrl+S",
        "Ctrl+F",
        "Ctrl+E",
        "F5",
        *(f"Alt+{n}" for n in range(1, 9)),
    ]
    assert len(set(used)) == len(used)
