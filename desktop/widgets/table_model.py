"""The one table model: a listing of any length, shown through its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush

from desktop import theme
from desktop.kinds import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from PySide6.QtCore import QObject

    from desktop.fields import Field

    class Rows(Protocol):
        """What is listed: how many, and some of them by position (None: gone meanwhile)."""

        def __len__(self) -> int: ...
        def rows(self, start: int, count: int) -> Sequence[Any]: ...


Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
PAGE = 128
KEPT = 24  # pages in memory: more than any screen shows, so that scrolling back is free

_WORD = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
# Persian numbers too are written with their units at the right: digit under digit is there.
_NUMBER = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


class TableModel(QAbstractTableModel):
    """Knows no database: answers only from pages that its rows hand out."""

    ROW_ROLE = Role.UserRole + 1

    def __init__(self, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self._rows: Rows | None = None
        self._pages: dict[int, Sequence[Any]] = {}

    def set_rows(self, rows: Rows | None) -> None:
        self.beginResetModel()
        self._rows = rows
        self._pages.clear()
        self.endResetModel()

    def row_at(self, row: int) -> Any:
        """The row at a position; None if it has gone since the list was made."""
        assert self._rows is not None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            while len(self._pages) >= KEPT:
                self._pages.pop(next(iter(self._pages)))
            page = self._pages[number] = self._rows.rows(number * PAGE, PAGE)
        return page[place]

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() or self._rows is None else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        field = self.fields[section]
        if role == Role.DisplayRole:
            return field.label
        if role == Role.TextAlignmentRole:
            return _NUMBER if field.kind.number else _WORD
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERED:
            return None
        field = self.fields[index.column()]
        if role == Role.TextAlignmentRole:
            return _NUMBER if field.kind.number else _WORD
        row = self.row_at(index.row())
        if row is None:
            return None
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return field.text(row).replace("\n", " ")
            case Role.ToolTipRole:
                return field.whole(row) or None
            case Role.ForegroundRole:
                return _tone(field, row)
            case self.ROW_ROLE:
                return row
        return None


def _tone(field: Field, row: Any) -> QBrush | None:
    """A state is a coloured word, never colour alone."""
    if isinstance(field.kind, Choice) and (tone := field.kind.tones.get(field.value(row))):
        return QBrush(theme.color(tone))
    return None


_ANSWERED = frozenset(
    {
        Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole, Role.ForegroundRole,
        Role.TextAlignmentRole, TableModel.ROW_ROLE,
    }
)  # fmt: skip
