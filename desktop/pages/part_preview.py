"""What the part in a dialog would do, told while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import SPACE
from desktop.widgets.common import button, muted
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.fields import Field

TAKE = "پر کردن"
MOST_ROWS, ROW_HEIGHT = 6, 30


class PartPreview(QWidget):
    """Lines of words; beside one that offers values stands a button that takes them.

    With `fields` a table of the rows that the part would make stands below.
    """

    taken = Signal(object)  # field name → value

    def __init__(self, fields: Sequence[Field] = ()) -> None:
        super().__init__()
        self.table = InnerTable(fields, MOST_ROWS, ROW_HEIGHT, fields) if fields else None
        self._told: Sequence[tuple[str, dict[str, Any]]] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(self._lines)
        if self.table is not None:
            self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes on to the buttons
            column.addWidget(self.table)
            self.table.hide()
        self.hide()

    @property
    def words(self) -> str:
        return "\n".join(words for words, _ in self._told)

    def say(self, told: Sequence[tuple[str, dict[str, Any]]], rows: Sequence[Any] = ()) -> None:
        if self.table is not None:
            self.table.set_rows(rows)
            self.table.setVisible(bool(rows))
        if told == self._told:
            return
        self._told = told
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words, values in told:
            self._lines.addWidget(self._line(words, values))
        self.setVisible(bool(told))

    def _line(self, words: str, values: dict[str, Any]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(muted(words), 1)
        if values:
            take = button(TAKE, "check")
            take.setAutoDefault(False)
            take.clicked.connect(lambda: self.taken.emit(values))
            row.addWidget(take)
        return line
