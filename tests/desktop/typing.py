"""Typing Persian, as the user does, into any editor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def focus_of(form: QWidget, name: str) -> QWidget:
    """The widget that takes the keys of the editor (or the edit) called `name`."""
    found: QWidget | None = form.findChild(QWidget, name)
    assert found is not None, f"nothing in the form is called {name!r}"
    return found.focusProxy() or found


def press(
    widget: QWidget, key: int, text: str = "", modifiers: Qt.KeyboardModifier = _NONE
) -> None:
    """One key, down and up; an open popup gets it, as it would from the window system."""
    popup = QApplication.activePopupWidget()
    inner: QWidget | None = None if popup is None else popup.focusWidget()
    target = inner or popup or widget
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


def type_text(widget: QWidget, text: str) -> None:
    """Letter by letter, where the cursor stands.

    Not `qtbot.keyClicks`: Qt's own test helper aborts the process on a non-ASCII letter.
    """
    for letter in text:
        press(widget, ord(letter.upper()), letter)  # Qt's own number for a key with a letter


def type_in(form: QWidget, name: str, text: str) -> None:
    """Replace what the editor called `name` holds; nothing typed empties it."""
    edit = focus_of(form, name)
    assert isinstance(edit, QLineEdit | QPlainTextEdit), f"{name!r} is not typed into"
    edit.selectAll()
    if text:
        type_text(edit, text)
    else:
        press(edit, Qt.Key.Key_Delete)


def paste(widget: QWidget, text: str) -> None:
    """By the clipboard and Ctrl+V, where the cursor stands."""
    QGuiApplication.clipboard().setText(text)
    press(widget, Qt.Key.Key_V, "", Qt.KeyboardModifier.ControlModifier)
