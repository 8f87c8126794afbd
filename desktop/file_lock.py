"""One window at a time on a file: the second is told so, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from pathlib import Path


class FileLock:
    """Raises DatabaseProblem: "in_use" while another window has the file.

    A lock left by a program that was killed is taken over at once, because Qt looks whether the
    process is still there.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = QLockFile(str(file.with_name(file.name + ".lock")))
        self._lock.setStaleLockTime(0)
        if not file.is_file():
            raise DatabaseProblem("missing", str(file))
        if not self._lock.tryLock(0):
            used = self._lock.error() == QLockFile.LockError.LockFailedError
            raise DatabaseProblem("in_use" if used else "read_only", str(file))

    def release(self) -> None:
        self._lock.unlock()
