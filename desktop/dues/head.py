"""The head of the due calendar: how much fell due, this week, this month; each a door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from db.text import grouped, short_toman
from desktop import choices, theme
from desktop.theme import RADIUS, SPACE
from desktop.widgets.door_button import DoorButton
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from PySide6.QtGui import QPainter, QPaintEvent

    from db.queries.due_figures import Figures

AGAIN: Final = "again"
WAITING: Final = "…"
NO_CALL: Final = "قرار تماسی نیست"
TIPS: Final = {
    "overdue": "قسط‌هایی که پیش از این روز باید پرداخت می‌شد",
    "this_week": "قسط‌های پرداخت‌نشدهٔ این هفته، از شنبه تا جمعه",
    "this_month": "قسط‌های پرداخت‌نشدهٔ این ماه شمسی",
    AGAIN: "کسانی که قرار بود تا امروز دوباره با آن‌ها تماس گرفته شود",
}


class DueDoor(DoorButton):
    """Its name and a count on one line, an amount or a word under them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.title = choices.DUE_WINDOW.choices.get(name, choices.CALL_STATE.choices["today"])
        self.count, self.amount, self.tone = WAITING, "", ""
        self.is_open = False  # the list shows just its rows
        self.setToolTip(TIPS[name])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        filters = {AGAIN: True} if name == AGAIN else {"window": [name]}
        self.lead_to(Door("dues", filters))

    def say(self, count: str, amount: str, tone: str = "", tip: str = "") -> None:
        self.count, self.amount, self.tone = count, amount, tone
        self.setAccessibleName(f"{self.title}: {count}، {amount}")
        self.setToolTip("\n".join(part for part in (TIPS[self.name], tip) if part))
        self.update()

    def open_up(self, is_open: bool) -> None:
        self.is_open = is_open
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        row = area.adjusted(SPACE[2], SPACE[1], -SPACE[2], 0)
        row.setHeight(self.line())
        bold = self.sized(bold=True)
        wide = QFontMetricsF(bold).horizontalAdvance(self.count) + 1
        self.write(painter, QRectF(row.left(), row.top(), wide, row.height()), self.count, bold)
        title = row.adjusted(wide + SPACE[1], 0, 0, 0)
        self.write(painter, title, self.title, self.sized(), "accent" if self.is_open else "muted")
        row.moveTop(row.bottom())
        self.write(painter, row, self.amount, self.sized(), self.tone or "text")

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtGui import QPainter

        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.color("accent" if self.is_open else "line"), 1))
            painter.setBrush(theme.color("accent_soft" if self.is_open else "raised"))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
        super().paintEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(9 * self.line(), 2 * self.line() + 2 * SPACE[1])


class DueHead(QWidget):
    """The doors beside each other; `wanted` carries the filters behind the one that is pressed."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.doors = {name: DueDoor(name) for name in TIPS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        for door in self.doors.values():
            row.addWidget(door, 1)
            door.clicked.connect(lambda _checked=False, d=door: self._press(d))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _press(self, button: DueDoor) -> None:
        if button.door is not None:
            self.wanted.emit(dict(button.door.filters))

    def show_figures(self, found: Figures) -> None:
        for name, due in found.windows.items():
            late = name == "overdue" and due.instalments > 0
            self.doors[name].say(
                f"{grouped(due.instalments)} قسط", short_toman(due.left), "bad" if late else "",
                f"{grouped(due.left)} ریال"
                + (f"، {grouped(found.behind)} تسهیلات" if name == "overdue" else ""),
            )  # fmt: skip
        calls = f"{grouped(found.calls)} تسهیلات"
        self.doors[AGAIN].say(calls, "قرار تماس دارند" if found.calls else NO_CALL,
                              "warn" if found.calls else "muted")  # fmt: skip

    def show_open(self, filters: Mapping[str, Any]) -> None:
        """Which door leads to just what is shown."""
        for button in self.doors.values():
            assert button.door is not None
            button.open_up(dict(filters) == dict(button.door.filters))
