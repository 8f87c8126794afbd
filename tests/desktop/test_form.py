"""The one form, driven by its user: complaints beside the field, Enter, and values stored clean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from db import calendar
from db.errors import RuleError, Violation
from db.rules.units import check_unit
from desktop import choices, kinds
from desktop.fields import Field
from desktop.messages import SENTENCES
from desktop.units import fields
from desktop.widgets.common import scrolled
from desktop.widgets.editors.link import LinkEditor
from desktop.widgets.form import CELL_WIDTH, FieldForm
from desktop.widgets.growing_area import GrowingArea
from tests.desktop.driving import enter, present
from tests.desktop.records import TODAY
from tests.desktop.typing import focus_of, paste, press, type_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

FIELDS = (fields.NAME, fields.FOUND_STATE, fields.FOUND_JOBS, fields.FOUND_CAPACITY,
          fields.REGISTERED_ON, fields.NATIONAL_CODE, fields.COUNTY, fields.NOTE)  # fmt: skip
GOOD = {"name": "نساجی شیراز", "found_state": "stagnant", "found_jobs": 3, "county_id": 7,
        "registered_on": calendar.from_jalali("1402/01/10")}  # fmt: skip


@pytest.fixture(autouse=True)
def _fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


@pytest.fixture
def form(qtbot: QtBot) -> FieldForm:
    made = FieldForm({"واحد": FIELDS[:5], "دیگر": FIELDS[5:]}, lambda v: list(check_unit(v)))
    counties = made.editor("county_id")
    assert isinstance(counties, LinkEditor)
    counties.set_options([(7, "شیراز"), (8, "فسا")])
    return present(qtbot, made)


@pytest.fixture
def heard(form: FieldForm) -> list[str]:
    told: list[str] = []
    form.edited.connect(lambda: told.append("edited"))
    form.finished.connect(lambda: told.append("finished"))
    return told


def labels(form: FieldForm) -> list[str]:
    return [each.text() for each in form.findChildren(QLabel) if each.property("role") == "field"]


def leave(form: FieldForm, name: str, typed: str) -> None:
    focus_of(form, name).setFocus()
    type_in(form, name, typed)
    press(focus_of(form, name), Qt.Key.Key_Tab, "\t")


def codes(form: FieldForm) -> list[tuple[str, str]]:
    with pytest.raises(RuleError) as caught:
        form.values()
    return [(violation.field, violation.code) for violation in caught.value.violations]


def test_labels_stand_over_their_fields_and_required_ones_are_marked(form: FieldForm) -> None:
    told = labels(form)
    assert told[:3] == ["نام واحد *", "وضعیت هنگام شناسایی *", "شاغلان هنگام شناسایی *"]
    assert "ظرفیت هنگام شناسایی" in told
    for label in form.findChildren(QLabel):
        if label.property("role") == "field":
            buddy = label.buddy()
            assert buddy is not None
            assert label.mapTo(form, label.rect().bottomLeft()).y() <= buddy.mapTo(
                form, buddy.rect().topLeft()).y()  # fmt: skip


def test_loading_is_no_edit(form: FieldForm, heard: list[str]) -> None:
    form.load(GOOD)
    assert heard == []
    assert not form.changed
    assert {name: form.values()[name] for name in GOOD} == GOOD


def test_typing_is_an_edit(form: FieldForm, heard: list[str]) -> None:
    form.load(GOOD)
    type_in(form, "name", "ب")
    assert heard == ["edited"]
    assert form.changed


def test_a_complaint_comes_on_leaving_and_goes_when_mended(form: FieldForm) -> None:
    form.load(GOOD)
    leave(form, "national_code", "0012345678")
    assert form.complaint("national_code") == SENTENCES["bad_national_code"]
    assert form.editor("national_code").inner.property("complaint") is True
    assert form.complaint("name") == ""
    leave(form, "national_code", "0012345679")
    assert form.complaint("national_code") == ""
    assert form.editor("national_code").inner.property("complaint") is False


def test_a_field_not_yet_reached_is_not_complained_of(form: FieldForm) -> None:
    form.load({})
    form.focus_first()
    press(focus_of(form, "name"), Qt.Key.Key_Tab, "\t")
    assert form.complaint("name") == SENTENCES["required"]
    assert form.complaint("found_jobs") == ""


def test_two_fields_that_contradict_are_judged_together(form: FieldForm) -> None:
    form.load({**GOOD, "stagnant_since": calendar.from_jalali("1402/01/05")})
    leave(form, "registered_on", "1402/01/03")
    assert "پیش از آغاز رکود (۱۴۰۲/۰۱/۰۵)" in form.complaint("registered_on")


def test_a_warning_is_shown_and_does_not_stop_the_save(form: FieldForm) -> None:
    form.load(GOOD)
    leave(form, "found_capacity", "20")
    assert form.complaint("found_capacity") == SENTENCES["stagnant_with_capacity"]
    assert form.editor("found_capacity").inner.property("tone") == "warn"
    assert form.values()["found_capacity"] == 20


def test_an_error_is_shown_before_a_warning_of_the_same_field(form: FieldForm) -> None:
    form.load(GOOD)
    form.complain([Violation("name", "name_taken", ("الف",), warning=True),
                   Violation("name", "required")])  # fmt: skip
    assert form.complaint("name") == SENTENCES["required"]


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("registered_on", "1402/12/30", "unreadable_day"),
        ("registered_on", "2024/03/19", "unreadable_day"),
        ("found_jobs", "چند نفر", "unreadable_number"),
        ("found_capacity", "1.5", "unreadable_number"),
        ("county_id", "نیست", "unreadable_choice"),
    ],
)
def test_what_cannot_be_read_is_complained_of(
    form: FieldForm, name: str, typed: str, code: str
) -> None:
    form.load(GOOD)
    leave(form, name, typed)
    assert form.complaint(name) == SENTENCES[code]
    assert codes(form) == [(name, code)]


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("found_jobs", "-3", "too_small"),
        ("found_jobs", "5001", "too_large"),
        ("found_capacity", "101", "too_large"),
        ("registered_on", "1402/09/16", "future"),
    ],
)
def test_numbers_and_days_out_of_bounds(form: FieldForm, name: str, typed: str, code: str) -> None:
    form.load(GOOD)
    leave(form, name, typed)
    assert form.complaint(name).startswith(SENTENCES[code].split("{0}")[0])


def test_enter_goes_from_field_to_field_and_finishes(form: FieldForm, heard: list[str]) -> None:
    form.load(GOOD)
    form.focus_first()
    walked = []
    for _ in FIELDS[:-1]:
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.append(next(f.name for f in FIELDS if form.editor(f.name).inner is focused))
        enter(focused)
    assert walked == [field.name for field in FIELDS[:-1]]
    note = focus_of(form, "note")
    assert note.hasFocus()
    press(note, Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.ControlModifier)
    assert heard == ["finished"]


def test_enter_passes_over_a_hidden_field(form: FieldForm) -> None:
    form.load(GOOD)
    form.show_field("found_state", False)
    form.focus_first()
    enter(focus_of(form, "name"))
    assert focus_of(form, "found_jobs").hasFocus()


def test_saving_goes_to_the_first_complaint(form: FieldForm) -> None:
    form.load({**GOOD, "found_jobs": None, "national_code": "1"})
    form.complain(list(check_unit(form.values())), go=True)
    assert focus_of(form, "found_jobs").hasFocus()
    assert form.complaint("found_jobs") == SENTENCES["required"]
    assert form.complaint("national_code") == SENTENCES["bad_national_code"]
    leave(form, "found_jobs", "5")
    assert form.complaint("found_jobs") == ""
    assert form.complaint("national_code") == SENTENCES["bad_national_code"]


def test_what_is_empty_is_as_its_column_wants_it(form: FieldForm) -> None:
    form.load({})
    values = form.values()
    assert values["name"] is None  # required: the rule complains
    assert values["national_code"] == ""
    assert values["note"] == ""
    assert values["found_capacity"] is None
    assert values["registered_on"] is None


def test_a_choice_that_was_emptied_is_the_column_s_own(qtbot: QtBot) -> None:
    form = present(qtbot, FieldForm({"": (fields.PERSON_KIND, fields.SECTOR)}))
    form.load({"person_kind": "natural", "sector": "mine"})
    press(focus_of(form, "person_kind"), Qt.Key.Key_Delete)
    assert form.values() == {"person_kind": "legal", "sector": "mine"}


def test_values_without_a_field_are_kept_for_the_check(form: FieldForm) -> None:
    form.load({**GOOD, "code": "100001"})
    assert form.values()["code"] == "100001"
    form.set_other(code="100002")
    assert form.values()["code"] == "100002"


DIRTY: Sequence[tuple[str, str, Any]] = (
    ("name", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ("name", "نساجي كوير", "نساجی کویر"),
    ("name", "الف\x00ب\x1b\u202eج", "الفبج"),
    ("name", "یک\r\nدو\n\nسه", "یک دو سه"),
    ("name", "  دو   فاصله\tو تب ", "دو فاصله و تب"),
    ("national_code", "۰۰۱۲-٣٤٥ 679", "0012345679"),
    ("found_jobs", "١۲3", 123),
    ("registered_on", "١۴۰۲/٠٥/۰۳", calendar.from_jalali("1402/05/03")),
    ("note", "خط ي یک\r\n\r\n=1+1\x07\n", "خط ی یک\n\n=1+1"),
)


@pytest.mark.parametrize(("name", "pasted", "stored"), DIRTY)
def test_what_is_pasted_is_stored_clean(
    form: FieldForm, name: str, pasted: str, stored: Any
) -> None:
    form.load({**GOOD, name: None})
    edit = focus_of(form, name)
    edit.setFocus()
    paste(edit, pasted)
    assert form.values()[name] == stored
    press(edit, Qt.Key.Key_Tab, "\t")
    assert form.values()[name] == stored
    assert form.complaint(name) == ""


@pytest.mark.parametrize(("name", "longest"), [("name", 120), ("note", 2000)])
def test_forty_thousand_letters_are_refused_and_not_cut(
    form: FieldForm, name: str, longest: int
) -> None:
    form.load(GOOD)
    edit = focus_of(form, name)
    edit.setFocus()
    paste(edit, "ن" * 40_000)
    press(edit, Qt.Key.Key_Tab, "\t")
    assert form.complaint(name) == SENTENCES["too_long"].format(kinds.COUNT.show(longest))
    values = form.values()
    assert len(values[name]) >= 40_000
    assert Violation(name, "too_long", (longest,)) in list(check_unit(values))


def test_a_long_field_takes_the_whole_line_and_columns_follow_the_width(qtbot: QtBot) -> None:
    long = replace(fields.NAME, name="long", width=60)
    form = present(qtbot, FieldForm({"": (fields.OWNER, fields.MANAGER, long)}), CELL_WIDTH * 3)

    def top(name: str) -> int:
        editor = form.editor(name)
        return editor.mapTo(form, editor.rect().topLeft()).y()

    def left(name: str) -> int:
        editor = form.editor(name)
        return editor.mapTo(form, editor.rect().topLeft()).x()

    assert top("owner") == top("manager")
    assert left("owner") > left("manager")  # right to left
    assert top("long") > top("owner")
    assert form.editor("long").width() > 2 * CELL_WIDTH
    form.resize(CELL_WIDTH, 700)
    QApplication.processEvents()
    assert top("owner") < top("manager") < top("long")


def test_a_flag_and_a_choice_are_given_by_keys(qtbot: QtBot) -> None:
    flag = Field("active", "فعال", kinds.FLAG, empty=True)
    form = present(qtbot, FieldForm({"": (flag, Field("kind", "نوع", choices.ESTATE_KIND))}))
    form.load({"active": True})
    press(focus_of(form, "active"), Qt.Key.Key_Space, " ")
    press(focus_of(form, "kind"), Qt.Key.Key_Down)
    assert form.values() == {"active": False, "kind": "estate"}
    assert form.changed


# a low screen


def test_enter_brings_each_field_into_sight(qtbot: QtBot) -> None:
    """Qt scrolls for Tab alone; nobody is to write where he sees nothing."""
    form = FieldForm({"": FIELDS})
    area = present(qtbot, scrolled(form), 300, 200)
    form.focus_first()
    for field in FIELDS[1:]:
        widget = QApplication.focusWidget()
        assert widget is not None
        enter(widget)
        assert QApplication.focusWidget() is focus_of(form, field.name)
        assert not focus_of(form, field.name).visibleRegion().isEmpty(), field.label
    form.complain([Violation(FIELDS[0].name, "required")], go=True)
    assert not focus_of(form, FIELDS[0].name).visibleRegion().isEmpty()
    assert area.verticalScrollBar().value() < 4


def test_a_dialog_is_as_high_as_its_form_and_no_higher_than_the_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(form: FieldForm) -> tuple[QWidget, GrowingArea]:
        window, area = QWidget(), GrowingArea(form)
        QVBoxLayout(window).addWidget(area)
        present(qtbot, window, 620, 100)
        QApplication.processEvents()
        return window, area

    form = FieldForm({"": FIELDS}, cards=False)
    window, area = shown(form)
    assert area.height() >= form.minimumSizeHint().height()
    assert not area.verticalScrollBar().isVisible()
    before = window.height()
    form.complain([Violation(field.name, "required") for field in FIELDS])
    for _ in range(3):
        QApplication.processEvents()
    assert window.height() > before  # the complaints have their room
    assert not area.verticalScrollBar().isVisible()
    monkeypatch.setattr(GrowingArea, "room", lambda _self: 180)
    window, low = shown(FieldForm({"": FIELDS}, cards=False))
    assert low.minimumSizeHint().height() == 180
    assert window.minimumSizeHint().height() < 220
    assert low.verticalScrollBar().isVisible()
