"""«کارهای من»: what is late, due this week, or without a day; counted, each row a door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import calendar, text
from desktop import tasks
from desktop.follow_up import fields, tasks_of
from desktop.theme import SPACE
from desktop.widgets.common import Card, EmptyState, link_button, muted, scrolled
from desktop.widgets.filter_bar import FilterBar
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.database import Database
    from db.queries.todo import Tasks, When
    from desktop.widgets.frame import Frame

NOTHING = "کاری نمانده است: نه دیرشده، نه برای این هفته، نه بی‌سررسید."
FIRST_OF = "{0} تای نخست از {1} کار دیده می‌شود؛ همه را با پیوندهای بالا باز کنید."


class TimeCard(Card):
    """The tasks of one time: a link to the list of each kind, and the first rows of all."""

    def __init__(self, frame: Frame, when: When) -> None:
        super().__init__(tasks_of.TIMES[when])
        self.frame, self.when = frame, when
        self.table = InnerTable(fields.TASKS)
        self.links = QHBoxLayout()
        self.links.setSpacing(SPACE[2])
        self.more = muted("")
        self.body.addLayout(self.links)
        self.body.addWidget(self.table)
        self.body.addWidget(self.more)
        self.table.opened.connect(lambda row: frame.go(row.door))

    def show_tasks(self, heaps: Sequence[Tasks], as_of: date, chosen: dict[str, Any]) -> None:
        mine = [heap for heap in heaps if heap.when == self.when]
        whole = sum(heap.count for heap in mine)
        self.setVisible(bool(mine))
        self.heading.setText(f"{tasks_of.TIMES[self.when]}: {text.grouped(whole)} کار")
        self._clear()
        for heap in mine:
            link = link_button(tasks_of.count_words(heap))
            link.setToolTip("همهٔ این‌ها در فهرست خود")
            door = tasks_of.door(heap, as_of, chosen)
            link.clicked.connect(lambda _checked=False, d=door: self.frame.go(d))
            self.links.addWidget(link)
        self.links.addStretch(1)
        rows = tasks_of.rows(mine, self.when, as_of)
        self.table.set_rows(rows)
        self.more.setVisible(whole > len(rows))
        self.more.setText(FIRST_OF.format(text.grouped(len(rows)), text.grouped(whole)))

    def _clear(self) -> None:
        while (item := self.links.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class TodoView(QWidget):
    """`refresh` fetches off the window's thread, and at once when it is looked at again."""

    filled = Signal()

    def __init__(self, frame: Frame, top: QWidget) -> None:
        super().__init__()
        self.frame = frame
        self.count = 0
        self._asked = 0
        self.bar = FilterBar((fields.GROUP_CHOICE, fields.COUNTY_CHOICE), (), self._options)
        self.cards = [TimeCard(frame, when) for when in tasks_of.TIMES]
        self.empty = EmptyState("check", NOTHING)
        self._build(top)

    def _build(self, top: QWidget) -> None:
        self.bar.search_edit.hide()
        self.bar.changed.connect(self.refresh)
        whole = QWidget()
        cards = QVBoxLayout(whole)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(SPACE[2])
        for card in self.cards:
            card.hide()
            cards.addWidget(card)
        cards.addWidget(self.empty, 1)
        cards.addStretch(1)
        self.empty.hide()
        head = QHBoxLayout()
        head.setSpacing(SPACE[2])
        head.addWidget(top)
        head.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(head)
        area = scrolled(whole)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(area, 1)

    def _options(self, source: str) -> list[tuple[Any, str]]:
        from db.queries import lookups

        with self.frame.database.read() as session:
            return list(lookups.options(session, source))

    def refresh(self) -> None:
        self._asked += 1
        asked, database = self._asked, self.frame.database
        day, chosen = self.frame.as_of() or calendar.today(), dict(self.bar.filters)
        tasks.in_background(
            lambda: (asked, day, chosen, fetch(database, day, chosen)), self._arrived, self._failed
        )

    def _arrived(self, found: tuple[int, date, dict[str, Any], list[Tasks]]) -> None:
        asked, day, chosen, heaps = found
        if asked != self._asked:
            return
        self.count = sum(heap.count for heap in heaps)
        for card in self.cards:
            card.show_tasks(heaps, day, chosen)
        self.empty.setVisible(not heaps)
        self.filled.emit()

    def _failed(self, error: Exception) -> None:
        # A method of the view, so that nobody is told when it is gone.
        self.frame.trouble(error)

    def focus(self) -> None:
        first = next((card for card in self.cards if not card.isHidden()), None)
        if first is not None:
            first.table.setFocus()


def fetch(database: Database, day: date, chosen: dict[str, Any]) -> list[Tasks]:
    """Raises DatabaseProblem."""
    from db.queries import todo

    with database.read() as session:
        return todo.tasks(session, day, chosen.get("group_id", ()), chosen.get("county_id", ()))
