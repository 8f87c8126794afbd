"""A visit entered by keyboard, reviewed, with what it found; and the stop that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from db.calendar import from_jalali
from db.commands import lookups, visits
from db.commands.programme import save_programme
from db.models import JihadiGroup, Obstacle, Revival, Visit, Volunteer
from desktop.messages import SENTENCES
from desktop.pages.history_view import HistoryView
from desktop.pages.part_editor import PartDialog
from desktop.visits.page import VisitsPage
from desktop.visits.record import VisitPage
from desktop.visits.visitors import suggestions
from tests.desktop.driving import CTRL, Answers, click, enter, fill, key, keys, present, pressing
from tests.desktop.records import (
    TODAY,
    add_group,
    add_obstacle,
    add_return,
    add_unit,
    add_visit,
    number_of,
)
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import focus_of, press, type_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
STAGNANT: dict[str, Any] = {"state_seen": "stagnant", "heads": 0, "capacity": 0}


@pytest.fixture
def group(frame: FakeFrame) -> int:
    return add_group(frame.database, "گروه الف")


@pytest.fixture
def unit(frame: FakeFrame, group: int) -> int:
    return add_unit(frame.database, "نساجی کویر", group_id=group)


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, unit: int) -> VisitsPage:
    made = frame.page = present(qtbot, VisitsPage(frame))
    made.start()
    return made


def record(page: VisitsPage) -> VisitPage:
    assert isinstance(page.record, VisitPage)
    return page.record


def begin(page: VisitsPage) -> VisitPage:
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    return record(page)


def opened(page: VisitsPage, visit_id: int) -> VisitPage:
    page.refresh()
    page.open(visit_id)
    QApplication.processEvents()
    return record(page)


def stored(frame: FakeFrame) -> Visit:
    with frame.database.read() as session:
        return session.query(Visit).order_by(Visit.id.desc()).first()  # type: ignore[return-value]


def text_in(made: VisitPage, name: str) -> str:
    return focus_of(made, name).text()  # type: ignore[attr-defined, no-any-return]


def choose(made: QWidget, name: str, times: int) -> None:
    """The choice so many rows down, by the arrow key."""
    box = focus_of(made, name)
    box.setFocus()
    for _ in range(times):
        press(box, Qt.Key.Key_Down)
        QApplication.processEvents()


def asked() -> PartDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, PartDialog)
    return found


# --- entering -------------------------------------------------------------------------------------


def test_a_visit_is_entered_with_the_keyboard_alone(page: VisitsPage, frame: FakeFrame) -> None:
    made = begin(page)
    assert focus_of(made, "unit_id").hasFocus()
    for typed in ("نساجی", "1402/09/10", "", "علی رضایی"):
        widget = QApplication.focusWidget()
        assert widget is not None
        type_text(widget, typed)
        enter(QApplication.focusWidget() or widget)
    for downs in (0, 3):  # the kind stays, the unit is seen active
        widget = QApplication.focusWidget()
        assert widget is not None
        for _ in range(downs):
            press(widget, Qt.Key.Key_Down)
        enter(widget)
    for typed in ("14", "65", "", ""):
        widget = QApplication.focusWidget()
        assert widget is not None
        type_text(widget, typed)
        enter(QApplication.focusWidget() or widget)
    note = QApplication.focusWidget()
    assert note is focus_of(made, "findings")
    type_text(note, "دو خط کار می‌کند")
    press(note, Qt.Key.Key_Return, "", Qt.KeyboardModifier.ControlModifier)
    assert made.accept_button.hasFocus()
    press(made.accept_button, Qt.Key.Key_Return, "\r")
    assert frame.toasts == [("ذخیره شد.", "good")]
    visit = stored(frame)
    assert (visit.unit_id, visit.group_id, visit.day) == (1, 1, from_jalali("1402/09/10"))
    assert (visit.kind, visit.state_seen, visit.heads, visit.capacity) == (
        "monitoring", "active", 14, 65,
    )  # fmt: skip
    assert (visit.visitors, visit.findings) == ("علی رضایی", "دو خط کار می‌کند")
    assert visit.next_due_on == from_jalali("1402/10/10")  # thirty days after a monitoring
    assert visit.review == "accepted"
    assert made.title.text() == "پایش نساجی کویر"
    assert made.state.text() == "پذیرفته"


def test_the_group_of_the_unit_is_taken_unless_another_is_chosen(
    page: VisitsPage, frame: FakeFrame
) -> None:
    add_group(frame.database, "گروه ب")
    made = begin(page)
    fill(made, {"unit_id": "نساجی"})
    assert text_in(made, "group_id") == "گروه الف"
    page.close_record()
    page.new_with({"group_id": 2})
    made = record(page)
    fill(made, {"unit_id": "نساجی"})
    assert text_in(made, "group_id") == "گروه ب"
    page.close_record()


def test_the_next_visit_is_proposed_by_kind_and_stays_as_chosen(
    page: VisitsPage, frame: FakeFrame
) -> None:
    with frame.database.write() as session:
        save_programme(session, {"monitoring_days": 10, "diagnosis_days": 4}, None)
    made = begin(page)
    due = made.form.editor("next_due_on")
    assert due.value() == from_jalali("1402/09/25")
    choose(made, "kind", 1)
    assert made.form.value_of("kind") == "shallow_diagnosis"
    assert due.value() == from_jalali("1402/09/19")
    fill(made, {"day": "1402/09/01"})
    assert due.value() == from_jalali("1402/09/05")
    fill(made, {"next_due_on": "1402/12/01"})
    choose(made, "kind", 1)
    assert due.value() == from_jalali("1402/12/01")
    page.close_record()


def test_a_unit_that_has_returned_is_followed_up(page: VisitsPage, frame: FakeFrame) -> None:
    add_return(frame.database, 1, "1402/05/01")
    made = begin(page)
    fill(made, {"unit_id": "نساجی"})
    assert made.form.value_of("kind") == "follow_up"
    page.close_record()


def test_visitors_are_offered_one_after_the_other(
    page: VisitsPage, frame: FakeFrame, group: int
) -> None:
    with frame.database.write() as session:
        session.add(Volunteer(group_id=group, name="زهرا محمدی"))
    add_visit(frame.database, 1, visitors="علی رضایی، یوسف", group_id=group)
    made = begin(page)
    fill(made, {"unit_id": "نساجی"})
    offered = made._earlier(Visit.visitors, "علی")
    assert offered == ["زهرا محمدی", "علی رضایی", "یوسف"]
    offered = made._earlier(Visit.visitors, "علی رضایی، زه")
    assert offered == ["علی رضایی، زهرا محمدی", "علی رضایی، یوسف"]
    edit = focus_of(made, "visitors")
    edit.setFocus()
    type_text(edit, "علی رضایی، زه")
    press(edit, Qt.Key.Key_Down)
    enter(edit)
    assert text_in(made, "visitors") == "علی رضایی، زهرا محمدی"
    page.close_record()


def test_a_name_that_is_written_is_not_offered_again() -> None:
    assert suggestions(["الف", "ب"], "") == ["الف", "ب"]
    assert suggestions(["الف", "ب"], "الف,") == ["الف، ب"]
    assert suggestions(["الف", "ب"], "ب، الف، ") == []


# --- what is refused ------------------------------------------------------------------------------


def test_each_slip_is_told_beside_its_field(page: VisitsPage, frame: FakeFrame) -> None:
    add_visit(frame.database, 1, "1402/06/01")
    made = begin(page)
    right = {"unit_id": "نساجی", "day": "1402/09/10", "heads": "5", "capacity": "10"}
    for wrong, name, code in (
        ({"day": "1402/09/16"}, "day", "future"),
        ({"day": "1402/01/09"}, "day", "visit_before_registered"),
        ({"day": "1402/06/01"}, "day", "visited_that_day"),
        ({"heads": "5001"}, "heads", "too_large"),
        ({"capacity": "101"}, "capacity", "too_large"),
        ({"capacity": "-1"}, "capacity", "too_small"),
        ({"next_due_on": "1402/09/10"}, "next_due_on", "due_not_after_visit"),
    ):
        fill(made, {**right, **wrong})
        told = made.form.complaint(name)
        assert told.startswith(SENTENCES[code].split("{0}")[0]), (wrong, told)
    fill(made, {**right, "next_due_on": "1402/10/01"})
    choose(made, "state_seen", 1)
    assert made.form.value_of("state_seen") == "stagnant"
    made.form.editor("state_seen").left.emit()
    fill(made, {"capacity": "10"})
    assert made.form.complaint("capacity") == SENTENCES["stagnant_with_capacity"]
    keys(page, Qt.Key.Key_S)  # a warning does not stop it
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_what_is_needed_is_asked_for(page: VisitsPage) -> None:
    made = begin(page)
    click(made, "ذخیره و پذیرش")
    for name in ("unit_id", "state_seen", "heads", "capacity"):
        assert made.form.complaint(name) == SENTENCES["required"]
    assert focus_of(made, "unit_id").hasFocus()
    page.close_record()


# --- the review -----------------------------------------------------------------------------------


def test_a_draft_is_accepted_returned_and_mended(
    qtbot: QtBot, page: VisitsPage, frame: FakeFrame
) -> None:
    made = begin(page)
    assert made.return_button.isHidden()
    fill(made, {"unit_id": "نساجی", "heads": "5", "capacity": "0"})
    choose(made, "state_seen", 1)
    click(made, "ذخیرهٔ پیش‌نویس")
    assert (stored(frame).review, made.state.text()) == ("draft", "پیش‌نویس")
    with Answers(reasoning("شاغلان نوشته نشده", "برگشت")):
        click(made, "برگشت با دلیل")
    assert (stored(frame).review, stored(frame).return_reason) == ("returned", "شاغلان نوشته نشده")
    assert made.reason.isVisible()
    assert made.reason.label.text() == "برگشت خورده است: شاغلان نوشته نشده"
    assert made.return_button.isHidden()
    fill(made, {"heads": "7"})
    keys(page, Qt.Key.Key_S)
    assert (stored(frame).review, stored(frame).return_reason) == ("draft", "")
    assert not made.reason.isVisible()
    keys(page, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: stored(frame).review == "accepted")
    assert made.accept_button.isHidden()
    assert made.save_button.text() == "ذخیره"
    fill(made, {"heads": "8"})
    keys(page, Qt.Key.Key_S)
    assert (stored(frame).heads, stored(frame).review) == (8, "accepted")
    view = made.tabs.widget(made.tabs.count() - 1)
    assert isinstance(view, HistoryView)
    lines = [view.table.rows.row_at(n) for n in range(view.table.rows.rowCount())]
    assert ("بررسی", "پیش‌نویس", "برگشت‌خورده") in [
        (line.field, line.before, line.after) for line in lines
    ]


def test_nothing_is_returned_without_a_reason(page: VisitsPage, frame: FakeFrame) -> None:
    made = opened(page, add_visit(frame.database, 1))
    with Answers(pressing("انصراف")):
        click(made, "برگشت با دلیل")
    assert stored(frame).review == "accepted"


# --- the stop -------------------------------------------------------------------------------------


@pytest.fixture
def stagnant(page: VisitsPage, frame: FakeFrame) -> int:
    """A draft that finds the running unit stagnant."""
    add_return(frame.database, 1, "1402/05/01")
    return add_visit(frame.database, 1, "1402/08/01", review="draft", **STAGNANT)


def stopped_on(frame: FakeFrame) -> Any:
    with frame.database.read() as session:
        return session.query(Revival).one().stopped_on


def test_the_stop_that_a_visit_shows_is_confirmed_by_a_person(
    page: VisitsPage, frame: FakeFrame, stagnant: int
) -> None:
    made = opened(page, stagnant)
    keys(page, Qt.Key.Key_S)
    assert stopped_on(frame) is None  # a draft asks nothing

    def confirm(dialog: QWidget) -> None:
        told = dialog.text()  # type: ignore[attr-defined]
        assert told == "در این پایش، واحد راکد دیده شد؛ توقف آن در ۱ آبان ۱۴۰۲ ثبت شود؟"
        click(dialog, "ثبت توقف")

    with Answers(confirm):
        click(made, "ذخیره و پذیرش")
    assert stopped_on(frame) == from_jalali("1402/08/01")
    assert frame.toasts[-1] == ("توقف واحد ثبت شد.", "good")
    fill(made, {"heads": "1"})
    keys(page, Qt.Key.Key_S)  # stopped already: nothing more to ask


def test_the_stop_may_wait(page: VisitsPage, frame: FakeFrame, stagnant: int) -> None:
    made = opened(page, stagnant)
    with Answers(pressing("بعداً")):
        click(made, "ذخیره و پذیرش")
    assert stopped_on(frame) is None
    with frame.database.read() as session:
        assert visits.stop_to_propose(session, session.get_one(Visit, stagnant)) is not None


# --- the obstacles it found -----------------------------------------------------------------------


def test_the_obstacles_of_a_diagnosis_are_entered_on_its_page(
    page: VisitsPage, frame: FakeFrame
) -> None:
    made = opened(page, add_visit(frame.database, 1, kind="deep_diagnosis", group_id=1))
    assert made.found is not None
    assert made.found.isVisible()
    click(made.found, "ثبت مانع")
    dialog = asked()
    fill(dialog, {"kind_id": "نقدینگی", "agency_id": "بانک عامل"})
    choose(dialog, "severity", 1)
    main = focus_of(dialog, "main")
    main.setFocus()
    press(main, Qt.Key.Key_Space, " ")
    click(dialog, "ذخیره")
    assert not dialog.isVisible()
    row = made.found.table.rows.row_at(0)
    assert (row.kind, row.severity, row.main) == ("نقدینگی و سرمایه در گردش", "high", True)
    assert row.agency == "بانک عامل"
    with frame.database.read() as session:
        obstacle = session.query(Obstacle).one()
    assert (obstacle.unit_id, obstacle.visit_id, obstacle.group_id) == (1, 1, 1)
    assert obstacle.found_on == from_jalali("1402/06/01")
    made.found.table.go_to(0)
    click(made.found, "ویرایش")
    dialog = asked()
    assert text_in(dialog, "kind_id") == "نقدینگی و سرمایه در گردش"  # type: ignore[arg-type]
    fill(dialog, {"note": "وام می‌خواهد"})
    click(dialog, "ذخیره")
    made.found.table.go_to(0)
    with Answers(reasoning("اشتباه", "بایگانی")):
        click(made.found, "بایگانی")
    assert made.found.table.rows.rowCount() == 0


def test_a_diagnosis_goes_on_to_what_it_found(
    qtbot: QtBot, page: VisitsPage, frame: FakeFrame
) -> None:
    made = begin(page)
    fill(made, {"unit_id": "نساجی", "heads": "0", "capacity": "0"})
    choose(made, "kind", 2)
    choose(made, "state_seen", 1)
    keys(page, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: made.found is not None and made.found.new_button.hasFocus())
    assert made.found is not None
    press(made.found.new_button, Qt.Key.Key_Return, "\r")
    dialog = asked()
    fill(dialog, {"kind_id": "مواد اولیه"})
    click(dialog, "ذخیره")
    assert made.found.count == 1
    assert made.found.table.rows.row_at(0).kind == "مواد اولیه"


def test_an_obstacle_needs_its_kind(page: VisitsPage, frame: FakeFrame) -> None:
    made = opened(page, add_visit(frame.database, 1, kind="shallow_diagnosis"))
    assert made.found is not None
    click(made.found, "ثبت مانع")
    dialog = asked()
    click(dialog, "ذخیره")
    assert dialog.form.complaint("kind_id") == SENTENCES["required"]
    key(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_visit_that_is_no_diagnosis_shows_no_obstacles_unless_it_has_some(
    page: VisitsPage, frame: FakeFrame
) -> None:
    number = add_visit(frame.database, 1)
    made = opened(page, number)
    assert made.found is not None
    assert made.found.isHidden()
    add_obstacle(frame.database, 1, visit_id=number)
    assert not made.found.isHidden()


# --- the list -------------------------------------------------------------------------------------


def days(page: VisitsPage) -> list[str]:
    rows = [page.table.rows.row_at(n) for n in range(len(page.listing))]
    return [page.SPEC.table[0].text(row) for row in rows]


def test_the_newest_visit_is_the_first_and_each_filter_narrows(
    page: VisitsPage, frame: FakeFrame
) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    other = add_unit(frame.database, "پارس نخ", county_id=fasa)
    add_visit(frame.database, 1, "1402/06/01", next_due_on=from_jalali("1402/07/01"), group_id=1)
    add_visit(frame.database, other, "1402/08/01", kind="monitoring", **STAGNANT)
    add_visit(frame.database, 1, "1402/05/01", review="draft", visitors="یوسف چمنی")
    page.refresh()
    assert days(page) == ["۱۴۰۲/۰۸/۰۱", "۱۴۰۲/۰۶/۰۱", "۱۴۰۲/۰۵/۰۱"]
    for filters, shown in (
        ({"due": True}, ["۱۴۰۲/۰۶/۰۱"]),
        ({"awaited": True, "next_due_on": [None, "2023-01-01"]}, []),
        ({"group_id": [1]}, ["۱۴۰۲/۰۶/۰۱"]),
        ({"state_seen": ["stagnant"]}, ["۱۴۰۲/۰۸/۰۱"]),
        ({"review": ["draft"]}, ["۱۴۰۲/۰۵/۰۱"]),
        ({"kind": ["monitoring"]}, ["۱۴۰۲/۰۸/۰۱"]),
        ({"county_id": [fasa]}, ["۱۴۰۲/۰۸/۰۱"]),
    ):
        page.show_filters(filters)
        assert days(page) == shown, filters
    page.show_filters({})
    page.bar.show_view("چمنی", {})
    page.bar.changed.emit()
    assert days(page) == ["۱۴۰۲/۰۵/۰۱"]


def test_a_group_archived_while_it_has_visits_stays_on_their_pages(
    page: VisitsPage, frame: FakeFrame, group: int
) -> None:
    number = add_visit(frame.database, 1, group_id=group)
    with frame.database.write() as session:
        lookups.archive(session, JihadiGroup, [group], "منحل شد")
    made = opened(page, number)
    assert text_in(made, "group_id") == "گروه الف"
    fill(made, {"heads": "11"})
    keys(page, Qt.Key.Key_S)
    assert (stored(frame).heads, stored(frame).group_id) == (11, group)
    assert page.table.rows.row_at(0).group == "گروه الف"


def test_a_visit_is_archived_and_comes_back(page: VisitsPage, frame: FakeFrame) -> None:
    add_visit(frame.database, 1)
    page.refresh()
    page.table.setFocus()
    page.table.go_to(0)
    with Answers(reasoning("دو بار ثبت شده بود", "بایگانی")):
        key(page, Qt.Key.Key_Delete)
    assert len(page.listing) == 0
    page.archived.setChecked(True)
    page.table.go_to(0)
    page.acts.restore()
    page.archived.setChecked(False)
    assert len(page.listing) == 1


def test_a_visit_begins_today(page: VisitsPage) -> None:
    made = begin(page)
    assert made.form.value_of("day") == TODAY
    assert not made.form.changed
    page.close_record()
