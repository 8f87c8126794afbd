"""The settings: how the program looks, and where it keeps what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import fonts, paths, theme
from desktop.theme import SPACE
from desktop.widgets.common import Card, button, chip, label, muted, scrolled, tool_button
from desktop.widgets.path_label import PathLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from desktop.widgets.frame import Frame

# mode → words, icon
THEMES = {"light": ("روشن", "sun"), "dark": ("تیره", "moon"), "system": ("مانند سیستم", "settings")}
# points → words
SIZES = {9.0: "ریز", fonts.SIZE: "معمولی", 12.5: "درشت", 15.0: "بسیار درشت"}
_DRESSED = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
NOT_YET = "این پوشه هنوز ساخته نشده است."
NOT_OPENED = "پوشه باز نشد؛ نشانی آن رونوشت شد تا در برنامهٔ پرونده‌ها بچسبانید."


class PreferencesPage(QWidget):
    """What is chosen is done at once and remembered; there is nothing to save."""

    TITLE = "تنظیمات"
    WATCHES: frozenset[str] = frozenset()
    theme_chosen = Signal(str)  # light, dark or system
    text_size_chosen = Signal(float)  # points

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.themes = {mode: chip(words, icon) for mode, (words, icon) in THEMES.items()}
        self.sizes = {points: chip(words) for points, words in SIZES.items()}
        for mode, made in self.themes.items():
            made.clicked.connect(lambda _on, m=mode: self._choose_theme(m))
        for points, made in self.sizes.items():
            made.clicked.connect(lambda _on, p=points: self._choose_size(p))
        inner = QWidget()
        inner.setProperty("role", "page")
        # Large text makes it higher than the window: it is scrolled then, not squeezed.
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self._look())
        column.addWidget(self._places())
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        self._show_present()

    # building

    def _look(self) -> Card:
        card = Card("نمایش")
        card.body.addWidget(label("رنگ‌ها", "field"))
        card.body.addLayout(self._row(list(self.themes.values())))
        card.body.addSpacing(SPACE[1])
        card.body.addWidget(label("اندازهٔ نوشته‌ها", "field"))
        card.body.addLayout(self._row(list(self.sizes.values())))
        return card

    def _row(self, chips: list[QPushButton]) -> QHBoxLayout:
        """One of them is always on; the arrow keys go from one to the next."""
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for each in chips:
            group.addButton(each)
            row.addWidget(each)
        row.addStretch(1)
        return row

    def _places(self) -> Card:
        card = Card("پرونده و پوشه‌ها")
        card.body.addWidget(
            muted("همه‌چیز در همین یک پرونده است. برای بردن یا نگه‌داشتن آن، برنامه را ببندید و "
                  "پرونده را رونوشت کنید.")
        )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE[2])
        grid.setColumnStretch(1, 1)
        file = self.frame.database.path
        for row, (words, shown, folder) in enumerate(
            (
                ("پروندهٔ باز", file, file.parent),
                ("پوشهٔ داده‌ها و پشتیبان‌ها", paths.data_folder(), paths.data_folder()),
                ("پوشهٔ گزارش کار برنامه", paths.log_folder(), paths.log_folder()),
            )
        ):
            open_it = button("باز کردن پوشه", "file-open")
            open_it.setAccessibleDescription(words)
            open_it.clicked.connect(self._opener(folder))
            copy = tool_button(f"رونوشت نشانی: {words}", "copy")
            copy.clicked.connect(self._copier(shown))
            for place, part in enumerate((label(words), PathLabel(shown), copy, open_it)):
                grid.addWidget(part, row, place)
        card.body.addLayout(grid)
        return card

    # what the window asks

    def start(self) -> None:
        self.frame.status("")

    def refresh(self) -> None:
        self._show_present()

    def can_leave(self) -> bool:
        return True

    # what the user does

    def _choose_theme(self, mode: str) -> None:
        self.frame.remember("theme", mode)
        self.theme_chosen.emit(mode)

    def _choose_size(self, points: float) -> None:
        self.frame.remember("text_size", points)
        self.text_size_chosen.emit(points)

    def _opener(self, folder: Path) -> Callable[[], None]:
        def act() -> None:
            if not folder.is_dir():
                self.frame.toast(NOT_YET, "warn")
            elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
                QGuiApplication.clipboard().setText(str(folder))
                self.frame.toast(NOT_OPENED, "warn")

        return act

    def _copier(self, path: Path) -> Callable[[], None]:
        def act() -> None:
            QGuiApplication.clipboard().setText(str(path))
            self.frame.toast("نشانی رونوشت شد.")

        return act

    # what is in force

    def _show_present(self) -> None:
        """Also after a change made elsewhere (by a key, by the system)."""
        self.themes[theme.mode()].setChecked(True)
        points = QApplication.font().pointSizeF()
        nearest = min(SIZES, key=lambda size: abs(size - points))
        self.sizes[nearest].setChecked(True)
        for size, each in self.sizes.items():
            each.setFont(theme.scaled_font(size / points))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _DRESSED:
            QTimer.singleShot(0, self, self._show_present)  # the style sheet sets fonts as well

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_present()
