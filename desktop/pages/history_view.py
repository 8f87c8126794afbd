"""The history as it is read: who, when, on what, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import calendar, text
from db.queries import lookups
from desktop import kinds
from desktop.choices import OPERATION
from desktop.fields import Field
from desktop.kinds import Link
from desktop.theme import SPACE
from desktop.widgets.common import EmptyState
from desktop.widgets.inner_table import Few
from desktop.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from db.models.change import Change
    from desktop.widgets.frame import Frame

AT = Field("at", "زمان", kinds.TEXT, 22)
ACTOR = Field("actor", "کاربر", kinds.TEXT, 14)
RECORD = Field("record", "رکورد", kinds.TEXT, 14)
OPERATION_DONE = Field("operation", "کار", OPERATION, 13)
FIELD = Field("field", "خانه", kinds.TEXT, 24)
BEFORE = Field("before", "از", kinds.TEXT, 26)
AFTER = Field("after", "به", kinds.TEXT, 26)

# What every record has, and not every screen shows.
ARCHIVING = {
    "archived_on": Field("archived_on", "روز بایگانی", kinds.DAY),
    "archive_reason": Field("archive_reason", "دلیل بایگانی", kinds.TEXT),
}


@dataclass(frozen=True)
class Line:
    """One changed field, in words."""

    at: str
    actor: str
    record: str
    record_id: int
    operation: str
    field: str
    before: str
    after: str


class HistoryView(QWidget):
    """`fetch` brings the changes, newest first; each changed field is a line."""

    def __init__(self, frame: Frame, fetch: Callable[[Session], Sequence[Change]]) -> None:
        super().__init__()
        self._frame, self._fetch = frame, fetch
        self.table = TableView((AT, ACTOR, OPERATION_DONE, RECORD, FIELD, BEFORE, AFTER))
        self.nothing = EmptyState("history", "از این رکورد هنوز چیزی در تاریخچه نیست.")
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(False)
        header.setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1)

    def refresh(self) -> None:
        with self._frame.database.read() as session:
            found = self._fetch(session)
            lines = [line for change in found for line in self._lines(session, change)]
        self.table.rows.set_rows(Few(lines))
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)

    def _lines(self, session: Session, change: Change) -> Iterator[Line]:
        word, fields = self._frame.fields_of(change.record)
        at, actor = local_time(change.at), change.actor
        known = {**ARCHIVING, **fields}
        # What no screen names (the unit of a return) says nothing, unless it is all there is.
        names = [name for name in change.fields if name in known] or list(change.fields)
        for name in names:
            field, (before, after) = known.get(name), change.fields[name]
            yield Line(
                at, actor, word, change.record_id, change.operation,
                field.label if field else name,
                in_words(session, field, before), in_words(session, field, after),
            )  # fmt: skip


def local_time(at: datetime) -> str:
    """A moment in UTC as the clock on the wall says it: «۱۴۰۲/۰۵/۰۴  ۱۰:۳۲»."""
    here = at.replace(tzinfo=UTC).astimezone()
    return f"{calendar.to_persian_date(here.date())}  {text.to_persian_digits(f'{here:%H:%M}')}"


def in_words(session: Session, field: Field | None, value: Any) -> str:
    """A value of the history as its field shows it; days come as ISO text, decimals as text."""
    if value in (None, ""):
        return ""
    if field is None:
        return str(value)
    if isinstance(field.kind, Link):
        return lookups.label(session, field.kind.source, value)
    try:
        return field.kind.show(field.typed(value))
    except (KeyError, ValueError, TypeError):  # written by an older version with other choices
        return str(value)
