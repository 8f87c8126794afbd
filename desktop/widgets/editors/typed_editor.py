"""What the one-line editors share: a text that is shown from a value and read back into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.widgets.editors.base import Editor

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.widgets.editors.shaped_edit import ShapedEdit


class TypedEditor(Editor):
    """What was not touched is handed back as it was given, even where `show` rounds it."""

    def __init__(
        self,
        edit: ShapedEdit,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.edit = edit
        self._read, self._show = read, show
        self._given: Any = None
        self._shown = ""
        self.adopt(edit)
        edit.typed.connect(self._typed)
        edit.entered.connect(self.accepted)

    def set_value(self, value: Any) -> None:
        self._given = value
        self.edit.put("" if value is None else self._show(value))
        self._shown = self.edit.text()
        self.tell()

    def value(self) -> Any:
        text = self.edit.text()
        if not text.strip():
            return None
        return self._given if text == self._shown else self._read(text)

    def typed(self) -> str:
        return self.edit.text()

    def type_in(self, text: str) -> None:
        self.set_value(None)
        self.edit.put(text)
        self.tell()

    def set_hint(self, text: str) -> None:
        self.edit.set_hint(text)

    def tell(self) -> None:
        """The text is another one: tell it back in words, where an editor does."""

    def tidy(self) -> None:
        try:
            value = self.value()
        except ValueError:
            return  # it stays as typed, for the user to mend
        self.set_value(value)

    def _typed(self) -> None:
        self.tell()
        self.edited.emit()
