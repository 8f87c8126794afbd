"""The short card of the chosen row, beside its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.kinds import Choice
from desktop.theme import SPACE
from desktop.widgets.common import Card, button, label, muted, scrolled, set_role, start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.fields import Field

WIDTH = 280


class RecordCard(Card):
    """Label and value of some fields, and what can be done with the row."""

    opened = Signal()
    archived = Signal()
    restored = Signal()

    def __init__(self, name: Field, fields: Sequence[Field], *, archives: bool = True) -> None:
        super().__init__(" ")
        self._name, self._fields, self._archives = name, fields, archives
        self._acts: list[QPushButton] = []
        self.setFixedWidth(WIDTH)
        self.heading.setWordWrap(True)
        self._values: list[tuple[QLabel, QLabel]] = []
        self._hint = muted("ردیفی را برگزینید تا کوتاه‌شدهٔ آن اینجا دیده شود.")
        values = QWidget()
        set_role(values, "page")
        self._grid = QGridLayout(values)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE[2])
        self._grid.setVerticalSpacing(SPACE[1])
        self._grid.setColumnStretch(1, 1)
        self._area = scrolled(values)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._area, 1)
        self._buttons()
        self.show_row(None, archived=False)

    def _build_values(self) -> None:
        """With the first row that is chosen: a list is on the screen sooner without them."""
        for row, field in enumerate(self._fields):
            title, value = label(field.label, "muted"), label("")
            for each in (title, value):
                each.setAlignment(start() | Qt.AlignmentFlag.AlignTop)
            title.setWordWrap(True)
            title.setFixedWidth(110)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(value, row, 1)
            self._values.append((title, value))

    def _buttons(self) -> None:
        self._open = button("باز کردن", "edit")
        self._archive = button("بایگانی", "archive")
        self._restore = button("بازگرداندن", "restore")
        self._open.clicked.connect(self.opened)
        self._archive.clicked.connect(self.archived)
        self._restore.clicked.connect(self.restored)
        holder = QWidget()
        self._row = QHBoxLayout(holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        for each in (self._open, self._archive, self._restore):
            self._row.addWidget(each)
        self.body.addWidget(holder)

    def add_act(self, made: QPushButton) -> None:
        """A button of the list's own, there with a row."""
        made.hide()
        self._acts.append(made)
        self._row.addWidget(made)

    def show_row(self, row: Any, *, archived: bool) -> None:
        there = row is not None
        self.heading.setText(self._name.text(row) if there else "")
        self.heading.setVisible(there)
        self._hint.setVisible(not there)
        self._open.setVisible(there)
        self._archive.setVisible(there and self._archives and not archived)
        self._restore.setVisible(there and archived)
        for act in self._acts:
            act.setVisible(there)
        if there and not self._values:
            self._build_values()
        for field, (title, value) in zip(self._fields, self._values, strict=False):
            shown = field.text(row) if there else ""
            title.setVisible(bool(shown))
            value.setVisible(bool(shown))
            value.setText(shown)
            tone = ""
            if there and isinstance(field.kind, Choice):
                tone = field.kind.tones.get(field.value(row), "")
            set_role(value, "state" if tone else "", tone)
