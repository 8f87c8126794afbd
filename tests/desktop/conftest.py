"""No test waits for ever on a question nobody answers, and none leaves a window behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from db import calendar
from desktop import paths
from tests.desktop.fake_frame import FakeFrame
from tests.desktop.records import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.database import Database


@pytest.fixture
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day all records of `tests.desktop.records` are seen from."""
    monkeypatch.setattr(calendar, "today", lambda: TODAY)


@pytest.fixture(autouse=True)
def _own_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test leaves unfinished work to the person who runs it."""
    monkeypatch.setattr(paths, "draft_folder", lambda: tmp_path / "drafts")


@pytest.fixture
def frame(database: Database) -> FakeFrame:
    return FakeFrame(database)


LOOK_MS, PATIENCE = 250, 40  # ten seconds in all


class _Watch:
    """Closes a modal dialog that stands unanswered, and remembers its title."""

    def __init__(self) -> None:
        self.closed: list[str] = []
        self._last: object = None
        self._looks = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        self._looks = self._looks + 1 if dialog is not None and dialog is self._last else 0
        self._last = dialog
        if dialog is not None and self._looks > PATIENCE:
            self.closed.append(dialog.windowTitle())
            dialog.close()

    def stop(self) -> None:
        self._timer.stop()


@pytest.fixture(autouse=True)
def _nothing_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    watch = _Watch()
    yield
    watch.stop()
    assert not watch.closed, f"nobody answered {watch.closed}"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # What has a parent goes with it, as soon as its deletion is carried out.
    tops = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
    left = [widget for widget in tops if widget.parentWidget() is None]
    for widget in left:
        widget.close()
    assert not left, f"left on the screen: {left}"
