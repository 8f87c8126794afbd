"""Every editor, driven key by key: what is typed is what is read, and loading is not editing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from db import calendar
from db.text import LRM, grouped, to_persian_digits
from desktop import kinds
from desktop.fields import Field
from desktop.widgets.editors import make
from desktop.widgets.editors.calendar_popup import CalendarPopup, MonthGrid
from desktop.widgets.editors.choice import ChoiceEditor
from desktop.widgets.editors.day import DayEditor
from desktop.widgets.editors.link import GONE, LinkEditor
from desktop.widgets.editors.numbers import RialEditor, in_toman
from desktop.widgets.editors.text import LineEditor
from tests.desktop.typing import paste, press, type_in, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.kinds import Kind

# The platform without a screen says so at every popup.

STATES = {"stagnant": "راکد", "semi_stagnant": "نیمه‌راکد"}
COUNTIES = [(1, "شیراز"), (2, "جهرم"), (3, "نی‌ریز"), (4, "شیروان"), (5, "کازرون ۲")]
TODAY = date(2024, 3, 19)  # سه‌شنبه ۲۹ اسفند ۱۴۰۲

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ALL_DIGITS = [str, to_persian_digits, lambda text: text.translate(ARABIC)]

# A widget is made once and typed into by each example.
many = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Case(NamedTuple):
    kind: Kind
    value: Any


CASES = {
    "text": Case(kinds.TEXT, "تولیدی نخ و پارچه"),
    "note": Case(kinds.NOTE, "خط یکم\nخط دوم"),
    "code": Case(kinds.CODE, "0012345679"),
    "sheba": Case(kinds.SHEBA, "IR820540102680020817909002"),
    "rial": Case(kinds.RIAL, 1_500_000_000),
    "people": Case(kinds.PEOPLE, 1250),
    "rate": Case(kinds.RATE, Decimal("18.5")),
    "percent": Case(kinds.PERCENT, Decimal("27.54")),  # shown rounded, kept exact
    "day": Case(kinds.DAY, TODAY),
    "choice": Case(kinds.choice(STATES), "semi_stagnant"),
    "link": Case(kinds.link("county"), 3),
    "flag": Case(kinds.FLAG, True),
}


class Desk(QWidget):
    """An editor, and another field to go to."""

    def __init__(self, kind: Kind, required: bool = False) -> None:
        super().__init__()
        self.editor = make(Field("it", "نام فیلد", kind, required=required))
        self.other = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.editor)
        column.addWidget(self.other)
        if isinstance(self.editor, LinkEditor):
            self.editor.set_options(COUNTIES)
        self.heard: list[str] = []
        self.editor.edited.connect(lambda: self.heard.append("edited"))
        self.editor.left.connect(lambda: self.heard.append("left"))
        self.editor.accepted.connect(lambda: self.heard.append("accepted"))


def desk(qtbot: QtBot, kind: Kind, required: bool = False) -> Desk:
    made = Desk(kind, required)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.editor.setFocus()
    return made


@pytest.fixture(autouse=True)
def _fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


# --- what all of them promise ---------------------------------------------------------------------


def test_a_value_given_comes_back_and_is_no_edit(qtbot: QtBot, case: Case) -> None:
    made = desk(qtbot, case.kind)
    made.editor.set_value(case.value)
    assert made.editor.value() == case.value
    made.editor.set_value(None)
    assert made.editor.value() in (None, False)
    assert made.heard == []


def test_leaving_is_told_once_and_changes_nothing(qtbot: QtBot, case: Case) -> None:
    made = desk(qtbot, case.kind)
    made.editor.set_value(case.value)
    press(made.editor.inner, Qt.Key.Key_Tab, "\t")
    assert made.heard == ["left"]
    assert made.other.hasFocus()
    assert made.editor.value() == case.value


def test_tab_comes_to_the_editor_once(qtbot: QtBot, case: Case) -> None:
    made = desk(qtbot, case.kind)
    made.other.setFocus()
    press(made.other, Qt.Key.Key_Backtab, "", Qt.KeyboardModifier.ShiftModifier)
    assert made.editor.inner.hasFocus()


def test_enter_asks_for_the_next_field(qtbot: QtBot, case: Case) -> None:
    made = desk(qtbot, case.kind)
    is_note = case.kind is kinds.NOTE
    held = Qt.KeyboardModifier.ControlModifier if is_note else Qt.KeyboardModifier.NoModifier
    press(made.editor.inner, Qt.Key.Key_Return, "\r", held)
    assert made.heard == ["accepted"]


def test_names_and_tone_are_on_the_inner_edit(qtbot: QtBot, case: Case) -> None:
    editor = desk(qtbot, case.kind).editor
    editor.set_tone("bad")
    editor.set_hint("راهنما")
    assert editor.objectName() == "it"
    assert editor.inner.accessibleName() == "نام فیلد"
    assert editor.inner.property("tone") == "bad"
    assert editor.inner.property("complaint") is True


def test_an_unknown_editor_is_refused() -> None:
    with pytest.raises(ValueError, match="knob"):
        make(Field("it", "", kinds.Kind(str, str, "knob")))


# --- numbers --------------------------------------------------------------------------------------


def shown(number: int) -> str:
    return grouped(number).replace(LRM, "")


@pytest.fixture
def rial(qtbot: QtBot) -> Iterator[RialEditor]:
    made = desk(qtbot, kinds.RIAL)
    assert isinstance(made.editor, RialEditor)
    yield made.editor
    made.close()


@many
@given(number=st.integers(-(10**17), 10**17), digits=st.sampled_from(ALL_DIGITS))
def test_any_whole_number_typed_is_read_back(rial: RialEditor, number: int, digits: Any) -> None:
    rial.set_value(None)
    type_text(rial.edit, digits(str(number)))
    assert rial.value() == number
    assert rial.edit.text() == shown(number)


KEYS = {"back": Qt.Key.Key_Backspace, "delete": Qt.Key.Key_Delete}


@many
@given(
    start=st.integers(0, 10**12),
    strokes=st.lists(st.tuples(st.sampled_from([*"0123456789", *KEYS]), st.integers(0, 16))),
)
def test_editing_a_grouped_number_is_editing_its_digits(
    rial: RialEditor, start: int, strokes: list[tuple[str, int]]
) -> None:
    rial.set_value(start)
    plain = str(start)
    for stroke, wish in strokes:
        place = min(wish, len(rial.edit.text()))
        rial.edit.setCursorPosition(place)
        at = place - rial.edit.text()[:place].count("٬")
        if stroke in KEYS:
            press(rial.edit, KEYS[stroke])
            low = max(at - 1, 0) if stroke == "back" else at
            plain, at = plain[:low] + plain[low + (low < at or stroke == "delete") :], low
        else:
            type_text(rial.edit, stroke)
            plain, at = plain[:at] + stroke + plain[at:], at + 1
        left = rial.edit.text()[: rial.edit.cursorPosition()]
        assert rial.edit.text().replace("٬", "") == to_persian_digits(plain)
        assert left.replace("٬", "") == to_persian_digits(plain[:at])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("۵۰۰٬۰۰۰٬۰۰۰", 500_000_000),
        ("500,000,000", 500_000_000),
        ("500 000", 500_000),
        ("٥٠٠", 500),
        ("  ۵۰۰٬۰۰۰ ریال\n", 500_000),
        (f"{LRM}−۵۰۰", -500),
        ("-500", -500),
    ],
)
def test_an_amount_is_pasted_as_it_is_found(rial: RialEditor, text: str, value: int) -> None:
    paste(rial.edit, text)
    assert rial.value() == value
    assert rial.edit.text() == shown(value)


@pytest.mark.parametrize("text", ["۵۰۰ میلیون", "1,5", "۱۰۰۰ تومان", "1.5", "1.5E+08", "سه", "5-"])
def test_what_may_mean_another_amount_stays_and_is_not_read(rial: RialEditor, text: str) -> None:
    paste(rial.edit, text)
    assert rial.edit.text()
    with pytest.raises(ValueError, match="not a number"):
        rial.value()
    assert rial.words.text == ""


def test_groups_typed_by_hand_do_no_harm(rial: RialEditor) -> None:
    type_text(rial.edit, "1,500,000")
    assert rial.value() == 1_500_000


def test_another_first_digit_does_not_eat_the_zeros(rial: RialEditor) -> None:
    rial.set_value(1_000_000)
    rial.edit.setCursorPosition(1)
    press(rial.edit, Qt.Key.Key_Backspace)
    type_text(rial.edit, "2")
    assert rial.value() == 2_000_000


def test_leaving_shows_the_number_in_its_full_form(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.RIAL)
    type_text(made.editor.inner, "007")
    made.other.setFocus()
    assert made.editor.value() == 7
    assert made.editor.inner.text() == "۷"  # type: ignore[attr-defined]
    assert made.heard == ["edited"] * 3 + ["left"]


def test_a_very_long_paste_is_kept_and_not_read(rial: RialEditor) -> None:
    paste(rial.edit, "9" * 40_000)
    assert len(rial.edit.text().replace("٬", "")) == 40_000
    with pytest.raises(ValueError):  # noqa: PT011 - Python's own limit on digits
        rial.value()


def test_undo_and_redo_go_key_by_key(rial: RialEditor) -> None:
    type_text(rial.edit, "12345")
    press(rial.edit, Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier)
    press(rial.edit, Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier)
    assert rial.edit.text() == "۱۲۳"
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(rial.edit, Qt.Key.Key_Z, "", held)
    assert rial.value() == 1234


@pytest.mark.parametrize(
    ("rials", "words"),
    [
        (1_500_000_000, "یکصد و پنجاه میلیون تومان"),
        (15, "یک تومان و پنج ریال"),
        (5, "پنج ریال"),
        (0, "صفر ریال"),
        (-20, "منفی دو تومان"),
    ],
)
def test_the_amount_is_told_in_toman(rial: RialEditor, rials: int, words: str) -> None:
    assert in_toman(rials) == words
    type_text(rial.edit, str(rials))
    assert rial.words.text == words
    assert rial.edit.accessibleDescription() == words


def test_long_words_take_the_lines_they_need(rial: RialEditor) -> None:
    rial.set_value(123_456_789_015)
    assert rial.words.heightForWidth(120) > rial.words.heightForWidth(2000)


def test_an_absurd_amount_is_not_told(rial: RialEditor) -> None:
    type_text(rial.edit, "1" + "0" * 18)
    assert rial.words.text == ""


@pytest.mark.parametrize("text", ["18.5", "۱۸٫۵", "18/5", "١٨٫٥", "18.5%", "۱۸٫۵ درصد"])
def test_a_rate_is_typed_with_any_decimal_mark(qtbot: QtBot, text: str) -> None:
    made = desk(qtbot, kinds.RATE)
    type_text(made.editor.inner, text)
    assert made.editor.value() == Decimal("18.5")
    assert made.editor.inner.text() == "۱۸٫۵"  # type: ignore[attr-defined]


def test_a_comma_never_makes_a_rate_ten_times_more(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.RATE)
    type_text(made.editor.inner, "18,5")
    with pytest.raises(ValueError, match="not a number"):
        made.editor.value()


# --- days -----------------------------------------------------------------------------------------


@pytest.fixture
def day(qtbot: QtBot) -> Iterator[DayEditor]:
    made = desk(qtbot, kinds.DAY)
    assert isinstance(made.editor, DayEditor)
    yield made.editor
    made.close()


@many
@given(
    value=st.dates(calendar.FIRST_DAY, calendar.LAST_DAY),
    mark=st.sampled_from(["", "/", "-", "."]),
    digits=st.sampled_from(ALL_DIGITS),
)
def test_any_day_typed_is_read_back(day: DayEditor, value: date, mark: str, digits: Any) -> None:
    day.set_value(None)
    type_text(day.edit, digits(calendar.to_jalali(value).replace("/", mark)))
    assert day.value() == value
    assert day.edit.text() == calendar.to_persian_date(value)


@pytest.mark.parametrize("text", ["۱۴۰۲/۱۲/۲۹", "1402-12-29", "14021229", "١٤٠٢/١٢/٢٩ "])
def test_a_date_is_pasted_as_it_is_found(day: DayEditor, text: str) -> None:
    paste(day.edit, text)
    assert day.value() == TODAY
    assert day.long_form.text == "سه‌شنبه ۲۹ اسفند ۱۴۰۲"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1402/12/30", "اسفند ۱۴۰۲ ۲۹ روز دارد"),
        ("1402/13/01", "ماه از ۱ تا ۱۲ است"),
        ("2024/03/19", "سال را به شمسی بنویسید"),
        ("5/3", ""),
        ("02/12/29", ""),
        ("140212", ""),
        ("فردا نه", ""),
    ],
)
def test_what_is_no_day_is_not_read(day: DayEditor, text: str, told: str) -> None:
    paste(day.edit, text)
    with pytest.raises(ValueError, match=r"Jalali|month|day"):
        day.value()
    assert day.long_form.text == told


def test_short_numbers_are_shown_whole_when_left(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.DAY)
    type_text(made.editor.inner, "1402/5/3")
    made.other.setFocus()
    assert made.editor.inner.text() == "۱۴۰۲/۰۵/۰۳"  # type: ignore[attr-defined]


def test_where_there_is_little_room_the_year_is_left_to_the_tool_tip(day: DayEditor) -> None:
    day.set_value(TODAY)
    day.long_form.resize(day.long_form.sizeHint().width() - 5, 20)
    assert day.long_form.toolTip() == "سه‌شنبه ۲۹ اسفند ۱۴۰۲"
    day.long_form.resize(400, 20)
    assert day.long_form.toolTip() == ""


@pytest.mark.parametrize("text", ["0", "۰", "t", "T", "ف", "امروز"])
def test_today_has_short_names(day: DayEditor, text: str) -> None:
    type_text(day.edit, text)
    assert day.value() == TODAY


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        (Qt.Key.Key_Up, "", date(2024, 3, 20)),
        (Qt.Key.Key_Down, "", date(2024, 3, 18)),
        (Qt.Key.Key_Plus, "+", date(2024, 3, 20)),
        (Qt.Key.Key_Minus, "-", date(2024, 3, 18)),
        (Qt.Key.Key_PageUp, "", date(2024, 4, 17)),  # 1403/01/29
        (Qt.Key.Key_PageDown, "", date(2024, 2, 18)),  # 1402/11/29
    ],
)
def test_keys_move_the_day(day: DayEditor, key: Qt.Key, text: str, expected: date) -> None:
    day.set_value(TODAY)
    press(day.edit, key, text)
    assert day.value() == expected


def test_a_key_brings_today_into_an_empty_field_only(day: DayEditor) -> None:
    press(day.edit, Qt.Key.Key_Up)
    assert day.value() == TODAY
    day.edit.setText("۱۴۰۲")
    press(day.edit, Qt.Key.Key_Up)
    assert day.edit.text() == "۱۴۰۲"


def test_the_day_stays_within_the_known_years(day: DayEditor) -> None:
    day.set_value(calendar.LAST_DAY)
    press(day.edit, Qt.Key.Key_PageUp)
    press(day.edit, Qt.Key.Key_Up)
    assert day.value() == calendar.LAST_DAY


def test_a_digit_is_typed_over_the_next_one(day: DayEditor) -> None:
    day.set_value(TODAY)
    day.edit.setCursorPosition(3)
    type_text(day.edit, "105")
    assert day.edit.text() == "۱۴۰۱/۰۵/۲۹"


def test_a_digit_too_many_is_typed_over_too(day: DayEditor) -> None:
    type_text(day.edit, "1402/1")
    day.edit.setCursorPosition(4)
    type_text(day.edit, "229")
    assert day.edit.text() == "۱۴۰۲/۲۲/۹"  # the 1 was replaced, and the rest goes on from there


def test_backspace_takes_the_digit_behind_a_slash(day: DayEditor) -> None:
    day.set_value(TODAY)
    day.edit.setCursorPosition(5)
    press(day.edit, Qt.Key.Key_Backspace)
    assert day.edit.text() == "۱۴۰/۱۲/۲۹"
    type_text(day.edit, "3")
    assert day.edit.text() == "۱۴۰۳/۱۲/۲۹"


def test_backspace_at_the_end_takes_what_stands_there(day: DayEditor) -> None:
    type_text(day.edit, "14021")
    for shown_then in ("۱۴۰۲/", "۱۴۰۲", "۱۴۰"):
        press(day.edit, Qt.Key.Key_Backspace)
        assert day.edit.text() == shown_then


# --- the calendar ---------------------------------------------------------------------------------


def open_calendar(day: DayEditor) -> CalendarPopup:
    press(day.edit, Qt.Key.Key_Down, "", Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CalendarPopup)
    return popup


def jalali(grid: MonthGrid) -> str:
    return calendar.to_jalali(grid.day)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([Qt.Key.Key_Right], "1402/12/28"),  # the day to the right is the one before
        ([Qt.Key.Key_Left], "1403/01/01"),
        ([Qt.Key.Key_Up], "1402/12/22"),
        ([Qt.Key.Key_Down], "1403/01/07"),
        ([Qt.Key.Key_PageUp], "1402/11/29"),
        ([Qt.Key.Key_PageDown], "1403/01/29"),
        ([Qt.Key.Key_Home], "1402/12/01"),
        ([Qt.Key.Key_Home, Qt.Key.Key_End], "1402/12/29"),
    ],
)
def test_keys_in_the_calendar(day: DayEditor, keys: list[Qt.Key], expected: str) -> None:
    day.set_value(TODAY)
    grid = open_calendar(day).grid
    for key in keys:
        press(grid, key)
    assert jalali(grid) == expected
    press(grid, Qt.Key.Key_Return)
    assert calendar.to_jalali(day.value()) == expected


def test_ctrl_turns_years_and_leap_days_are_clamped(day: DayEditor) -> None:
    day.set_value(date(2025, 3, 20))  # 1403/12/30
    grid = open_calendar(day).grid
    press(grid, Qt.Key.Key_PageDown, "", Qt.KeyboardModifier.ControlModifier)
    assert jalali(grid) == "1404/12/29"
    press(grid, Qt.Key.Key_T, "t")
    assert grid.day == TODAY


def test_esc_closes_and_changes_nothing(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.DAY)
    editor = made.editor
    assert isinstance(editor, DayEditor)
    editor.set_value(TODAY)
    popup = open_calendar(editor)
    press(popup.grid, Qt.Key.Key_Left)
    press(popup.grid, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert editor.value() == TODAY
    assert made.heard == []  # the popup is a part of the field: it was not left
    assert editor.inner.hasFocus()


def test_a_choice_in_the_calendar_is_an_edit(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.DAY)
    assert isinstance(made.editor, DayEditor)
    popup = open_calendar(made.editor)
    target = date(2024, 3, 15)
    place = popup.grid.rect_of(target).center()
    QTest.mouseClick(popup.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert made.editor.value() == target
    assert made.heard == ["edited"]


@pytest.mark.parametrize("month", [(1402, 12), (1403, 12), (1436, 12), (1469, 12), (1404, 1)])
def test_every_day_of_a_month_has_its_own_place(day: DayEditor, month: tuple[int, int]) -> None:
    first, last = calendar.month_range(*month)
    day.set_value(first)
    grid = open_calendar(day).grid
    for number in range((last - first).days + 1):
        at = first + timedelta(days=number)
        rect = grid.rect_of(at)
        assert grid.day_at(rect.center()) == at
        assert grid.rect().contains(rect)
        columns_from_right = (grid.width() - rect.center().x()) * 7 // grid.width()
        assert columns_from_right == calendar.weekday(at)  # Saturday is rightmost
    assert grid.day_at(QPoint(-5, -5)) is None


def turn(grid: MonthGrid, delta: int, held: Qt.KeyboardModifier) -> None:
    middle = QPointF(grid.rect().center())
    event = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(grid, event)


def test_the_wheel_turns_months_and_years(day: DayEditor) -> None:
    day.set_value(TODAY)
    grid = open_calendar(day).grid
    turn(grid, -120, Qt.KeyboardModifier.NoModifier)
    assert jalali(grid) == "1403/01/29"
    turn(grid, 60, Qt.KeyboardModifier.NoModifier)
    turn(grid, 60, Qt.KeyboardModifier.NoModifier)
    assert jalali(grid) == "1402/12/29"
    turn(grid, 120, Qt.KeyboardModifier.ControlModifier)
    assert jalali(grid) == "1401/12/29"


# --- choices, links, flags ------------------------------------------------------------------------


def test_a_choice_is_made_by_keys_and_cleared(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.choice(STATES))
    press(made.editor.inner, Qt.Key.Key_Down)
    assert made.editor.value() == "stagnant"
    press(made.editor.inner, Qt.Key.Key_Delete)
    assert made.editor.value() is None
    assert made.heard[-1] == "edited"


def test_a_required_choice_cannot_be_cleared(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.choice(STATES), required=True)
    made.editor.set_value("stagnant")
    press(made.editor.inner, Qt.Key.Key_Delete)
    assert made.editor.value() == "stagnant"
    assert made.heard == []


def test_an_unknown_code_is_kept(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.choice(STATES))
    made.editor.set_value("of_a_later_version")
    assert made.editor.value() == "of_a_later_version"


def test_the_wheel_leaves_a_choice_without_focus_alone(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.choice(STATES))
    assert isinstance(made.editor, ChoiceEditor)
    made.editor.set_value("stagnant")
    made.other.setFocus()
    middle = QPointF(made.editor.box.rect().center())
    event = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.editor.box, event)
    assert made.editor.value() == "stagnant"
    assert not event.isAccepted()


@pytest.mark.parametrize(
    ("text", "value"),
    [("شیراز", 1), ("نی ریز", 3), ("ني‌ريز", 3), ("جه", 2), ("كازرون 2", 5), ("", None)],
)
def test_a_link_is_typed_in_any_spelling(qtbot: QtBot, text: str, value: int | None) -> None:
    made = desk(qtbot, kinds.link("county"))
    type_in(made, "it", text)
    assert made.editor.value() == value
    QApplication.sendPostedEvents()
    press(made.editor.inner, Qt.Key.Key_Escape)
    made.other.setFocus()
    assert made.editor.inner.text() == dict(COUNTIES).get(value or 0, "")  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["شی", "تهران"])
def test_none_or_several_cannot_be_read(qtbot: QtBot, text: str) -> None:
    made = desk(qtbot, kinds.link("county"))
    type_in(made, "it", text)
    with pytest.raises(ValueError, match="options"):
        made.editor.value()


def test_a_link_is_chosen_from_the_list_by_keys(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("county"))
    type_text(made.editor.inner, "شی")
    press(made.editor.inner, Qt.Key.Key_Down)
    press(made.editor.inner, Qt.Key.Key_Down)
    press(made.editor.inner, Qt.Key.Key_Return, "\r")
    assert made.editor.value() == 4
    assert QApplication.activePopupWidget() is None
    assert made.editor.inner.hasFocus()
    assert "left" not in made.heard


def test_tab_takes_what_is_lit(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("county"))
    type_text(made.editor.inner, "شی")
    press(made.editor.inner, Qt.Key.Key_Down)
    press(made.editor.inner, Qt.Key.Key_Tab, "\t")
    assert made.editor.value() == 1
    assert made.heard.count("left") == 1
    assert made.other.hasFocus()


def test_enter_with_nothing_lit_closes_the_list_and_goes_on(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("county"))
    type_text(made.editor.inner, "جهرم")
    press(made.editor.inner, Qt.Key.Key_Return, "\r")
    assert made.heard[-1] == "accepted"
    assert QApplication.activePopupWidget() is None
    assert made.editor.value() == 2


def test_two_of_one_name_are_told_apart_by_choosing(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("group"))
    assert isinstance(made.editor, LinkEditor)
    made.editor.set_options([(7, "گروه شهید"), (8, "گروه شهید")])
    type_text(made.editor.inner, "گروه شهید")
    with pytest.raises(ValueError, match="options"):
        made.editor.value()
    press(made.editor.inner, Qt.Key.Key_Down)
    press(made.editor.inner, Qt.Key.Key_Down)
    press(made.editor.inner, Qt.Key.Key_Return, "\r")
    assert made.editor.value() == 8


def test_options_may_come_after_the_value(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("county"))
    assert isinstance(made.editor, LinkEditor)
    made.editor.set_options([])
    made.editor.set_value(2)
    made.editor.set_options(COUNTIES)
    assert made.editor.edit.text() == "جهرم"
    made.editor.set_options([(1, "شیراز")])
    assert made.editor.edit.text() == GONE
    assert made.editor.value() == 2
    assert made.heard == []


def test_the_whole_list_opens_at_what_is_chosen(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("county"))
    made.editor.set_value(3)
    press(made.editor.inner, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    press(made.editor.inner, Qt.Key.Key_Escape)
    assert made.editor.value() == 3
    assert made.heard == []


def test_thousands_of_options_are_found_by_a_part(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.link("unit"))
    assert isinstance(made.editor, LinkEditor)
    made.editor.set_options([(n, f"واحد شماره {to_persian_digits(str(n))}") for n in range(3000)])
    type_text(made.editor.inner, "شماره 2999")
    assert made.editor.value() == 2999


def test_a_flag_is_turned_by_space(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.FLAG)
    press(made.editor.inner, Qt.Key.Key_Space, " ")
    assert made.editor.value() is True
    assert made.heard == ["edited"]


# --- text -----------------------------------------------------------------------------------------


def test_text_is_read_in_the_stored_spelling(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.TEXT)
    type_text(made.editor.inner, "كارگاه  علي")
    assert made.editor.value() == "کارگاه علی"
    made.other.setFocus()
    assert made.editor.inner.text() == "کارگاه علی"  # type: ignore[attr-defined]


def test_line_breaks_pasted_into_a_line_are_spaces(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.TEXT)
    paste(made.editor.inner, "خط یکم\r\nخط دوم\n")
    assert made.editor.value() == "خط یکم خط دوم"


def test_a_long_text_is_kept_whole(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.TEXT)
    paste(made.editor.inner, "آ" * 40_000)
    assert made.editor.value() == "آ" * 40_000


def test_a_code_is_shown_in_persian_digits(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.CODE)
    type_text(made.editor.inner, "00123-٤")
    assert made.editor.inner.text() == "۰۰۱۲۳-۴"  # type: ignore[attr-defined]
    assert made.editor.value() == "001234"


def test_a_note_keeps_its_lines(qtbot: QtBot) -> None:
    made = desk(qtbot, kinds.NOTE)
    type_text(made.editor.inner, "یکم")
    press(made.editor.inner, Qt.Key.Key_Return, "\r")
    type_text(made.editor.inner, "دوم")
    assert made.editor.value() == "یکم\nدوم"
    assert set(made.heard) == {"edited"}


def test_earlier_values_are_offered(qtbot: QtBot) -> None:
    earlier = ["ریسندگی", "ریخته‌گری", "پوشاک"]
    editor = LineEditor(kinds.TEXT.read, kinds.TEXT.show, suggestions=lambda text: earlier)
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    editor.setFocus()
    type_text(editor.edit, "ريخته گ")
    press(editor.edit, Qt.Key.Key_Down)
    press(editor.edit, Qt.Key.Key_Return, "\r")
    assert editor.value() == "ریخته‌گری"
    editor.edit.selectAll()
    type_text(editor.edit, "نو")
    assert QApplication.activePopupWidget() is None
    assert editor.value() == "نو"
