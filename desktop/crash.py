"""An error nobody expected: logged, shown once with its details, and the window lives on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from types import TracebackType

logger = logging.getLogger(__name__)


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
    """Takes over `sys.excepthook`. Any thread may fail; only the window's thread shows it."""

    _caught = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: set[str] = set()
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

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
        self._caught.emit(f"{kind.__name__}: {error}", details)

    def _show(self, summary: str, details: str) -> None:
        if details in self._shown:  # a failing paint or timer would ask again and again
            return
        self._shown.add(details)
        box = QMessageBox()
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("خطای پیش‌بینی‌نشده")
        box.setText("خطایی رخ داد. داده‌های ذخیره‌شده سالم‌اند. لطفاً این گزارش را بفرستید.")
        box.setInformativeText(summary)
        box.setDetailedText(details)
        box.addButton("ادامهٔ کار", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
