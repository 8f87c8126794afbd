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
VERY_LONG = 150_000  # to find so many in the order of an index would be felt, too
WORKED_OUT = 5_000  # rows of no index of their own: however few of them are asked for


class Fetcher(QObject):
    """`brought` carries the listing of the newest request only, in the window's thread."""

    brought = Signal(object)

    def __init__(
        self, parent: QWidget, frame: Frame, source: Source, *, inner: bool = False
    ) -> None:
        """An `inner` list has the rows of one record: few of a table, however long that is."""
        super().__init__(parent)
        self._frame, self._source = frame, source
        self._asked = 0
        self._longest: int | None = 0 if inner else None

    def fetch(self, view: View) -> None:
        self._asked += 1
        asked, read, source = self._asked, self._frame.database.read, self._source
        try:
            if self._is_long():
                tasks.in_background(
                    lambda: (asked, Listing(read, source, view)), self._arrived, self._frame.trouble
                )
                return
            self._arrived((asked, Listing(read, source, view)))
        except DatabaseProblem as problem:
            self._frame.trouble(problem)

    def _is_long(self) -> bool:
        """Before the first list has come, by the newest row of the table."""
        if not self._source.archives:
            return self._newest() >= WORKED_OUT
        if self._longest is not None:
            return self._longest >= LONG
        return self._newest() >= VERY_LONG

    def _newest(self) -> int:
        with self._frame.database.read() as session:
            # As plain text: to put it together would take longer than to answer it.
            table = self._source.record.__tablename__
            newest = session.connection().exec_driver_sql(f"SELECT max(id) FROM {table}").scalar()
        return newest or 0

    def _arrived(self, found: tuple[int, Listing]) -> None:
        asked, listing = found
        self._longest = max(self._longest or 0, len(listing))
        if asked == self._asked:
            self.brought.emit(listing)
