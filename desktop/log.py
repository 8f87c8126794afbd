"""The log file: a few rotated megabytes in the system's own place for logs."""

from __future__ import annotations

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_fault_file: TextIO | None = None


def start(folder: Path) -> None:
    """Log to `folder`; a fault of the interpreter itself goes to a file of its own."""
    global _fault_file  # noqa: PLW0603 - faulthandler needs it open until the process ends
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "ehya.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
        _fault_file = (folder / "fault.log").open("a", encoding="utf-8")
    except OSError:  # a full or read-only disk: the program still has to start
        return
    handler.setFormatter(logging.Formatter(FORMAT))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    faulthandler.enable(_fault_file)
