"""The tab «پرونده»: all that happened to a unit in order of its day, and its printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db import text
from db.queries import changes, unit_file
from desktop import kinds
from desktop.choices import OPERATION
from desktop.fields import Field
from desktop.pages.history_view import ARCHIVING, in_words
from desktop.pages.panel import Panel, show_tab
from desktop.paper.printing import PrintButton
from desktop.theme import SPACE
from desktop.unit_file import words
from desktop.unit_file.printing import printed
from desktop.widgets.common import EmptyState, chip
from desktop.widgets.frame import Door
from desktop.widgets.inner_table import Few
from desktop.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from db.models.change import Change
    from db.queries.unit_file import Entry
    from desktop.paper.printing import Printed
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

DAY = Field("day", "روز", kinds.DAY, 12)
WHAT = Field("what", "رویداد", words.WHAT, 20)
LINE = Field("line", "شرح", kinds.TEXT, 40)  # and all that is left

# The page of a kind of record, or its tab of this unit's page.
PAGES: Final = {"visit": "visits", "obstacle": "obstacles", "action": "actions", "loan": "loans"}
TABS: Final = {"unit": "شناسنامه", "revival": "احیا", "document": "اسناد", "change": "تاریخچه"}


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown of an entry, and what it opens."""

    day: date
    what: str
    line: str
    record: str
    record_id: int


class UnitFilePanel(Panel):
    """Given `{"unit_id": [id]}`. A chip that is pressed shows its kind of entry alone."""

    def __init__(self, frame: Frame, filters: Mapping[str, Any]) -> None:
        super().__init__(frame)
        (self.unit_id,) = filters["unit_id"]
        self.table = TableView((DAY, WHAT, LINE))
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.nothing = EmptyState("history", "از این گونه رویداد هنوز چیزی ثبت نشده است.")
        self.chips = {kind: chip(word) for kind, word in words.KIND_WORDS.items()}
        self.changes = chip("با ویرایش‌ها", "history")
        self.print = PrintButton(frame, "چاپ شناسنامه", self._to_print)
        self._entries: list[Entry] = []
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[0])
        for each in (*self.chips.values(), self.changes):
            each.toggled.connect(lambda _on: self._show())
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.print)
        holder = QWidget()
        self._over = QStackedLayout(holder)
        self._over.addWidget(self.table)
        self._over.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(row)
        column.addWidget(holder, 1)
        self.table.opened.connect(self.open)

    def _to_print(self) -> Callable[[Progress], Printed]:
        database, as_of, fields_of = self.frame.database, self.frame.as_of(), self.frame.fields_of
        return lambda _progress: printed(database, self.unit_id, as_of, fields_of)

    def load(self) -> None:
        with self.frame.database.read() as session:
            self._entries = unit_file.entries(session, self.unit_id, self.frame.as_of())
        self._show()

    def _show(self) -> None:
        chosen = {kind for kind, made in self.chips.items() if made.isChecked()}
        lines = [
            Line(entry.day, words.what(entry), words.line(entry), entry.record, entry.record_id)
            for entry in self._entries
            if not chosen or entry.kind in chosen
        ]
        if self.changes.isChecked():
            lines = sorted([*lines, *self._changes()], key=lambda each: each.day)
        self.table.rows.set_rows(Few(lines))
        self._over.setCurrentIndex(0 if lines else 1)

    def _changes(self) -> list[Line]:
        as_of = self.frame.as_of()
        with self.frame.database.read() as session:
            found = [self._change(session, each) for each in changes.of_unit(session, self.unit_id)]
        return [each for each in reversed(found) if as_of is None or each.day <= as_of]

    def _change(self, session: Session, change: Change) -> Line:
        at = change.at.replace(tzinfo=UTC).astimezone()
        word, _ = self.frame.fields_of(change.record)
        told = "، ".join(self._fields(session, change))
        clock = text.to_persian_digits(f"{at:%H:%M}")
        head = f"{clock}  {change.actor}: {OPERATION.show(change.operation)} {word}"
        return Line(at.date(), "change", f"{head}؛ {told}", "change", change.record_id)

    def _fields(self, session: Session, change: Change) -> Iterator[str]:
        known = {**ARCHIVING, **self.frame.fields_of(change.record)[1]}
        for name, (before, after) in change.fields.items():
            field = known.get(name)
            if field is None:
                continue
            now = in_words(session, field, after) or "—"
            if change.operation == "insert":
                yield f"{field.label}: {now}"
            else:
                yield f"{field.label}: از «{in_words(session, field, before) or '—'}» به «{now}»"

    def open(self, row: Line) -> None:
        """The record of an entry: its own page, or its tab of this unit's page."""
        if row.record in PAGES:
            self.frame.go(Door(PAGES[row.record], record=row.record_id))
        elif row.record in TABS:
            show_tab(self, TABS[row.record])
