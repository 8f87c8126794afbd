"""A unit from its registration by keyboard to its return and its stop, and its history in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db import database
from db.calendar import from_jalali
from db.commands import units as commands
from db.commands.saving import values_of
from db.errors import DatabaseProblem
from db.models import Revival, Unit
from desktop.messages import SENTENCES
from desktop.pages.history_view import HistoryView
from desktop.pages.list_page import ListPage
from desktop.pages.part_editor import PartDialog
from desktop.units.page import UnitsPage
from desktop.units.record import UnitPage
from desktop.units.why import WhyDialog
from desktop.widgets.dialogs import ConflictDialog
from tests.desktop.driving import (
    Answers,
    click,
    enter,
    fill,
    key,
    keys,
    present,
    pressing,
    show_tab,
)
from tests.desktop.records import (
    TODAY,
    add_action,
    add_follow_up,
    add_group,
    add_obstacle,
    add_return,
    add_unit,
    add_visit,
    number_of,
)
from tests.desktop.test_dialogs import reasoning
from tests.desktop.typing import focus_of, press, type_in, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from desktop.units.returns import ReturnsTab
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> UnitsPage:
    made = frame.page = present(qtbot, UnitsPage(frame))
    made.start()
    return made


@pytest.fixture
def elsewhere(frame: FakeFrame) -> Iterator[Database]:
    """Another program on the same file."""
    opened = database.existing(frame.database.path)
    yield opened
    opened.close()


def begin(page: UnitsPage) -> UnitPage:
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    return record(page)


def record(page: UnitsPage) -> UnitPage:
    assert isinstance(page.record, UnitPage)
    return page.record


def is_open(page: UnitsPage) -> bool:
    return page.record is not None


def is_changed(page: UnitsPage) -> bool:
    return record(page).form.changed


def save(page: UnitsPage) -> None:
    keys(page, Qt.Key.Key_S)


def stored(database: Database, name: str) -> Unit:
    with database.read() as session:
        return session.query(Unit).filter_by(name=name).one()


def tab(page: UnitPage, title: str) -> int:
    return [page.tabs.tabText(n) for n in range(page.tabs.count())].index(title)


def history(page: UnitPage) -> list[tuple[str, str, str, str, str]]:
    """(operation, record, field, from, to) of the history tab, newest first."""
    view = page.made_tab("تاریخچه")
    assert isinstance(view, HistoryView)
    view.refresh()
    rows = [view.table.rows.row_at(n) for n in range(view.table.rows.rowCount())]
    words = {"insert": "ثبت", "update": "ویرایش"}
    return [(words[row.operation], row.record, row.field, row.before, row.after) for row in rows]


# --- registering ----------------------------------------------------------------------------------


def test_a_unit_is_registered_by_keyboard_alone(page: UnitsPage, frame: FakeFrame) -> None:
    """Every key goes to whatever has the focus; the mouse is not touched."""
    add_group(frame.database)
    keys(page, Qt.Key.Key_N)
    QApplication.processEvents()
    lines = [
        "نساجي كوير", "1311", "نخ", "", "شیراز", "", "رجایی", "1402/02/05", "", "ن",
        "1401", "12", "20", "", "10380284790", "", "زهرا علوي", "", "09171234567", "", "", "",
        "12/345", "",
    ]  # fmt: skip
    with frame.database.read() as session:
        assert session.query(Unit).count() == 0
    lines[1] = ""  # the industry stays open
    lines[10] = ""
    for typed in lines:
        widget = QApplication.focusWidget()
        assert widget is not None
        type_text(widget, typed)
        enter(QApplication.focusWidget() or widget)
    save(page)
    unit = stored(frame.database, "نساجی کویر")
    assert unit.code == "100001"
    assert unit.product == "نخ"
    assert unit.found_state == "semi_stagnant"
    assert (unit.found_jobs, unit.found_capacity) == (12, 20)
    assert unit.registered_on == from_jalali("1402/02/05")
    assert unit.owner == "زهرا علوی"
    assert (unit.mobile, unit.licence_no) == ("09171234567", "12/345")
    assert unit.group_id is not None
    assert frame.toasts == [("ذخیره شد.", "good")]
    assert record(page).title.text() == "نساجی کویر  (۱۰۰۰۰۱)"
    assert record(page).state.text() == "ثبت‌شده"
    key(page, Qt.Key.Key_Escape)
    assert page.table.current().name == "نساجی کویر"


MINIMUM = {"name": "ریسندگی زاگرس", "county_id": "شیراز", "found_jobs": "4"}


def register(page: UnitsPage, **more: str) -> UnitPage:
    made = begin(page)
    fill(made, {**MINIMUM, **more})
    choose(made, "found_state", "ر")
    return made


def choose(form: QWidget, name: str, letter: str) -> None:
    box = focus_of(form, name)
    box.setFocus()
    type_text(box, letter)


def test_enter_in_the_last_field_leads_to_the_save_button(
    page: UnitsPage, frame: FakeFrame
) -> None:
    made = register(page)
    note = focus_of(made, "note")
    note.setFocus()
    press(note, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.ControlModifier)
    assert made.save_button.hasFocus()
    enter(made.save_button)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_the_day_of_registering_is_today_unless_said(page: UnitsPage) -> None:
    made = begin(page)
    assert made.form.values()["registered_on"] == TODAY
    assert not made.form.changed
    assert not made.unsaved.isVisible()


def test_an_empty_form_is_not_stored(page: UnitsPage, frame: FakeFrame) -> None:
    made = begin(page)
    save(page)
    for name in ("name", "county_id", "found_state", "found_jobs"):
        assert made.form.complaint(name) == SENTENCES["required"]
    assert focus_of(made, "name").hasFocus()
    assert frame.toasts == []
    assert made.tabs.count() == 1


WRONG = (
    ("legal_national_id", "10380284791", "bad_legal_national_id"),
    ("national_code", "0012345678", "bad_national_code"),
    ("mobile", "0917123", "bad_mobile"),
    ("phone", "36271234", "bad_landline"),
    ("postal_code", "0000000000", "bad_postal_code"),
    ("economic_no", "123", "bad_economic_no"),
    ("licence_no", "پ۱۲", "bad_number_text"),
    ("registered_on", "1402/09/16", "future"),
    ("registered_on", "1402/12/30", "unreadable_day"),
    ("found_jobs", "-1", "too_small"),
    ("latitude", "90", "too_large"),
)


def test_each_field_is_checked_as_it_is_left(page: UnitsPage, frame: FakeFrame) -> None:
    made = register(page)
    for name, typed, code in WRONG:
        fill(made, {name: typed})
        assert made.form.complaint(name).startswith(SENTENCES[code].split("{0}")[0]), name
        save(page)
        assert frame.toasts == []
        assert focus_of(made, name).hasFocus()
        fill(made, {name: {"registered_on": "1402/01/01", "found_jobs": "4"}.get(name, "")})
        assert made.form.complaint(name) == ""
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_a_duplicate_identifier_is_refused(page: UnitsPage, frame: FakeFrame) -> None:
    taken = {
        "licence_no": ("12/34", "licence_taken"),
        "sso_workshop_code": ("7788", "workshop_taken"),
        "legal_national_id": ("10380284790", "owner_taken"),
    }
    add_unit(frame.database, "نخستین واحد", **{name: value for name, (value, _) in taken.items()})
    made = register(page)
    for name, (value, code) in taken.items():
        fill(made, {name: value})
        assert made.form.complaint(name) == SENTENCES[code].format("نخستین واحد", "۱۰۰۰۰۱")
        save(page)
        assert frame.toasts == []
        fill(made, {name: ""})
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_a_near_duplicate_name_is_warned_of_and_saved(page: UnitsPage, frame: FakeFrame) -> None:
    add_unit(frame.database, "ریسندگی‌زاگرس")
    made = register(page)
    focus_of(made, "name").setFocus()
    enter(focus_of(made, "name"))
    assert "بسیار مانند «ریسندگی‌زاگرس» (کد ۱۰۰۰۰۱)" in made.form.complaint("name")
    assert made.form.editor("name").inner.property("tone") == "warn"
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_the_same_name_in_another_county_is_no_warning(page: UnitsPage, frame: FakeFrame) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    add_unit(frame.database, "ریسندگی زاگرس", county_id=fasa)
    made = register(page)
    fill(made, {"name": "ریسندگی زاگرس"})
    assert made.form.complaint("name") == ""


def test_an_owner_of_two_units_is_warned_when_both_have_licences(
    page: UnitsPage, frame: FakeFrame
) -> None:
    add_unit(frame.database, "یکم", legal_national_id="10380284790", licence_no="1")
    made = register(page, licence_no="2", legal_national_id="10380284790")
    assert "واحد دیگری هم دارد: «یکم»" in made.form.complaint("legal_national_id")
    save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]


def test_what_is_new_begins_as_asked(qtbot: QtBot, page: UnitsPage, frame: FakeFrame) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    page.new_with({"county_id": fasa})
    made = record(page)
    assert made.form.values()["county_id"] == fasa
    assert focus_of(made, "county_id").text() == "فسا"  # type: ignore[attr-defined]


# --- editing and leaving --------------------------------------------------------------------------


@pytest.fixture
def unit(page: UnitsPage, frame: FakeFrame) -> int:
    number = add_unit(frame.database, "نساجی کویر")
    page.refresh()
    page.table.setFocus()
    page.table.go_to(0)
    key(page, Qt.Key.Key_Return)
    return number


def test_what_is_edited_is_marked_and_told_in_the_history(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    made = record(page)
    fill(made, {"name": "نساجی کویر نو", "found_jobs": "9", "county_id": "فسا"})
    assert made.unsaved.isVisible()
    save(page)
    assert not made.unsaved.isVisible()
    assert made.title.text().startswith("نساجی کویر نو")
    told = history(made)
    assert set(told[:3]) == {
        ("ویرایش", "واحد", "نام واحد", "نساجی کویر", "نساجی کویر نو"),
        ("ویرایش", "واحد", "شاغلان هنگام شناسایی", "۳", "۹"),
        ("ویرایش", "واحد", "شهرستان", "شیراز", "فسا"),
    }
    assert ("ثبت", "واحد", "وضعیت هنگام شناسایی", "", "راکد") in told
    assert ("ثبت", "واحد", "روز ثبت", "", "۱۴۰۲/۰۱/۱۰") in told


@pytest.mark.parametrize("answer", ["ماندن در این صفحه", "دور انداختن", "ذخیره و ادامه"])
def test_unsaved_work_is_asked_about(
    page: UnitsPage, frame: FakeFrame, unit: int, answer: str
) -> None:
    type_in(record(page), "name", "نام دیگر")
    with Answers(pressing(answer)):
        key(page, Qt.Key.Key_Escape)
    stays = answer.startswith("ماندن")
    assert is_open(page) is stays
    if stays:
        assert is_changed(page)
    with frame.database.read() as session:
        name = session.get_one(Unit, unit).name
    assert name == ("نام دیگر" if answer.startswith("ذخیره") else "نساجی کویر")


def test_work_that_cannot_be_saved_stays(page: UnitsPage, unit: int) -> None:
    fill(record(page), {"found_jobs": "-1"})
    with Answers(pressing("ذخیره و ادامه")):
        key(page, Qt.Key.Key_Escape)
    assert is_open(page)
    assert record(page).form.complaint("found_jobs")


def test_what_is_thrown_away_does_not_stand_in_the_form(page: UnitsPage, unit: int) -> None:
    """The window asks before going to another page; this one stays as it is."""
    type_in(record(page), "name", "نام دیگر")
    with Answers(pressing("دور انداختن")):
        assert page.can_leave()
    assert record(page).form.values()["name"] == "نساجی کویر"
    assert not record(page).unsaved.isVisible()
    assert page.can_leave()


def test_another_record_is_not_opened_over_unsaved_work(page: UnitsPage, unit: int) -> None:
    before = record(page)
    type_in(before, "name", "نام دیگر")
    with Answers(pressing("ماندن در این صفحه")):
        page.new()
    assert record(page) is before


# --- somebody else --------------------------------------------------------------------------------


def change(elsewhere: Database, unit: int, **values: Any) -> None:
    with elsewhere.write() as session:
        old = values_of(session.get_one(Unit, unit))
        commands.save_unit(session, unit, {**old, **values})


def test_what_others_saved_is_shown_when_nothing_is_being_written(
    page: UnitsPage, unit: int, elsewhere: Database
) -> None:
    change(elsewhere, unit, name="نام آن‌ها")
    keys(page, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert record(page).form.values()["name"] == "نام آن‌ها"


def test_mine_and_theirs_are_shown_and_chosen_field_by_field(
    page: UnitsPage, frame: FakeFrame, unit: int, elsewhere: Database
) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    fill(record(page), {"name": "نام من", "found_jobs": "8"})
    change(elsewhere, unit, name="نام آن‌ها", county_id=fasa, owner="علوی")

    def settle(dialog: QWidget) -> None:
        assert isinstance(dialog, ConflictDialog)
        assert set(dialog._groups) == {"name", "found_jobs", "county_id", "owner"}
        mine, theirs = (radio.text() for radio in dialog._groups["county_id"])
        assert (mine, theirs) == ("شیراز", "فسا")
        dialog.choose("county_id", mine=False)
        dialog.choose("owner", mine=False)
        click(dialog, "ذخیرهٔ برگزیده‌ها")

    with Answers(settle):
        save(page)
    assert frame.toasts == [("ذخیره شد.", "good")]
    with frame.database.read() as session:
        now = session.get_one(Unit, unit)
        assert (now.name, now.found_jobs, now.county_id, now.owner) == ("نام من", 8, fasa, "علوی")
    assert not is_changed(page)


def test_a_conflict_may_be_left_for_more_editing(
    page: UnitsPage, frame: FakeFrame, unit: int, elsewhere: Database
) -> None:
    fill(record(page), {"name": "نام من"})
    change(elsewhere, unit, name="نام آن‌ها")
    with Answers(pressing("بازگشت به ویرایش")):
        save(page)
    assert frame.toasts == []
    assert is_changed(page)
    assert record(page).form.values()["name"] == "نام من"
    with Answers(pressing("ذخیرهٔ برگزیده‌ها")):
        save(page)
    with frame.database.read() as session:
        assert session.get_one(Unit, unit).name == "نام من"


def test_a_merge_that_breaks_a_rule_is_complained_of(
    page: UnitsPage, frame: FakeFrame, unit: int, elsewhere: Database
) -> None:
    fill(record(page), {"registered_on": "1402/01/20"})
    change(elsewhere, unit, stagnant_since=from_jalali("1401/01/01"))
    add_return(elsewhere, unit, "1402/01/15")
    with Answers(pressing("ذخیرهٔ برگزیده‌ها")):
        save(page)
    assert frame.toasts == []
    assert "بازگشته است" in record(page).form.complaint("registered_on")
    assert is_changed(page)


def test_a_full_disk_loses_nothing_that_was_typed(
    page: UnitsPage, frame: FakeFrame, unit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DatabaseProblem("full")

    fill(record(page), {"name": "نام من"})
    monkeypatch.setattr(commands, "save_unit", full)
    save(page)
    assert [str(error) for error in frame.troubles] == ["full"]
    assert is_changed(page)
    assert record(page).form.values()["name"] == "نام من"
    assert record(page).unsaved.isVisible()


# --- returns to production ------------------------------------------------------------------------


def returns(page: UnitsPage) -> ReturnsTab:
    made = record(page)
    made.tabs.setCurrentIndex(tab(made, "احیا"))
    assert made.returns is not None
    return made.returns


def asked() -> PartDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, PartDialog)
    return found


def enter_return(
    page: UnitsPage, day: str, stop: str = "", jobs: str = "12", capacity: str = "60"
) -> PartDialog:
    click(returns(page), "ثبت بازگشت به تولید")
    made = asked()
    fill(made, {"returned_on": day, "jobs_after": jobs, "capacity_after": capacity,
                "stopped_on": stop})  # fmt: skip
    click(made, "ذخیره")
    return made


def rows(page: UnitsPage) -> Sequence[Revival]:
    table = returns(page).table
    return [table.rows.row_at(n) for n in range(table.rows.rowCount())]


def test_a_return_is_entered_by_keyboard_and_counts(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    button = returns(page).new_button
    button.setFocus()
    key(page, Qt.Key.Key_Space)
    dialog = asked()
    QTest.qWait(20)
    for typed in ("1402/05/01", "12", "60", "", ""):
        widget = QApplication.focusWidget()
        assert widget is not None
        type_text(widget, typed)
        enter(widget)
    press(focus_of(dialog, "note"), Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.ControlModifier)
    assert dialog.save_button.hasFocus()
    key(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert frame.toasts == [("ذخیره شد.", "good")]
    assert [row.jobs_after for row in rows(page)] == [12]
    assert "پایش پس از احیای پذیرفته‌شده" in returns(page).counted.label.text()
    assert record(page).state.text() == "احیای اعلام‌شده"
    add_follow_up(frame.database, unit, "1402/06/01")
    page.refresh()
    assert "در شمار واحدهای احیاشده است، از ۱ مرداد ۱۴۰۲" in returns(page).counted.label.text()
    assert record(page).state.text() == "احیای شمرده‌شده"
    told = history(record(page))
    assert ("ثبت", "بازگشت به تولید", "روز بازگشت به تولید", "", "۱۴۰۲/۰۵/۰۱") in told
    assert ("ثبت", "بازگشت به تولید", "ظرفیت پس از بازگشت", "", "۶۰") in told
    assert not {"unit_id", "version"} & {field for _, _, field, _, _ in told}


IMPOSSIBLE: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"returned_on": "1402/01/09"}, "returned_on", "before_registered"),
    ({"returned_on": "1402/09/16"}, "returned_on", "future"),
    ({"returned_on": "1402/13/01"}, "returned_on", "unreadable_day"),
    ({"returned_on": ""}, "returned_on", "required"),
    ({"stopped_on": "1402/04/31"}, "stopped_on", "stop_before_return"),
    ({"capacity_after": "101"}, "capacity_after", "too_large"),
    ({"capacity_after": "0"}, "capacity_after", "too_small"),
    ({"jobs_after": "-2"}, "jobs_after", "too_small"),
)


def test_an_impossible_return_is_refused_beside_its_field(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    right = {"returned_on": "1402/05/01", "jobs_after": "12", "capacity_after": "60",
             "stopped_on": ""}  # fmt: skip
    click(returns(page), "ثبت بازگشت به تولید")
    dialog = asked()
    for wrong, name, code in IMPOSSIBLE:
        fill(dialog, {**right, **wrong})
        click(dialog, "ذخیره")
        assert dialog.isVisible()
        assert dialog.form.complaint(name).startswith(SENTENCES[code].split("{0}")[0]), wrong
    assert frame.toasts == []
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")
    assert rows(page) == []


def test_a_unit_that_runs_cannot_return_again(page: UnitsPage, unit: int) -> None:
    enter_return(page, "1402/05/01")
    dialog = enter_return(page, "1402/06/01")
    assert "در حال کار است" in dialog.form.complaint("returned_on")
    fill(dialog, {"returned_on": "1402/04/01"})
    click(dialog, "ذخیره")
    assert "توقف باید پیش از آن باشد" in dialog.form.complaint("stopped_on")
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")


def test_a_stop_is_written_and_the_unit_returns_again(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    enter_return(page, "1402/05/01")
    tab = returns(page)
    tab.table.go_to(0)
    click(tab, "ویرایش")
    dialog = asked()
    fill(dialog, {"stopped_on": "1402/07/01", "stop_reason": "نبود مواد اولیه"})
    keys(dialog, Qt.Key.Key_S)
    dialog_closed(dialog)
    assert record(page).state.text() == "بازایستاده"
    enter_return(page, "1402/08/01", jobs="20")
    assert record(page).state.text() == "احیای اعلام‌شده"
    assert [row.stopped_on for row in rows(page)] == [from_jalali("1402/07/01"), None]
    told = history(record(page))
    assert ("ویرایش", "بازگشت به تولید", "دلیل توقف", "", "نبود مواد اولیه") in told
    key_row = page.table.rows.row_at(0)
    assert key_row.returned_on == from_jalali("1402/05/01")  # counted once, by the first


def dialog_closed(dialog: PartDialog) -> None:
    QTest.qWait(150)  # a shortcut of a button shows it pressed for a moment
    assert not dialog.isVisible()


def test_a_return_before_the_baseline_is_not_counted_again(page: UnitsPage, unit: int) -> None:
    fill(record(page), {"registered_on": "1401/01/05"})
    save(page)
    enter_return(page, "1401/12/29")
    assert "در عدد مبنا آمده است" in returns(page).counted.label.text()


def test_a_return_is_archived_with_a_reason(page: UnitsPage, frame: FakeFrame, unit: int) -> None:
    enter_return(page, "1402/05/01")
    returns(page).table.go_to(0)
    with Answers(reasoning("اشتباه بود", "بایگانی")):
        click(returns(page), "بایگانی")
    assert rows(page) == []
    assert record(page).state.text() == "ثبت‌شده"
    assert not returns(page).counted.isVisible()
    told = history(record(page))
    assert ("ویرایش", "بازگشت به تولید", "دلیل بایگانی", "", "اشتباه بود") in told
    assert ("ویرایش", "بازگشت به تولید", "روز بایگانی", "", "۱۴۰۲/۰۹/۱۵") in told


def test_a_return_is_seen_though_the_form_holds_unsaved_work(page: UnitsPage, unit: int) -> None:
    type_in(record(page), "name", "نام دیگر")
    enter_return(page, "1402/05/01")
    assert len(rows(page)) == 1
    assert is_changed(page)
    assert record(page).form.values()["name"] == "نام دیگر"


@pytest.mark.parametrize("answer", ["ذخیره و ادامه", "دور انداختن", "ماندن در این صفحه"])
def test_a_half_written_return_is_asked_about(
    page: UnitsPage, frame: FakeFrame, unit: int, answer: str
) -> None:
    click(returns(page), "ثبت بازگشت به تولید")
    dialog = asked()
    fill(dialog, {"returned_on": "1402/05/01", "jobs_after": "9", "capacity_after": "70"})
    with Answers(pressing(answer)):
        key(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() is answer.startswith("ماندن")
    if answer.startswith("ماندن"):
        with Answers(pressing("دور انداختن")):
            dialog.close()
    assert len(rows(page)) == answer.startswith("ذخیره")


def test_a_return_changed_elsewhere_is_settled_field_by_field(
    page: UnitsPage, frame: FakeFrame, unit: int, elsewhere: Database
) -> None:
    number = add_return(frame.database, unit, "1402/05/01")
    returns(page).table.go_to(0)
    click(returns(page), "ویرایش")
    dialog = asked()
    fill(dialog, {"jobs_after": "15"})
    with elsewhere.write() as session:
        session.get_one(Revival, number).capacity_after = 75

    def settle(shown: QWidget) -> None:
        assert isinstance(shown, ConflictDialog)
        shown.choose("capacity_after", mine=False)
        click(shown, "ذخیرهٔ برگزیده‌ها")

    with Answers(settle):
        click(dialog, "ذخیره")
    assert not dialog.isVisible()
    with frame.database.read() as session:
        now = session.get_one(Revival, number)
        assert (now.jobs_after, now.capacity_after) == (15, 75)


def test_a_trouble_keeps_the_dialog_and_what_was_typed(
    page: UnitsPage, frame: FakeFrame, unit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DatabaseProblem("full")

    monkeypatch.setattr(commands, "save_revival", full)
    dialog = enter_return(page, "1402/05/01")
    assert dialog.isVisible()
    assert [str(error) for error in frame.troubles] == ["full"]
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")


def test_as_of_an_earlier_day_the_state_is_that_of_the_day(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    add_return(frame.database, unit, "1402/05/01")
    frame.day = from_jalali("1402/04/31")
    page.refresh()
    assert record(page).state.text() == "ثبت‌شده"


def test_a_stage_explains_itself(page: UnitsPage, frame: FakeFrame, unit: int) -> None:
    add_return(frame.database, unit, "1402/05/01", shown=False)
    page.refresh()
    record(page).why.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WhyDialog))
    said = [line.text() for line in dialog.lines]
    assert dialog.stage.text() == "احیای اعلام‌شده"
    assert "گواه فعالیت ندارد" in said[-1]
    assert "۵۰ درصد" in said[-1]
    dialog.reject()


def test_a_return_of_the_baselines_days_shows_the_sum(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    fill(record(page), {"registered_on": "1401/01/05"})
    save(page)
    click(returns(page), "ثبت بازگشت به تولید")
    dialog = asked()
    QTest.qWait(20)
    fill(dialog, {"returned_on": "1401/12/20", "jobs_after": "5"})
    assert "عدد مبنا (۱۱۰ واحد)" in dialog.form.complaint("returned_on")
    with Answers(pressing("دور انداختن")):
        click(dialog, "انصراف")


# --- the field work -------------------------------------------------------------------------------


def test_what_was_done_in_a_unit_has_its_lists(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    other = add_unit(frame.database, "پارس نخ")
    for number in (unit, other):
        add_visit(frame.database, number)
        add_obstacle(frame.database, number)
        add_action(frame.database, number)
    page.open(unit)
    made = record(page)
    for title, key_of_page in (("پایش", "visits"), ("موانع", "obstacles"), ("اقدام‌ها", "actions")):
        panel = show_tab(made, title)
        assert isinstance(panel, ListPage)
        assert len(panel.listing) == 1
        keys(page, Qt.Key.Key_N)
        assert frame.wanted[-1] == (key_of_page, {"unit_id": unit})
    add_visit(frame.database, unit, "1402/07/01")
    panel = show_tab(made, "پایش")
    assert isinstance(panel, ListPage)
    assert len(panel.listing) == 2  # it follows what is saved
    told = {line[1] for line in history(made)}
    assert {"پایش", "مانع", "اقدام"} <= told


def test_what_holds_a_unit_back_is_told_at_its_top(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    page.open(unit)
    made = record(page)
    assert made.holds.isHidden()
    add_obstacle(frame.database, unit)
    assert made.holds.button.text() == "۱ مانع باز؛ مانع اصلی برگزیده نشده است"
    kind = number_of(frame.database, "obstacle_kind", "مواد اولیه")
    customs = number_of(frame.database, "agency", "گمرک")
    add_obstacle(frame.database, unit, "1402/07/01", kind_id=kind, main=True, agency_id=customs)
    assert made.holds.button.text() == "۲ مانع باز؛ مانع اصلی: مواد اولیه (گمرک)"
    made.holds.button.click()
    assert made.tabs.tabText(made.tabs.currentIndex()) == "موانع"
    frame.day = from_jalali("1402/06/15")
    page.refresh()
    assert made.holds.button.text() == "۱ مانع باز؛ مانع اصلی برگزیده نشده است"
    frame.day = from_jalali("1402/05/15")
    page.refresh()
    assert made.holds.isHidden()


def test_a_stop_that_nobody_confirmed_is_told_until_one_does(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    add_return(frame.database, unit, "1402/05/01")
    page.open(unit)
    made = record(page)
    assert made.stop.isHidden()
    seen: dict[str, Any] = {"state_seen": "stagnant", "capacity": 0, "heads": 0}
    add_visit(frame.database, unit, "1402/07/01", **seen)
    add_visit(frame.database, unit, "1402/08/01", **seen)
    assert not made.stop.isHidden()
    assert "از ۱ مهر ۱۴۰۲ در پایش راکد دیده شده است" in made.stop.label.text()
    click(made.stop, "ثبت توقف")
    assert made.stop.isHidden()
    assert made.state.text() == "بازایستاده"
    with frame.database.read() as session:
        revival = session.query(Revival).one()
    assert (revival.stopped_on, revival.stop_reason) == (
        from_jalali("1402/07/01"), "در پایش، راکد دیده شد",
    )  # fmt: skip
    assert frame.toasts[-1] == ("توقف واحد ثبت شد.", "good")


def test_a_visit_at_work_withdraws_the_stop(page: UnitsPage, frame: FakeFrame, unit: int) -> None:
    add_return(frame.database, unit, "1402/05/01")
    add_visit(frame.database, unit, "1402/07/01", state_seen="stagnant", capacity=0)
    page.open(unit)
    made = record(page)
    assert not made.stop.isHidden()
    add_visit(frame.database, unit, "1402/08/01")
    assert made.stop.isHidden()


def test_a_unit_stays_registered_before_its_field_work(
    page: UnitsPage, frame: FakeFrame, unit: int
) -> None:
    add_visit(frame.database, unit, "1402/06/01")
    page.open(unit)
    made = record(page)
    fill(made, {"registered_on": "1402/06/02"})
    keys(page, Qt.Key.Key_S)
    assert made.form.complaint("registered_on") == SENTENCES["after_visit"].format("۱۴۰۲/۰۶/۰۱")
    fill(made, {"registered_on": "1402/06/01", "first_visit_due_on": "1402/05/31"})
    assert "پیش از ثبت واحد (۱۴۰۲/۰۶/۰۱)" in made.form.complaint("first_visit_due_on")
    fill(made, {"first_visit_due_on": ""})
    keys(page, Qt.Key.Key_S)
    assert frame.toasts == [("ذخیره شد.", "good")]
