"""The acceptance story: a clerk's first day, through the real window, from a new file on."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from db import calendar
from desktop import paths
from desktop.app import Program
from desktop.cli import main as command
from desktop.settings import Settings
from tests.desktop.typing import focus_of, press, type_in, type_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    (tmp_path / "data").mkdir()
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[Program]:
    made = start(qapp, settings)
    yield made
    stop(made)


def start(app: QApplication, settings: Settings) -> Program:
    program = Program(app, settings)
    program.window.resize(1366, 768)
    program.window.show()
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


def enter(widget: QWidget) -> None:
    press(widget, Qt.Key.Key_Return, "\r")


def fill(form: QWidget, values: dict[str, str]) -> None:
    """Type into fields by name and leave each with Enter."""
    for name, typed in values.items():
        edit = focus_of(form, name)
        edit.setFocus()
        type_in(form, name, typed)
        enter(edit)
