"""A path on one line: read left to right, its middle left out where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.widgets.common import set_role, start

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent


class PathLabel(QLabel):
    """The whole path is its tip, and what a screen reader says."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(start() | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)
        set_role(self, "muted")
        self.show_path(path)

    def show_path(self, path: Path) -> None:
        self.path = path
        self.setToolTip(str(path))
        self.setAccessibleName(str(path))
        self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(str(self.path), middle, self.width() - 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()
