"""A small muted line beside or under an editor, telling back what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class QuietText(QWidget):
    """Wrapped, or in one line that ends in an ellipsis; whole in the tool tip when it is cut.

    It keeps the height of a line when it says nothing, lest the form jump while one types.
    """

    def __init__(self, wraps: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._wraps = "", wraps
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return self._text

    def say(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.scaled_font(0.9), self)

    def _wrapped(self, width: int) -> QRect:
        flags = int(Qt.AlignmentFlag.AlignLeading) | int(Qt.TextFlag.TextWordWrap)
        return self._metrics().boundingRect(QRect(0, 0, max(width, 60), 10_000), flags, self._text)

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        return max(self._metrics().height(), self._wrapped(width).height() if self._text else 0)

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._text), metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._metrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.scaled_font(0.9))
        painter.setPen(theme.color("muted"))
        text, flags = self._text, int(Qt.AlignmentFlag.AlignLeading)
        if self._wraps:
            flags |= int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop)
        else:
            flags |= int(Qt.AlignmentFlag.AlignVCenter)
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._text if text != self._text else "")
        painter.drawText(self.rect(), flags, text)
        painter.end()
