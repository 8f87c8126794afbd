"""The search of everything (Ctrl+K): one line, a list, and the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.theme import SPACE
from desktop.widgets.common import muted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent, QShowEvent

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WIDTH, ROWS = 620, 9
ROW_HEIGHT = 40
ICON = 20
WAIT_MS = 60  # keys that come faster than this are searched together
HINT = "↑ و ↓ برای رفتن، Enter برای باز کردن، Esc برای بستن"
NOTHING = "چیزی یافت نشد."
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Hit:
    """Something found: `act` opens it, when the palette is gone."""

    title: str
    detail: str
    icon: str
    act: Callable[..., Any]


class _Hits(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        hit = self.hits[index.row()]
        if role == Role.DisplayRole:
            return hit.title
        if role == Role.AccessibleTextRole:
            return f"{hit.title}، {hit.detail}" if hit.detail else hit.title
        if role == Role.UserRole:
            return hit
        return None


class _Rows(QStyledItemDelegate):
    """Icon, title, and at the far end what tells it from others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetrics(option.font).height()
        return QSize(0, max(ROW_HEIGHT, height + SPACE[1]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Role.UserRole)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        way: Qt.LayoutDirection = option.direction
        lit = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), theme.RADIUS, theme.RADIUS)
        inner = area.adjusted(SPACE[2], 0, -SPACE[2], 0)
        spot = QRect(inner.left(), inner.center().y() - ICON // 2, ICON, ICON)
        theme.icon(hit.icon, "accent" if lit else "muted").paint(
            painter, QStyle.visualRect(way, inner, spot)
        )
        words = QRect(inner)
        words.setLeft(inner.left() + ICON + SPACE[2])
        self._write(painter, way, inner, words, hit)
        painter.restore()

    def _write(
        self, painter: QPainter, way: Qt.LayoutDirection, inner: QRect, words: QRect, hit: Hit
    ) -> None:
        metrics = painter.fontMetrics()
        cut = Qt.TextElideMode.ElideRight
        title = metrics.elidedText(hit.title, cut, words.width())
        taken = metrics.horizontalAdvance(title) + SPACE[3]
        rest = QRect(words)
        rest.setLeft(words.left() + taken)
        detail = metrics.elidedText(hit.detail, cut, max(0, rest.width()))
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for text, place, side, meaning in (
            (title, words, start, "text"),
            (detail, rest, end, "muted"),
        ):
            painter.setPen(theme.color(meaning))
            flags = QStyle.visualAlignment(way, side) | Qt.AlignmentFlag.AlignVCenter
            spot = QStyle.visualRect(way, inner, place)
            painter.drawText(spot, int(flags | Qt.AlignmentFlag.AlignAbsolute), text)


class Palette(QDialog):
    """`sources` gives what fits a text, the likeliest first; for no text, what is usual.

    A popup would hold the keyboard, and some desktops then cannot switch to Persian letters.
    """

    def __init__(self, parent: QWidget, sources: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._sources = sources
        self._searched: str | None = None
        self._over = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("جستجو در همه‌چیز")
        self.edit = QLineEdit()
        self.list = QListView()
        self.nothing = muted(NOTHING)
        self._hits = _Hits(self)
        self._timer = QTimer(self)
        self._build()

    def _build(self) -> None:
        self.edit.setObjectName("palette")
        self.edit.setPlaceholderText("واحد، تسهیلات، گروه، صفحه یا فرمان")
        self.edit.setAccessibleName("جستجو در همه‌چیز")
        self.edit.setMaxLength(200)
        self.edit.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.edit.textChanged.connect(lambda _text: self._timer.start())
        self.edit.installEventFilter(self)
        self.list.setModel(self._hits)
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._take)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._search)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[2], SPACE[2], SPACE[2], SPACE[1])
        column.setSpacing(SPACE[1])
        for part in (self.edit, self.list, self.nothing, muted(HINT)):
            column.addWidget(part)

    def _search(self) -> None:
        self._timer.stop()
        typed = self.edit.text()
        if typed == self._searched:
            return
        self._searched = typed
        hits = self._sources(typed)
        self._hits.set_hits(hits)
        self._light(0)
        self.list.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        height = self.list.sizeHintForRow(0) if hits else ROW_HEIGHT
        self.list.setFixedHeight(min(len(hits), ROWS) * height + 4)
        self.adjustSize()

    def _light(self, row: int) -> None:
        last = self._hits.rowCount() - 1
        if last >= 0:
            index = self._hits.index(max(0, min(row, last)))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _take(self, index: QModelIndex) -> None:
        """Close first: what is opened may ask a question of its own."""
        hit = self._hits.hits[index.row()]
        self.accept()
        hit.act()

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the key moves in the list or takes from it; all others are for the line."""
        key, row = event.key(), self.list.currentIndex().row()
        if key in _ENTER:
            self._search()  # Enter may come before the last letters were searched
            if (lit := self.list.currentIndex()).isValid():
                self._take(lit)
            return True
        if key in _MOVES:
            self._search()
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
            leap = {Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}.get(Qt.Key(key), 0)
            count = self._hits.rowCount()
            self._light((row + step) % count if step and count else row + leap)
            return True
        return False

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = event.type() == QEvent.Type.KeyPress
        if watched is self.edit and is_press and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Not modal: a click on the window behind takes it away, as if nothing was asked."""
        self.show()
        self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.isVisible() and not self._over:
            self.reject()

    def done(self, result: int) -> None:
        self._over = True  # going away, it is left behind as well
        super().done(result)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)  # without a frame of the system it needs an edge of its own
        painter.setPen(theme.color("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search()
        ground = self.parentWidget()
        if ground is not None:
            self.setFixedWidth(min(WIDTH, ground.width() - 2 * SPACE[4]))
            spot = QRect(0, 0, self.width(), self.height())
            spot.moveCenter(ground.rect().center())
            spot.moveTop(SPACE[4] * 3)
            self.move(ground.mapToGlobal(spot.topLeft()))
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
