"""Editors of what has only a few answers: a fixed choice, a yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from desktop import theme
from desktop.widgets.editors.base import Editor, is_enter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

_CLEARING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _ChoiceBox(QComboBox):
    entered = Signal()
    cleared = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.entered.emit()
            event.accept()
        elif event.key() in _CLEARING:
            self.cleared.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.currentData() is not None:
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""  # a style sheet would paint the hint as dark as a choice
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        painter.setPen(theme.color("muted"))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(flags), self.placeholderText())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the form scrolls


class ChoiceEditor(Editor):
    """Codes shown by their Persian words; a choice that may be empty has an empty first row."""

    def __init__(
        self,
        choices: Mapping[str, str],
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._required = choices, required
        self._value: Any = None
        self.box = _ChoiceBox()
        self.box.setMaxVisibleItems(12)
        self._fill()
        self.adopt(self.box)
        self.stack(self.box)
        self.box.activated.connect(self._activated)
        self.box.cleared.connect(self._clear)
        self.box.entered.connect(self.accepted)
        self.set_hint("انتخاب کنید")

    def set_value(self, value: Any) -> None:
        self._value = value
        if value is not None and self.box.findData(value) < 0:  # a code of a later version
            self.box.addItem(str(value), value)
        nothing = -1 if self._required else 0
        self.box.setCurrentIndex(nothing if value is None else self.box.findData(value))

    def value(self) -> Any:
        return self._value

    def set_hint(self, text: str) -> None:
        self.box.setPlaceholderText(text)

    def _fill(self) -> None:
        if not self._required:
            self.box.addItem("", None)
        for code, word in self._choices.items():
            self.box.addItem(word, code)
        self.set_value(None)

    def _activated(self, row: int) -> None:
        chosen = self.box.itemData(row)
        is_another = chosen != self._value
        self.set_value(chosen)
        if is_another:
            self.edited.emit()

    def _clear(self) -> None:
        if not self._required and self._value is not None:
            self.set_value(None)
            self.edited.emit()


class _FlagBox(QCheckBox):
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.entered.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class FlagEditor(Editor):
    """Yes or no; never empty."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = _FlagBox(text)
        self.adopt(self.box)
        self.stack(self.box, Qt.AlignmentFlag.AlignLeading)
        self.box.clicked.connect(self._clicked)
        self.box.entered.connect(self.accepted)

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def value(self) -> bool:
        return self.box.isChecked()

    def _clicked(self) -> None:
        self.edited.emit()
