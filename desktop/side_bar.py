"""The side bar: the pages in working order, foldable to their icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from desktop import theme
from desktop.widgets.common import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.page_list import PageEntry

WIDE, NARROW, ROW = 208, 60, 42
_KEY = Qt.ItemDataRole.UserRole


class SideBar(QListWidget):
    """`wanted` says which page the user asks for; `show_page` marks the one that is shown."""

    wanted = Signal(str)

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        set_role(self, "sidebar")
        self.setAccessibleName("صفحه‌ها")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(QSize(22, 22))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._titles: dict[str, str] = {}
        for entry in entries:
            item = QListWidgetItem(theme.icon(entry.icon), entry.title)
            item.setData(_KEY, entry.key)
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(entry.title)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, entry.title
            )  # folded there are no words
            self._titles[entry.key] = entry.title
            self.addItem(item)
        self.folded = False
        self.fold(False)
        self.currentItemChanged.connect(lambda now, _before: self._ask(now))

    def fold(self, folded: bool) -> None:
        self.folded = folded
        self.setFixedWidth(NARROW if folded else WIDE)
        for row in range(self.count()):
            item = self.item(row)
            item.setText("" if folded else self._titles[item.data(_KEY)])

    def show_page(self, key: str) -> None:
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def _ask(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.wanted.emit(item.data(_KEY))
