"""Editors of text: one line of it, or a note of several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from db.text import search_key, to_persian_digits
from desktop.widgets.editors.base import ENTER, Editor
from desktop.widgets.editors.finder import Finder, Option
from desktop.widgets.editors.shaped_edit import ShapedEdit
from desktop.widgets.editors.typed_editor import TypedEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_LINES = 3
_SUGGESTED = 12


def one_line(text: str) -> str:
    """Line breaks that came with a paste, as spaces."""
    return " ".join(text.splitlines())


def one_line_of_digits(text: str) -> str:
    """The same for a code, whose digits are shown Persian."""
    return to_persian_digits(one_line(text))


class LineEditor(TypedEditor):
    """One line; earlier values are offered when `suggestions` tells those like a text."""

    def __init__(
        self,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        ltr: bool = False,
        suggestions: Callable[[str], list[str]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        shape = one_line_of_digits if ltr and show("1") == "۱" else one_line
        super().__init__(ShapedEdit(shape), read, show, parent)
        self.stack(self.edit)
        self._suggestions = suggestions
        if ltr:
            self.edit.type_left_to_right()
        if suggestions is not None:
            self._finder = Finder(self.edit, self._like)
            self._finder.chosen.connect(lambda option: self.edit.replace(option.label))

    def _like(self, text: str) -> list[Option]:
        key = search_key(text)
        if not key or self._suggestions is None:
            return []
        found = [
            earlier
            for earlier in self._suggestions(text)
            if earlier != text and key in search_key(earlier)
        ]
        return [Option(earlier, earlier) for earlier in found[:_SUGGESTED]]

    def tidy(self) -> None:
        if self.edit.finder is not None:
            self.edit.finder.take_lit()
        super().tidy()


class _NoteEdit(QPlainTextEdit):
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        around = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 8
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * _LINES + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and held:
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class NoteEditor(Editor):
    """Several lines: Enter is a line break, Ctrl+Enter and Tab go on to the next field."""

    def __init__(
        self,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._show = read, show
        self._given: Any = None
        self._shown = ""
        self._is_loading = False
        self.edit = _NoteEdit()
        self.edit.setTabChangesFocus(True)
        self._write_right_to_left()
        self.adopt(self.edit)
        self.stack(self.edit)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.entered.connect(self.accepted)

    def set_value(self, value: Any) -> None:
        self._given = value
        self._is_loading = True
        self.edit.setPlainText("" if value is None else self._show(value))
        self._is_loading = False
        self._shown = self.edit.toPlainText()

    def value(self) -> Any:
        text = self.edit.toPlainText()
        if not text.strip():
            return None
        return self._given if text == self._shown else self._read(text)

    def set_hint(self, text: str) -> None:
        self.edit.setPlaceholderText(text)

    def _text_changed(self) -> None:
        if not self._is_loading:
            self.edited.emit()

    def _write_right_to_left(self) -> None:
        # By itself Qt begins even Persian lines at the left, and turns those round that begin
        # with a Latin word.
        option = QTextOption(self.edit.document().defaultTextOption())
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        self.edit.document().setDefaultTextOption(option)
