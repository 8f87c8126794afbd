"""A list page: its rows, what one does with them by keys, and the record that is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.pages.list_rows import ListRows
from desktop.pages.panel import Panel
from desktop.pages.row_actions import RowActions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desktop.drafts import Draft
    from desktop.pages.list_spec import ListSpec
    from desktop.pages.record_page import RecordPage


class ListPage(ListRows):
    """Serves inside a record too (`inner`), without search and card."""

    SPEC: ClassVar[ListSpec]
    acts: RowActions

    def _make_acts(self) -> RowActions:
        return RowActions(self)

    def _connect(self) -> None:
        super()._connect()
        self.card.archived.connect(self.acts.archive)
        self.card.restored.connect(self.acts.restore)
        self.table.opened.connect(lambda row: self.open(row.id))
        self.empty.pressed.connect(self.new)
        self.new_button.clicked.connect(self.new)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self.focus_search),
            (QKeySequence.StandardKey.Refresh, self.refresh),
            (QKeySequence.StandardKey.New, self.new),
            (QKeySequence.StandardKey.Save, self.save),
            ("Ctrl+D", self.duplicate),
        ):
            if not self.inner:  # wherever in the window the focus is: the page is what one sees
                QShortcut(QKeySequence(keys), self).activated.connect(act)

    # what the user does

    def refresh(self) -> None:
        if self.record is not None:
            self.record.refresh()
        super().refresh()

    def new(self) -> None:
        if (inner := self._inner_list()) is not None:
            inner.new()
            return
        self.new_with({**self.SPEC.new_first, **self._own_values()})

    def duplicate(self) -> None:
        """A new record like the chosen one."""
        (self._inner_list() or self).acts.duplicate()

    def _inner_list(self) -> ListPage | None:
        """The list one looks at, if it is that of the record."""
        inner = self.record.tabs.currentWidget() if self.record else None
        return inner if isinstance(inner, ListPage) else None

    def _own_values(self) -> dict[str, Any]:
        """A new record of an inner list belongs to the record around it."""
        return {n: v[0] for n, v in self.own.items() if isinstance(v, list) and len(v) == 1}

    def new_with(self, values: Mapping[str, Any], *, unsaved: bool = False) -> None:
        """`unsaved` values are work that leaving asks about, not only what a form begins with."""
        if self.inner:
            self.frame.new(self.SPEC.page, values, unsaved=unsaved)
        elif self.can_leave():
            self._open(self._make(None, values))
            if unsaved and self.record is not None:
                self.record.take_as_typed()

    def open(self, record_id: int) -> None:
        if self.inner:
            from desktop.widgets.frame import Door

            self.frame.go(Door(self.SPEC.page, record=record_id))
        elif self.can_leave():
            self._open(self._make(record_id, {}))

    def resume(self, draft: Draft) -> None:
        """Open the form of what was left unfinished, and put it there."""
        number = draft.place.record
        if not self.can_leave() or not self._is_there(number):
            return
        self._open(self._make(number, {}))
        if self.record is not None:
            self.record.resume(draft)

    def _make(self, record_id: int | None, values: Mapping[str, Any]) -> RecordPage:
        """Inside the page from the first: a new parent would style all of it once more."""
        return self.SPEC.make_record(self.frame, record_id, values, self)

    def _is_there(self, number: int | None) -> bool:
        """A backup put in the place of the file may not have it."""
        with self.frame.database.read() as session:
            found = number is None or session.get(self.SPEC.source.record, number) is not None
        if not found:
            self.frame.toast("این ردیف دیگر در پرونده نیست.", "warn")
        return found

    def _open(self, record: RecordPage) -> None:
        self.close_record()
        self.record = record
        record.settle(self.SPEC.page)
        record.closed.connect(self.back)
        record.saved.connect(lambda _number: self._show(self.view))
        self._stack.addWidget(record)
        self._stack.setCurrentWidget(record)
        if not self.inner:
            self.frame.status("")
            self.frame.in_record(True)
        if record.record_id is None:
            # Only a widget on the screen takes the focus.
            QTimer.singleShot(0, record, record.form.focus_first)

    def back(self) -> None:
        """To the list again, on the row of the record that was open."""
        number = self.record.record_id if self.record else None
        self.close_record()
        self._show(self.view, number)
        self.table.setFocus()
        self.frame.went_back()

    def close_record(self) -> None:
        if self.record is not None:
            self._stack.removeWidget(self.record)
            self.record.hide()
            self.record.deleteLater()
            self.record = None
            self.frame.in_record(False)
        self._stack.setCurrentWidget(self.list)

    def can_leave(self) -> bool:
        return self.record is None or self.record.can_leave()

    def in_form(self) -> bool:
        """Whether the keys are those of a form, not of the rows."""
        return self.record is not None and self.record.in_form()

    def save(self) -> None:
        if self.record is not None:
            self.record.save()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.record is None:
            self.acts.archive()
        else:
            super().keyPressEvent(event)


def refresh_panel(panel: QWidget | None) -> None:
    """What another feature shows inside a record is as fresh as the record around it."""
    if isinstance(panel, ListPage | Panel):
        panel.refresh()
