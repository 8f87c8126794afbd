"""The pages of a document on the screen, before they are printed.

Our own: Qt's preview keeps what is painted in a form that puts Persian words and numbers in the
wrong order when it is shown again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from db import text
from desktop import tasks
from desktop.paper.layout import PAGE
from desktop.paper.printing import page_layout
from desktop.theme import SPACE
from desktop.widgets.common import button, muted, primary_button, tool_button

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtPrintSupport import QPrinter

    from desktop.paper.printing import Printed
    from desktop.paper.sheet import Sheet
    from desktop.widgets.frame import Frame

DOTS: Final = 794 / PAGE.width()  # of a page at 100 %: A4 at 96 dots an inch
ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class PageView(QWidget):
    """One page, painted when it is seen."""

    def __init__(self, sheet: Sheet, number: int) -> None:
        super().__init__()
        self._sheet, self._number = sheet, number
        place, count = text.grouped(number + 1), text.grouped(sheet.page_count)
        self.setAccessibleName(f"صفحهٔ {place} از {count}")

    def set_zoom(self, zoom: float) -> None:
        size = self._sheet.paper.size * (DOTS * zoom)
        self.setFixedSize(size.toSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)  # paper, in the dark too
        self._sheet.draw_page(painter, self._number, float(self.width()))
        painter.end()


class PreviewDialog(QDialog):
    """The pages one under another; «چاپ…» asks for a printer."""

    pdf_asked = Signal()

    def __init__(self, parent: QWidget, frame: Frame, printed: Printed) -> None:
        super().__init__(parent)
        self._frame, self._printed = frame, printed
        sheet = self._sheet = printed.lay_out()
        self._zoom = ZOOMS.index(1.0)
        self.pages = [PageView(sheet, number) for number in range(sheet.page_count)]
        self.area = QScrollArea()
        self.setWindowTitle(sheet.title)
        self.resize(round(sheet.paper.size.width() * DOTS) + 106, 760)
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
        printer.setPageLayout(page_layout(self._sheet))
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self._sheet.page_count)
        if not dialog.exec():
            return
        tasks.run_with_dialog(
            self, "چاپ", lambda _progress: self._print_on(printer), self._sent,
            self._frame.trouble,
        )  # fmt: skip

    def _print_on(self, printer: QPrinter) -> None:
        from PySide6.QtPrintSupport import QPrinter

        wanted = range(self._sheet.page_count)
        if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
            wanted = wanted[printer.fromPage() - 1 : printer.toPage()]
        self._printed.lay_out().draw(printer, wanted)  # with the letters of this thread

    def _sent(self, _result: None) -> None:
        self._frame.toast("برای چاپگر فرستاده شد.")
        self.accept()
