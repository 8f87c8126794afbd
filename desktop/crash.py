"""An error nobody expected: logged, shown once with its details, and the window lives on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QMessageBox

from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from types import TracebackType

logger = logging.getLogger(__name__)
QUIET = 5  # seconds after a trouble was told before it is told again


def log_qt_messages() -> None:
    """What Qt has to say goes to the log file, not to a terminal nobody reads."""
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    qt = logging.getLogger("qt")
    qInstallMessageHandler(
        lambda kind, _context, words: qt.log(levels.get(kind, logging.ERROR), words)
    )


class CrashReporter(QObject):
    """Takes over `sys.excepthook`. Any thread may fail; only the window's thread shows it.

    `troubled` carries a DatabaseProblem that came where nobody could wait for it, as while a table
    paints its rows: the machine's trouble is no bug of ours.
    """

    troubled = Signal(object)
    _caught = Signal(str, str)
    _came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: set[str] = set()
        self._told: dict[str, float] = {}
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self.report
        threading.excepthook = lambda failure: self.report(
            failure.exc_type, failure.exc_value, failure.exc_traceback
        )

    def report(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        details = "".join(traceback.format_exception(kind, error, trace))
        logger.critical("unhandled: %s", details)
        if isinstance(error, DatabaseProblem):
            self._came.emit(error)
            return
        self._caught.emit(f"{kind.__name__}: {error}", details)

    def _tell(self, trouble: DatabaseProblem) -> None:
        name = str(trouble)
        if monotonic() - self._told.get(name, -inf) > QUIET:  # the next paint has it again
            self._told[name] = inf  # as long as its sentence stands there
            self.troubled.emit(trouble)
            self._told[name] = monotonic()

    def _show(self, summary: str, details: str) -> None:
        if details in self._shown:  # a failing paint or timer would ask again and again
            return
        self._shown.add(details)
        box = QMessageBox()
        box.setIcon(QMessageBox.Icon.Critical)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a fault speaks of <class …>
        box.setWindowTitle("خطای پیش‌بینی‌نشده")
        box.setText("خطایی رخ داد. داده‌های ذخیره‌شده سالم‌اند. لطفاً این گزارش را بفرستید.")
        box.setInformativeText(summary)
        box.setDetailedText(details)
        box.addButton("ادامهٔ کار", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
