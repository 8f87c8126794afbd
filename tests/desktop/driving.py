"""Driving pages as the user does: windows brought to the front, keys, questions answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.desktop.typing import focus_of, press, type_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
W = TypeVar("W", bound=QWidget)


def present(qtbot: QtBot, widget: W, width: int = 1200, height: int = 760) -> W:
    """On the screen and active, so that focus and shortcuts work."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    QApplication.processEvents()
    return widget


def keys(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    """A shortcut, as the window system brings it: to whatever has the focus in the window."""
    window = widget.window()
    QApplication.processEvents()
    if not window.isActiveWindow():  # without a screen a list that was open still counts as active
        window.activateWindow()
        QApplication.processEvents()
    QTest.keyClick(window.windowHandle(), key, held)


def key(widget: QWidget, which: Qt.Key) -> None:
    keys(widget, which, Qt.KeyboardModifier.NoModifier)


def enter(widget: QWidget) -> None:
    press(widget, Qt.Key.Key_Return, "\r")


def fill(form: QWidget, values: Mapping[str, str]) -> None:
    """Type into fields by name and leave each with Enter."""
    for name, typed in values.items():
        edit = focus_of(form, name)
        edit.setFocus()
        type_in(form, name, typed)
        enter(edit)


def button(parent: QWidget, words: str) -> QAbstractButton:
    """The button that says this."""
    found = [each for each in parent.findChildren(QAbstractButton) if each.text() == words]
    assert found, f"no button says {words!r}"
    return found[0]


def show_tab(record: QWidget, title: str) -> QWidget:
    """The tab of a record called so, on the screen."""
    tabs = record.tabs  # type: ignore[attr-defined]  # of a RecordPage
    titles = [tabs.tabText(place) for place in range(tabs.count())]
    tabs.setCurrentIndex(titles.index(title))
    shown = tabs.currentWidget()
    assert isinstance(shown, QWidget)
    return shown


def click(parent: QWidget, words: str) -> None:
    button(parent, words).click()


class Answers:
    """Answers the questions that come up, in order; each is given the dialog.

    Used as a context: at its end every answer has been given. A dialog nobody expected is closed
    after a moment and fails the test, which would wait for ever otherwise.
    """

    def __init__(self, *acts: Callable[[QWidget], object]) -> None:
        self._acts = list(acts)
        self._busy: list[QWidget] = []
        self._idle = 0
        self._unexpected: list[str] = []
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)

    def __enter__(self) -> Answers:
        standing = QApplication.activeModalWidget()
        if standing is not None:  # it is what the question comes from, not a question
            self._busy.append(standing)
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._timer.stop()
        assert not self._unexpected, f"nobody expected {self._unexpected}"
        if kind is None:
            assert not self._acts, f"{len(self._acts)} questions were not asked"

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible() or dialog in self._busy:
            self._idle = 0
        elif self._acts:
            act = self._acts.pop(0)
            self._busy.append(dialog)
            QTimer.singleShot(0, lambda: self._answer(act, dialog))
        else:
            self._idle += 1
            if self._idle > 100:
                self._unexpected.append(dialog.windowTitle())
                dialog.close()

    def _answer(self, act: Callable[[QWidget], object], dialog: QWidget) -> None:
        try:
            act(dialog)
        except BaseException:
            dialog.close()
            raise
        finally:
            self._busy.remove(dialog)


def pressing(words: str) -> Callable[[QWidget], None]:
    """An answer: press the button that says this."""
    return lambda dialog: click(dialog, words)
