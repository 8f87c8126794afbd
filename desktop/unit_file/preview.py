"""The pages of a printed file on the screen, before they are printed.

Our own: Qt's preview keeps what is painted in a form that puts Persian words and numbers in the
wrong order when it is shown again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db import text
from desktop import tasks
from desktop.theme import SPACE
from desktop.unit_file.paper import PAGE
from desktop.unit_file.sheet import lay_out
from desktop.widgets.common import button, muted, primary_button, tool_button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtPrintSupport import QPrinter

    from desktop.unit_file.sheet import Material, Sheet
    from desktop.widgets.frame import Frame

WIDTH: Final = 794  # of a page at 100 %: A4 at 96 dots an inch
ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
A4: Final = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
)


class PageView(QWidget):
    """One page, painted when it is seen."""

    def __init__(self, sheet: Sheet, number: int) -> None:
        super().__init__()
        self._sheet, self._number = sheet, number
        place, count = text.grouped(number + 1), text.grouped(sheet.page_count)
        self.setAccessibleName(f"صفحهٔ {place} از {count}")

    def set_zoom(self, zoom: float) -> None:
        width = round(WIDTH * zoom)
        self.setFixedSize(width, round(width * PAGE.height() / PAGE.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)  # paper, in the dark too
        self._sheet.draw_page(painter, self._number, float(self.width()))
        painter.end()


class PreviewDialog(QDialog):
    """The pages one under another; «چاپ…» asks for a printer."""

    pdf_asked = Signal()

    def __init__(self, parent: QWidget, frame: Frame, of: Material) -> None:
        super().__init__(parent)
        self._frame, self._material = frame, of
        sheet = self._sheet = lay_out(of)
        self._zoom = ZOOMS.index(1.0)
        self.pages = [PageView(sheet, number) for number in range(sheet.page_count)]
        self.area = QScrollArea()
        self.setWindowTitle(f"شناسنامهٔ {sheet.facts.name}")
        self.resize(900, 760)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self.zoom(0)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        do = primary_button("چاپ…", "print")
        do.clicked.connect(self.print_it)
        pdf = button("ذخیرهٔ PDF…", "save")
        pdf.clicked.connect(self.pdf_asked)
        larger, smaller = (
            tool_button("بزرگ‌تر", "add", "Ctrl++"),
            tool_button("کوچک‌تر", "minus", "Ctrl+-"),
        )
        larger.clicked.connect(lambda: self.zoom(1))
        smaller.clicked.connect(lambda: self.zoom(-1))
        for part in (do, pdf, larger, smaller):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(muted(f"{text.grouped(self._sheet.page_count)} صفحه"))
        inside = QWidget()
        pages = QVBoxLayout(inside)
        pages.setSpacing(SPACE[3])
        for page in self.pages:
            pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.area, 1)

    def zoom(self, by: int) -> None:
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + by))
        for page in self.pages:
            page.set_zoom(ZOOMS[self._zoom])

    def print_it(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setPageLayout(A4)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self._sheet.page_count)
        if not dialog.exec():
            return
        tasks.run_with_dialog(
            self, "چاپ شناسنامه", lambda _progress: self._print_on(printer), self._printed,
            self._frame.trouble,
        )  # fmt: skip

    def _print_on(self, printer: QPrinter) -> None:
        from PySide6.QtPrintSupport import QPrinter

        wanted = range(self._sheet.page_count)
        if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
            wanted = wanted[printer.fromPage() - 1 : printer.toPage()]
        lay_out(self._material).draw(printer, wanted)  # with the letters of this thread

    def _printed(self, _result: None) -> None:
        self._frame.toast("برای چاپگر فرستاده شد.")
        self.accept()
