"""Work that would freeze the window: run it elsewhere, show progress, let the user stop it."""

from __future__ import annotations

import logging
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop.progress import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.progress import Progress

logger = logging.getLogger(__name__)
_running: set[Task[Any]] = set()  # Python must hold a task for as long as Qt runs it
T = TypeVar("T")


class _Signals(QObject):
    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()


class Task(QRunnable, Generic[T]):
    """Runs `work(progress)` on the pool. One of succeeded/failed/nothing, then finished."""

    def __init__(self, work: Callable[[Progress], T]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it; Qt must not free it under our feet
        self.signals = _Signals()
        self._work = work
        self._stop = Event()
        self._told_at = 0.0

    def start(self) -> None:
        _running.add(self)
        self.signals.finished.connect(lambda: _running.discard(self))
        QThreadPool.globalInstance().start(self)

    def cancel(self) -> None:
        self._stop.set()

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if done == total or now - self._told_at > 0.05:  # else the window drowns in signals
            self._told_at = now
            self.signals.progressed.emit(done, total)

    def run(self) -> None:
        try:
            result = self._work(self._progress)
        except Cancelled:
            logger.info("cancelled by the user")
        except Exception as error:  # noqa: BLE001 - it is handed on, whatever it is
            self.signals.failed.emit(error)
        else:
            if not self._stop.is_set():
                self.signals.succeeded.emit(result)
        self.signals.finished.emit()


def in_background(
    work: Callable[[], T], succeeded: Callable[[T], Any], failed: Callable[[Exception], Any]
) -> Task[T]:
    """Run `work` off the window's thread, without a dialog; the callbacks run on it again."""
    task = Task(lambda _progress: work())
    task.signals.succeeded.connect(succeeded, Qt.ConnectionType.QueuedConnection)
    task.signals.failed.connect(failed, Qt.ConnectionType.QueuedConnection)
    task.start()
    return task


def run_with_dialog(
    parent: QWidget | None,
    title: str,
    work: Callable[[Progress], T],
    succeeded: Callable[[T], Any],
    failed: Callable[[Exception], Any],
) -> Task[T]:
    """Start `work`; a dialog with «انصراف» appears only if it takes longer than half a second."""
    dialog = QProgressDialog(title, "انصراف", 0, 0, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setWindowTitle(title)
    dialog.setMinimumDuration(500)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    task = Task(work)

    def on_progress(done: int, total: int) -> None:
        if not dialog.wasCanceled():
            dialog.setMaximum(total)
            dialog.setValue(done)

    signals = task.signals
    signals.progressed.connect(on_progress, Qt.ConnectionType.QueuedConnection)
    signals.succeeded.connect(succeeded, Qt.ConnectionType.QueuedConnection)
    signals.failed.connect(failed, Qt.ConnectionType.QueuedConnection)
    signals.finished.connect(dialog.close, Qt.ConnectionType.QueuedConnection)
    signals.finished.connect(dialog.deleteLater, Qt.ConnectionType.QueuedConnection)
    dialog.canceled.connect(task.cancel)
    task.start()
    return task


def stop_all() -> None:
    """Cancel everything and wait for it: called once, as the application quits."""
    for task in list(_running):
        task.cancel()
    QThreadPool.globalInstance().waitForDone()
