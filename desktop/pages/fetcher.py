"""Brings the rows of a list: at once if it is short, off the window's thread if it is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import DatabaseProblem
from db.queries.listing import Listing
from desktop import tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.queries.listing import Source, View
    from desktop.widgets.frame import Frame

LONG = 20_000  # rows: ordering so many by a column without an index would be felt


class Fetcher(QObject):
    """`brought` carries the listing of the newest request only, in the window's thread."""

    brought = Signal(object)

    def __init__(self, parent: QWidget, frame: Frame, source: Source) -> None:
        super().__init__(parent)
        self._frame, self._source = frame, source
        self._asked = 0
        self._longest = 0

    def fetch(self, view: View) -> None:
        self._asked += 1
        asked, read, source = self._asked, self._frame.database.read, self._source
        if self._longest >= LONG:
            tasks.in_background(
                lambda: (asked, Listing(read, source, view)), self._arrived, self._frame.trouble
            )
            return
        try:
            self._arrived((asked, Listing(read, source, view)))
        except DatabaseProblem as problem:
            self._frame.trouble(problem)

    def _arrived(self, found: tuple[int, Listing]) -> None:
        asked, listing = found
        self._longest = max(self._longest, len(listing))
        if asked == self._asked:
            self.brought.emit(listing)
