"""The history of everything: who changed what, and the proof that nobody rewrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db import history, text
from db.errors import DatabaseProblem
from db.models.base import Base
from db.models.change import Change
from db.queries import changes, search
from desktop import tasks, theme
from desktop.pages.history_view import (
    ACTOR,
    AFTER,
    AT,
    BEFORE,
    FIELD,
    OPERATION_DONE,
    RECORD,
    HistoryView,
    Line,
    local_time,
)
from desktop.theme import SPACE
from desktop.widgets.common import Banner, EmptyState, button
from desktop.widgets.frame import Door
from desktop.widgets.inner_table import Few

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QKeyEvent
    from sqlalchemy.orm import Session

    from db.database import Database
    from db.queries.search import Found
    from desktop.widgets.frame import Frame

AT_ONCE = 500  # changes fetched at a time; each is a line for every field it touched
WAIT_MS = 60
NOTHING_YET = "هنوز چیزی دگرگون نشده است."
NOTHING_FOUND = "چیزی با این جستجو یافت نشد."
OLDER_UNSEEN = "چیزی با این جستجو در آنچه آمده است یافت نشد؛ «بیشتر» پیشینه‌های کهنه‌تر را می‌آورد."
PAGE_OF = {"unit": "units", "loan": "loans", "jihadi_group": "groups"}
PLACES = {"programme": "programme", "milestone": "programme"}
# A bulk entry tells what was made, not which field was changed.
BULK = {"units": "شمار واحدهای ساخته‌شده", "seed": "عدد آغاز نمونه"}


@dataclass(frozen=True)
class Entry(Line):
    """A line, the table its record is of, and what is found by a search."""

    table: str
    change_id: int
    key: str


@dataclass(frozen=True)
class Verdict:
    """What became of checking the chain; `broken` is the first row that does not fit."""

    rows: int
    broken: Change | None


class AllChanges(HistoryView):
    """The newest changes of all records, more of them when asked for, narrowed by a search."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, lambda session: changes.latest(session, AT_ONCE))
        self._entries: list[Entry] = []
        self._terms: list[str] = []
        self._shown_to: int | None = None
        self._fetched = 0
        self.has_more = False
        letter = self.table.fontMetrics().averageCharWidth()
        for place, field in enumerate(self.table.rows.fields):
            self.table.setColumnWidth(place, WIDTHS[field] * letter + 20)

    def refresh(self) -> None:
        """As many as were shown before, from the newest."""
        with self._frame.database.read() as session:
            found = changes.latest(session, max(AT_ONCE, self._fetched))
            self._entries = self._made(session, found)
        self._fetched = 0
        self._count(found, max(AT_ONCE, self._fetched))
        self._show()

    def more(self) -> None:
        """Continue below the oldest one shown."""
        with self._frame.database.read() as session:
            found = changes.latest(session, AT_ONCE, self._shown_to)
            self._entries += self._made(session, found)
        self._count(found, AT_ONCE)
        self._show()

    def narrow(self, typed: str) -> None:
        self._terms = text.search_terms(typed)
        self._show()

    def count(self) -> int:
        return self.table.rows.rowCount()

    def _count(self, found: Sequence[Change], asked: int) -> None:
        self._fetched += len(found)
        self._shown_to = found[-1].id if found else self._shown_to
        self.has_more = len(found) == asked

    def _show(self) -> None:
        """The line that was current stays so, where it is still there."""
        current, place = self.table.current(), self.table.verticalScrollBar().value()
        shown = [e for e in self._entries if all(term in e.key for term in self._terms)]
        self.table.rows.set_rows(Few(shown))
        if current is not None and current in shown:
            self.table.go_to(shown.index(current))
            self.table.verticalScrollBar().setValue(place)

    def _made(self, session: Session, found: Sequence[Change]) -> list[Entry]:
        names = search.naming(session, {(each.record, each.record_id) for each in found})
        return [
            self._entry(change, line, names.get((change.record, change.record_id)))
            for change in found
            for line in self._told(session, change)
        ]

    def _told(self, session: Session, change: Change) -> Iterator[Line]:
        """Without the fields no screen shows (whose part a return is), unless nothing else is."""
        known = self._frame.fields_of(change.record)[1].keys()
        labels = {field.label for name, field in self._frame.fields_of(change.record)[1].items()}
        lines = list(self._lines(session, change))
        yield from [line for line in lines if line.field in labels] if known else lines

    def _entry(self, change: Change, line: Line, named: Found | None) -> Entry:
        record = f"{line.record}: {named.title}" if named else line.record
        words = (line.at, line.actor, record, line.field, line.before, line.after)
        return Entry(
            **{**vars(line), "record": record},
            table=change.record,
            change_id=change.id,
            key=text.search_key("\n".join(words)),
        )


WIDTHS = {AT: 17, ACTOR: 10, OPERATION_DONE: 7, RECORD: 28, FIELD: 20, BEFORE: 20, AFTER: 20}
