"""A line edit whose text is put in shape while the user types: digits grouped, slashes put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from desktop import theme
from desktop.widgets.editors.base import is_enter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from desktop.widgets.editors.finder import Finder

LONGEST = 10_000_000  # nothing pasted is cut without a word: what is too long, a rule refuses
_REMEMBERED = 200
_RLE, _PDF = "\u202b", "\u202c"


def place_after(text: str, many: int, marks: str) -> int:
    """The place in `text` behind the first `many` characters that are not marks."""
    place = 0
    while many and place < len(text):
        many -= text[place] not in marks
        place += 1
    return place


class ShapedEdit(QLineEdit):
    """`shape` makes the text to show of the text typed; `marks` are what it puts in by itself.

    The cursor stays behind the same digit or letter. Undo is our own, since Qt forgets its steps
    at each setText.
    """

    typed = Signal()  # the user changed the text, and it is in shape
    entered = Signal()

    def __init__(
        self, shape: Callable[[str], str] = str, marks: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shape, self._marks = shape, marks
        self._suffix = ""
        self._steps: list[tuple[str, int]] = [("", 0)]
        self._step = 0
        self.finder: Finder | None = None
        self.setMaxLength(LONGEST)
        self.textEdited.connect(self._text_edited)

    def put(self, text: str) -> None:
        """Show a text that the program gives; emits nothing, and undo stops before it."""
        self.setText(self._shape(text))
        self.setCursorPosition(0)  # a long text shows its beginning
        self._steps, self._step = [(self.text(), self.cursorPosition())], 0

    def replace(self, text: str) -> None:
        """Show a text that the user chose by a key, a list or a popup."""
        self.setText(self._shape(text))
        self._remember()
        self.typed.emit()

    def type_left_to_right(self) -> None:
        """For numbers, dates and codes; they stand where other fields' text begins."""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(
            Qt.AlignmentFlag.AlignRight
            | Qt.AlignmentFlag.AlignAbsolute
            | Qt.AlignmentFlag.AlignVCenter
        )

    def set_suffix(self, text: str) -> None:
        """The unit of measure, inside the field at its far end."""
        self._suffix = text
        self._make_room()
        self.update()

    def set_hint(self, text: str) -> None:
        # In an edit that runs left to right a Persian sentence would be put together backwards.
        has_own_way = self.layoutDirection() == Qt.LayoutDirection.LeftToRight and any(
            "آ" <= char <= "ی" for char in text
        )
        self.setPlaceholderText(f"{_RLE}{text}{_PDF}" if has_own_way else text)

    def _make_room(self) -> None:
        room = self.fontMetrics().horizontalAdvance(self._suffix) + 6 if self._suffix else 0
        self.setTextMargins(room, 0, 0, 0)

    def _text_edited(self, text: str) -> None:
        shaped = self._shape(text)
        if shaped != text:
            place = self._place_in(shaped, text[: self.cursorPosition()])
            self.setText(shaped)
            self.setCursorPosition(place)
        self._remember()
        self.typed.emit()

    def _place_in(self, shaped: str, before: str) -> int:
        before = self._shape(before)
        kept = sum(char not in self._marks for char in before)
        place = place_after(shaped, kept, self._marks)
        typed_a_mark = self._is_mark(before[-1:]) and self._is_mark(shaped[place : place + 1])
        return place + typed_a_mark

    def _is_mark(self, char: str) -> bool:
        return char != "" and char in self._marks

    def _remember(self) -> None:
        del self._steps[self._step + 1 :]
        self._steps = [*self._steps[-_REMEMBERED:], (self.text(), self.cursorPosition())]
        self._step = len(self._steps) - 1

    def _go_to_step(self, step: int) -> None:
        if 0 <= step < len(self._steps):
            self._step = step
            text, cursor = self._steps[step]
            self.setText(text)
            self.setCursorPosition(cursor)
            self.typed.emit()

    def _step_over_mark(self, event: QKeyEvent) -> None:
        """Deleting a mark would put it back at once: what is deleted is the digit behind it."""
        text, place = self.text(), self.cursorPosition()
        if self.hasSelectedText() or place == len(text):
            return
        if event.key() == Qt.Key.Key_Backspace and self._is_mark(text[:place][-1:]):
            self.setCursorPosition(place - 1)
        if event.key() == Qt.Key.Key_Delete and self._is_mark(text[place]):
            self.setCursorPosition(place + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self._go_to_step(self._step - 1)
        elif event.matches(QKeySequence.StandardKey.Redo):
            self._go_to_step(self._step + 1)
        elif is_enter(event):
            if self.finder is not None and self.finder.takes_enter():
                event.ignore()  # the open list takes it
                return
            self.entered.emit()
        else:
            self._step_over_mark(event)
            super().keyPressEvent(event)
            return
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._suffix:
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        painter = QPainter(self)
        painter.setPen(theme.color("muted"))
        flags = (
            Qt.AlignmentFlag.AlignLeft
            | Qt.AlignmentFlag.AlignAbsolute
            | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(room.adjusted(4, 0, 0, 0), int(flags), self._suffix)
        painter.end()
