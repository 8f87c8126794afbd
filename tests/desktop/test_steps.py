"""Several rows at once, a row made like another, and Ctrl+Z, in the real window."""

from __future__ import annotations

from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from db.calendar import from_jalali
from db.commands.saving import KEPT, values_of
from db.database import existing
from db.models import Unit, Visit
from desktop import actions
from desktop.main_window import MainWindow
from desktop.pages.list_page import ListPage
from desktop.pages.value_dialog import ValueDialog
from desktop.settings import Settings
from desktop.units import page as units_page
from desktop.units.page import UnitsPage
from desktop.widgets import steps
from desktop.widgets.common import Toast
from tests.desktop.driving import (
    Answers,
    button,
    click,
    enter,
    key,
    keys,
    present,
    pressing,
    show_tab,
)
from tests.desktop.records import (
    TODAY,
    add_group,
    add_loan,
    add_return,
    add_unit,
    add_visit,
)
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import focus_of, type_in, type_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.database import Database

pytestmark = pytest.mark.usefixtures("fixed_today")
NAMES = ("آجر بیضا", "پارس نخ", "چرم زرقان", "ریسندگی فسا", "گچ کازرون")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, database: Database) -> MainWindow:
    add_group(database, "گروه رجایی")
    for number, name in enumerate(NAMES):
        add_unit(database, name, licence_no=f"12/{number}", national_code="0790419904" if number
                 == 1 else "", owner="علوی", note="یادداشت")  # fmt: skip
    made = MainWindow(Settings(tmp_path / "settings.json"))
    qtbot.addWidget(made, before_close_func=lambda w: w.drop_database())
    present(qtbot, made)
    made.set_database(database, "units")
    units(made).table.setFocus()
    QApplication.processEvents()
    return made


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Database]:
    """Another program on the same file."""
    opened = existing(database.path)
    yield opened
    opened.close()


def units(window: MainWindow) -> UnitsPage:
    page = window.pages["units"]
    assert isinstance(page, UnitsPage)
    return page


def choose(page: ListPage, *places: int) -> None:
    page.table.setFocus()
    page.table.go_to(places[0])
    page.table.choose(places[1:])
    QApplication.processEvents()


def column(page: ListPage, name: str) -> list[Any]:
    QApplication.processEvents()
    rows = map(page.table.rows.row_at, range(page.table.rows.rowCount()))
    return [getattr(row, name) for row in rows]


def names(window: MainWindow) -> list[str]:
    QApplication.processEvents()
    return column(units(window), "name")


def told(window: MainWindow) -> str:
    """What the toast on the screen says."""
    QApplication.processEvents()
    shown = [toast for toast in window.findChildren(Toast) if toast.isVisible()]
    return shown[-1].label.text() if shown else ""


def settle() -> None:
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def giving(group: str) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, ValueDialog)
        edit = focus_of(dialog, "group_id")
        assert edit.hasFocus()
        type_text(edit, group)
        enter(edit)

    return act


def archive(page: ListPage, *places: int) -> None:
    choose(page, *places)
    with Answers(reasoning("دو بار ثبت شده", "بایگانی")):
        key(page, Qt.Key.Key_Delete)


# --- several at once ------------------------------------------------------------------------------


def test_a_group_is_given_to_three_and_taken_back(window: MainWindow) -> None:
    page = units(window)
    choose(page, 0, 2, 3)
    assert page.acts.live.isVisible()
    assert page.acts.live.label.text() == "۳ واحد برگزیده"
    with Answers(giving("رجایی")):
        click(page.acts.live, "دادن گروه…")
    assert told(window) == "دادن گروه به ۳ واحد انجام شد."
    assert column(page, "group") == ["گروه رجایی", None, "گروه رجایی", "گروه رجایی", None]
    assert page.table.selected_positions() == [0, 2, 3]
    keys(window, Qt.Key.Key_Z)
    assert told(window) == "دادن گروه به ۳ واحد برگشت."
    assert column(page, "group") == [None] * 5
    keys(window, Qt.Key.Key_Y)
    assert told(window) == "دادن گروه به ۳ واحد دوباره انجام شد."
    assert column(page, "group").count("گروه رجایی") == 3
    keys(window, Qt.Key.Key_Z)
    keys(window, Qt.Key.Key_Z, CTRL_SHIFT)
    QApplication.processEvents()
    assert column(page, "group").count("گروه رجایی") == 3


def test_the_next_visit_of_several_is_planned_and_taken_back(
    window: MainWindow, database: Database
) -> None:
    def planning(day: str) -> Callable[[QWidget], None]:
        def act(dialog: QWidget) -> None:
            type_in(dialog, "next_visit_on", day)
            click(dialog, "تعیین نوبت پایش")

        return act

    page = units(window)
    add_visit(database, page.listing.ids[0], "1402/06/01")
    choose(page, 0, 2)
    with Answers(planning("1402/12/01")):
        click(page.acts.live, "تعیین نوبت پایش…")
    assert told(window) == "تعیین نوبت پایش ۲ واحد انجام شد."
    with database.read() as session:
        visit = session.query(Visit).one()
        first = session.get_one(Unit, page.listing.ids[2]).first_visit_due_on
    assert visit.next_due_on == first == from_jalali("1402/12/01")
    keys(window, Qt.Key.Key_Z)
    with database.read() as session:
        assert session.query(Visit).one().next_due_on is None
    choose(page, 0, 2)
    with Answers(planning("1402/06/01")):
        click(page.acts.live, "تعیین نوبت پایش…")
    assert "باید پس از ۱۴۰۲/۰۶/۰۱ باشد" in told(window)


def test_without_a_value_nothing_is_given(window: MainWindow) -> None:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, ValueDialog)
        click(dialog, "دادن گروه")
        assert dialog.form.complaint("group_id") == "این خانه باید پر شود."
        type_in(dialog, "group_id", "نیست چنین")
        click(dialog, "دادن گروه")
        assert dialog.isVisible()
        click(dialog, "انصراف")

    choose(units(window), 0, 1)
    with Answers(act):
        click(units(window).acts.live, "دادن گروه…")
    assert column(units(window), "group") == [None] * 5
    assert told(window) == ""


def test_what_has_it_already_offers_no_undo(window: MainWindow) -> None:
    for _ in range(2):
        choose(units(window), 0, 1)
        with Answers(giving("رجایی")):
            click(units(window).acts.live, "دادن گروه…")
    assert told(window) == "چیزی دگرگون نشد."
    assert not window.findChildren(Toast)[-1].button.isVisible()
    keys(window, Qt.Key.Key_Z)
    assert told(window) == "دادن گروه به ۲ واحد برگشت."


def test_delete_archives_all_that_are_chosen(window: MainWindow) -> None:
    archive(units(window), 1, 2, 4)
    assert told(window) == "۳ واحد بایگانی شد."
    assert names(window) == ["آجر بیضا", "ریسندگی فسا"]
    click(window.findChildren(Toast)[-1], "واگرد")
    assert names(window) == list(NAMES)
    assert told(window) == "بایگانی ۳ واحد برگشت."


def test_undo_of_a_restore(window: MainWindow) -> None:
    page = units(window)
    archive(page, 1, 2)
    page.archived.click()
    choose(page, 0, 1)
    assert page.acts.stored.isVisible()
    assert not page.acts.live.isVisible()
    click(page.acts.stored, "بازگرداندن")
    assert names(window) == []
    assert told(window) == "۲ واحد بازگردانده شد."
    keys(window, Qt.Key.Key_Z)
    assert names(window) == ["پارس نخ", "چرم زرقان"]
    assert set(column(page, "archive_reason")) == {"دو بار ثبت شده"}
    keys(window, Qt.Key.Key_Z)
    page.archived.click()
    assert names(window) == list(NAMES)


def test_the_bar_goes_with_the_choice(window: MainWindow) -> None:
    page = units(window)
    choose(page, 0, 1)
    assert page.acts.live.isVisible()
    choose(page, 2)
    assert not page.acts.live.isVisible()
    keys(page, Qt.Key.Key_A)
    assert page.acts.live.label.text() == "۵ واحد برگزیده"


def test_the_bar_is_reached_by_keys(window: MainWindow) -> None:
    page = units(window)
    choose(page, 0, 1)
    for _ in range(10):
        key(window, Qt.Key.Key_Tab)
        if button(page.acts.live, "دادن گروه…").hasFocus():
            return
    raise AssertionError("Tab does not come to the bar")


def test_the_menu_of_the_rows_offers_it_all(window: MainWindow) -> None:
    page = units(window)
    choose(page, 0, 1)
    spot = page.table.visualRect(page.table.currentIndex()).center()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(
        page.table.viewport(),
        QContextMenuEvent(reason, spot, page.table.viewport().mapToGlobal(spot)),
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert list(offered) == [
        "باز کردن", "رونوشت با سرستون", "واحد تازه مانند این", "دادن گروه…",
        "تعیین نوبت پایش…", "بایگانی…",
    ]  # fmt: skip
    menu.close()
    with Answers(giving("رجایی")):
        offered["دادن گروه…"].trigger()
    assert column(page, "group")[:3] == ["گروه رجایی", "گروه رجایی", None]


def test_a_reason_thought_better_of_archives_none(window: MainWindow) -> None:
    choose(units(window), 0, 1)
    with Answers(pressing("انصراف")):
        key(window, Qt.Key.Key_Delete)
    assert names(window) == list(NAMES)


def test_a_thousand_rows_do_not_hold_up_the_window(
    qtbot: QtBot, window: MainWindow, database: Database
) -> None:
    with database.write() as session:
        for number in range(1000):
            session.add(
                Unit(code=str(number), name=f"کارگاه {number}", county_id=1, found_jobs=2,
                     found_state="stagnant", registered_on=TODAY)
            )  # fmt: skip
    page = units(window)
    page.refresh()
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(monotonic()))
    page.table.selectAll()
    QApplication.processEvents()
    with Answers(reasoning("آزمون", "بایگانی")):
        key(page, Qt.Key.Key_Delete)
    heart.start(5)
    qtbot.waitUntil(lambda: bool(told(window)), timeout=20_000)
    gaps = [after - before for before, after in pairwise(beats)]
    assert told(window) == "۱٬۰۰۵ واحد بایگانی شد."
    assert names(window) == []
    keys(window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: told(window).endswith("برگشت."), timeout=20_000)
    assert len(names(window)) == 1005
    assert max(gaps, default=0) < 1, "the window stood still"  # loosely: the machine is shared


def test_while_many_are_written_nothing_else_is_begun(window: MainWindow) -> None:
    window.steps.do("یک", lambda *_: None, list(range(steps.AT_ONCE + 1)), list)
    window.steps.do("دو", lambda *_: 1 / 0, [1], list)
    window.steps.undo()
    settle()


# --- taking back ----------------------------------------------------------------------------------


def test_it_is_refused_after_somebody_else_s_change(
    window: MainWindow, elsewhere: Database
) -> None:
    page = units(window)
    archive(page, 3)
    choose(page, 0, 1)
    with Answers(giving("رجایی")):
        page.acts.batch(units_page.SPEC.batch[0])
    with elsewhere.write() as session:
        session.get_one(Unit, 2).group_id = None
    keys(window, Qt.Key.Key_Z)
    assert told(window) == (
        "برنگشت: «پارس نخ» پس از آن دگرگون شده است؛ آن را باز کنید و خودتان درست کنید."
    )
    page.refresh()
    assert column(page, "group") == ["گروه رجایی", None, None, None]
    keys(window, Qt.Key.Key_Z)  # what cannot be taken back does not stand in the way
    assert told(window) == "بایگانی «ریسندگی فسا» برگشت."


def test_nothing_left_to_take_back_is_told(window: MainWindow) -> None:
    keys(window, Qt.Key.Key_Z)
    assert told(window) == "کاری برای برگرداندن نیست."


def test_a_save_is_taken_back_from_the_list(window: MainWindow) -> None:
    page = units(window)
    page.open(2)
    assert page.record is not None
    type_in(page.record, "name", "پارس نخ نو")
    keys(page, Qt.Key.Key_S)
    keys(page, Qt.Key.Key_Z)  # in the text: the typing, not what is stored
    assert focus_of(page.record, "name").property("text") in ("پارس نخ", "پارس نخ نو")
    page.record.form.changed = False
    page.back()
    assert "پارس نخ نو" in names(window)
    keys(window, Qt.Key.Key_Z)
    assert told(window) == "ویرایش «پارس نخ نو  (۱۰۰۰۰۲)» برگشت."
    assert "پارس نخ" in names(window)


def test_in_a_form_the_keys_are_those_of_the_text(window: MainWindow) -> None:
    page = units(window)
    archive(page, 0)
    page.open(2)
    assert page.record is not None
    focus_of(page.record, "found_state").setFocus()  # no text
    keys(page, Qt.Key.Key_Z)
    page.back()
    assert len(names(window)) == 4
    keys(page, Qt.Key.Key_F)
    type_text(page.bar.search_edit, "نخ")
    keys(page, Qt.Key.Key_Z)
    assert page.bar.search == ""
    settle()
    assert len(names(window)) == 4
    page.table.setFocus()
    keys(page, Qt.Key.Key_Z)
    assert len(names(window)) == 5


def test_a_part_that_was_archived_comes_back(window: MainWindow, database: Database) -> None:
    add_return(database, 2, "1402/05/01")
    page = units(window)
    page.open(2)
    assert page.record is not None
    show_tab(page.record, "احیا")
    part = page.record.returns  # type: ignore[attr-defined]  # of a unit
    part.table.go_to(0)
    with Answers(reasoning("اشتباه", "بایگانی")):
        part.archive()
    QApplication.processEvents()
    assert part.table.rows.rowCount() == 0
    part.table.setFocus()
    keys(window, Qt.Key.Key_Z)
    assert told(window) == "بایگانی بازگشت به تولید برگشت."
    assert part.table.rows.rowCount() == 1


def test_another_file_begins_anew(window: MainWindow, database: Database) -> None:
    archive(units(window), 0)
    window.set_database(database, "units")
    units(window).table.setFocus()
    keys(window, Qt.Key.Key_Z)
    assert told(window) == "کاری برای برگرداندن نیست."


def test_the_menu_has_both(window: MainWindow) -> None:
    archive(units(window), 0)
    window.header.asked.emit(actions.UNDO)
    assert len(names(window)) == 5
    window.header.asked.emit(actions.REDO)
    assert len(names(window)) == 4


# --- a row like another ---------------------------------------------------------------------------


def test_a_duplicate_has_all_but_what_is_of_one_unit_only(
    window: MainWindow, database: Database
) -> None:
    page = units(window)
    choose(page, 1)
    keys(page, Qt.Key.Key_D)
    record = page.record
    assert record is not None
    assert record.record_id is None
    assert record.unsaved.isVisible()
    assert record.form.changed
    values = record.form.values()
    with database.read() as session:
        unit = session.get_one(Unit, 2)
        kept = {n: v for n, v in values_of(unit).items() if n not in KEPT}
    own = {field.name for field in units_page.SPEC.own} | {"code"}
    assert {"licence_no", "national_code", "legal_national_id", "sso_workshop_code"} <= own
    for name, value in kept.items():
        if name in own:
            assert values.get(name) in (None, ""), name
        else:
            assert values.get(name) == value, name
    type_in(record, "name", "پارس نخ دو")
    keys(page, Qt.Key.Key_S)
    key(page, Qt.Key.Key_Escape)
    assert "پارس نخ دو" in names(window)
    assert column(page, "licence_no")[names(window).index("پارس نخ دو")] == ""


def test_leaving_a_duplicate_asks(window: MainWindow) -> None:
    page = units(window)
    choose(page, 1)
    keys(page, Qt.Key.Key_D)
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)
    assert page.record is None


def test_a_duplicate_of_a_record_s_own_row(window: MainWindow, database: Database) -> None:
    add_loan(database, 2, contract_no="77", branch="مرکزی")
    page = units(window)
    page.open(2)
    assert page.record is not None
    panel = show_tab(page.record, "تسهیلات")
    assert isinstance(panel, ListPage)
    panel.table.go_to(0)
    keys(page, Qt.Key.Key_D)
    assert window.current == "loans"
    record = window.pages["loans"].record
    values = record.form.values()
    assert (values["unit_id"], values["branch"], values["contract_no"]) == (2, "مرکزی", "")
    assert record.unsaved.isVisible()
    record.form.changed = False


def test_of_an_empty_list_nothing_is_duplicated(window: MainWindow) -> None:
    window.show_page("loans")
    keys(window, Qt.Key.Key_D)
    assert window.pages["loans"].record is None
