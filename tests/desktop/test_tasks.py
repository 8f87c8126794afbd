"""Work off the window's thread: its result, its failure, its progress, and being told to stop."""

from __future__ import annotations

from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from desktop import tasks
from desktop.progress import Cancelled, Progress, unwatched
from desktop.tasks import Task, in_background, run_with_dialog
from tests.desktop.driving import click, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Heard:
    """What became of some work, and in which thread it was told."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.errors: list[Exception] = []
        self.threads: list[bool] = []

    def succeeded(self, result: Any) -> None:
        self.results.append(result)
        self.threads.append(current_thread() is main_thread())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.append(current_thread() is main_thread())


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def ground(qtbot: QtBot) -> Iterator[QWidget]:
    made = present(qtbot, QWidget(), 300, 200)
    yield made
    tasks.stop_all()
    settle()


def settle() -> None:
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def test_a_result_comes_back_to_the_window_s_thread(ground: QWidget, heard: Heard) -> None:
    seen: list[bool] = []

    def work() -> int:
        seen.append(current_thread() is main_thread())
        return 42

    in_background(work, heard.succeeded, heard.failed)
    settle()
    assert (heard.results, heard.errors) == ([42], [])
    assert (seen, heard.threads) == ([False], [True])
    assert not tasks._running


def test_a_failure_is_handed_on(ground: QWidget, heard: Heard) -> None:
    def work() -> int:
        raise ZeroDivisionError

    in_background(work, heard.succeeded, heard.failed)
    settle()
    assert heard.results == []
    assert [type(error) for error in heard.errors] == [ZeroDivisionError]
    assert not tasks._running


def test_progress_is_told_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run directly: what is told depends on the clock only."""
    clock = iter(n / 100 for n in range(1000))  # a step takes 10 ms
    monkeypatch.setattr(tasks, "monotonic", lambda: next(clock))
    told: list[tuple[int, int]] = []

    def work(progress: Progress) -> str:
        for step in range(1, 101):
            progress(step, 100)
        return "done"

    task = Task(work)
    results: list[str] = []
    task.signals.progressed.connect(lambda done, total: told.append((done, total)))
    task.signals.succeeded.connect(results.append)
    task.run()
    assert results == ["done"]
    assert told[-1] == (100, 100)
    assert 10 < len(told) < 25


def test_work_that_is_told_to_stop_says_nothing_more() -> None:
    outcome: list[str] = []
    task: Task[None] = Task(lambda progress: progress(1, 2))
    for name in ("succeeded", "failed", "progressed"):
        getattr(task.signals, name).connect(lambda *_, n=name: outcome.append(n))
    task.signals.finished.connect(lambda: outcome.append("finished"))
    task.cancel()
    task.run()
    assert outcome == ["finished"]


def test_a_result_that_comes_too_late_is_not_told() -> None:
    outcome: list[str] = []
    task: Task[int] = Task(lambda progress: 5)
    task.signals.succeeded.connect(lambda _: outcome.append("succeeded"))
    task.cancel()
    task.run()
    assert outcome == []


def counting(go: Event) -> Any:
    """Work that goes on until it is told to stop."""

    def work(progress: Progress) -> None:
        step = 0
        while True:
            step += 1
            progress(step % 50, 100)
            go.wait(0.005)

    return work


def test_a_dialog_appears_after_a_while_and_stops_the_work(
    qtbot: QtBot, ground: QWidget, heard: Heard
) -> None:
    run_with_dialog(ground, "ساختن پرونده", counting(Event()), heard.succeeded, heard.failed)
    (dialog,) = ground.findChildren(QProgressDialog)
    assert not dialog.isVisible()
    qtbot.waitUntil(dialog.isVisible, timeout=3000)
    assert dialog.maximum() == 100
    assert dialog.windowTitle() == "ساختن پرونده"
    click(dialog, "انصراف")
    settle()
    assert (heard.results, heard.errors) == ([], [])
    assert not tasks._running
    assert not [each for each in ground.findChildren(QProgressDialog) if each.isVisible()]


def test_quick_work_shows_no_dialog(ground: QWidget, heard: Heard) -> None:
    run_with_dialog(ground, "کار", lambda progress: 7, heard.succeeded, heard.failed)
    settle()
    assert heard.results == [7]
    assert not [each for each in ground.findChildren(QProgressDialog) if each.isVisible()]


def test_work_that_fails_closes_its_dialog(ground: QWidget, heard: Heard) -> None:
    def work(progress: Progress) -> None:
        progress(1, 2)
        raise OSError("disk")

    run_with_dialog(ground, "کار", work, heard.succeeded, heard.failed)
    settle()
    assert [str(error) for error in heard.errors] == ["disk"]
    assert not [each for each in ground.findChildren(QProgressDialog) if each.isVisible()]


def test_quitting_stops_everything_and_waits(ground: QWidget, heard: Heard) -> None:
    for _ in range(3):
        run_with_dialog(ground, "کار", counting(Event()), heard.succeeded, heard.failed)
    tasks.stop_all()
    assert QThreadPool.globalInstance().activeThreadCount() == 0
    settle()
    assert (heard.results, heard.errors) == ([], [])
    assert not tasks._running


def test_work_that_outlives_its_window_does_no_harm(qtbot: QtBot) -> None:
    go = Event()
    outcome: list[Any] = []

    class Page(QWidget):
        def take(self, result: Any) -> None:
            outcome.append(result)

    page = Page()
    in_background(lambda: int(go.wait(2)), page.take, page.take)
    page.deleteLater()
    QApplication.sendPostedEvents(page, 52)  # QEvent.DeferredDelete
    go.set()
    settle()
    assert outcome == []


def test_progress_nobody_watches() -> None:
    unwatched(1, 2)
    with pytest.raises(Cancelled):
        raise Cancelled
