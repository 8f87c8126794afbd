"""The list of a unit's documents: a small picture, its title, and what it is in a second line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from db.rules.documents import is_picture
from desktop import theme
from desktop.documents.words import second_line, spoken
from desktop.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPixmap

    from db.queries.documents import DocumentRow
    from desktop.documents.pictures import Thumbnails

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
SIDE = 64  # of the small picture
ROW_ROLE = Role.UserRole + 1


class _Model(QAbstractListModel):
    def __init__(self, parent: Shelf) -> None:
        super().__init__(parent)
        self.documents: Sequence[DocumentRow] = ()

    def show(self, documents: Sequence[DocumentRow]) -> None:
        self.beginResetModel()
        self.documents = documents
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.documents)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.documents[index.row()]
        if role == Role.DisplayRole:
            return row.title
        if role == Role.AccessibleTextRole:
            return spoken(row)
        if role == Role.ToolTipRole:
            return row.file_name
        return row if role == ROW_ROLE else None


class _Delegate(QStyledItemDelegate):
    """Paints with the palette and the layout's direction: nothing is measured from the left."""

    def __init__(self, shelf: Shelf, thumbnails: Thumbnails) -> None:
        super().__init__(shelf)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = QFontMetrics(option.font).lineSpacing() * 2
        return QSize(0, max(SIDE, lines) + 2 * SPACE[1])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DocumentRow = index.data(ROW_ROLE)
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )  # fmt: skip
        painter.save()
        whole: QRect = option.rect.adjusted(SPACE[2], SPACE[1], -SPACE[2], -SPACE[1])
        direction: Qt.LayoutDirection = option.direction
        picture = QRect(whole.left(), whole.top(), SIDE, whole.height())
        words = whole.adjusted(SIDE + SPACE[3], 0, 0, 0)
        self._picture(painter, QStyle.visualRect(direction, whole, picture), row)
        self._words(painter, QStyle.visualRect(direction, whole, words), row, option.palette)
        painter.restore()

    def _picture(self, painter: QPainter, place: QRect, row: DocumentRow) -> None:
        found = self._thumbnails.of(row)
        if found is not None:
            _draw_fitting(painter, place, found)
            return
        broken = row.sha256 in self._thumbnails.broken
        icon = "warning" if broken else "eye" if is_picture(row.media_type) else "document"
        square = QRect(0, 0, SIDE // 2, SIDE // 2)
        square.moveCenter(place.center())
        theme.icon(icon, "warn" if broken else "muted").paint(painter, square)

    def _words(self, painter: QPainter, place: QRect, row: DocumentRow, palette: QPalette) -> None:
        start = Qt.AlignmentFlag.AlignLeading
        bold, plain = theme.scaled_font(1, bold=True), theme.scaled_font(0.9)
        half, ink = place.height() // 2, palette.color(QPalette.ColorRole.Text)
        for font, color, text, top, side in (
            (bold, ink, row.title, 0, Qt.AlignmentFlag.AlignBottom),
            (plain, theme.color("muted"), second_line(row), half, Qt.AlignmentFlag.AlignTop),
        ):  # fmt: skip
            line = QRect(place.left(), place.top() + top, place.width(), half)
            painter.setFont(font)
            painter.setPen(color)
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(start | side), cut)


class Shelf(QListView):
    """`opened` by Enter or a double click, `chosen` when the current row changes."""

    opened = QtSignal(object)
    chosen = QtSignal(object)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self, thumbnails))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("اسناد")
        thumbnails.brought.connect(lambda _sha: self.viewport().update())
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW_ROLE)))
        self.selectionModel().currentChanged.connect(
            lambda now, _before: self.chosen.emit(now.data(ROW_ROLE))
        )

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        """The current one stays so, if it is still there."""
        before = self.current()
        self._model.show(documents)
        kept = [n for n, row in enumerate(documents) if before and row.id == before.id]
        if kept:
            self.setCurrentIndex(self._model.index(kept[0]))
        else:
            self.chosen.emit(None)

    def documents(self) -> Sequence[DocumentRow]:
        return self._model.documents

    def current(self) -> DocumentRow | None:
        found: DocumentRow | None = self.currentIndex().data(ROW_ROLE)
        return found

    def go_to(self, document_id: int) -> None:
        for place, row in enumerate(self._model.documents):
            if row.id == document_id:
                self.setCurrentIndex(self._model.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)


def _draw_fitting(painter: QPainter, place: QRect, picture: QPixmap) -> None:
    """Whole and in its own proportions, never larger than it is."""
    size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    spot = QRect(0, 0, size.width(), size.height())
    spot.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(spot, picture)
