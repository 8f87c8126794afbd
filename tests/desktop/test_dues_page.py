"""The due calendar driven as its users do: who is behind, who was called, what a day brings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QWidget

from db import calendar
from db.calendar import from_jalali
from db.models import Call, Holiday
from db.queries import repayment
from db.queries.listing import Listing
from db.rules import schedule
from db.text import grouped, short_toman, to_ascii_digits
from desktop.dues import lists
from desktop.dues.call_dialog import CallDialog
from desktop.dues.head import AGAIN
from desktop.dues.month import HINT
from desktop.dues.page import CALLS, MONTH, DuesPage
from desktop.main_window import MainWindow
from desktop.messages import SENTENCES
from desktop.pages import fetcher
from desktop.paper.preview import PreviewDialog
from desktop.settings import Settings
from desktop.widgets.frame import Door
from tests.desktop import pdf_text
from tests.desktop.driving import Answers, click, enter, fill, key, keys, present
from tests.desktop.records import (
    TODAY,
    add_call,
    add_group,
    add_lent,
    add_payment,
    add_unit,
    number_of,
)
from tests.desktop.typing import focus_of, press, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
LENT = 1_200_000_000
ROWS = schedule.instalments("annuity", LENT, 18, 12, from_jalali("1402/05/01"))
EACH = ROWS[0].total
# Today is Wednesday 1402/09/15; the week ends on Friday the 17th, the 26th is a holiday.
FRIDAY, HOLIDAY = from_jalali("1402/09/17"), from_jalali("1402/09/26")


@pytest.fixture
def loans(frame: FakeFrame) -> dict[str, int]:
    """Five instalments behind; two; none yet, the first due tomorrow; none until next month."""
    database = frame.database
    fasa = number_of(database, "county", "فسا")
    weaver = add_unit(database, "نساجی کویر", group_id=add_group(database, "گروه الف"),
                      owner="شرکت نساجی کویر", manager="مریم گلی", mobile="09171234567",
                      phone="07136271234")  # fmt: skip
    tiler = add_unit(database, "کاشی فسا", county_id=fasa, manager="علی پارسا",
                     mobile="09121112233")  # fmt: skip
    baker = add_unit(database, "نان شیراز", county_id=fasa)
    return {
        "weaver": add_lent(database, weaver),
        "tiler": add_lent(database, tiler, "1402/07/17"),
        "baker": add_lent(database, baker, "1402/09/16"),
        "later": add_lent(database, baker, "1402/10/26"),
    }


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, loans: dict[str, int]) -> DuesPage:
    made = frame.page = present(qtbot, DuesPage(frame))
    with qtbot.waitSignal(made.filled):
        made.start()
    return made


def settle() -> None:
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def shown(page: DuesPage, *names: str) -> list[tuple[str, ...]]:
    """Of each row what its cells say."""
    assert isinstance(page.current, lists.DueRows)
    settle()
    model = page.current.table.rows
    fields = {field.name: field for field in model.fields}
    rows = map(model.row_at, range(model.rowCount()))
    return [tuple(fields[name].text(row) for name in names) for row in rows]


def units(page: DuesPage) -> list[str]:
    return [name for (name,) in shown(page, "unit")]


def go_to(page: DuesPage, place: int, *others: int) -> None:
    assert isinstance(page.current, lists.DueRows)
    page.current.table.setFocus()
    page.current.table.go_to(place)
    page.current.table.choose(others)
    QApplication.processEvents()


def calls(frame: FakeFrame) -> list[Call]:
    with frame.database.read() as session:
        return list(session.query(Call).where(Call.archived_on.is_(None)).order_by(Call.id))


# --- the head and its doors -----------------------------------------------------------------------


def test_the_page_begins_with_this_week(page: DuesPage, frame: FakeFrame) -> None:
    assert shown(page, "unit", "due_on", "closed", "left", "late") == [
        ("نان شیراز", "۱۴۰۲/۰۹/۱۶", "", grouped(EACH), ""),
        ("کاشی فسا", "۱۴۰۲/۰۹/۱۷", "جمعه", grouped(EACH), ""),
    ]
    assert frame.told == f"۲ ردیف    جمع مانده: {grouped(2 * EACH)} ریال"
    assert [name for name, door in page.head.doors.items() if door.is_open] == ["this_week"]


def test_the_head_counts_what_its_doors_show(page: DuesPage, frame: FakeFrame) -> None:
    doors = page.head.doors
    overdue = sum(row.total for row in ROWS[:5]) + sum(row.total for row in ROWS[:2])
    assert (doors["overdue"].count, doors["overdue"].amount) == ("۷ قسط", short_toman(overdue))
    assert "۲ تسهیلات" in doors["overdue"].toolTip()
    assert doors["this_week"].count == "۲ قسط"
    assert doors["this_month"].count == "۳ قسط"  # the weaver's first of the month is late, too
    assert doors[AGAIN].count == "۰ تسهیلات"
    for name, count in (("overdue", 7), ("this_month", 3), ("this_week", 2)):
        doors[name].setFocus()
        press(doors[name], Qt.Key.Key_Return, "\r")
        assert len(units(page)) == count
        assert page.instalments.bar.filters == {"window": [name]}
        assert [each for each, door in doors.items() if door.is_open] == [name]
    doors[AGAIN].click()
    assert page.current is page.calls
    assert units(page) == []
    assert page.calls.empty.isVisible()


def test_a_payment_is_seen_at_once(qtbot: QtBot, page: DuesPage, frame: FakeFrame,
                                   loans: dict[str, int]) -> None:  # fmt: skip
    page.head.doors["overdue"].click()
    assert len(units(page)) == 7
    with qtbot.waitSignal(page.filled):
        add_payment(frame.database, loans["tiler"], "1402/09/10", 2 * EACH - 5)
    assert ("کاشی فسا", "۲", "۵") in shown(page, "unit", "number", "left")
    assert page.head.doors["overdue"].count == "۶ قسط"
    assert frame.told.endswith(f"جمع مانده: {grouped(5 * EACH + 5)} ریال")


def test_what_falls_due_on_a_closed_day_is_shown_as_such(page: DuesPage, frame: FakeFrame) -> None:
    with frame.database.write() as session:
        session.add(Holiday(day=from_jalali("1402/09/16"), name="بزرگداشت"))
    page.show_filters({"due_on": ["2023-12-01", "2024-01-20"], "banks": ["closed"]})
    assert shown(page, "unit", "due_on", "closed") == [
        ("نان شیراز", "۱۴۰۲/۰۹/۱۶", "بزرگداشت"),
        ("کاشی فسا", "۱۴۰۲/۰۹/۱۷", "جمعه"),
        ("نساجی کویر", "۱۴۰۲/۱۰/۰۱", "جمعه"),
    ]
    page.show_filters({"due_on": ["2023-12-01", "2024-01-20"], "banks": ["open"]})
    assert "جمعه" not in [closed for _, closed in shown(page, "unit", "closed")]


# --- the keys -------------------------------------------------------------------------------------


def test_enter_opens_the_page_of_the_loan(page: DuesPage, frame: FakeFrame,
                                          loans: dict[str, int]) -> None:  # fmt: skip
    go_to(page, 1)
    key(page, Qt.Key.Key_Return)
    assert frame.doors == [Door("loans", record=loans["tiler"], returns=True)]
    page.show_filters({"behind": True})
    settle()
    go_to(page, 0)
    key(page, Qt.Key.Key_Return)
    assert frame.doors[-1] == Door("loans", record=loans["weaver"], returns=True)


def test_from_the_loan_one_comes_back_to_the_row(
    qtbot: QtBot, frame: FakeFrame, loans: dict[str, int], tmp_path: Path
) -> None:
    window = MainWindow(Settings(tmp_path / "settings.json"))
    qtbot.addWidget(window, before_close_func=lambda w: w.drop_database())
    present(qtbot, window)
    window.set_database(frame.database, "dues")
    page = window.pages["dues"]
    assert units(page) == ["نان شیراز", "کاشی فسا"]
    go_to(page, 1)
    key(page, Qt.Key.Key_Return)
    assert window.current == "loans"
    record = window.pages["loans"].record
    assert record.record_id == loans["tiler"]
    record.setFocus()
    key(window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert window.current == "dues"
    assert page.instalments.table.hasFocus()
    assert page.instalments.table.current().loan_id == loans["tiler"]
    # By another way one stays with the loans.
    key(page, Qt.Key.Key_Return)
    window.show_page("units")
    window.show_page("loans")
    window.pages["loans"].back()
    assert window.current == "loans"
    settle()


def test_a_unit_or_a_contract_is_found_as_one_types(qtbot: QtBot, page: DuesPage) -> None:
    page.head.doors["overdue"].click()
    settle()
    keys(page, Qt.Key.Key_F)
    edit = page.instalments.bar.search_edit
    assert edit.hasFocus()
    with qtbot.waitSignal(page.instalments.bar.changed):
        type_text(edit, "کاشي")
    assert units(page) == ["کاشی فسا"] * 2
    enter(edit)
    assert page.instalments.table.hasFocus()
    with qtbot.waitSignal(page.instalments.bar.changed):
        key(page, Qt.Key.Key_Escape)
    assert len(units(page)) == 7


def test_the_day_asked_for_is_the_day_of_it_all(qtbot: QtBot, page: DuesPage, frame: FakeFrame,
                                                loans: dict[str, int]) -> None:  # fmt: skip
    """What was entered later is not seen by an earlier day."""
    add_payment(frame.database, loans["weaver"], "1402/09/14", 5 * EACH)
    add_call(frame.database, loans["weaver"], "1402/09/14", "1402/09/15")
    frame.day = from_jalali("1402/07/05")
    with qtbot.waitSignal(page.filled):
        page.refresh()
    page.show_filters({"behind": True})
    assert shown(page, "unit", "overdue", "late", "instalments", "call_state") == [
        ("نساجی کویر", grouped(3 * EACH), "۶۶", "۳", "بی‌تماس")
    ]
    assert page.head.doors[AGAIN].count == "۰ تسهیلات"
    assert page.month.as_of() == frame.day
    frame.day = None
    with qtbot.waitSignal(page.filled):
        page.refresh()
    page.head.doors[AGAIN].click()
    assert shown(page, "unit", "overdue", "call_state") == [("نساجی کویر", "۰", "تماس امروز")]


# --- calls ----------------------------------------------------------------------------------------


def calling(**typed: str) -> Any:
    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, CallDialog)
        assert focus_of(dialog, "spoke_to").hasFocus()
        fill(dialog.form, typed)
        click(dialog, "ثبت تماس")

    return answer


def test_a_call_is_noted_and_taken_back(qtbot: QtBot, page: DuesPage, frame: FakeFrame,
                                        loans: dict[str, int]) -> None:  # fmt: skip
    page.show_filters({"behind": True})
    assert shown(page, "unit", "call_state") == [
        ("نساجی کویر", "بی‌تماس"), ("کاشی فسا", "بی‌تماس"),
    ]  # fmt: skip
    go_to(page, 0)
    with Answers(calling(spoke_to="مریم گلی", note="فردا می‌پردازد",
                         again_on="۱۴۰۲/۰۹/۱۸")):  # fmt: skip
        keys(page, Qt.Key.Key_N)
    (call,) = calls(frame)
    assert (call.loan_id, call.day, call.spoke_to) == (loans["weaver"], TODAY, "مریم گلی")
    assert (call.again_on, call.note) == (from_jalali("1402/09/18"), "فردا می‌پردازد")
    assert frame.toasts == [("تماس ثبت شد.", "good")]
    assert frame.undo_offered
    settle()
    assert shown(page, "call_state", "again_on", "spoke_to")[0] == (
        "قرار بعدی", "۱۴۰۲/۰۹/۱۸", "مریم گلی",
    )  # fmt: skip
    frame.steps.undo()
    assert calls(frame) == []
    frame.steps.redo()
    assert len(calls(frame)) == 1


def test_several_are_noted_at_once_each_loan_once(page: DuesPage, frame: FakeFrame,
                                                  loans: dict[str, int]) -> None:  # fmt: skip
    page.head.doors["overdue"].click()
    settle()
    go_to(page, 0, *range(1, 7))
    assert page.instalments.acts.bars[0].isVisible()
    assert page.instalments.acts.bars[0].label.text() == "۷ قسط برگزیده"
    told: list[str] = []

    def answer(dialog: QWidget) -> None:
        told.extend(each.text() for each in dialog.findChildren(QLabel))
        calling(again_on="1402/09/20")(dialog)

    with Answers(answer):
        click(page.instalments.acts.bars[0], lists.CALLED)
    assert "۲ تسهیلات، یک یادداشت برای همه" in told
    assert [call.loan_id for call in calls(frame)] == [loans["weaver"], loans["tiler"]]
    assert frame.toasts[-1] == ("تماس ۲ تسهیلات ثبت شد.", "good")
    frame.steps.undo()
    assert calls(frame) == []


def test_the_telephones_stand_over_the_form(page: DuesPage, frame: FakeFrame) -> None:
    page.show_filters({"behind": True})
    settle()
    go_to(page, 0)
    seen: list[str] = []

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, CallDialog)
        seen.extend(each.text() for each in dialog.findChildren(QLabel))
        edit = focus_of(dialog, "spoke_to")
        type_text(edit, "مریم")
        press(edit, Qt.Key.Key_Down)
        enter(edit)
        assert dialog.form.value_of("spoke_to") == "مریم گلی"  # the manager is offered
        click(dialog, "انصراف")

    with Answers(answer):
        click(page.calls.card, lists.CALLED)
    assert "۰۹۱۷۱۲۳۴۵۶۷   \u200f۰۷۱۳۶۲۷۱۲۳۴" in seen
    assert any("مریم گلی و شرکت نساجی کویر" in each for each in seen)
    assert calls(frame) == []


def test_slips_are_refused_beside_the_field(page: DuesPage, frame: FakeFrame) -> None:
    go_to(page, 0)

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, CallDialog)
        for name, typed, code in (
            ("day", "1402/09/16", "future"),
            ("day", "", "required"),
            ("day", "1402/13/01", "unreadable_day"),
        ):
            fill(dialog.form, {name: typed})
            click(dialog, "ثبت تماس")
            assert dialog.isVisible()
            assert dialog.form.complaint(name) == SENTENCES[code]
        fill(dialog.form, {"day": "1402/09/10", "again_on": "1402/09/10"})
        click(dialog, "ثبت تماس")
        assert dialog.form.complaint("again_on").startswith(
            SENTENCES["again_not_after_call"].partition("{")[0]
        )
        press(dialog, Qt.Key.Key_Escape)

    with Answers(answer):
        keys(page, Qt.Key.Key_N)
    assert calls(frame) == []


def test_the_usual_days_to_call_again_pass_over_closed_ones(
    page: DuesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: FRIDAY - timedelta(days=1))
    go_to(page, 0)

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, CallDialog)
        for words, day in (("فردا", "1402/09/18"), ("سه روز دیگر", "1402/09/19"),
                           ("هفتهٔ دیگر", "1402/09/23"), ("ماه دیگر", "1402/10/16")):  # fmt: skip
            click(dialog, words)
            assert dialog.form.value_of("again_on") == from_jalali(day)
        click(dialog, "انصراف")

    with Answers(answer):
        keys(page, Qt.Key.Key_N)


def test_without_a_chosen_row_nobody_was_called(page: DuesPage, frame: FakeFrame) -> None:
    page.new()
    assert frame.toasts == [(lists.CHOOSE_FIRST, "")]
    page.tabs.setCurrentIndex(MONTH)
    page.new()
    assert len(frame.toasts) == 2


def test_the_menu_of_a_row_has_the_call(page: DuesPage) -> None:
    from PySide6.QtWidgets import QMenu

    menu = QMenu(page)
    page.instalments.acts.fill_menu(menu)
    assert menu.actions() == []
    go_to(page, 0)
    page.instalments.acts.fill_menu(menu)
    assert [action.text() for action in menu.actions() if action.text()] == [lists.CALLED]
    key(page, Qt.Key.Key_Delete)  # nothing of it can be archived
    assert not page.instalments.archived.isVisible()


# --- the month ------------------------------------------------------------------------------------


def test_a_month_shows_each_day_with_what_falls_due(qtbot: QtBot, page: DuesPage,
                                                    frame: FakeFrame) -> None:  # fmt: skip
    with qtbot.waitSignal(page.month.filled):
        page.tabs.setCurrentIndex(MONTH)
    grid = page.month.grid
    assert page.month.title.text() == "آذر ۱۴۰۲"
    assert page.month.sums.text() == f"۳ قسط پرداخت‌نشده، {grouped(3 * EACH)} ریال"
    assert frame.told == HINT
    assert grid.day == TODAY
    assert grid.accessibleName() == "چهارشنبه ۱۵ آذر ۱۴۰۲؛ قسطی ندارد"
    assert grid.said(FRIDAY) == f"جمعه ۱۷ آذر ۱۴۰۲؛ ۱ قسط، {grouped(EACH)} ریال"
    assert grid.said(HOLIDAY) == "یکشنبه ۲۶ آذر ۱۴۰۲؛ تعطیل: شهادت حضرت فاطمه (س)؛ قسطی ندارد"
    assert grid.is_closed(FRIDAY)
    assert grid.is_closed(HOLIDAY)
    assert not grid.is_closed(TODAY)
    cells = [grid.rect_of(from_jalali(f"1402/09/{day:02}")) for day in range(1, 31)]
    assert len({(cell.x(), cell.y()) for cell in cells}) == 30
    # Saturday at the right, Friday at the left; a week a line.
    saturday, friday = grid.rect_of(from_jalali("1402/09/11")), grid.rect_of(FRIDAY)
    assert saturday.x() > friday.x()
    assert saturday.y() == friday.y() < grid.rect_of(from_jalali("1402/09/18")).y()
    assert cells[-1].bottom() <= grid.height()


def test_a_day_opens_its_rows_by_keys_and_by_the_mouse(qtbot: QtBot, page: DuesPage) -> None:
    with qtbot.waitSignal(page.month.filled):
        page.tabs.setCurrentIndex(MONTH)
    grid = page.month.grid
    assert grid.hasFocus()
    key(page, Qt.Key.Key_Return)
    assert grid.isVisible(), "nothing falls due today"
    key(page, Qt.Key.Key_Left)
    key(page, Qt.Key.Key_Left)
    assert grid.day == FRIDAY
    key(page, Qt.Key.Key_Return)
    assert page.current is page.instalments
    assert units(page) == ["کاشی فسا"]
    assert page.instalments.bar.filters == {"due_on": ["2023-12-08", "2023-12-08"]}
    page.tabs.setCurrentIndex(MONTH)
    place = grid.rect_of(from_jalali("1402/09/16")).center()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert units(page) == ["نان شیراز"]


def test_months_are_turned(qtbot: QtBot, page: DuesPage, frame: FakeFrame) -> None:
    with qtbot.waitSignal(page.month.filled):
        page.tabs.setCurrentIndex(MONTH)
    with qtbot.waitSignal(page.month.filled):
        key(page, Qt.Key.Key_PageDown)
    assert page.month.title.text() == "دی ۱۴۰۲"
    assert page.month.sums.text().startswith("۴ قسط پرداخت‌نشده")
    with qtbot.waitSignal(page.month.filled):
        key(page, Qt.Key.Key_PageUp)
    with qtbot.waitSignal(page.month.filled):
        key(page, Qt.Key.Key_PageUp)
    assert page.month.title.text() == "آبان ۱۴۰۲"
    with qtbot.waitSignal(page.month.filled):
        click(page.month, "این ماه")
    assert page.month.grid.day == TODAY
    with qtbot.waitSignal(page.month.filled):
        page.month.grid.light(from_jalali("1405/01/10"))
    assert page.month.sums.text() == "در این ماه قسط پرداخت‌نشده‌ای نیست."


def test_the_search_leads_from_the_month_to_the_list(page: DuesPage) -> None:
    page.tabs.setCurrentIndex(MONTH)
    settle()
    keys(page, Qt.Key.Key_F)
    assert page.current is page.instalments
    assert page.instalments.bar.search_edit.hasFocus()


# --- on paper and in Excel ------------------------------------------------------------------------


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_the_call_list_is_printed_with_its_telephones(
    page: DuesPage, frame: FakeFrame, loans: dict[str, int], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from PySide6.QtGui import QDesktopServices

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: None)
    add_call(frame.database, loans["tiler"], "1402/09/10", "1402/09/14")
    page.show_filters({"behind": True})
    settle()
    save_as(monkeypatch, tmp_path / "تماس.pdf")
    page.calls.print.save_pdf()
    settle()
    settle()
    assert frame.toasts[-1] == ("«تماس.pdf» ساخته شد.", "good")
    told = [to_ascii_digits(line) for line in pdf_text.lines(tmp_path / "تماس.pdf")]
    for number in ("09171234567", "07136271234", "09121112233"):
        assert told.count(number) == 1
    with frame.database.read() as session:
        states = [repayment.state(session, loans[name], TODAY) for name in ("weaver", "tiler")]
    penalties = [state.penalty_left for state in states if state]
    assert all(penalties)
    for amount in (5 * EACH, 2 * EACH, 7 * EACH, *penalties, sum(penalties)):
        assert to_ascii_digits(grouped(amount)) in told, amount
    assert {"1402/09/10", "1402/09/14"} <= set(told)


def test_only_the_chosen_rows_are_printed(qtbot: QtBot, page: DuesPage, frame: FakeFrame,
                                          loans: dict[str, int]) -> None:  # fmt: skip
    add_call(frame.database, loans["baker"], "1402/09/10", "1402/09/14")
    page.tabs.setCurrentIndex(CALLS)
    settle()
    assert len(units(page)) == 3
    go_to(page, 0, 2)
    page.calls.print.preview()
    settle()
    dialog = page.window().findChild(PreviewDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "فهرست تماس"
    sheet = dialog._sheet
    assert sheet.around.foot == "۲ تسهیلات"
    assert sheet.is_landscape
    assert dialog.pages[0].width() > dialog.pages[0].height()
    dialog.close()


def test_a_list_too_long_for_paper_says_so(
    page: DuesPage, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_PRINTED", 1)
    page.show_filters({"behind": True})
    settle()
    page.calls.print.preview()
    assert frame.toasts == [(lists.TOO_MANY.format("۲", "۱"), "warn")]


def test_the_call_list_goes_to_excel_with_telephones_as_text(
    qtbot: QtBot, page: DuesPage, frame: FakeFrame, loans: dict[str, int], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.show_filters({"behind": True})
    settle()
    save_as(monkeypatch, tmp_path / "تماس.xlsx")
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    keys(page, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: bool(told))
    settle()
    book = openpyxl.load_workbook(tmp_path / "تماس.xlsx")
    sheet = book.worksheets[0]
    lines = [list(row) for row in sheet.iter_rows()]
    place = next(n for n, row in enumerate(lines) if row[0].value == "واحد")
    heads = [cell.value for cell in lines[place]]
    mobile, penalty = heads.index("همراه"), heads.index("وجه التزام")
    cells = [row[mobile] for row in lines[place + 1 :]]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        ("09171234567", "s", "@"), ("09121112233", "s", "@"),
    ]  # fmt: skip
    with frame.database.read() as session:
        states = [repayment.state(session, loans[name], TODAY) for name in ("weaver", "tiler")]
    assert [row[penalty].value for row in lines[place + 1 :]] == [
        state.penalty_left for state in states if state
    ]
    book.close()


# --- files of every size --------------------------------------------------------------------------


def test_an_empty_file_says_what_is_missing(qtbot: QtBot, frame: FakeFrame) -> None:
    made = present(qtbot, DuesPage(frame))
    with qtbot.waitSignal(made.filled):
        made.start()
    assert made.head.doors["overdue"].count == "۰ قسط"
    assert made.head.doors["overdue"].tone == ""
    made.show_filters({})
    assert made.instalments.empty.label.text() == lists.INSTALMENTS.empty
    made.tabs.setCurrentIndex(CALLS)
    settle()
    assert made.calls.empty.label.text() == lists.CALLS.empty
    with qtbot.waitSignal(made.month.filled):
        made.tabs.setCurrentIndex(MONTH)
    assert made.month.sums.text() == "در این ماه قسط پرداخت‌نشده‌ای نیست."


def test_a_large_file_is_never_asked_in_the_windows_thread(
    page: DuesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import current_thread, main_thread

    seen: list[bool] = []

    class Watched(Listing):
        def __init__(self, *given: Any) -> None:
            seen.append(current_thread() is main_thread())
            super().__init__(*given)

    monkeypatch.setattr(fetcher, "Listing", Watched)
    monkeypatch.setattr(fetcher, "WORKED_OUT", 1)
    page.head.doors["overdue"].click()
    assert len(units(page)) == 7
    page.show_filters({"behind": True})
    assert len(units(page)) == 2
    assert seen == [False, False]
    monkeypatch.setattr(fetcher, "WORKED_OUT", 10**6)
    page.head.doors["overdue"].click()
    assert seen[-1]
