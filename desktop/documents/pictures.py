"""Pictures of documents: read and scaled off the window's thread, kept small."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QPixmapCache

from db.queries import documents as queries
from db.rules.documents import is_picture
from desktop import tasks

if TYPE_CHECKING:
    from db.database import Database
    from db.queries.documents import DocumentRow
    from desktop.widgets.frame import Frame

THUMB: Final = 160  # pixels: twice the place in the list, for screens of 200 %
LARGEST: Final = 6000  # pixels a side: more than any screen, and no danger to the memory


def decode(data: bytes, most: int = LARGEST) -> QImage:
    """A picture upright, no side above `most` pixels; a null image if it cannot be read."""
    device = QBuffer()
    device.setData(QByteArray(data))
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device)
    reader.setAutoTransform(True)  # phones say in the file how they were held
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > most:
        reader.setScaledSize(size.scaled(QSize(most, most), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def fetch(database: Database, document_id: int, most: int = LARGEST) -> QImage:
    """The picture of a document. Raises DatabaseProblem."""
    with database.read() as session:
        data = queries.content(session, document_id)
    return decode(data, most)


class Thumbnails(QObject):
    """Small pictures by and by, one at a time; `brought` tells whose has come."""

    brought = Signal(str)  # SHA-256

    def __init__(self, parent: QObject, frame: Frame) -> None:
        super().__init__(parent)
        self._frame = frame
        self._waiting: deque[tuple[str, int]] = deque()
        self._asked: set[str] = set()
        self._busy = False
        self.broken: set[str] = set()

    def of(self, row: DocumentRow) -> QPixmap | None:
        """What is there now; if it is not yet, it is sent for."""
        found = QPixmap()
        if QPixmapCache.find(_key(row.sha256), found):
            return found
        if is_picture(row.media_type) and row.sha256 not in self._asked:
            self._asked.add(row.sha256)
            self._waiting.append((row.sha256, row.id))
            self._next()
        return None

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        (sha256, number), database = self._waiting.popleft(), self._frame.database
        self._current = sha256
        tasks.in_background(lambda: fetch(database, number, THUMB), self._came, self._failed)

    def _came(self, image: QImage) -> None:
        if image.isNull():
            self.broken.add(self._current)
        else:
            QPixmapCache.insert(_key(self._current), QPixmap.fromImage(image))
            self._asked.discard(self._current)  # the cache may let it go again
        self._done()

    def _failed(self, error: Exception) -> None:
        self.broken.add(self._current)
        self._done()

    def _done(self) -> None:
        self._busy = False
        self.brought.emit(self._current)
        self._next()


def _key(sha256: str) -> str:
    return f"document/{sha256}/{THUMB}"
