"""«اقدام‌ها»: first what waits to be done, then the list of all actions and resolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from db import text
from db.commands import actions as commands
from db.queries import actions as queries
from desktop.follow_up import fields
from desktop.follow_up.todo import TodoView
from desktop.pages.later import later
from desktop.pages.list_page import ListPage
from desktop.pages.list_spec import ListSpec
from desktop.theme import SPACE
from desktop.widgets.common import chip
from desktop.widgets.filter_bar import Fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from desktop.widgets.frame import Frame

_OF_ROWS = (Qt.Key.Key_Delete,)


class Switch(QWidget):
    """Between what waits and the list of all; one stands over each."""

    wanted = Signal(bool)  # what waits

    def __init__(self, todo: bool) -> None:
        super().__init__()
        self._todo = todo
        self._mine, self._all = chip("کارهای من", "check"), chip("همهٔ اقدام‌ها", "actions")
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        for each in (self._mine, self._all):
            group.addButton(each)
            row.addWidget(each)
        row.addStretch(1)
        self.settle()
        group.buttonClicked.connect(self._clicked)

    def settle(self) -> None:
        """The mark of the one that is shown."""
        (self._mine if self._todo else self._all).setChecked(True)

    def _clicked(self, pressed: QWidget) -> None:
        if (pressed is self._mine) != self._todo:
            self.wanted.emit(not self._todo)
            self.settle()


SPEC = ListSpec(
    page="actions",
    title="اقدام‌ها",
    new_title="اقدام تازه",
    icon="actions",
    empty="هنوز اقدامی ثبت نشده است؛ برای هر مانع باز بنویسید چه کسی تا کی چه کند.",
    source=queries.SOURCE,
    table=fields.TABLE,
    shown=fields.SHOWN,
    card=fields.CARD,
    name=fields.WHAT,
    make_record=later("desktop.follow_up.record", "ActionPage"),
    archive=commands.archive_action,
    restore=commands.restore_action,
    filters=(fields.STATE, fields.KIND, fields.AGENCY, fields.GROUP, fields.COUNTY_CHOICE,
             fields.DUE_ON, fields.DECIDED_ON, fields.DONE_ON),
    fixed=(Fixed("no_due", "بی‌سررسید"),),
    own=(fields.RESULT, fields.DONE_ON, fields.OUTCOME, fields.OBSTACLE),
    newest_first=True,
)  # fmt: skip


class ActionsPage(ListPage):
    """Opens with what waits to be done; a door to the list leads to the list."""

    SPEC = SPEC
    WATCHES = frozenset({"action", "obstacle", "visit", "unit", "loan", "tranche", "programme",
                         "agency", "jihadi_group", "county", "obstacle_kind"})  # fmt: skip
    todo: TodoView | None = None  # not inside a record
    _in_todo = False

    def __init__(self, frame: Frame, filters: Mapping[str, Any] | None = None) -> None:
        super().__init__(frame, filters)
        if not self.inner:
            self._add_todo(frame)

    def _add_todo(self, frame: Frame) -> None:
        over_todo, over_list = Switch(True), Switch(False)
        self.todo, self._in_todo = TodoView(frame, over_todo), True
        self.todo.filled.connect(self.tell)
        self._stack.addWidget(self.todo)
        column = self.list.layout()
        assert column is not None
        column.insertWidget(0, over_list)  # type: ignore[attr-defined]  # a QVBoxLayout
        for switch in (over_todo, over_list):
            switch.wanted.connect(self.show_todo)

    @property
    def in_todo(self) -> bool:
        """What waits is on the screen."""
        return self._in_todo and self.record is None

    def show_todo(self, todo: bool) -> None:
        self._in_todo = todo and self.todo is not None
        if self.record is None:
            self._show_ground()
        if self._in_todo and self.todo is not None:
            self.todo.refresh()
        self.tell()

    def _show_ground(self) -> None:
        """What a record stands over."""
        ground = self.todo if self._in_todo and self.todo is not None else self.list
        self._stack.setCurrentWidget(ground)

    # what the window asks

    def start(self) -> None:
        super().start()
        self.show_todo(self._in_todo)

    def refresh(self) -> None:
        super().refresh()
        if self.todo is not None:
            self.todo.refresh()

    def show_filters(self, filters: Mapping[str, Any]) -> None:
        self._in_todo = False
        super().show_filters(filters)

    def close_record(self) -> None:
        super().close_record()
        self._show_ground()

    def back(self) -> None:
        super().back()
        if self.in_todo and self.todo is not None:
            self.todo.refresh()
            self.todo.focus()

    # what is of the rows of the list only

    def focus_search(self) -> None:
        if self.record is None and self._in_todo:
            self.show_todo(False)
        super().focus_search()

    def duplicate(self) -> None:
        if not self.in_todo:
            super().duplicate()

    def tell(self) -> None:
        if self.in_todo and self.todo is not None:
            self.frame.status(f"{text.grouped(self.todo.count)} کار")
        else:
            super().tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.in_todo and event.key() in _OF_ROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)
