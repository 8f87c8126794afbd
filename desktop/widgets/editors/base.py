"""What every input of the form can do, whatever it edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.common import set_complaint

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

# The eye may be on our own popup, on a context menu or in another window: the field is not left.
_STILL_HERE = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


def is_enter(event: QKeyEvent) -> bool:
    """Enter of the letters or of the number pad, alone."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in ENTER and held == Qt.KeyboardModifier.NoModifier


class Editor(QWidget):
    """One value. `value` is what was given until the user changes it; None when empty."""

    edited = Signal()  # by the user only, never by set_value
    left = Signal()  # the focus is in another field, no longer here nor in a popup of this one
    accepted = Signal()  # Enter: on to the next field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._inner: QWidget | None = None

    @property
    def inner(self) -> QWidget:
        """The widget that takes the focus, and that the style sheet colours by `tone`."""
        assert self._inner is not None
        return self._inner

    def stack(self, widget: QWidget, across: Qt.AlignmentFlag | None = None) -> None:
        """Add a widget under those already there, over the whole width or at one side of it."""
        self._column.insertWidget(self._column.count() - 1, widget)
        if across is not None:
            self._column.setAlignment(widget, across)

    def adopt(self, inner: QWidget) -> None:
        """Make `inner` the one that takes the focus and whose leaving counts."""
        self._inner = inner
        inner.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    def set_value(self, value: Any) -> None:
        """Show a value; None empties the editor. Emits nothing."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value shown, or None; raises ValueError when what is typed cannot be read."""
        raise NotImplementedError

    def typed(self) -> str:
        """The letters of what cannot be read."""
        return ""

    def type_in(self, text: str) -> None:
        """Put back what `typed` told; emits nothing."""

    def set_tone(self, tone: str) -> None:
        """`bad`, `warn` or nothing."""
        if (self.inner.property("tone") or "") != tone:
            self.inner.setProperty("tone", tone)
            set_complaint(self.inner, tone == "bad")

    def set_hint(self, text: str) -> None:
        """What an empty editor says of what belongs here; a check box has no place for it."""

    def set_label(self, text: str) -> None:
        """What a screen reader calls this editor."""
        self.setAccessibleName(text)
        self.inner.setAccessibleName(text)

    def tidy(self) -> None:
        """The user has left: what was typed may be shown in its full form."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and event.reason() not in _STILL_HERE
        ):
            self.tidy()
            self.left.emit()
        return super().eventFilter(watched, event)
