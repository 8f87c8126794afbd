"""The top of the window: the page's title and main action, the search of everything, the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop import actions, theme
from desktop.theme import SPACE
from desktop.widgets.common import button, chip, primary_button, title, tool_button

if TYPE_CHECKING:
    from datetime import date

    from desktop.page_list import PageEntry


class Header(QWidget):
    """`action` is the page's own main action; `asked` carries one of `desktop.actions`."""

    action = Signal()
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.title = title("")
        self.main = primary_button("", "add")
        self.day = chip("تا امروز", "calendar", checkable=False)
        self.search = button(actions.PALETTE.title, "search", "muted")
        self.menu_button = tool_button("گزینه‌ها", "menu")
        self.search.setToolTip(actions.PALETTE.keys)
        self.day.setToolTip(f"{actions.AS_OF.title} ({actions.AS_OF.keys})")
        self.main.setToolTip("Ctrl+N")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        row.addWidget(self.title)
        row.addSpacing(SPACE[2])
        row.addWidget(self.main)
        row.addStretch(1)
        for part in (self.search, self.day, self.menu_button):
            row.addWidget(part)
        self.main.clicked.connect(self.action)
        self.search.clicked.connect(lambda: self.asked.emit(actions.PALETTE))
        self.day.clicked.connect(lambda: self.asked.emit(actions.AS_OF))
        self.menu_button.clicked.connect(self._show_menu)

    def show_entry(self, entry: PageEntry) -> None:
        self.title.setText(entry.title)
        self.main.setText(entry.action)
        self.main.setVisible(bool(entry.action))

    def show_day(self, day: date | None) -> None:
        """A day other than today is marked, so that nobody takes old figures for new ones."""
        if day is None:
            self.day.setText("تا امروز")
        else:
            from db.calendar import long_jalali  # not before the frame is painted

            self.day.setText(f"تا {long_jalali(day)}")
        self.day.setCheckable(day is not None)
        self.day.setChecked(day is not None)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        for each in actions.MENU:
            if each is None:
                menu.addSeparator()
                continue
            made = QAction(theme.icon(each.icon), each.title, menu)
            if each.keys:
                made.setShortcut(QKeySequence(each.keys))
                made.setShortcutVisibleInContextMenu(True)
            made.triggered.connect(lambda _checked, e=each: self.asked.emit(e))
            menu.addAction(made)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
