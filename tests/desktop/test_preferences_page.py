"""A setting is in force and remembered as soon as it is chosen; every place can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from desktop import fonts, paths, theme
from desktop.preferences import page as preferences
from desktop.preferences.page import PreferencesPage
from tests.desktop.driving import present
from tests.desktop.fake_frame import FakeFrame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from db.database import Database


@pytest.fixture
def frame(database: Database) -> FakeFrame:
    return FakeFrame(database)


def resize(app: QApplication, points: float) -> None:
    fonts.load(app, points)
    theme.refresh(app)


@pytest.fixture
def page(
    qapp: QApplication, qtbot: QtBot, frame: FakeFrame, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[PreferencesPage]:  # fmt: skip
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "log")
    mode = theme.mode()
    theme.apply(qapp, "light")
    made = present(qtbot, PreferencesPage(frame))
    made.theme_chosen.connect(lambda mode: theme.apply(qapp, mode))
    made.text_size_chosen.connect(lambda points: resize(qapp, points))
    made.start()
    yield made
    fonts.load(qapp)
    theme.apply(qapp, mode)


def openers(page: PreferencesPage) -> list[QPushButton]:
    return [b for b in page.findChildren(QPushButton) if b.text() == "باز کردن پوشه"]


def test_what_is_in_force_is_marked(page: PreferencesPage) -> None:
    assert page.themes["light"].isChecked()
    assert page.sizes[fonts.SIZE].isChecked()
    assert page.can_leave()


def test_a_theme_is_taken_at_once_and_remembered(page: PreferencesPage, frame: FakeFrame) -> None:
    page.themes["dark"].click()
    assert theme.is_dark()
    assert frame.kept["theme"] == "dark"
    assert [mode for mode, each in page.themes.items() if each.isChecked()] == ["dark"]


def test_a_text_size_is_taken_at_once_and_remembered(
    qtbot: QtBot, page: PreferencesPage, frame: FakeFrame
) -> None:
    page.sizes[15.0].click()
    assert QApplication.font().pointSizeF() == 15.0
    assert frame.kept["text_size"] == 15.0
    assert page.sizes[15.0].isChecked()
    # each size is written in itself
    qtbot.waitUntil(lambda: abs(page.sizes[9.0].font().pointSizeF() - 9.0) < 0.01)


def test_a_change_made_by_a_key_is_seen(
    qtbot: QtBot, qapp: QApplication, page: PreferencesPage
) -> None:
    theme.apply(qapp, "dark")
    qtbot.waitUntil(page.themes["dark"].isChecked)


def test_each_place_is_shown_copied_and_opened(
    page: PreferencesPage, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    openers(page)[0].click()
    assert opened == [str(frame.database.path.parent)]
    copier = next(b for b in page.findChildren(QToolButton) if "پروندهٔ باز" in b.text())
    copier.click()
    assert QGuiApplication.clipboard().text() == str(frame.database.path)


def test_a_folder_that_is_not_there_or_does_not_open(
    page: PreferencesPage, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    openers(page)[2].click()
    openers(page)[1].click()
    assert [said for said, _ in frame.toasts] == [preferences.NOT_YET, preferences.NOT_OPENED]
    assert QGuiApplication.clipboard().text() == str(tmp_path)
