"""The first-run page: make a new file, open one, or look around in made-up data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.theme import SPACE
from desktop.widgets.common import Banner, IconView, figure, heading, label, muted, scrolled
from desktop.widgets.path_label import PathLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent

WIDTH = 640
MARK = 72


class Choice(QPushButton):
    """A large button: what it does in a few words, and a sentence of what comes of it."""

    def __init__(self, title: str, detail: str, icon: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(heading(title))
        words.addWidget(muted(detail))
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        row.setSpacing(SPACE[3])
        row.addWidget(IconView(icon, 32, "accent"))
        row.addLayout(words, 1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _fit(self) -> None:
        """As high as its words need: a button itself asks for one line only."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.setFixedHeight(layout.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._fit)  # when its labels have heard of it too

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()


class WelcomePage(QWidget):
    """Knows no database: it is on the screen before one can be opened."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(str)

    def __init__(self, recent: Sequence[str | Path] = ()) -> None:
        super().__init__()
        self.banner = Banner()
        self.banner.hide()
        self.choices = (
            Choice("پروندهٔ تازه", "برنامه‌ای تازه با هدف، مهلت و مبنای خودش", "file-new"),
            Choice(
                "باز کردن پرونده", "پرونده‌ای که پیش‌تر ساخته‌اید یا برایتان آورده‌اند", "file-open"
            ),
            Choice(
                "گشتن در داده‌های ساختگی",
                "پرونده‌ای نمونه با ۴۰۰ واحد ساختگی؛ به داده‌های شما دست نمی‌زند",
                "sample",
            ),
        )
        wanted = (self.new_wanted, self.open_wanted, self.sample_wanted)
        for choice, signal in zip(self.choices, wanted, strict=True):
            choice.clicked.connect(signal)
        self.recent = QWidget()
        self._recent_column = QVBoxLayout(self.recent)
        self._build()
        self.show_recent(recent)

    def _build(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE[3], SPACE[4], SPACE[3], SPACE[4])
        column.setSpacing(SPACE[2])
        column.addStretch(2)
        column.addLayout(self._head())
        column.addSpacing(SPACE[2])
        column.addWidget(self.banner)
        for choice in self.choices:
            column.addWidget(choice)
        column.addSpacing(SPACE[2])
        column.addWidget(self.recent)
        column.addStretch(3)
        self._recent_column.setContentsMargins(0, 0, 0, 0)
        self._recent_column.setSpacing(SPACE[0])
        ground = QWidget()
        ground.setProperty("role", "page")
        row = QHBoxLayout(ground)
        row.addStretch(1)
        row.addWidget(inner, 10)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(ground))
        self.setFocusProxy(self.choices[0])

    def _head(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(theme.program_icon().pixmap(QSize(MARK, MARK)))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(figure("احیا"))
        names.addWidget(muted("واحدهای راکد و نیمه‌راکد، تسهیلات و راه تا هدف"))
        row = QHBoxLayout()
        row.setSpacing(SPACE[3])
        row.addWidget(mark)
        row.addLayout(names, 1)
        return row

    def tell(self, sentence: str, tone: str = "bad") -> None:
        """The trouble that led here, over the choices; nothing said takes it away."""
        self.banner.say(sentence, tone)
        self.banner.setVisible(bool(sentence))

    def show_recent(self, files: Sequence[str | Path]) -> None:
        """The files used last, the newest first; one that is not there now cannot be pressed."""
        while (item := self._recent_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.recent.setVisible(bool(files))
        if files:
            self._recent_column.addWidget(heading("پرونده‌های پیشین"))
        for file in files:
            self._recent_column.addWidget(self._line(Path(file)))

    def _line(self, file: Path) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        name = QPushButton(file.stem)
        name.setIcon(theme.icon("document", "accent"))
        name.setFlat(True)
        name.setToolTip(str(file))
        name.clicked.connect(lambda: self.recent_wanted.emit(str(file)))
        place = PathLabel(file.parent)
        row.addWidget(name)
        row.addWidget(place, 1)
        if not _is_there(file):
            name.setEnabled(False)
            name.setAccessibleDescription("پیدا نشد")
            row.addWidget(label("پیدا نشد", "muted"))
        return line


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a share that is not connected
        return False
