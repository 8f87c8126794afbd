"""The board: a column for each stage, with its count and the units that wait there longest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db import calendar, text
from db.errors import DatabaseProblem
from db.rules.standing import STAGES
from desktop import choices, tasks
from desktop.theme import SPACE
from desktop.widgets.common import Card, label, muted, scrolled, set_role, tool_button
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from db.queries.board import Column
    from desktop.widgets.frame import Frame

WIDTH: Final = 200  # pixels a stage takes at the least
HEIGHT: Final = 230
LINES: Final = 2.3  # of text in an item
HINT: Final = (
    "در هر مرحله، واحدهایی که بیشتر مانده‌اند بالاترند؛ با Enter یا دو بار کلیک باز می‌شوند."
)


class StageColumn(Card):
    """One stage."""

    opened = Signal(int)  # a unit
    all_wanted = Signal(str)  # the list of the stage

    def __init__(self, stage: str) -> None:
        super().__init__()
        self.stage = stage
        kind = choices.UNIT_STAGE
        self.word, self.count = label(kind.show(stage), "state"), label("", "title")
        set_role(self.word, "state", kind.tones.get(stage, ""))
        self.list = QListWidget()
        self.list.setAccessibleName(kind.show(stage))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        self.more = tool_button("همهٔ این مرحله در فهرست واحدها", "lists")
        self.more.clicked.connect(lambda: self.all_wanted.emit(self.stage))
        self.setMinimumHeight(HEIGHT)
        head = QHBoxLayout()
        head.addWidget(self.word, 1)
        head.addWidget(self.count)
        head.addWidget(self.more)
        self.body.addLayout(head)
        self.body.addWidget(self.list, 1)

    def show_column(self, column: Column) -> None:
        self.count.setText(text.grouped(column.units))
        self.more.setEnabled(column.units > 0)
        self.list.clear()
        height = round(self.list.fontMetrics().height() * LINES)
        for unit in column.first:
            item = QListWidgetItem(
                f"{unit.name}\n{calendar.to_persian_date(unit.since)} · {unit.county}"
            )
            item.setData(Qt.ItemDataRole.UserRole, unit.id)
            item.setToolTip(f"{unit.name} ({text.to_persian_digits(unit.code)})")
            item.setSizeHint(QSize(0, height))
            self.list.addItem(item)

    def _activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))


class BoardPage(QWidget):
    """Fetched off the window's thread: with 100,000 units it takes longer than a frame."""

    TITLE = "تخته"
    WATCHES = frozenset({"unit", "visit", "obstacle", "action", "revival", "loan", "document",
                         "programme", "county"})  # fmt: skip

    filled = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.columns = {stage: StageColumn(stage) for stage in STAGES}
        self._asked = 0
        self._area: QScrollArea = scrolled(self._build())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(muted(HINT))
        column.addWidget(self._area, 1)

    def _build(self) -> QWidget:
        inner = QWidget()
        set_role(inner, "page")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(SPACE[0], 0, 0, SPACE[1])
        self._grid.setSpacing(SPACE[1])
        self._place(4)
        for column in self.columns.values():
            column.opened.connect(lambda number: self.frame.go(Door("units", record=number)))
            column.all_wanted.connect(
                lambda stage: self.frame.go(Door("units", {"stage": [stage]}))
            )
        return inner

    def _place(self, across: int) -> None:
        """The journey to support in the first line, the revival in the next; narrower in pairs."""
        for number, column in enumerate(self.columns.values()):
            self._grid.addWidget(column, *divmod(number, across))
        for place in range(4):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    def start(self) -> None:
        self._asked += 1
        asked, database = self._asked, self.frame.database
        day = self.frame.as_of() or calendar.today()

        def work() -> tuple[int, Any]:
            from db.queries import board

            try:
                with database.read() as session:
                    return asked, board.columns(session, day)
            except DatabaseProblem as problem:
                return asked, problem

        tasks.in_background(work, self._arrived, self._failed)

    def _arrived(self, found: tuple[int, Any]) -> None:
        asked, brought = found
        if asked != self._asked:
            return
        if isinstance(brought, DatabaseProblem):
            self.frame.trouble(brought)
            return
        for column in brought:
            self.columns[column.stage].show_column(column)
        self.frame.status(f"{text.grouped(sum(column.units for column in brought))} واحد")
        self.filled.emit()

    def _failed(self, error: Exception) -> None:
        self.frame.trouble(error)

    def refresh(self) -> None:
        self.start()

    def can_leave(self) -> bool:
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(4 if self.width() >= 4 * WIDTH else 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.refresh()
        else:
            super().keyPressEvent(event)
