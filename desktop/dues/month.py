"""The due calendar as a month: each day with what falls due on it, closed days marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QToolTip, QVBoxLayout, QWidget

from db import calendar
from db.text import grouped, short_toman, to_persian_digits
from desktop import tasks, theme
from desktop.theme import SPACE
from desktop.widgets.common import button, label, muted, tool_button
from desktop.widgets.editors.calendar_popup import MonthGrid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QMouseEvent

    from db.database import Database
    from db.queries.due_figures import Due
    from desktop.widgets.frame import Frame

HINT: Final = "با کلیک یا Enter، قسط‌های آن روز در فهرست باز می‌شود."
LINE: Final = 1.5  # the height of a line, as a multiple of its pixels
SMALL: Final = 0.85
_WEEK, _FRIDAY = 7, 6


class DueGrid(MonthGrid):
    """`show_days` gives what is due; a day without any is bare."""

    def __init__(self) -> None:
        super().__init__()
        self.as_of = calendar.today()
        self.due: Mapping[date, Due] = {}
        self.closed: Mapping[date, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_days(self, due: Mapping[date, Due], closed: Mapping[date, str], as_of: date) -> None:
        """`closed` are the names of the holidays."""
        self.due, self.closed, self.as_of = due, closed, as_of
        self.light(self.day)

    def said(self, day: date) -> str:
        """All of a day in words."""
        due = self.due.get(day)
        parts = [f"{calendar.weekday_name(day)} {calendar.long_jalali(day)}"]
        if day in self.closed:
            parts.append(f"تعطیل: {self.closed[day]}")
        if due is None:
            parts.append("قسطی ندارد")
        else:
            parts.append(f"{grouped(due.instalments)} قسط، {grouped(due.left)} ریال")
        return "؛ ".join(parts)

    def light(self, day: date) -> None:
        super().light(day)
        self.setAccessibleName(self.said(self.day))

    def is_closed(self, day: date) -> bool:
        return calendar.weekday(day) == _FRIDAY or day in self.closed

    def _cell(self, row: int, weekday: int) -> QRect:
        """Only as many weeks as the month has, under a line for the names of the days."""
        first, last = calendar.month_range(*calendar.month_of(self.day))
        weeks = (calendar.weekday(first) + (last - first).days) // _WEEK + 1
        head = self.fontMetrics().height() + SPACE[1]
        width, height = self.width() // _WEEK, (self.height() - head) // weeks
        top = 0 if row == 0 else head + (row - 1) * height
        cell = QRect(weekday * width, top, width, height if row else head)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), cell)

    # painting

    def _paint_head(self, painter: QPainter) -> None:
        for weekday, name in enumerate(calendar.WEEKDAYS):
            painter.setPen(theme.color("bad" if weekday == _FRIDAY else "muted"))
            painter.drawText(self._cell(0, weekday), int(Qt.AlignmentFlag.AlignCenter), name)

    def _paint_day(self, painter: QPainter, day: date, today: date) -> None:
        cell = QRectF(self.rect_of(day)).adjusted(2, 2, -2, -2)
        self._paint_ground(painter, cell, day)
        painter.save()
        painter.setClipRect(cell)
        line = QFontInfo(self.font()).pixelSize() * LINE
        inner = cell.adjusted(SPACE[1], SPACE[0], -SPACE[1], -SPACE[0])
        lines = int(inner.height() / line)
        top = inner if lines < 2 else QRectF(inner.left(), inner.top(), inner.width(), line)
        took = self._paint_number(painter, top, day)
        rest = top.adjusted(0, 0, -took - SPACE[1], 0)
        due = self.due.get(day)
        if due is not None:
            room = rest if lines < 2 else inner.adjusted(0, line, 0, 0)
            took = self._paint_due(painter, room, line, day, due)
            rest = rest.adjusted(0, 0, -took - SPACE[1], 0) if lines < 2 else rest
        if day in self.closed:
            self._write(painter, rest, self.closed[day], theme.scaled_font(SMALL), "bad")
        painter.restore()

    def _paint_ground(self, painter: QPainter, cell: QRectF, day: date) -> None:
        is_lit = day == self.day and self.hasFocus()
        ground = "hover" if day == self._hovered else "sunken" if self.is_closed(day) else "raised"
        edge = "accent" if is_lit or day == self.as_of else "line"
        painter.setPen(QPen(theme.color(edge), 2 if is_lit else 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(cell, 6, 6)

    def _paint_number(self, painter: QPainter, row: QRectF, day: date) -> float:
        number = to_persian_digits(str(calendar.jalali_parts(day)[2]))
        meaning = "bad" if self.is_closed(day) else "accent" if day == self.as_of else "text"
        return self._write(painter, row, number, theme.scaled_font(1, bold=True), meaning)

    def _paint_due(
        self, painter: QPainter, room: QRectF, line: float, day: date, due: Due
    ) -> float:
        """At the foot of its room, the amount where there is a line for it too; how wide it is."""
        late, count = "bad" if day < self.as_of else "text", f"{grouped(due.instalments)} قسط"
        if room.height() < 2 * line:
            return self._write(painter, room, count, self.font(), late)
        row = QRectF(room.left(), room.bottom() - 2 * line, room.width(), line)
        amount, small = short_toman(due.left), theme.scaled_font(SMALL)
        self._write(painter, row.translated(0, line), amount, small, "muted")
        return self._write(painter, row, count, self.font(), late)

    def _write(self, painter: QPainter, rect: QRectF, words: str, font: Any, meaning: str) -> float:
        metrics = QFontMetricsF(font)
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.setFont(font)
        painter.setPen(theme.color(meaning))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, short)
        return metrics.horizontalAdvance(short)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(560, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 7 * (self.fontMetrics().height() + SPACE[1]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), self.said(day) if day else "", self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


class MonthView(QWidget):
    """A month with its sums; `chosen` carries a day whose rows are wanted."""

    chosen = Signal(object)
    filled = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.grid = DueGrid()
        self.title, self.sums = label("", "heading"), muted("")
        self.sums.setWordWrap(False)
        self._asked = 0
        self._month = (0, 0)
        self.grid.day = self.as_of()
        self._build()

    def _build(self) -> None:
        earlier = tool_button("ماه پیش", "previous", "PgUp")
        later = tool_button("ماه بعد", "next", "PgDown")
        now = button("این ماه", "calendar")
        earlier.clicked.connect(lambda: self.grid.go(-1))
        later.clicked.connect(lambda: self.grid.go(1))
        now.clicked.connect(self.go_to_now)
        head = QHBoxLayout()
        head.setSpacing(SPACE[1])
        for part in (earlier, self.title, later, now):
            head.addWidget(part)
        self.title.setMinimumWidth(self.title.fontMetrics().horizontalAdvance("اردیبهشت ۱۴۰۲ "))
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addSpacing(SPACE[2])
        head.addWidget(self.sums, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self.grid.moved.connect(self._moved)
        self.grid.chosen.connect(self._choose)

    # what is shown

    def as_of(self) -> date:
        return self.frame.as_of() or calendar.today()

    def tell(self) -> None:
        self.frame.status(HINT)

    def go_to_now(self) -> None:
        self.grid.light(self.as_of())

    def _moved(self) -> None:
        if calendar.month_of(self.grid.day) != self._month:
            self.refresh()

    def refresh(self) -> None:
        """Off the window's thread: a month of a large file takes longer than a frame."""
        self._asked += 1
        asked, database, as_of = self._asked, self.frame.database, self.as_of()
        month = self._month = calendar.month_of(self.grid.day)
        self.title.setText(calendar.month_title(month))
        tasks.in_background(
            lambda: (asked, as_of, *fetch(database, month, as_of)), self._arrived, self._failed
        )

    def _arrived(self, found: tuple[int, date, dict[date, Due], dict[date, str]]) -> None:
        asked, as_of, due, closed = found
        if asked != self._asked:
            return
        from db.queries.due_figures import total

        whole = total(due.values())
        self.sums.setText(
            f"{grouped(whole.instalments)} قسط پرداخت‌نشده، {grouped(whole.left)} ریال"
            if due else "در این ماه قسط پرداخت‌نشده‌ای نیست."
        )  # fmt: skip
        self.grid.show_days(due, closed, as_of)
        self.filled.emit()

    def _failed(self, error: Exception) -> None:
        # A method of the view, so that nobody is told when it is gone.
        self.frame.trouble(error)

    def _choose(self, day: date) -> None:
        if day in self.grid.due:
            self.chosen.emit(day)


def fetch(
    database: Database, month: tuple[int, int], as_of: date
) -> tuple[dict[date, Due], dict[date, str]]:
    """What falls due in a Jalali month, and its holidays. Raises DatabaseProblem."""
    from db.queries import due_figures, holidays

    first, last = calendar.month_range(*month)
    with database.read() as session:
        return (
            due_figures.by_day(session, first, last, as_of),
            holidays.names(session, first, last),
        )
