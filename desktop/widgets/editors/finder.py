"""The list that opens under a line edit while one types, and the choosing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.widgets.editors.shaped_edit import ShapedEdit

_ROWS = 10


class Option(NamedTuple):
    """A thing that can be chosen: what stands for it, and the words it is shown by."""

    id: Any
    label: str


class _Options(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.options: Sequence[Option] = []

    def set_options(self, options: Sequence[Option]) -> None:
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.options)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.options[index.row()].label
        return None


class Finder(QObject):
    """`find` gives the options for a text; nothing is chosen that the user has not lit."""

    chosen = Signal(object)  # an Option

    def __init__(self, edit: ShapedEdit, find: Callable[[str], Sequence[Option]]) -> None:
        super().__init__(edit)
        self._edit, self._find = edit, find
        self._model = _Options(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._completer.setMaxVisibleItems(_ROWS)
        self._completer.setWidget(edit)
        self._list = QListView()
        self._list.setUniformItemSizes(True)
        self._completer.setPopup(self._list)
        self._completer.activated.connect(self._activated)
        edit.finder = self
        edit.textEdited.connect(self._text_edited)
        edit.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        return self._list.isVisible()

    def open(self, options: Sequence[Option], current: int = -1) -> None:
        """Show these, the one at `current` lit."""
        self._model.set_options(options)
        if not options:
            self._list.hide()
            return
        self._completer.complete()
        if current >= 0:
            self._list.setCurrentIndex(self._list.model().index(current, 0))

    def close(self) -> None:
        self._list.hide()

    def take_lit(self) -> bool:
        """Choose what is lit in the open list, if anything is."""
        lit = self._lit()
        self.close()
        if lit is not None:
            self.chosen.emit(lit)
        return lit is not None

    def takes_enter(self) -> bool:
        """Whether Enter belongs to the open list; if nothing is lit there, the list closes."""
        if self._lit() is not None:
            return True
        self.close()
        return False

    def _lit(self) -> Option | None:
        index = self._list.currentIndex()
        if not self.is_open or not index.isValid():
            return None
        return self._model.options[index.row()]

    def _activated(self) -> None:  # told the label only, which two options may share
        self.chosen.emit(self._model.options[self._list.currentIndex().row()])

    def _text_edited(self) -> None:
        self.open(self._find(self._edit.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_down = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4)
        )
        if watched is self._edit and is_down and not self.is_open:
            self._text_edited()
            return True
        return super().eventFilter(watched, event)
