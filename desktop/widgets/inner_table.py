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


class _Short(TableView):
    """Not sorted by its header. Columns of `now_and_then` are there where a row has something."""

    def __init__(
        self, fields: Sequence[Field], now_and_then: Sequence[Field], row_height: int
    ) -> None:
        super().__init__(fields)
        self._now_and_then = now_and_then
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.rows.set_rows(Few(rows))
        for field in self._now_and_then:
            place = self.rows.fields.index(field)
            self.setColumnHidden(place, not any(field.value(row) for row in rows))


class FullTable(_Short):
    """Rows in memory, in all the room there is.

    Columns are as wide as they need. The rest is for `stretched`, which may be cut, or the last.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        stretched: Field | None = None,
        now_and_then: Sequence[Field] = (),
        row_height: int = ROW_HEIGHT,
    ) -> None:
        super().__init__(fields, now_and_then, row_height)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(stretched is None)
        if stretched is not None:
            place = self.rows.fields.index(stretched)
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.set_rows([])

    def copy_all(self) -> None:
        """Every row with the headings, as a sheet program takes them."""
        self.selectAll()
        self.copy()


class InnerTable(_Short):
    """As high as its rows, up to a few."""

    def __init__(
        self,
        fields: Sequence[Field],
        most: int = MOST_ROWS,
        row_height: int = ROW_HEIGHT,
        now_and_then: Sequence[Field] = (),
    ) -> None:
        super().__init__(fields, now_and_then, row_height)
        self._most, self._row_height = most, row_height
        self.horizontalHeader().setStretchLastSection(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows([])

    def set_rows(self, rows: Sequence[Any]) -> None:
        super().set_rows(rows)
        shown = max(LEAST_ROWS, min(self._most, len(rows)))
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + shown * self._row_height + 8)
