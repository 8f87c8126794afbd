"""The log file: a few rotated megabytes in the system's own place for logs."""

from __future__ import annotations

import faulthandler
import logging
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_fault_file: TextIO | None = None


class _AtFirstWord(logging.Handler):
    """Opens the file with the first record: to import what rotates it costs the start 10 ms."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._inner: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._inner is None:
            self._inner = self._opened()
        self._inner.emit(record)

    def close(self) -> None:
        if self._inner is not None:
            self._inner.close()
        super().close()

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        try:
            made = RotatingFileHandler(
                self._file, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
            )
        except OSError:  # a full disk: the program goes on without
            return logging.NullHandler()
        made.setFormatter(logging.Formatter(FORMAT))
        return made


def start(folder: Path) -> None:
    """Log to `folder`; a fault of the interpreter itself goes to a file of its own."""
    global _fault_file  # noqa: PLW0603 - faulthandler needs it open until the process ends
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _fault_file = (folder / "fault.log").open("a", encoding="utf-8")
    except OSError:  # a full or read-only disk: the program still has to start
        return
    logging.getLogger().addHandler(_AtFirstWord(folder / "ehya.log"))
    logging.getLogger().setLevel(logging.INFO)
    faulthandler.enable(_fault_file)
