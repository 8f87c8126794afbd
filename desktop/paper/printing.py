"""How a document leaves the program: as a preview, on a printer, or as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from desktop import tasks, theme
from desktop.excel.files import appearing, check_place
from desktop.widgets.common import BUTTON_ICON

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.paper.sheet import Sheet
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

DPI: Final = 300
NAME: Final = 80  # letters of a file's name


@dataclass(frozen=True)
class Printed:
    """What is printed, read from the file; `lay_out` is called in each thread that draws it."""

    file_name: str
    lay_out: Callable[[], Sheet]


def page_layout(sheet: Sheet) -> QPageLayout:
    """A4, without margins of its own."""
    sides = QPageLayout.Orientation
    turned = sides.Landscape if sheet.is_landscape else sides.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF())


def write_pdf(lay_out: Callable[[], Sheet], path: Path) -> int:
    """Whole or not at all; how many pages it has. Raises DatabaseProblem."""
    check_place(path)
    sheet = lay_out()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(page_layout(sheet))
    writer.setTitle(sheet.title)
    writer.setCreator("Ehya")
    sheet.draw(writer)
    del writer  # it ends the file
    with appearing(path) as file:
        file.write(bytes(data.data()))
    return sheet.page_count


class PrintButton(QPushButton):
    """A menu of the two ways a document leaves the program.

    `prepare` says, when it is pressed, how it is to be read; None if there is nothing to print.
    """

    def __init__(
        self,
        frame: Frame,
        title: str,
        prepare: Callable[[], Callable[[Progress], Printed] | None],
    ) -> None:
        super().__init__(title)
        self._frame, self._title, self._prepare = frame, title, prepare
        self.setIcon(theme.icon("print"))
        self.setIconSize(BUTTON_ICON)
        menu = QMenu(self)
        menu.addAction("پیش‌نمایش و چاپ…", self.preview)
        menu.addAction("ذخیرهٔ PDF…", self.save_pdf)
        self.setMenu(menu)

    def preview(self) -> None:
        self._read(self._show_preview)

    def save_pdf(self) -> None:
        self._read(self._ask_place)

    def _read(self, then: Callable[[Printed], Any]) -> None:
        """Off the window's thread; to lay it out is the matter of a moment."""
        work = self._prepare()
        if work is not None:
            tasks.run_with_dialog(self.window(), self._title, work, then, self._frame.trouble)

    def _show_preview(self, printed: Printed) -> None:
        from desktop.paper.preview import PreviewDialog

        dialog = PreviewDialog(self.window(), self._frame, printed)
        dialog.pdf_asked.connect(lambda: self._ask_place(printed))
        dialog.open()

    def _ask_place(self, printed: Printed) -> None:
        folder = Path(self._frame.remembered("export/folder") or Path.home())
        name = printed.file_name[:NAME].replace("/", "-")
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
            lambda _progress: write_pdf(printed.lay_out, path),
            lambda _pages: self._saved(path),
            self._frame.trouble,
        )

    def _saved(self, path: Path) -> None:
        self._frame.toast(f"«{path.name}» ساخته شد.")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
