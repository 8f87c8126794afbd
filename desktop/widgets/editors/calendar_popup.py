"""A Jalali month to choose a day from: Qt's own is wrong in some years and reddens Saturday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db import calendar
from db.text import to_persian_digits
from desktop import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

_DAYS, _WEEKS = 7, 6
_FRIDAY = 6

_DAYS_BY_KEY: dict[int, int] = {
    Qt.Key.Key_Right: 1,  # of where it points: in a right-to-left window the day before
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -_DAYS,
    Qt.Key.Key_Down: _DAYS,
}
_MONTHS_BY_KEY: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def clamped(day: date, months: int = 0) -> date:
    """A day some months on, held within the years the calendar knows."""
    day = min(max(day, calendar.FIRST_DAY), calendar.LAST_DAY)
    try:
        return calendar.add_months(day, months)
    except ValueError:
        return day


class MonthGrid(QWidget):
    """The days of one month, Saturday at the right; the arrows go where they point."""

    moved = Signal()  # another day is lit
    chosen = Signal(object)  # a date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = calendar.today()
        self._hovered: date | None = None
        self._turned = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def light(self, day: date) -> None:
        """Show the month of a day, the day lit."""
        self.day = clamped(day)
        self.setAccessibleName(
            f"{calendar.weekday_name(self.day)} {calendar.long_jalali(self.day)}"
        )
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.moved.emit()
        self.update()

    def go(self, months: int) -> None:
        self.light(clamped(self.day, months))

    def rect_of(self, day: date) -> QRect:
        """Where a day of the shown month is painted."""
        first, _ = self._month()
        place = calendar.weekday(first) + (day - first).days
        return self._cell(1 + place // _DAYS, place % _DAYS)

    def day_at(self, point: QPoint) -> date | None:
        first, last = self._month()
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if self.rect_of(day).contains(point):
                return day
        return None

    def _month(self) -> tuple[date, date]:
        return calendar.month_range(*calendar.month_of(self.day))

    def _cell(self, row: int, weekday: int) -> QRect:
        width, height = self.width() // _DAYS, self.height() // (_WEEKS + 1)
        cell = QRect(weekday * width, row * height, width, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), cell)

    def _paint_day(self, painter: QPainter, day: date, today: date) -> None:
        cell = self.rect_of(day).adjusted(2, 2, -2, -2)
        is_lit = day == self.day
        fill = "accent" if is_lit else "hover" if day == self._hovered else None
        painter.setPen(Qt.PenStyle.NoPen)
        if day == today:
            painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell, 6, 6)
        is_friday = calendar.weekday(day) == _FRIDAY
        painter.setPen(theme.color("accent_text" if is_lit else "bad" if is_friday else "text"))
        number = to_persian_digits(str(calendar.jalali_parts(day)[2]))
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), number)

    def _paint_head(self, painter: QPainter) -> None:
        for weekday, name in enumerate(calendar.WEEKDAYS):
            painter.setPen(theme.color("bad" if weekday == _FRIDAY else "muted"))
            painter.drawText(self._cell(0, weekday), int(Qt.AlignmentFlag.AlignCenter), name[0])

    def sizeHint(self) -> QSize:
        side = max(34, round(self.fontMetrics().height() * 1.5))
        return QSize(side * _DAYS, round(side * 0.9) * (_WEEKS + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        first, last = self._month()
        today = calendar.today()
        for number in range((last - first).days + 1):
            self._paint_day(painter, first + timedelta(days=number), today)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()  # a bare number: the keys of Persian letters have no name in Qt
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        to_right = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        days = _DAYS_BY_KEY.get(key)
        months = _MONTHS_BY_KEY.get(key)
        first, last = self._month()
        if days is not None:
            self.light(self.day + timedelta(days=days * (to_right if abs(days) == 1 else 1)))
        elif months is not None:
            self.go(months * (12 if held else 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.light(first if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.day)
        elif event.text() and event.text() in "tTف":
            self.light(calendar.today())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self.day_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if day := self.day_at(event.position().toPoint()):
            self.light(day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.day_at(event.position().toPoint()) == self.day:
            self.chosen.emit(self.day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A touch pad sends many small turns: a month for each whole one (120 eighths of a degree).
        self._turned += event.angleDelta().y()
        turns = int(self._turned / 120)
        self._turned -= turns * 120
        if turns:
            by_year = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.go(-turns * (12 if by_year else 1))
        event.accept()


class CalendarPopup(QFrame):
    """Opens under an edit; Enter or a click chooses, Esc or a click elsewhere does not."""

    chosen = Signal(object)  # a date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("تقویم")
        self._opener: QWidget | None = None
        self.grid = MonthGrid()
        self.grid.moved.connect(self._show_title)
        self.grid.chosen.connect(self._choose)
        self._month_name, self._year_name = QLabel(), QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addLayout(self._head())
        column.addWidget(self.grid)
        self._today = self._today_button()
        column.addWidget(self._today)
        self.setFocusProxy(self.grid)

    def open_under(self, opener: QWidget, day: date) -> None:
        """Below the opener, its right edge under the opener's; above where there is no room."""
        self._opener = opener
        self._today.setText(f"امروز، {calendar.long_jalali(calendar.today())}")
        self.grid.light(day)
        self.adjustSize()
        corner = opener.mapToGlobal(QPoint(opener.width() - self.width(), opener.height() + 2))
        room = opener.screen().availableGeometry()
        if corner.y() + self.height() > room.bottom():
            corner.setY(opener.mapToGlobal(QPoint(0, -self.height() - 2)).y())
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay, False)
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self._add_stepper(row, self._month_name, 1, "ماه")
        row.addStretch(1)
        self._add_stepper(row, self._year_name, 12, "سال")
        return row

    def _add_stepper(self, row: QHBoxLayout, label: QLabel, months: int, unit: str) -> None:
        label.setFont(theme.scaled_font(1, bold=True))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = max(calendar.MONTHS, key=label.fontMetrics().horizontalAdvance)
        label.setMinimumWidth(
            label.fontMetrics().horizontalAdvance(widest if months == 1 else "۰۰۰۰") + 4
        )
        row.addWidget(self._arrow("previous", f"{unit} پیش", -months))
        row.addWidget(label)
        row.addWidget(self._arrow("next", f"{unit} بعد", months))

    def _arrow(self, icon: str, name: str, months: int) -> QToolButton:
        arrow = QToolButton()
        arrow.setIcon(theme.icon(icon))
        arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        arrow.setAutoRepeat(True)
        arrow.setAccessibleName(name)
        arrow.setToolTip(name)
        arrow.clicked.connect(lambda: self.grid.go(months))
        return arrow

    def _today_button(self) -> QPushButton:
        button = QPushButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip("T")
        button.clicked.connect(lambda: self._choose(calendar.today()))
        return button

    def _show_title(self) -> None:
        year, month = calendar.month_of(self.grid.day)
        self._month_name.setText(calendar.MONTHS[month - 1])
        self._year_name.setText(to_persian_digits(str(year)))

    def _choose(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A press on the opener closes; were it sent on, it would open the popup again.
        if self._opener is not None:
            place = self._opener.mapFromGlobal(event.globalPosition().toPoint())
            self.setAttribute(
                Qt.WidgetAttribute.WA_NoMouseReplay, self._opener.rect().contains(place)
            )
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.color("line"))
        painter.setBrush(theme.color("raised"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
