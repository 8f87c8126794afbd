"""What every chart shares: marks that one can point at, choose and hear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
)

from desktop.widgets.charts.canvas import SMALL, Canvas

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

FORWARD = (Qt.Key.Key_Left, Qt.Key.Key_Down)  # the next mark stands to the left, or below
BACK = (Qt.Key.Key_Right, Qt.Key.Key_Up)
ENDS: dict[int, int] = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
COMING_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def rounded(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, 6, 6)
    return path


@dataclass(frozen=True)
class Mark:
    """A part of a chart that leads somewhere; `rect` and `shape` in the chart's own pixels."""

    rect: QRectF
    key: object
    title: str
    value: str
    shape: QPainterPath | None = None
    tip: bool = True  # whether pointing at it shows its words: not where they are read anyway

    def outline(self) -> QPainterPath:
        return rounded(self.rect) if self.shape is None else self.shape

    def around(self) -> QPainterPath:
        """The outline for the highlight and the focus: a shape stays visible within it."""
        if self.shape is None:
            return rounded(self.rect.adjusted(1, 1, -1, -1))
        stroker = QPainterPathStroker()
        stroker.setWidth(9)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return stroker.createStroke(self.shape).united(self.shape)


class Chart(Canvas):
    """A painted chart; a subclass says what it has (`figures`), where (`arrange`), and draws."""

    chosen = Signal(object)  # the key of the mark that was clicked or entered

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: int | None = None
        self._pressed: int | None = None
        self._by_keyboard = False
        self.setMouseTracking(True)

    def set_empty(self, text: str) -> None:
        """The one sentence that stands here as long as there is no data."""
        self._empty = text
        self.data_changed()

    def marks(self) -> list[Mark]:
        """What can be pointed at now, in reading order; a later one lies above an earlier one."""
        return [] if self.is_empty() else self.arrange(QRectF(self.rect()))

    def current(self) -> Mark | None:
        """The mark under the mouse, or the one the arrow keys have reached."""
        marks = self.marks()
        index = len(marks) if self._current is None else self._current
        return marks[index] if index < len(marks) else None

    def figures(self) -> list[tuple[str, str]]:
        """Every title and value of the chart, also those there is no room for."""
        raise NotImplementedError

    def arrange(self, area: QRectF) -> list[Mark]:
        raise NotImplementedError

    def choose(self, mark: Mark) -> None:
        self.chosen.emit(mark.key)

    def data_changed(self) -> None:
        """To be called after new data: says the figures to a screen reader, and repaints."""
        self._current = None
        words = (f"{title}: {value}" for title, value in self.figures())
        self.setAccessibleDescription(
            self._empty if self.is_empty() else "؛ ".join(words).replace("\n", "، ")
        )
        self.setFocusPolicy(
            Qt.FocusPolicy.NoFocus if self.is_empty() else Qt.FocusPolicy.StrongFocus
        )
        self.updateGeometry()
        self.update()

    def _move(self, index: int | None) -> None:
        if index == self._current:
            return
        self._current = index
        mark = self.current()
        if mark and self._by_keyboard and QAccessible.isActive():
            said = QAccessibleAnnouncementEvent(self, f"{mark.title}: {mark.value}")
            QAccessible.updateAccessibility(said)
        self.update()

    def _under(self, position: QPointF) -> int | None:
        marks = list(enumerate(self.marks()))
        return next((i for i, mark in reversed(marks) if mark.outline().contains(position)), None)

    def _paint_tip(self, painter: QPainter, mark: Mark) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        wrap, room = right | Qt.TextFlag.TextWordWrap, QRectF(0, 0, self.width() - 22, 9999)
        lines = (
            (mark.title, self.sized(SMALL), "muted"),
            (mark.value, self.sized(SMALL, bold=True), "text"),
        )
        sizes = [QFontMetricsF(font).boundingRect(room, wrap, text) for text, font, _ in lines]
        width = max(size.width() for size in sizes) + 20
        tip = self._beside(mark.rect, QSizeF(width, sum(size.height() for size in sizes) + 10))
        painter.setPen(QPen(self.tone("line"), 1))
        painter.setBrush(self.tone("raised"))
        painter.drawRoundedRect(tip, 6, 6)
        inner = tip.adjusted(10, 5, -10, -5)
        for (text, font, meaning), size in zip(lines, sizes, strict=True):
            painter.setFont(font)
            painter.setPen(self.tone(meaning))
            painter.drawText(inner, wrap, text)
            inner.setTop(inner.top() + size.height())

    def _beside(self, mark: QRectF, size: QSizeF) -> QRectF:
        """Room for a tip: above the mark, to its left, right or below it; inside the chart."""
        tip, whole = QRectF(QPointF(), size), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        middle = min(max(mark.center().x() - size.width() / 2, 1), whole.right() - size.width())
        for left, top in (
            (middle, mark.top() - 6 - size.height()),
            (mark.left() - 6 - size.width(), mark.top()),
            (mark.right() + 6, mark.top()),
            (middle, mark.bottom() + 6),
        ):
            tip.moveTopLeft(QPointF(left, top))
            if whole.contains(tip):
                return tip
        tip.moveTop(max(1, whole.bottom() - size.height()))
        return tip

    # Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        mark, whole = self.current(), rounded(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            if mark:
                painter.fillPath(mark.around(), self.tone("hover"))
            self.paint(painter, QRectF(self.rect()))
            if self.hasFocus() and self._by_keyboard:
                painter.setPen(QPen(self.tone("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(mark.around() if mark else whole)
            if mark and mark.tip:
                self._paint_tip(painter, mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        self._move(self._under(event.position()))
        pointing = Qt.CursorShape.PointingHandCursor
        self.setCursor(Qt.CursorShape.ArrowCursor if self.current() is None else pointing)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        self._pressed = self._current if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)
        mark, same = self.current(), self._current == self._pressed
        self._pressed = None
        if mark and same:
            self.choose(mark)

    def leaveEvent(self, event: QEvent) -> None:
        if not self._by_keyboard:
            self._move(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        marks, key, mark = self.marks(), event.key(), self.current()
        if not marks or key not in (*FORWARD, *BACK, *ENDS, *CHOOSE):
            super().keyPressEvent(event)
            return
        self._by_keyboard = True
        if key in CHOOSE:
            if mark:
                self.choose(mark)
        elif key in ENDS or mark is None:
            self._move(ENDS.get(key, 0) % len(marks))
        else:
            step = 1 if key in FORWARD else -1
            self._move(max(0, min((self._current or 0) + step, len(marks) - 1)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in COMING_BACK:
            self._by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._by_keyboard and self._current is None:
            self._move(0)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in COMING_BACK:
            self._move(None)
        super().focusOutEvent(event)
