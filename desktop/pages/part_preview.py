"""What the part in a dialog would do, told while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import SPACE
from desktop.widgets.common import button, muted

if TYPE_CHECKING:
    from collections.abc import Sequence

TAKE = "پر کردن"


class PartPreview(QWidget):
    """Lines of words; beside one that offers values stands a button that takes them."""

    taken = Signal(object)  # field name → value

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE[1])
        self._told: Sequence[tuple[str, dict[str, Any]]] = ()
        self.hide()

    @property
    def words(self) -> str:
        return "\n".join(words for words, _ in self._told)

    def say(self, told: Sequence[tuple[str, dict[str, Any]]]) -> None:
        if told == self._told:
            return
        self._told = told
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for words, values in told:
            self._column.addWidget(self._line(words, values))
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
