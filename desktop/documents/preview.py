"""A picture seen inside the program: fitted to the window, or as near as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop import tasks
from desktop.documents import pictures
from desktop.documents.words import second_line
from desktop.theme import SPACE
from desktop.widgets.common import button, muted, tool_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QWheelEvent

    from db.queries.documents import DocumentRow
    from desktop.widgets.frame import Frame

STEP: Final = 1.25
NEAREST: Final = 8.0
UNSEEN = "این عکس خوانده نشد؛ آن را ذخیره یا با برنامهٔ دیگری باز کنید."


class PictureView(QGraphicsView):
    """Fits until one zooms; the wheel zooms at the pointer, the mouse drags."""

    def __init__(self) -> None:
        super().__init__()
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        scene = QGraphicsScene(self)
        scene.addItem(self._item)
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self._fitting = True

    def show_image(self, image: QImage) -> None:
        self._item.setPixmap(QPixmap.fromImage(image))
        self.setSceneRect(self._item.boundingRect())
        self.fit()

    def has_picture(self) -> bool:
        return not self._item.pixmap().isNull()

    def scale_now(self) -> float:
        return self.transform().m11()

    def fit(self) -> None:
        """Whole, and no larger than it is."""
        self._fitting = True
        self.resetTransform()
        size, room = self.sceneRect().size(), self.viewport().size()
        if size.width() > room.width() or size.height() > room.height():
            self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)

    def actual(self) -> None:
        self._fitting = False
        self.resetTransform()

    def zoom(self, factor: float) -> None:
        if 0.02 < self.scale_now() * factor <= NEAREST:
            self._fitting = False
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting:
            self.fit()


class PictureDialog(QDialog):
    """The pictures among a unit's documents, one after another."""

    open_asked = Signal(object)
    save_asked = Signal(object)

    def __init__(
        self, parent: QWidget, frame: Frame, rows: Sequence[DocumentRow], first: DocumentRow
    ) -> None:
        super().__init__(parent)
        self._frame, self._rows = frame, list(rows)
        self._place = self._rows.index(first)
        self.view = PictureView()
        self.told = muted("")
        self.trouble = muted("")
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.resize(960, 680)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._show()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for name, icon, keys, act in (
            ("عکس پیشین", "previous", "", lambda: self.go(-1)),
            ("عکس پسین", "next", "", lambda: self.go(1)),
            ("بزرگ‌تر", "add", "Ctrl++", lambda: self.view.zoom(STEP)),
            ("کوچک‌تر", "minus", "Ctrl+-", lambda: self.view.zoom(1 / STEP)),
        ):
            made = tool_button(name, icon, keys)
            made.clicked.connect(act)
            row.addWidget(made)
        for words, icon, push in (
            ("اندازهٔ پنجره", "", self.view.fit),
            ("اندازهٔ خود عکس", "", self.view.actual),
            ("باز کردن", "file-open", lambda: self.open_asked.emit(self._rows[self._place])),
            ("ذخیره در…", "save", lambda: self.save_asked.emit(self._rows[self._place])),
        ):
            made_too = button(words, icon)
            made_too.setAutoDefault(False)
            made_too.clicked.connect(push)
            row.addWidget(made_too)
        row.addStretch(1)
        holder = QWidget()
        self._over = QStackedLayout(holder)
        self._over.addWidget(self.view)
        self._over.addWidget(self.trouble)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(holder, 1)
        column.addWidget(self.told)

    def go(self, by: int) -> None:
        self._place = (self._place + by) % len(self._rows)
        self._show()

    def _show(self) -> None:
        row, database = self._rows[self._place], self._frame.database
        self.setWindowTitle(row.title)
        self.told.setText(second_line(row))
        self._asked = row.id
        number = row.id
        tasks.in_background(
            lambda: (number, pictures.fetch(database, number)), self._came, self._failed
        )

    def _came(self, found: tuple[int, QImage]) -> None:
        number, image = found
        if number != self._asked:
            return
        if image.isNull():
            self.trouble.setText(UNSEEN)
        else:
            self.view.show_image(image)
        self._over.setCurrentIndex(int(image.isNull()))

    def _failed(self, error: Exception) -> None:
        self.reject()
        self._frame.trouble(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        forward = Qt.Key.Key_Left if rtl else Qt.Key.Key_Right
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(1 if event.key() == forward else -1)
        else:
            super().keyPressEvent(event)
