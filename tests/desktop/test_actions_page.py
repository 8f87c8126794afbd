"""Actions and resolutions, and «کارهای من»: what is late, due this week, without a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from db.calendar import from_jalali
from db.models import Action
from desktop.dues.lists import DueRows
from desktop.dues.page import DuesPage
from desktop.follow_up import tasks_of
from desktop.follow_up.page import ActionsPage
from desktop.follow_up.record import ActionPage
from desktop.messages import SENTENCES
from desktop.page_list import BY_KEY
from desktop.widgets.frame import Door
from tests.desktop.driving import Answers, click, fill, key, keys, present, pressing
from tests.desktop.records import (
    TODAY,
    add_action,
    add_call,
    add_group,
    add_lent,
    add_loan,
    add_obstacle,
    add_unit,
    add_visit,
    approved,
    number_of,
)
from tests.desktop.typing import focus_of, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.follow_up.todo import TimeCard, TodoView
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def unit(frame: FakeFrame) -> int:
    return add_unit(frame.database, "نساجی کویر", group_id=add_group(frame.database, "گروه الف"))


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame, unit: int) -> ActionsPage:
    made = frame.page = present(qtbot, ActionsPage(frame))
    with qtbot.waitSignal(todo(made).filled):
        made.start()
    return made


def todo(page: ActionsPage) -> TodoView:
    assert page.todo is not None
    return page.todo


def record(page: ActionsPage) -> ActionPage:
    assert isinstance(page.record, ActionPage)
    return page.record


def begin(page: ActionsPage, **values: Any) -> ActionPage:
    page.new_with(values)
    QApplication.processEvents()
    return record(page)


def opened(page: ActionsPage, number: int) -> ActionPage:
    page.open(number)
    QApplication.processEvents()
    return record(page)


def stored(frame: FakeFrame) -> Action:
    with frame.database.read() as session:
        return session.query(Action).order_by(Action.id.desc()).first()  # type: ignore[return-value]


def choose(made: ActionPage, name: str, times: int) -> None:
    box = focus_of(made, name)
    box.setFocus()
    for _ in range(times):
        press(box, Qt.Key.Key_Down)


# --- an action ------------------------------------------------------------------------------------


def test_an_action_is_decided_and_done(page: ActionsPage, frame: FakeFrame) -> None:
    obstacle = add_obstacle(frame.database, 1, agency_id=2)
    add_obstacle(frame.database, add_unit(frame.database, "پارس نخ"))
    made = begin(page)
    fill(made, {"unit_id": "نساجی"})
    assert [n for n, _ in made.form.editor("obstacle_id")._find("")] == [obstacle]  # type: ignore[attr-defined]
    fill(made, {"obstacle_id": "اختلاف", "what": "نامه به بانک ملی", "person": "علی",
                "decided_on": "1402/09/01", "due_on": "1402/09/20"})  # fmt: skip
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
    action = stored(frame)
    assert (action.unit_id, action.obstacle_id, action.agency_id) == (1, obstacle, 2)
    assert (action.group_id, action.result) == (1, "open")
    assert made.title.text() == "اقدام: نامه به بانک ملی"
    assert made.state.text() == "باز"
    choose(made, "result", 1)
    assert made.form.value_of("done_on") == TODAY
    fill(made, {"outcome": "وام داده شد"})
    keys(page, Qt.Key.Key_S)
    assert made.state.text() == "انجام‌شده"
    choose(made, "result", -1)
    frame.day = from_jalali("1402/09/10")
    page.refresh()
    assert made.state.text() == "باز"


def test_an_action_begun_for_an_obstacle_has_its_unit(page: ActionsPage, frame: FakeFrame) -> None:
    obstacle = add_obstacle(frame.database, 1, agency_id=2, group_id=1)
    made = begin(page, obstacle_id=obstacle)
    for name, value in (("unit_id", 1), ("agency_id", 2), ("group_id", 1)):
        assert made.form.value_of(name) == value
    page.close_record()


def test_each_slip_is_told_beside_its_field(page: ActionsPage, frame: FakeFrame) -> None:
    made = opened(page, add_action(frame.database, 1, person=""))
    right = {"decided_on": "1402/06/01", "due_on": "", "done_on": "", "what": "نامه"}
    for wrong, name, code in (
        ({"what": ""}, "what", "required"),
        ({"decided_on": "1402/09/16"}, "decided_on", "future"),
        ({"decided_on": "1402/01/09"}, "decided_on", "decided_before_registered"),
        ({"due_on": "1402/05/31"}, "due_on", "due_before_decided"),
        ({"done_on": "1402/05/31"}, "done_on", "done_before_decided"),
        ({"done_on": "1402/09/16"}, "done_on", "future"),
        ({"person": ""}, "person", "nobody_named"),
    ):
        fill(made, {**right, **wrong})
        told = made.form.complaint(name)
        assert told.startswith(SENTENCES[code].split("{0}")[0]), (wrong, told)
    fill(made, {**right, "done_on": "1402/07/01"})
    keys(page, Qt.Key.Key_S)
    assert made.form.complaint("result") == SENTENCES["day_without_result"]
    choose(made, "result", 2)
    fill(made, {"done_on": ""})
    keys(page, Qt.Key.Key_S)
    assert made.form.complaint("done_on") == SENTENCES["result_without_day"]
    assert frame.toasts == []
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)


def test_a_resolution_runs_the_clock_of_its_agency(page: ActionsPage, frame: FakeFrame) -> None:
    made = begin(page)
    assert made.clock.isHidden()
    fill(made, {"unit_id": "نساجی", "what": "برق وصل شود", "decided_on": "1402/09/10"})
    choose(made, "kind", 1)
    assert made.form.value_of("due_on") == from_jalali("1402/09/25")
    told = "تا ۲۵ آذر ۱۴۰۲ فرصت اعتراض دستگاه است؛ پس از آن لازم‌الاجراست."
    assert made.clock.isVisible()
    assert made.clock.label.text() == told
    fill(made, {"decided_on": "1402/08/01", "agency_id": "گمرک"})
    assert made.form.value_of("due_on") == from_jalali("1402/08/16")
    assert "پایان یافته است" in made.clock.label.text()
    keys(page, Qt.Key.Key_S)
    assert stored(frame).kind == "resolution"
    assert made.state.text() == "دیرشده"
    choose(made, "result", 1)
    assert made.clock.isHidden()  # it was executed
    with Answers(pressing("دور انداختن")):
        key(page, Qt.Key.Key_Escape)


def test_a_resolution_without_an_agency_is_warned_of(page: ActionsPage) -> None:
    made = begin(page, unit_id=1, kind="resolution", what="برق وصل شود")
    made.form.editor("agency_id").left.emit()
    assert made.form.complaint("agency_id") == SENTENCES["resolution_without_agency"]
    page.close_record()


# --- what waits -----------------------------------------------------------------------------------


@pytest.fixture
def waiting(qtbot: QtBot, page: ActionsPage, frame: FakeFrame) -> dict[str, int]:
    """Something of each kind; today is a Wednesday, the week ends on 1402/09/17."""
    day, database = from_jalali, frame.database
    fasa = number_of(database, "county", "فسا")
    other = add_unit(database, "پارس نخ", county_id=fasa, first_visit_due_on=day("1402/09/16"))
    made = {
        "late": add_action(database, 1, due_on=day("1402/09/14"), group_id=1),
        "week": add_action(database, 1, due_on=day("1402/09/17")),
        "next week": add_action(database, 1, due_on=day("1402/09/18")),
        "no day": add_action(database, other, what="پیگیری مجوز"),
        "visit": add_visit(database, 1, next_due_on=day("1402/09/01"), group_id=1),
        "unit": other,
        "loan": add_loan(database, 1, **approved(1000)),
    }
    with qtbot.waitSignal(todo(page).filled):
        page.refresh()
    return made


def rows(card: TimeCard) -> list[tuple[str, str, str]]:
    found = [card.table.rows.row_at(n) for n in range(card.table.rows.rowCount())]
    return [(row.kind, row.unit, row.waits) for row in found]


def links(card: TimeCard) -> list[str]:
    return [each.text() for each in card.findChildren(QPushButton) if not each.isHidden()]


def test_the_page_begins_with_what_waits(
    page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    late, week, no_day = todo(page).cards
    assert page.in_todo
    assert late.heading.text() == "دیرشده: ۳ کار"
    assert rows(late) == [
        ("loan", "نساجی کویر", "۱۲۲ روز گذشته"),  # 45 days in «قرارداد» ended on 1402/05/15
        ("visit", "نساجی کویر", "۱۴ روز گذشته"),
        ("action", "نساجی کویر", "۱ روز گذشته"),
    ]
    assert links(late) == ["۱ اقدام", "۱ پایش بعدی", "۱ تسهیلات"]
    assert week.heading.text() == "سررسید این هفته، تا جمعه: ۲ کار"
    assert rows(week) == [
        ("first_visit", "پارس نخ", "فردا"),
        ("action", "نساجی کویر", "۲ روز مانده"),
    ]
    assert rows(no_day) == [("action", "پارس نخ", "۱۰۵ روز پیش")]
    assert frame.told == "۶ کار"


def test_each_row_leads_to_its_record(
    page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    late, week, _ = todo(page).cards
    for card, place, door in (
        (late, 0, Door("loans", record=waiting["loan"], returns=True)),
        (late, 1, Door("visits", record=waiting["visit"], returns=True)),
        (late, 2, Door("actions", record=waiting["late"])),
        (week, 0, Door("units", record=waiting["unit"], returns=True)),
    ):
        card.table.setFocus()
        card.table.go_to(place)
        card.table.open_current()
        assert frame.doors[-1] == door


def test_each_count_leads_to_exactly_its_rows(
    qtbot: QtBot, page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    expected = {
        ("actions", "late"): [waiting["late"]],
        ("visits", "late"): [waiting["visit"]],
        ("loans", "late"): [waiting["loan"]],
        ("actions", "week"): [waiting["week"]],
        ("units", "week"): [waiting["unit"]],
        ("actions", "no_day"): [waiting["no day"]],
    }
    found = {}
    for card in todo(page).cards:
        for words in links(card):
            click(card, words)
            door = frame.doors[-1]
            shown = BY_KEY[door.page].load()(frame, door.filters)
            qtbot.addWidget(shown)
            shown.start()
            found[door.page, card.when] = list(shown.listing.ids)
    assert found == expected


def test_calls_and_instalments_wait_too(qtbot: QtBot, page: ActionsPage, frame: FakeFrame) -> None:
    """Each loan once: for the call that was promised, or for its oldest instalment."""
    database = frame.database
    other = add_unit(database, "پارس نخ")
    behind, promised = add_lent(database, other), add_lent(database, other)
    later, soon = add_lent(database, other), add_lent(database, other, "1402/09/16")
    add_call(database, promised, "1402/09/01", "1402/09/10")
    add_call(database, later, "1402/09/01", "1402/09/16")
    with qtbot.waitSignal(todo(page).filled):
        page.refresh()
    QApplication.processEvents()
    late, week, _ = todo(page).cards
    assert rows(late) == [
        ("instalment", "پارس نخ", "۱۳۶ روز گذشته"), ("call", "پارس نخ", "۵ روز گذشته"),
    ]  # fmt: skip
    assert rows(week) == [("call", "پارس نخ", "فردا"), ("instalment", "پارس نخ", "فردا")]
    assert links(late) == ["۱ تماس دوباره", "۱ پیگیری قسط"]
    told = [late.table.rows.row_at(place).what for place in (0, 1)]
    assert told == [
        "قسط پرداخت‌نشده، طبقهٔ سررسید گذشته", "پس از تماس ۱۴۰۲/۰۹/۰۱ با مدیر",
    ]  # fmt: skip
    dues = present(qtbot, DuesPage(frame))
    for card, words, loan in (
        (late, "۱ تماس دوباره", promised),
        (late, "۱ پیگیری قسط", behind),
        (week, "۱ تماس دوباره", later),
        (week, "۱ پیگیری قسط", soon),
    ):
        click(card, words)
        door = frame.doors[-1]
        assert door.page == "dues"
        dues.show_filters(door.filters)
        assert isinstance(dues.current, DueRows)
        shown = dues.current.table.rows
        assert [dues.current.loan_of(shown.row_at(n)) for n in range(shown.rowCount())] == [loan]
    late.table.setFocus()
    late.table.go_to(1)
    late.table.open_current()
    assert frame.doors[-1] == Door("loans", record=promised, returns=True)


def test_what_waits_is_narrowed_by_group_and_county(
    qtbot: QtBot, page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    view = todo(page)
    fasa = number_of(frame.database, "county", "فسا")
    for filters, count in (({"group_id": [1]}, 3), ({"county_id": [fasa]}, 2),
                           ({"group_id": [1], "county_id": [fasa]}, 0)):  # fmt: skip
        view.bar.show_view("", filters)
        with qtbot.waitSignal(view.filled):
            view.bar.changed.emit()
        assert view.count == count, filters
        assert view.empty.isVisible() == (count == 0)
    view.bar.show_view("", {"group_id": [1]})
    with qtbot.waitSignal(view.filled):
        view.bar.changed.emit()
    click(view.cards[0], "۱ اقدام")
    assert frame.doors[-1] == Door("actions", {"state": ["late"], "group_id": [1]})


def test_what_waits_is_of_the_day_asked_for(
    qtbot: QtBot, page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    frame.day = from_jalali("1402/04/01")
    with qtbot.waitSignal(todo(page).filled):
        page.refresh()
    assert todo(page).count == 0
    assert todo(page).empty.isVisible()


def test_a_long_heap_shows_its_first_rows(
    qtbot: QtBot, page: ActionsPage, frame: FakeFrame
) -> None:
    from db.commands import actions

    with frame.database.write() as session:
        for number in range(60):
            actions.save_action(session, None, {
                "unit_id": 1, "what": f"کار {number}", "person": "علی",
                "decided_on": from_jalali("1402/06/01"), "due_on": from_jalali("1402/07/01"),
            })  # fmt: skip
    with qtbot.waitSignal(todo(page).filled):
        page.refresh()
    late = todo(page).cards[0]
    assert late.heading.text() == "دیرشده: ۶۰ کار"
    assert len(rows(late)) == 50
    assert late.more.isVisible()
    assert late.more.text().startswith("۵۰ تای نخست از ۶۰ کار")


def test_a_deed_done_leaves_the_heap(
    qtbot: QtBot, page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    made = opened(page, waiting["late"])
    choose(made, "result", 1)
    keys(page, Qt.Key.Key_S)
    with qtbot.waitSignal(todo(page).filled):
        key(page, Qt.Key.Key_Escape)
    assert page.in_todo
    assert [kind for kind, *_ in rows(todo(page).cards[0])] == ["loan", "visit"]


# --- between the two ------------------------------------------------------------------------------


def test_the_list_of_all_is_one_click_or_ctrl_f_away(
    qtbot: QtBot, page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    assert not page.table.isVisible()
    click(page.todo, "همهٔ اقدام‌ها")  # type: ignore[arg-type]
    assert page.table.isVisible()
    assert frame.told == "۴ ردیف"
    with qtbot.waitSignal(todo(page).filled):
        click(page.list, "کارهای من")
    assert not page.table.isVisible()
    keys(page, Qt.Key.Key_F)
    assert page.bar.search_edit.hasFocus()


def test_the_keys_of_the_rows_do_nothing_over_what_waits(
    page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    page.table.go_to(0)
    todo(page).cards[0].table.setFocus()
    key(page, Qt.Key.Key_Delete)
    keys(page, Qt.Key.Key_D)
    assert page.record is None
    assert len(page.listing) == 4


def test_a_door_leads_to_the_list(
    page: ActionsPage, frame: FakeFrame, waiting: dict[str, int]
) -> None:
    page.show_filters({"state": ["late"]})
    assert page.table.isVisible()
    assert list(page.listing.ids) == [waiting["late"]]
    for filters, ids in (
        ({"state": ["open"]}, {waiting["week"], waiting["next week"], waiting["no day"]}),
        ({"state": ["done"]}, set()),
        ({"no_due": True}, {waiting["no day"]}),
        ({"kind": ["resolution"]}, set()),
    ):
        page.show_filters(filters)
        assert set(page.listing.ids) == ids, filters


def test_the_list_inside_a_record_has_no_heaps(
    qtbot: QtBot, frame: FakeFrame, page: ActionsPage, waiting: dict[str, int]
) -> None:
    panel = present(qtbot, ActionsPage(frame, {"unit_id": [1]}))
    panel.start()
    assert panel.todo is None
    assert panel.table.isVisible()
    assert len(panel.listing) == 3
    panel.refresh()


def test_every_kind_of_task_has_its_words() -> None:
    from db.queries.todo import KINDS

    assert set(tasks_of.WORDS) == set(tasks_of.PAGES) == set(KINDS)
