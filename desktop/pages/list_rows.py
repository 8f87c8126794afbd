"""The rows of a list page: search, filters, the table, the card, the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db import text
from db.queries.listing import Listing, View
from desktop.pages.fetcher import Fetcher
from desktop.pages.record_card import RecordCard
from desktop.pages.row_acts import RowActs
from desktop.theme import SPACE
from desktop.widgets.common import EmptyState, button, chip, tool_button
from desktop.widgets.filter_bar import FilterBar
from desktop.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop.pages.list_spec import RowsSpec
    from desktop.pages.record_page import RecordPage
    from desktop.widgets.frame import Frame

ROOM_FOR_CARD = 860  # a narrower page belongs to the table
SUM_AT_MOST = 5_000  # chosen rows: summing more would be felt
_TO_THE_ROWS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)  # from the search
NOTHING_FOUND = "چیزی با این جستجو و پالایه‌ها یافت نشد."


class ListRows(QWidget):
    """Shows its `SPEC`; `view` is what of it. A record may be open over the rows."""

    SPEC: ClassVar[RowsSpec]

    def __init__(self, frame: Frame, filters: Mapping[str, Any] | None = None):
        super().__init__()
        self.frame, spec = frame, self.SPEC
        self.inner = filters is not None
        self.own = dict(filters or {})  # filters that cannot be taken off
        self.view = View(sort=spec.source.sort, descending=spec.newest_first)
        self.record: RecordPage | None = None
        self.listing = Listing(frame.database.read, spec.source, None)
        self._fetcher = Fetcher(self, frame, spec.source, inner=self.inner)
        self._current: int | None = None
        self._height: int | None = None
        self.bar = FilterBar(spec.filters, spec.fixed, self._options)
        self.archived = chip("بایگانی", "archive")
        self.table = TableView(spec.table, spec.shown)
        self.card = RecordCard(spec.name, spec.card, archives=spec.source.archives)
        self.new_button = button(spec.new_title, "add")
        self.empty = EmptyState(spec.icon, spec.empty, spec.new_title)
        self.acts = self._make_acts()
        self.list = QWidget()
        self._stack = QStackedLayout(self)
        self._build()
        self._connect()
        self._restore()

    # building

    def _make_acts(self) -> RowActs:
        return RowActs(self)

    def _build(self) -> None:
        columns = tool_button("ستون‌ها", "columns")
        columns.clicked.connect(
            lambda: self.table.column_menu(columns).popup(
                columns.mapToGlobal(columns.rect().bottomLeft())
            )
        )
        export = tool_button("خروجی اکسل", "excel", "Ctrl+E")
        export.clicked.connect(self.export)
        if self.inner:
            self.bar.add_widget(self.new_button)
        for part in (self.archived, columns, export):
            self.bar.add_widget(part)
        beside = QWidget()
        self._over = QStackedLayout(beside)
        self._over.addWidget(self.table)
        self._over.addWidget(self.empty)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        row.addWidget(beside, 1)
        row.addWidget(self.card)
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.bar)
        column.addLayout(row, 1)
        for bar in self.acts.bars:
            column.addWidget(bar)
        self.bar.search_edit.setVisible(not self.inner)
        self.card.setVisible(not self.inner)
        if self.inner:  # what is the same in every row is said by the record around
            column.setContentsMargins(0, SPACE[1], 0, 0)
            self.table.hide_fields(self.own)
        if not self.SPEC.source.archives:
            self.archived.hide()
        self._stack.addWidget(self.list)

    def _connect(self) -> None:
        self._fetcher.brought.connect(self._take)
        self.bar.changed.connect(self._search)
        self.archived.toggled.connect(lambda on: self._show(self.view.having(archived=on)))
        self.table.sorted_by.connect(self._sort)
        self.table.chosen.connect(self._chosen)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.tell())
        self.table.columns_changed.connect(self._remember)
        self.table.menu_wanted.connect(self.acts.fill_menu)
        self.card.opened.connect(self.table.open_current)

    def _key(self) -> str:
        return f"list/{self.SPEC.page}{'/inner' if self.inner else ''}"

    def _restore(self) -> None:
        state = self.frame.remembered(self._key()) or {}
        if "columns" in state:
            self.table.restore_layout(state["columns"])
        if state.get("sort") in {field.shown for field in self.SPEC.table}:
            self.view = self.view.having(sort=state["sort"], descending=bool(state.get("down")))

    def _remember(self) -> None:
        self.frame.remember(
            self._key(),
            {
                "columns": self.table.layout_state(),
                "sort": self.view.sort,
                "down": self.view.descending,
            },
        )

    def focus_search(self) -> None:
        if self.record is None:
            self.bar.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.search_edit.selectAll()

    def refresh(self) -> None:
        self._show(self.view)

    # showing

    def start(self) -> None:
        """The first fetch; apart from building, so that the window can be painted before."""
        self._show(self.view)

    def show_filters(self, filters: Mapping[str, Any]) -> None:
        """Exactly the rows behind a figure."""
        self.bar.show_view("", filters)
        self.archived.blockSignals(True)
        self.archived.setChecked(False)
        self.archived.blockSignals(False)
        self._stack.setCurrentWidget(self.list)
        self._show(self.view.having(filters=dict(filters), search="", archived=False))

    def _sort(self, name: str, descending: bool) -> None:
        """By what the column shows: «county» for county_id."""
        shown = next(field.shown for field in self.SPEC.table if field.name == name)
        self._show(self.view.having(sort=shown, descending=descending))

    def _search(self) -> None:
        self._show(self.view.having(search=self.bar.search, filters=dict(self.bar.filters)))

    def _show(self, view: View, current: int | None = None) -> None:
        """Fetch a view; `current` is the id of the row to go to, else the present one stays."""
        same = view == self.view
        self._height = self.table.verticalScrollBar().value() if same and not current else None
        self._current = current
        self.view = view.having(as_of=self.frame.as_of())
        asked = self.view.having(filters={**self.view.filters, **self.own})
        self._fetcher.fetch(asked)

    def _take(self, listing: Listing) -> None:
        """What was current or chosen stays so where it is still listed."""
        row, chosen = self.table.current(), self._chosen_ids()
        current = self._current or (row.id if row is not None else None)
        self.listing = listing
        self.table.rows.set_rows(listing)
        self.table.show_order(self._sort_field(), self.view.descending)
        if current is not None and current in listing.ids:
            self.table.go_to(listing.ids.index(current))
        else:
            self._chosen(None)  # a reset tells nobody that there is no current row any more
        if chosen:
            self.table.choose(place for place, n in enumerate(listing.ids) if n in chosen)
        if self._height is not None:
            self.table.verticalScrollBar().setValue(self._height)
        self._show_empty()
        self._remember()
        self.tell()

    def _chosen_ids(self) -> set[int]:
        places = self.table.selected_positions()
        return {self.listing.ids[place] for place in places} if len(places) > 1 else set()

    def _sort_field(self) -> str:
        """The field whose column the order stands for («county» is shown by county_id)."""
        fields = {field.shown: field.name for field in self.SPEC.table}
        return fields.get(self.view.sort, self.view.sort)

    def _show_empty(self) -> None:
        filtered = bool(self.view.search or self.view.filters or self.view.archived)
        if filtered:
            self.empty.say(NOTHING_FOUND, "")
        else:
            self.empty.say(self.SPEC.empty, self.SPEC.new_title)
        self._over.setCurrentIndex(0 if len(self.listing) else 1)
        self._show_card()

    def _show_card(self) -> None:
        roomy = self.width() >= ROOM_FOR_CARD
        self.card.setVisible(not self.inner and roomy and len(self.listing) > 0)

    def _chosen(self, row: Any) -> None:
        self.card.show_row(row, archived=self.view.archived)

    def tell(self) -> None:
        """The bottom line: rows shown, rows chosen, sums of the chosen amounts."""
        if self.record is not None:
            return
        places = self.table.selected_positions()
        self.acts.show(len(places))
        if self.inner:
            return
        words = [f"{text.grouped(len(self.listing))} ردیف", *self._totals()]
        if len(places) > 1:
            words.append(f"{text.grouped(len(places))} برگزیده")
            if len(places) <= SUM_AT_MOST:
                rows = [self.table.rows.row_at(place) for place in places]
                for field in self.SPEC.sums:
                    total = sum(field.value(row) or 0 for row in rows if row is not None)
                    words.append(f"{field.label}: {field.kind.show(total)}")
        self.frame.status("    ".join(words))

    def _totals(self) -> Iterator[str]:
        """The sums of all rows that the source tells."""
        fields = {field.shown: field for field in self.SPEC.table}
        for name, total in self.listing.totals.items():
            field = fields[name]
            yield f"جمع {field.label}: {field.kind.show(total)} {field.kind.suffix}"

    def _options(self, source: str) -> list[tuple[Any, str]]:
        from db.queries import lookups  # with the queries of every base list

        with self.frame.database.read() as session:
            return list(lookups.options(session, source))

    def export(self) -> None:
        """«خروجی اکسل»: what the list shows, in its order, with its columns."""
        from desktop.exchange.export import export_list

        words = [self.bar.words(name) for name in self.view.filters]
        if self.view.search:
            words.insert(0, f"جستجو: {self.view.search}")
        export_list(self, self.frame, self.SPEC.title, self.table.visible_fields(), self.listing,
                    words)  # fmt: skip

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.record is None and self.bar.search:
            self.bar.search_edit.clear()
        elif event.key() in _TO_THE_ROWS and self.bar.search_edit.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_card()
