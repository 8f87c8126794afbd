"""A list page: search, filters, the table, the chosen record's card; and the record itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db import text
from db.errors import DatabaseProblem, RuleError
from db.queries.listing import Listing, View
from desktop.exchange.export import export_list
from desktop.messages import sentence
from desktop.pages.fetcher import Fetcher
from desktop.pages.record_card import RecordCard
from desktop.theme import SPACE
from desktop.widgets.common import EmptyState, button, chip, tool_button
from desktop.widgets.dialogs import ask_reason
from desktop.widgets.filter_bar import FilterBar
from desktop.widgets.table_view import TableView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desktop.pages.list_spec import ListSpec
    from desktop.pages.record_page import RecordPage
    from desktop.widgets.frame import Frame

ROOM_FOR_CARD = 860  # a narrower page belongs to the table
SUM_AT_MOST = 5_000  # chosen rows: summing more would be felt
_TO_THE_ROWS = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)  # from the search
NOTHING_FOUND = "چیزی با این جستجو و پالایه‌ها یافت نشد."


class ListPage(QWidget):
    """Shows a ListSpec. The same page serves inside a record (`inner`), without search and card."""

    def __init__(self, frame: Frame, spec: ListSpec, filters: Mapping[str, Any] | None = None):
        super().__init__()
        self.frame, self.spec = frame, spec
        self.inner = filters is not None
        self.own = dict(filters or {})  # filters that cannot be taken off
        self.view = View(sort=spec.source.sort)
        self.record: RecordPage | None = None
        self.listing = Listing(frame.database.read, spec.source, None)
        self._fetcher = Fetcher(self, frame, spec.source)
        self._current: int | None = None
        self._height: int | None = None
        self.bar = FilterBar(spec.filters, spec.fixed, self._options)
        self.archived = chip("بایگانی", "archive")
        self.table = TableView(spec.table, spec.shown)
        self.card = RecordCard(spec.name, spec.card)
        self.empty = EmptyState(spec.icon, spec.empty, spec.new_title)
        self.list = QWidget()
        self._stack = QStackedLayout(self)
        self._build()
        self._restore()

    # building

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
            new = button(self.spec.new_title, "add")
            new.clicked.connect(self.new)
            self.bar.add_widget(new)
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
        self.bar.search_edit.setVisible(not self.inner)
        self.card.setVisible(not self.inner)
        if self.inner:  # what is the same in every row is said by the record around
            column.setContentsMargins(0, SPACE[1], 0, 0)
            self.table.hide_fields(self.own)
        self._stack.addWidget(self.list)
        self._connect()

    def _connect(self) -> None:
        self._fetcher.brought.connect(self._take)
        self.bar.changed.connect(self._search)
        self.archived.toggled.connect(lambda on: self._show(self.view.having(archived=on)))
        self.table.sorted_by.connect(self._sort)
        self.table.opened.connect(lambda row: self.open(row.id))
        self.table.chosen.connect(self._chosen)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.table.columns_changed.connect(self._remember)
        self.card.opened.connect(self.table.open_current)
        self.card.archived.connect(self.archive)
        self.card.restored.connect(self.restore)
        self.empty.pressed.connect(self.new)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self.focus_search),
            (QKeySequence.StandardKey.Refresh, self.refresh),
            (QKeySequence.StandardKey.New, self.new),
            (QKeySequence.StandardKey.Save, self.save),
        ):
            if not self.inner:  # wherever in the window the focus is: the page is what one sees
                QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _key(self) -> str:
        return f"list/{self.spec.page}{'/inner' if self.inner else ''}"

    def _restore(self) -> None:
        state = self.frame.remembered(self._key()) or {}
        if "columns" in state:
            self.table.restore_layout(state["columns"])
        if state.get("sort") in {field.shown for field in self.spec.table}:
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
        shown = next(field.shown for field in self.spec.table if field.name == name)
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
        self._tell()

    def _chosen_ids(self) -> set[int]:
        places = self.table.selected_positions()
        return {self.listing.ids[place] for place in places} if len(places) > 1 else set()

    def _sort_field(self) -> str:
        """The field whose column the order stands for («county» is shown by county_id)."""
        fields = {field.shown: field.name for field in self.spec.table}
        return fields.get(self.view.sort, self.view.sort)

    def _show_empty(self) -> None:
        filtered = bool(self.view.search or self.view.filters or self.view.archived)
        if filtered:
            self.empty.say(NOTHING_FOUND, "")
        else:
            self.empty.say(self.spec.empty, self.spec.new_title)
        self._over.setCurrentIndex(0 if len(self.listing) else 1)
        self._show_card()

    def _show_card(self) -> None:
        roomy = self.width() >= ROOM_FOR_CARD
        self.card.setVisible(not self.inner and roomy and len(self.listing) > 0)

    def _chosen(self, row: Any) -> None:
        self.card.show_row(row, archived=self.view.archived)

    def _tell(self) -> None:
        """The bottom line: rows shown, rows chosen, sums of the chosen amounts."""
        if self.inner or self.record is not None:
            return
        words = [f"{text.grouped(len(self.listing))} ردیف"]
        places = self.table.selected_positions()
        if len(places) > 1:
            words.append(f"{text.grouped(len(places))} برگزیده")
            if len(places) <= SUM_AT_MOST:
                rows = [self.table.rows.row_at(place) for place in places]
                for field in self.spec.sums:
                    total = sum(field.value(row) or 0 for row in rows if row is not None)
                    words.append(f"{field.label}: {field.kind.show(total)}")
        self.frame.status("    ".join(words))

    def _options(self, source: str) -> list[tuple[Any, str]]:
        from db.queries import lookups  # with the queries of every base list

        with self.frame.database.read() as session:
            return list(lookups.options(session, source))

    # what the user does

    def focus_search(self) -> None:
        if self.record is None:
            self.bar.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.search_edit.selectAll()

    def refresh(self) -> None:
        if self.record is not None:
            self.record.refresh()
        self._show(self.view)

    def new(self) -> None:
        inner = self.record.tabs.currentWidget() if self.record else None
        if isinstance(inner, ListPage):  # the list one looks at is that of the record
            inner.new()
            return
        self.new_with({**self.spec.new_first, **self._own_values()})

    def _own_values(self) -> dict[str, Any]:
        """A new record of an inner list belongs to the record around it."""
        return {n: v[0] for n, v in self.own.items() if isinstance(v, list) and len(v) == 1}

    def new_with(self, values: Mapping[str, Any]) -> None:
        if self.inner:
            self.frame.new(self.spec.page, values)
        elif self.can_leave():
            self._open(self.spec.make_record(self.frame, None, values))

    def open(self, record_id: int) -> None:
        if self.inner:
            from desktop.widgets.frame import Door

            self.frame.go(Door(self.spec.page, record=record_id))
        elif self.can_leave():
            self._open(self.spec.make_record(self.frame, record_id, {}))

    def _open(self, record: RecordPage) -> None:
        self.close_record()
        self.record = record
        record.closed.connect(self.back)
        record.saved.connect(lambda _number: self._show(self.view))
        self._stack.addWidget(record)
        self._stack.setCurrentWidget(record)
        if not self.inner:
            self.frame.status("")
            self.frame.in_record(True)
        if record.record_id is None:
            # Only a widget on the screen takes the focus.
            QTimer.singleShot(0, record, record.form.focus_first)

    def back(self) -> None:
        """To the list again, on the row of the record that was open."""
        number = self.record.record_id if self.record else None
        self.close_record()
        self._show(self.view, number)
        self.table.setFocus()

    def close_record(self) -> None:
        if self.record is not None:
            self._stack.removeWidget(self.record)
            self.record.hide()
            self.record.deleteLater()
            self.record = None
            self.frame.in_record(False)
        self._stack.setCurrentWidget(self.list)

    def can_leave(self) -> bool:
        return self.record is None or self.record.can_leave()

    def save(self) -> None:
        if self.record is not None:
            self.record.save()

    def archive(self) -> None:
        """Archive the chosen row, with a reason."""
        row = self.table.current()
        if row is None or self.view.archived or self.record is not None:
            return
        name = self.spec.name.text(row)
        told = "از فهرست‌ها و همهٔ عددها بیرون می‌رود و در بایگانی می‌ماند؛ می‌توان بازش گرداند."
        reason = ask_reason(self.window(), "بایگانی", f"«{name}» {told}")
        if reason is not None and self._write(lambda s: self.spec.archive(s, row.id, reason)):
            self.frame.toast(f"«{name}» بایگانی شد.")

    def restore(self) -> None:
        row = self.table.current()
        if row is not None and self._write(lambda s: self.spec.restore(s, row.id)):
            self.frame.toast(f"«{self.spec.name.text(row)}» بازگردانده شد.")

    def _write(self, act: Any) -> bool:
        try:
            with self.frame.database.write() as session:
                act(session)
        except RuleError as error:
            self.frame.toast(sentence(error.violations[0]), "bad")
            return False
        except DatabaseProblem as problem:
            self.frame.trouble(problem)
            return False
        return True

    def export(self) -> None:
        """«خروجی اکسل»: what the list shows, in its order, with its columns."""
        words = [self.bar.words(name) for name in self.view.filters]
        if self.view.search:
            words.insert(0, f"جستجو: {self.view.search}")
        export_list(self, self.frame, self.spec.title, self.table.visible_fields(), self.listing,
                    words)  # fmt: skip

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.record is None:
            self.archive()
        elif event.key() == Qt.Key.Key_Escape and self.record is None and self.bar.search:
            self.bar.search_edit.clear()
        elif event.key() in _TO_THE_ROWS and self.bar.search_edit.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)


def refresh_panel(panel: QWidget | None) -> None:
    """A list inside a record is as fresh as the record around it."""
    if isinstance(panel, ListPage):
        panel.refresh()
