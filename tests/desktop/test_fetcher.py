"""Long lists are fetched off the window's thread; what was asked last is what is shown."""

from __future__ import annotations

from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import DatabaseProblem
from db.queries.listing import Listing, View
from db.queries.lookups import SOURCES
from desktop.pages import fetcher
from desktop.pages.fetcher import Fetcher
from tests.desktop.fake_frame import FakeFrame

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.database import Database


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each fetch, whether it ran in the window's thread."""
    seen: list[bool] = []

    class Watched(Listing):
        def __init__(self, *given: Any) -> None:
            seen.append(current_thread() is main_thread())
            super().__init__(*given)

    monkeypatch.setattr(fetcher, "Listing", Watched)
    return seen


def brought(made: Fetcher, *views: View) -> list[Listing]:
    found: list[Listing] = []
    made.brought.connect(found.append)
    for view in views:
        made.fetch(view)
    QThreadPool.globalInstance().waitForDone()
    for _ in range(5):
        QApplication.processEvents()
    return found


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_short_list_is_there_at_once(
    parent: QWidget, database: Database, threads: list[bool]
) -> None:
    made = Fetcher(parent, FakeFrame(database), SOURCES["county"])
    found: list[Listing] = []
    made.brought.connect(found.append)
    made.fetch(View())
    assert [len(listing) for listing in found] == [37]
    assert threads == [True]


def test_a_long_list_does_not_hold_the_window(
    parent: QWidget, database: Database, threads: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "LONG", 30)
    made = Fetcher(parent, FakeFrame(database), SOURCES["county"])
    made.fetch(View())  # how long it is shows only now
    views = View(search="شیراز"), View(search="فسا"), View(search="نی ریز")
    found = brought(made, *views)
    assert threads == [True, False, False, False]
    assert [listing.view.search for listing in found] == ["نی ریز"], "the newest alone is shown"
    assert len(found[0]) == 1


def test_the_first_list_of_a_long_table_does_not_hold_the_window_either(
    parent: QWidget, database: Database, threads: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "VERY_LONG", 30)
    (found,) = brought(Fetcher(parent, FakeFrame(database), SOURCES["county"]), View())
    assert (threads, len(found)) == ([False], 37)
    brought(Fetcher(parent, FakeFrame(database), SOURCES["county"], inner=True), View())
    brought(Fetcher(parent, FakeFrame(database), SOURCES["bank"]), View())
    assert threads == [False, True, True]


@pytest.mark.parametrize("longest", [0, 100])
def test_trouble_is_told_from_either_thread(
    parent: QWidget, database: Database, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    def broken(*_: Any) -> Listing:
        raise DatabaseProblem("disk")

    monkeypatch.setattr(fetcher, "Listing", broken)
    monkeypatch.setattr(fetcher, "LONG", 30)
    frame = FakeFrame(database)
    made = Fetcher(parent, frame, SOURCES["county"])
    made._longest = longest
    assert brought(made, View()) == []
    assert [str(trouble) for trouble in frame.troubles] == ["disk"]
