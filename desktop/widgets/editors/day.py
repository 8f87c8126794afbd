"""The editor of a day: a Jalali date typed left to right, or chosen from a month."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from db import calendar
from db.text import search_key, to_ascii_digits, to_persian_digits
from desktop import theme
from desktop.widgets.editors.calendar_popup import CalendarPopup, clamped
from desktop.widgets.editors.quiet_text import QuietText
from desktop.widgets.editors.shaped_edit import ShapedEdit
from desktop.widgets.editors.typed_editor import TypedEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

SLASH = "/"
_FULL = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_TODAY_WORDS = frozenset({"0", search_key("امروز")})
_TODAY_KEYS = frozenset("tTف")  # the same key on a Latin and on a Persian keyboard
_DAYS_BY_KEY: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_MONTHS_BY_KEY: dict[int, int] = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}


def slashed(text: str) -> str:
    """A date being typed: Persian digits, the slashes put in behind the year and the month."""
    bare = re.sub(r"[-–.\s/]", SLASH, to_ascii_digits(text).strip())
    if re.fullmatch("[0-9]{5,8}", bare):
        bare = SLASH.join(part for part in (bare[:4], bare[4:6], bare[6:]) if part)
    elif match := re.fullmatch("([0-9]{4}/[0-9]{2})([0-9]{1,2})", bare):
        bare = SLASH.join(match.groups())
    return to_persian_digits(bare)


class _DayEdit(ShapedEdit):
    """Steps by keys; where a year, month or day is full, a digit takes the place of the next."""

    def __init__(self, step: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(slashed, SLASH)
        self._step_by_key = step
        self.type_left_to_right()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("۰" * 10) + 64, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._step_by_key(event):
            event.accept()
            return
        if event.text() and to_ascii_digits(event.text()) in "0123456789":
            self._take_next_digit()
        super().keyPressEvent(event)

    def _take_next_digit(self) -> None:
        place, text = self.cursorPosition(), self.text()
        before = text[:place].rpartition(SLASH)
        part = before[2] + text[place:].partition(SLASH)[0]
        is_full = len(part) >= (2 if before[1] else 4)
        if self.hasSelectedText() or place >= len(text) or not is_full:
            return
        place += text[place] == SLASH
        self.setSelection(place, 1) if place < len(text) else self.setCursorPosition(place)


class DayEditor(TypedEditor):
    """The value is a Gregorian `date`; a year that was not typed is never guessed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _DayEdit(self._step_by_key), calendar.from_jalali, calendar.to_persian_date, parent
        )
        self.long_form = QuietText(wraps=False)
        self._popup: CalendarPopup | None = None
        self._button = self.edit.addAction(
            theme.icon("calendar"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._button.setText("تقویم")
        self._button.setToolTip("تقویم (Alt+↓)")
        self._button.triggered.connect(self.open_calendar)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit)
        row.addWidget(self.long_form, 1)
        self.stack(line)
        self.set_hint("سال/ماه/روز")

    def open_calendar(self) -> None:
        if self._popup is None:
            self._popup = CalendarPopup(self)
            self._popup.chosen.connect(self._show_day)
        self.edit.setFocus()
        self._popup.open_under(self.edit, self._day() or calendar.today())

    def tell(self) -> None:
        ascii_text = to_ascii_digits(self.edit.text())
        if search_key(ascii_text) in _TODAY_WORDS:
            self.edit.put(calendar.to_persian_date(calendar.today()))
            self.edit.selectAll()
        day = self._day()
        if day is None:
            self.long_form.say(self._why_not())
        else:
            whole = f"{calendar.weekday_name(day)} {calendar.long_jalali(day)}"
            self.long_form.say(whole, whole.rpartition(" ")[0])  # the year stands beside it
        self.edit.setAccessibleDescription(self.long_form.text)

    def _day(self) -> date | None:
        try:
            day: date | None = self.value()
        except ValueError:
            return None
        return day

    def _why_not(self) -> str:
        """What the calendar says of a date typed whole that does not exist."""
        match = _FULL.fullmatch(to_ascii_digits(self.edit.text()))
        if match is None:
            return ""
        year, month = int(match[1]), int(match[2])
        if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
            return "سال را به شمسی بنویسید"
        if not 1 <= month <= 12:
            return "ماه از ۱ تا ۱۲ است"
        days = to_persian_digits(str(calendar.days_in_month(year, month)))
        return f"{calendar.month_title((year, month))} {days} روز دارد"

    def _show_day(self, day: date) -> None:
        self.edit.replace(calendar.to_persian_date(day))

    def _step_by_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of those that move the day or open the calendar."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_F4 or (
            event.key() == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
            return True
        if held & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.text() and event.text() in _TODAY_KEYS:
            self._show_day(calendar.today())
            return True
        return self._move(event)

    def _move(self, event: QKeyEvent) -> bool:
        day = self._day()
        days = _DAYS_BY_KEY.get(event.key(), 0)
        if day is not None and not days:  # only then: `-` also parts the numbers of a date
            days = {"+": 1, "=": 1, "-": -1}.get(event.text(), 0)
        months = _MONTHS_BY_KEY.get(event.key(), 0)
        if not days and not months:
            return False
        if day is None:
            if not self.edit.text():
                self._show_day(calendar.today())
            return True
        self._show_day(clamped(day + timedelta(days=days), months))
        return True
