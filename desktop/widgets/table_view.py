"""The one table: sorted by its header, its columns chosen, moved and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.widgets.common import give_viewport
from desktop.widgets.table_model import TableModel

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

    from desktop.fields import Field

ROW_HEIGHT = 36
PADDING = 10
LEAST_WIDTH = 44
_SPECIMEN = "صنایع غذایی گلستان مرودشت ۱۲۳"  # what an average letter is measured on
MOST_COPIED = 20_000  # rows: more than that belongs in an Excel file


class TableView(QTableView):
    """Shows a TableModel. Sorting is asked of the page (`sorted_by`), never done here."""

    sorted_by = Signal(str, bool)  # field name, descending
    opened = Signal(object)  # the row entered or double-clicked
    chosen = Signal(object)  # the current row, or None
    columns_changed = Signal()
    menu_wanted = Signal(object)  # the menu of the rows, for the page to put its own into

    def __init__(self, fields: Sequence[Field], shown: Sequence[Field] = ()) -> None:
        super().__init__()
        give_viewport(self, QPalette.ColorRole.Base)
        self.rows = TableModel(fields, self)
        self.setModel(self.rows)
        self._usual = {field.name for field in (shown or fields)}
        self._restoring = False
        self._set_up()
        self.usual_columns()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        columns.setSectionsMovable(True)
        columns.setSectionsClickable(True)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(LEAST_WIDTH)  # Qt's own is the widest letter of the font
        columns.setSortIndicatorShown(True)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(self._column_menu)
        columns.sectionClicked.connect(self._header_clicked)
        columns.sectionMoved.connect(self._columns_moved)
        columns.sectionResized.connect(self._columns_moved)
        self.doubleClicked.connect(lambda _index: self.open_current())
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    # rows

    def current(self) -> Any:
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def open_current(self) -> None:
        if (row := self.current()) is not None:
            self.opened.emit(row)

    def go_to(self, position: int) -> None:
        """Make a row current and visible (not `selectRow`: it selects nothing right to left)."""
        if 0 <= position < self.rows.rowCount():
            column = self.horizontalHeader().logicalIndex(self._first_visible())
            index = self.rows.index(position, column)
            across = self.horizontalScrollBar().value()
            self.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.scrollTo(index)
            self.horizontalScrollBar().setValue(across)

    def _first_visible(self) -> int:
        header = self.horizontalHeader()
        places = range(header.count())
        return next((p for p in places if not header.isSectionHidden(header.logicalIndex(p))), 0)

    def selected_positions(self) -> list[int]:
        # Not `selectedRows`: it asks the model of each cell, 0.1 s for a thousand rows.
        spans = self.selectionModel().selection().toList()
        return sorted({row for span in spans for row in range(span.top(), span.bottom() + 1)})

    def choose(self, positions: Iterable[int]) -> None:
        """Choose these rows too; the current one stays."""
        also = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        found = QItemSelection()
        for first, last in _runs(positions):
            found.select(self.rows.index(first, 0), self.rows.index(last, 0))
        self.selectionModel().select(found, also)

    # columns

    def visible_fields(self) -> list[Field]:
        """The columns as they stand on the screen, in order: what an export writes."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [self.rows.fields[n] for n in order if not header.isSectionHidden(n)]

    def usual_columns(self) -> None:
        """The columns, order and widths the program comes with."""
        self._restoring = True
        header = self.horizontalHeader()
        letter = self.fontMetrics().horizontalAdvance(_SPECIMEN) / len(_SPECIMEN)
        for number, field in enumerate(self.rows.fields):
            header.moveSection(header.visualIndex(number), number)
            header.setSectionHidden(number, field.name not in self._usual)
            letters = max(field.width, len(field.label) + 2)  # the arrow of the order
            self.setColumnWidth(number, round(letters * letter) + 2 * PADDING)
        self._restoring = False
        self.columns_changed.emit()

    def hide_fields(self, names: Container[str]) -> None:
        for number, field in enumerate(self.rows.fields):
            if field.name in names:
                self.setColumnHidden(number, True)

    def layout_state(self) -> dict[str, Any]:
        """By field names, so that it survives columns added later."""
        header = self.horizontalHeader()
        names = [field.name for field in self.rows.fields]
        order = [names[header.logicalIndex(place)] for place in range(header.count())]
        return {
            "order": order,
            "hidden": [n for i, n in enumerate(names) if header.isSectionHidden(i)],
            "widths": {n: header.sectionSize(i) for i, n in enumerate(names)
                       if not header.isSectionHidden(i)},
        }  # fmt: skip

    def restore_layout(self, state: dict[str, Any]) -> None:
        self._restoring = True
        header = self.horizontalHeader()
        numbers = {field.name: n for n, field in enumerate(self.rows.fields)}
        known = [name for name in state.get("order", []) if name in numbers]
        for place, name in enumerate(known):
            header.moveSection(header.visualIndex(numbers[name]), place)
        hidden = set(state.get("hidden", []))
        for name in known:
            header.setSectionHidden(numbers[name], name in hidden)
        for name, width in state.get("widths", {}).items():
            if name in numbers and 20 <= int(width) <= 2000:
                self.setColumnWidth(numbers[name], int(width))
        self._restoring = False

    def show_order(self, name: str, descending: bool) -> None:
        header = self.horizontalHeader()
        names = [field.name for field in self.rows.fields]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(names.index(name) if name in names else -1, order)

    def column_menu(self, parent: QWidget | None = None) -> QMenu:
        """Which columns are shown, and back to the usual ones."""
        menu = QMenu(parent or self)
        for number, field in enumerate(self.rows.fields):
            action = QAction(field.label, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda on, n=number: self._show_column(n, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction("ستون‌های آغازین").triggered.connect(self.usual_columns)
        return menu

    def _show_column(self, number: int, visible: bool) -> None:
        if not visible and len(self.visible_fields()) == 1:
            return  # a table without columns could not be mended by its own header
        self.setColumnHidden(number, not visible)
        self.columns_changed.emit()

    def _column_menu(self, at: QPoint) -> None:
        self.column_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _columns_moved(self, *_: int) -> None:
        if not self._restoring:
            self.columns_changed.emit()

    def _header_clicked(self, section: int) -> None:
        down = self.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self.sorted_by.emit(self.rows.fields[section].name, down)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.rows.row_at(current.row()) if current.isValid() else None)

    # copying

    def copy(self) -> None:
        """The chosen rows with their headings, as a sheet program takes them."""
        fields = self.visible_fields()
        lines = ["\t".join(field.label for field in fields)]
        for position in self.selected_positions()[:MOST_COPIED]:
            row = self.rows.row_at(position)
            if row is not None:
                lines.append("\t".join(_plain(field.excel(row)) for field in fields))
        QGuiApplication.clipboard().setText("\n".join(lines))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction("باز کردن").triggered.connect(self.open_current)
        menu.addAction("رونوشت با سرستون").triggered.connect(self.copy)
        self.menu_wanted.emit(menu)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.viewport().update()


def _runs(positions: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each stretch: a thousand rows in one span are chosen at once."""
    runs: list[tuple[int, int]] = []
    for place in sorted(positions):
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _plain(value: Any) -> str:
    """One cell of copied text: no tabs or line breaks, and never a formula."""
    if value is None:
        return ""
    words = str(value).replace("\t", " ").replace("\n", " ")
    return f"'{words}" if isinstance(value, str) and words[:1] in "=+-@" and words else words
