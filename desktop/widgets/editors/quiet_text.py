"""A small muted line beside or under an editor, telling back what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


def wrapped(text: str, width: int, metrics: QFontMetrics) -> list[str]:
    """The lines of a text; Qt's own wrapping leaves a space at the right of each but the last."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


class QuietText(QWidget):
    """Wrapped, or in one line; whole in the tool tip when it does not fit.

    It keeps the height of a line when it says nothing, lest the form jump while one types.
    """

    def __init__(self, wraps: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._shorter, self._wraps = "", "", wraps
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return self._text

    def say(self, text: str, shorter: str = "") -> None:
        """`shorter` is said where the whole does not fit."""
        if text != self._text:
            self._text, self._shorter = text, shorter or text
            self.setAccessibleName(text)
            self._tell_what_is_cut()
            self.updateGeometry()
            self.update()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.scaled_font(0.9), self)

    def _fitting(self, width: int) -> str:
        metrics = self._metrics()
        if self._wraps:
            return "\n".join(wrapped(self._text, width, metrics))
        if metrics.horizontalAdvance(self._text) <= width:
            return self._text
        return metrics.elidedText(self._shorter, Qt.TextElideMode.ElideRight, width)

    def _tell_what_is_cut(self) -> None:
        is_cut = not self._wraps and self._fitting(self.width()) != self._text
        self.setToolTip(self._text if is_cut else "")

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        metrics = self._metrics()
        lines = self._fitting(width).count("\n")
        return metrics.height() + lines * metrics.lineSpacing()

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._text), metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._metrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_what_is_cut()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.scaled_font(0.9))
        painter.setPen(theme.color("muted"))
        down = Qt.AlignmentFlag.AlignTop if self._wraps else Qt.AlignmentFlag.AlignVCenter
        flags = int(Qt.AlignmentFlag.AlignLeading | down)
        painter.drawText(self.rect(), flags, self._fitting(self.width()))
        painter.end()
