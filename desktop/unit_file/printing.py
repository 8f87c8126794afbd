"""«چاپ شناسنامه»: the printed file of a unit as a preview, on a printer, or as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QImageReader, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from db.errors import DatabaseProblem
from db.queries import documents
from desktop import tasks, theme
from desktop.excel.files import appearing, check_place
from desktop.unit_file.facts import gather
from desktop.unit_file.preview import A4, PreviewDialog
from desktop.unit_file.sheet import Material, lay_out
from desktop.widgets.common import BUTTON_ICON

if TYPE_CHECKING:
    from datetime import date

    from db.database import Database
    from desktop.unit_file.facts import FieldsOf
    from desktop.widgets.frame import Frame

DPI: Final = 300
LARGEST: Final = 1400  # pixels a side of a photo: 300 of them an inch on the page


def material(database: Database, unit_id: int, as_of: date | None, fields_of: FieldsOf) -> Material:
    """Read what is printed, in any thread. Raises DatabaseProblem."""
    with database.read() as session:
        facts = gather(session, unit_id, as_of, fields_of)
    photos = {row.sha256: _photo(database, row.id) for row in (*facts.before, *facts.after)}
    return Material(facts, {sha256: image for sha256, image in photos.items() if image})


def write_pdf(of: Material, path: Path) -> int:
    """Whole or not at all; how many pages it has. Raises DatabaseProblem."""
    check_place(path)
    sheet = lay_out(of)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(A4)
    writer.setTitle(f"شناسنامهٔ {sheet.facts.name}")
    writer.setCreator("Ehya")
    sheet.draw(writer)
    del writer  # it ends the file
    with appearing(path) as file:
        file.write(bytes(data.data()))
    return sheet.page_count


def _photo(database: Database, document_id: int) -> QImage | None:
    """None for one that cannot be shown: the rest of the file is printed all the same."""
    try:
        with database.read() as session:
            data = documents.content(session, document_id)
    except DatabaseProblem as problem:
        if problem.reason != "damaged_document":
            raise
        return None
    device = QBuffer()
    device.setData(QByteArray(data))
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST:
        factor = LARGEST / max(size.width(), size.height())
        reader.setScaledSize(size * factor)
    image = reader.read()
    return None if image.isNull() else image


class PrintButton(QPushButton):
    """A menu of the two ways a unit's file leaves the program."""

    def __init__(self, frame: Frame, unit_id: int) -> None:
        super().__init__("چاپ شناسنامه")
        self._frame, self._unit_id = frame, unit_id
        self.setIcon(theme.icon("print"))
        self.setIconSize(BUTTON_ICON)
        menu = QMenu(self)
        menu.addAction("پیش‌نمایش و چاپ…", self.preview)
        menu.addAction("ذخیرهٔ PDF…", self.save_pdf)
        self.setMenu(menu)

    def preview(self) -> None:
        self._made(self._show_preview)

    def save_pdf(self) -> None:
        self._made(self._ask_place)

    def _made(self, then: Any) -> None:
        """It is read off the window's thread; to lay it out is the matter of a moment."""
        database, unit_id, as_of = self._frame.database, self._unit_id, self._frame.as_of()
        fields_of = self._frame.fields_of
        tasks.run_with_dialog(
            self.window(),
            "ساختن شناسنامه",
            lambda _progress: material(database, unit_id, as_of, fields_of),
            then,
            self._frame.trouble,
        )

    def _show_preview(self, of: Material) -> None:
        dialog = PreviewDialog(self.window(), self._frame, of)
        dialog.pdf_asked.connect(lambda: self._ask_place(of))
        dialog.open()

    def _ask_place(self, of: Material) -> None:
        folder = Path(self._frame.remembered("export/folder") or Path.home())
        name = f"شناسنامه {of.facts.code} {of.facts.name}"[:80].replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self.window(), "ذخیرهٔ PDF", str(folder / f"{name}.pdf"), "PDF (*.pdf)"
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
        self._frame.remember("export/folder", str(path.parent))
        tasks.run_with_dialog(
            self.window(),
            "ساختن PDF",
            lambda _progress: write_pdf(of, path),
            lambda _pages: self._saved(path),
            self._frame.trouble,
        )

    def _saved(self, path: Path) -> None:
        self._frame.toast(f"«{path.name}» ساخته شد.")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
