"""A short table inside a record's page (returns, tranches), all of it in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHeaderView, QSizePolicy

from desktop.widgets.table_view import ROW_HEIGHT, TableView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.fields import Field

LEAST_ROWS, MOST_ROWS = 2, 8
LEAST_HEIGHT = 116  # pixels


class Few:
    """A few rows, for the table model."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, start: int, count: int) -> Sequence[Any]:
        return self._rows[start : start + count]


class FullTable(TableView):
    """Rows in memory, in all the room there is; not sorted by its header.

    Columns are as wide as they need. The rest is for `stretched`, which may be cut, or the last.
    """

    def __init__(self, fields: Sequence[Field], stretched: Field | None = None) -> None:
        super().__init__(fields)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(stretched is None)
        if stretched is not None:
            place = self.rows.fields.index(stretched)
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.set_rows([])

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.rows.set_rows(Few(rows))

    def copy_all(self) -> None:
        """Every row with the headings, as a sheet program takes them."""
        self.selectAll()
        self.copy()


class InnerTable(TableView):
    """As high as its rows, up to a few; not sorted by its header."""

    def __init__(
        self, fields: Sequence[Field], most: int = MOST_ROWS, row_height: int = ROW_HEIGHT
    ) -> None:
        super().__init__(fields)
        self._most, self._row_height = most, row_height
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows([])

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.rows.set_rows(Few(rows))
        shown = max(LEAST_ROWS, min(self._most, len(rows)))
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + shown * self._row_height + 8)
