"""A scroll area as high as what is in it, as long as the screen has the room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.widgets.common import give_viewport

AROUND: Final = 150  # pixels of the screen for the bar of the window, the buttons, the margins


class GrowingArea(QScrollArea):
    """The window around it grows with what is in it; only on a low screen it is scrolled."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        give_viewport(self, QPalette.ColorRole.NoRole)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = widget
        self.setWidget(widget)
        widget.installEventFilter(self)

    def room(self) -> int:
        """The height in pixels that it may take."""
        return self.screen().availableSize().height() - AROUND

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # narrower, it needs more lines

    def _fitting(self) -> int:
        taken = self._inside.heightForWidth(self._inside.width())
        return min(max(taken, self._inside.sizeHint().height()), self.room())

    def sizeHint(self) -> QSize:
        return QSize(self._inside.sizeHint().width(), self._fitting())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), self._fitting())
