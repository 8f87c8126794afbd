"""A line of figures, each under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.theme import SPACE
from desktop.widgets.common import label, set_role

if TYPE_CHECKING:
    from collections.abc import Mapping


class FigureStrip(QWidget):
    """`names` by a key of each; a figure that says nothing is not shown."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.values: dict[str, QLabel] = {}
        self._cells: dict[str, QWidget] = {}
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE[3])
        for key, name in names.items():
            self.row.addWidget(self._cell(key, name))
        self.row.addStretch(1)

    def _cell(self, key: str, name: str) -> QWidget:
        cell = self._cells[key] = QWidget()
        value = self.values[key] = label("", "heading")
        value.setAccessibleName(name)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(name, "muted"))
        column.addWidget(value)
        return cell

    def say(self, key: str, words: str, tone: str = "", tip: str = "") -> None:
        value = self.values[key]
        value.setText(words)
        value.setToolTip(tip)
        set_role(value, "heading", tone)
        self._cells[key].setVisible(bool(words))
