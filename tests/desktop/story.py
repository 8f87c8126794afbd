"""The real program driven as its users drive it: windows, keys, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from db import calendar
from desktop.app import Program
from desktop.settings import Settings
from tests.desktop.driving import Answers, enter, fill
from tests.desktop.typing import focus_of, press, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def start(app: QApplication, settings: Path, qtbot: QtBot) -> Program:
    program = Program(app, Settings(settings))
    program.window.show()
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    program.begin()
    return program


def stop(program: Program) -> None:
    program.window.close()
    program.end()
    program.window.deleteLater()
    settle()


def settle() -> None:
    """Until the workers are done and what they brought is on the screen."""
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def front(window: Any) -> Any:
    """Make a window the active one: the off-screen platform leaves none active after a dialog."""
    for _ in range(100):
        window.activateWindow()
        settle()
        if window.isActiveWindow():
            return window
    raise AssertionError(f"{window} is not active")


def choose(form: QWidget, name: str, typed: str) -> None:
    """Find a row of a list by a part of its name, and go on to the next field."""
    edit = focus_of(form, name)
    edit.setFocus()
    type_text(edit, typed)
    enter(edit)  # takes the row that is lit
    if edit.hasFocus():
        enter(edit)


def pick(form: QWidget, name: str, first_letter: str) -> None:
    box = focus_of(form, name)
    box.setFocus()
    press(box, ord(first_letter), first_letter)
    enter(box)


def new_file(program: Program, file: Path) -> None:
    """The first-run page, «پروندهٔ تازه», and the programme as the article has it."""

    def answer(dialog: Any) -> None:
        values = dialog.form.values
        assert dialog.form.editor("target_units").value() == 400
        assert dialog.form.editor("deadline").value() == calendar.from_jalali("1402/12/29")
        assert dialog.form.editor("baseline_units").value() == 110
        assert dialog.form.editor("baseline_jobs").value() == 700
        assert dialog.form.editor("baseline_on").value() is None, "the source has none"
        dialog.make()
        assert dialog.isVisible(), "it must be chosen"
        assert dialog.form.complaint("baseline_on")
        fill(dialog.form, {"baseline_on": "۱۴۰۲/۰۱/۰۱"})
        dialog.place.setText(str(file))
        assert values()["title"]
        dialog.make()
        settle()

    with Answers(answer):
        program.new_file()
    front(program.window)
