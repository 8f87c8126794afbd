"""A part of a record's page that is brought when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.widgets.frame import Frame


class Panel(QWidget):
    """A subclass says how it is brought; it stays as it was while nobody looks at it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._stale = True

    def load(self) -> None:
        """Read what is shown. May raise DatabaseProblem."""
        raise NotImplementedError

    def start(self) -> None:
        """A window begins its pages with it; this one waits until it is on the screen."""

    def refresh(self) -> None:
        self._stale = True
        if self.isVisible():
            self._bring()

    def _bring(self) -> None:
        if not self._stale:
            return
        self._stale = False
        try:
            self.load()
        except DatabaseProblem as problem:
            self.frame.trouble(problem)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bring()


def show_tab(inside: QWidget, title: str) -> bool:
    """Go to the tab called so of the page that `inside` is a part of; False if it has none."""
    around = inside.parentWidget()
    while around is not None and not isinstance(around, QTabWidget):
        around = around.parentWidget()
    if around is None:
        return False
    for place in range(around.count()):
        if around.tabText(place) == title:
            around.setCurrentIndex(place)
            return True
    return False
