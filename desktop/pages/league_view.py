"""The league table of the groups: a period, a measure, ranks; every figure opens its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db import calendar, text
from db.queries import league
from db.queries.league import MEASURES
from desktop import choices, kinds, tasks
from desktop.exchange.export import export_list
from desktop.fields import Field
from desktop.theme import SPACE
from desktop.widgets.common import Card, label, link_button, muted, tool_button
from desktop.widgets.frame import Door
from desktop.widgets.inner_table import Few
from desktop.widgets.period_bar import Period, PeriodBar, period_of
from desktop.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from db.queries.league import Line
    from desktop.widgets.frame import Frame

TITLE: Final = "جدول رتبه‌بندی گروه‌ها"
KEY: Final = "league"
WIDTH, ROOM_FOR_CARD = 260, 860
RANK = Field("rank", "رتبه", kinds.COUNT, 6)
NAME = Field("name", "گروه", kinds.TEXT, 26)
COUNTY = Field("county", "شهرستان", kinds.TEXT, 13)
ACTIVE = Field("active", "فعال", kinds.FLAG, 7)
FIGURES: Final = {
    "revived": Field("revived", "احیاشده", kinds.COUNT, 10),
    "jobs": Field("jobs", "اشتغال تازه", kinds.PEOPLE, 11),
    "visits": Field("visits", "پایش پذیرفته", kinds.COUNT, 11),
    "obstacles": Field("obstacles", "مانع رفع‌شده", kinds.COUNT, 11),
    "units": Field("units", "واحد ثبت‌شده", kinds.COUNT, 11),
}
SHOWN = (RANK, NAME, COUNTY, *FIGURES.values())
TABLE = (*SHOWN, ACTIVE)


class Lines(Few):
    """The lines as they stand, for the table and for Excel."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(lines)
        self._lines = lines

    def every_row(self) -> Iterator[Line]:
        return iter(self._lines)


class LeagueView(QWidget):
    """`brought` when new figures are there; `lines` are in the order shown."""

    brought = Signal()

    def __init__(self, frame: Frame, period: Period | None = None) -> None:
        """With a period of its own it is a part of a page: it neither begins with the last period
        nor remembers it, and stands without the card.
        """
        super().__init__()
        self.frame = frame
        kept = frame.remembered(KEY) if period is None else None
        self.alone = period is None
        self._as_of = frame.as_of() or calendar.today()
        kept = kept if isinstance(kept, dict) else {}
        wanted = str(kept.get("measure"))
        self.measure: str = wanted if wanted in MEASURES else MEASURES[0]
        self._sort, self._descending = self.measure, True
        self.lines: list[Line] = []
        self._found: list[Line] = []
        self._asked = 0
        self.bar = PeriodBar(period or period_of(kept.get("period"), self._as_of))
        self.table = TableView(TABLE, SHOWN)
        self.card = _LineCard()
        self.told = muted("")
        self._build()

    def _build(self) -> None:
        export = tool_button("خروجی اکسل", "excel", "Ctrl+E")
        export.clicked.connect(self.export)
        top = QHBoxLayout()
        top.setSpacing(SPACE[2])
        top.addWidget(label("دوره", "field"))
        top.addWidget(self.bar)
        top.addWidget(self.told, 1)
        top.addWidget(export)
        beside = QHBoxLayout()
        beside.setSpacing(SPACE[2])
        beside.addWidget(self.table, 1)
        beside.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(top)
        column.addLayout(beside, 1)
        self.bar.changed.connect(self._another_period)
        self.table.sorted_by.connect(self._sort_by)
        self.table.chosen.connect(self.card.show_line)
        self.table.opened.connect(lambda _line: self.open_cell())
        self.card.wanted.connect(lambda name: self.open(self.table.current(), name))

    # showing

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Off the window's thread: of 300,000 visits it takes a tenth of a second."""
        self._asked += 1
        asked, day, days = self._asked, self.frame.as_of() or calendar.today(), self.bar.period
        database = self.frame.database

        def count() -> tuple[int, date, list[Line]]:
            with database.read() as session:
                return asked, day, league.league(session, day, *days.days())

        tasks.in_background(count, self._arrived, self.frame.trouble)

    def _arrived(self, found: tuple[int, date, list[Line]]) -> None:
        asked, self._as_of, lines = found
        if asked == self._asked:
            self._found = lines
            self._show()
            self.brought.emit()

    def _show(self) -> None:
        current = self.table.current()
        ranked = league.ranked(self._found, self.measure)
        self.lines = self._in_order(ranked)
        self.table.rows.set_rows(Lines(self.lines))
        self.table.show_order(self._sort, self._descending)
        ids = [line.id for line in self.lines]
        if current is not None and current.id in ids:
            self.table.go_to(ids.index(current.id))
        else:
            self.card.show_line(None)
        if self.alone:
            self.frame.status(f"{text.grouped(len(self.lines))} گروه")
        words = choices.MEASURE.show(self.measure)
        self.told.setText(f"رتبه با {words}؛ سرستون دیگری را بزنید تا با آن رتبه داده شود.")

    def _in_order(self, ranked: list[Line]) -> list[Line]:
        if self._sort in MEASURES or self._sort == RANK.name:
            return ranked if self._descending else ranked[::-1]
        places = {line.id: place for place, line in enumerate(self._found)}  # these are by name
        key: Callable[[Line], Any] = {
            NAME.name: lambda line: places[line.id],
            COUNTY.name: lambda line: (text.sort_key(line.county or ""), places[line.id]),
            ACTIVE.name: lambda line: (line.active, places[line.id]),
        }[self._sort]
        return sorted(ranked, key=key, reverse=self._descending)

    def _sort_by(self, name: str, descending: bool) -> None:
        """By a measure the most comes first; the rank is by the measure last chosen."""
        another = name != self._sort
        self._sort = name
        best_first = name in MEASURES or name == RANK.name
        self._descending = best_first if another else descending
        if name in MEASURES:
            self.measure = name
        self._remember()
        self._show()

    def _another_period(self) -> None:
        self._remember()
        self.refresh()

    def _remember(self) -> None:
        if self.alone:
            kept = {"measure": self.measure, "period": self.bar.kept()}
            self.frame.remember(KEY, kept)

    # what the user does

    def open_cell(self) -> None:
        """The rows behind the figure one stands on; the group itself from its name."""
        field = TABLE[self.table.currentIndex().column()]
        self.open(self.table.current(), field.name)

    def open(self, line: Line | None, name: str) -> None:
        if line is not None:
            self.frame.go(door(line, name, self.bar.period))

    def export(self) -> None:
        words = [self.bar.period.words(), f"رتبه با {choices.MEASURE.show(self.measure)}"]
        export_list(self, self.frame, TITLE, self.table.visible_fields(), Lines(self.lines), words)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.setVisible(self.alone and self.width() >= ROOM_FOR_CARD)


class _LineCard(Card):
    """The chosen group; each of its figures leads to its rows."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(" ")
        self.setFixedWidth(WIDTH)
        self.heading.setWordWrap(True)
        self._hint = muted("گروهی را برگزینید؛ هر عدد آن به ردیف‌های خودش می‌برد.")
        self.buttons = {name: link_button("") for name in FIGURES}
        self._open = link_button("صفحهٔ گروه", "forward")
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[1])
        grid.setColumnStretch(0, 1)
        self._labels = []
        for row, (name, field) in enumerate(FIGURES.items()):
            title = label(field.label, "muted")
            self._labels.append(title)
            grid.addWidget(title, row, 0)
            grid.addWidget(self.buttons[name], row, 1, Qt.AlignmentFlag.AlignTrailing)
            self.buttons[name].clicked.connect(lambda _checked, n=name: self.wanted.emit(n))
        self._open.clicked.connect(lambda: self.wanted.emit(NAME.name))
        self.body.addWidget(self._hint)
        self.body.addLayout(grid)
        self.body.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addStretch(1)
        self.show_line(None)

    def show_line(self, line: Any) -> None:
        there = line is not None
        self.heading.setText(NAME.text(line) if there else "")
        self.heading.setVisible(there)
        self._hint.setVisible(not there)
        for part in (*self._labels, self._open):
            part.setVisible(there)
        for name, made in self.buttons.items():
            made.setVisible(there)
            if there:
                shown = FIGURES[name].text(line)
                made.setText(shown)
                made.setEnabled(league.value(line, name) > 0)
                made.setAccessibleName(f"{FIGURES[name].label}: {shown}")


def door(line: Line, name: str, period: Period) -> Door:
    """The list with exactly the rows a figure counts, or the group's own page."""
    days = [day and day.isoformat() for day in period.days()]
    given = any(days)
    group: dict[str, Any] = {"group_id": [line.id]}

    def within(column: str) -> dict[str, Any]:
        return {column: days} if given else {}

    match name:
        case "units":
            return Door("units", {**group, **within("registered_on")})
        case "revived" | "jobs":
            return Door("units", {**group, "counted": True, **within("returned_on")})
        case "visits":
            return Door("visits", {**group, "review": ["accepted"], **within("day")})
        case "obstacles":
            return Door("obstacles", {**group, "removed_on": days})
    return Door("groups", record=line.id)
