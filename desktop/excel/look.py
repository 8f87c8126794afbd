"""How our workbooks look: fonts, colours, cell formats, and the page they are printed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.page import PageMargins

from desktop.excel.cells import clean

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.kinds import Kind

# Tahoma has every Persian letter and digit and comes with every Windows and Office for Mac;
# the «B» fonts are on few machines, and what is missing is replaced by anything at all.
FONT: Final = "Tahoma"
DARK, ACCENT, PALE, LINE, MUTED = "1F2937", "1D5C63", "E6F0F0", "D5DBDE", "5B6670"
GOOD, GOOD_PALE, BAD, BAD_PALE = "1B6B3A", "DDF2E3", "A02020", "FBE0DE"
SERIES: Final = (ACCENT, "8A949C", "C7791B")  # what is, what was planned, what is foreseen
WHOLE: Final = "[$-3000429]#,##0"  # whole numbers in Persian digits
TENTHS: Final = "[$-3000429]#,##0.0"
HUNDREDTHS: Final = "[$-3000429]#,##0.00"

ROW_HEIGHT: Final = 18  # points

BODY: Final = Font(name=FONT, size=10, color=DARK)
TITLE: Final = Font(name=FONT, size=15, bold=True, color=ACCENT)
SMALL: Final = Font(name=FONT, size=9, color=MUTED)
STRONG: Final = Font(name=FONT, size=10, bold=True, color=DARK)
HEADER: Final = Font(name=FONT, size=10, bold=True, color="FFFFFF")

_SIDE = Side(style="thin", color=LINE)
EDGES: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
HEADER_FILL: Final = PatternFill("solid", fgColor=ACCENT)
PALE_FILL: Final = PatternFill("solid", fgColor=PALE)

# Numbers stand at the right like the text: only so are units under units, thousands under
# thousands. `readingOrder` 2 is right to left, 1 left to right: a code must not be turned round.
PROSE: Final = Alignment(horizontal="right", vertical="center", readingOrder=2)
WRAPPED: Final = Alignment(horizontal="right", vertical="center", readingOrder=2, wrap_text=True)
NUMBER: Final = Alignment(horizontal="right", vertical="center", readingOrder=1)
CODE: Final = Alignment(horizontal="center", vertical="center", readingOrder=1)
CENTRE: Final = Alignment(horizontal="center", vertical="center", readingOrder=2, wrap_text=True)


def new_book() -> Workbook:
    """An empty workbook in our font that works every formula out when it is opened."""
    book = Workbook()
    book.remove(book.active)
    # The first font is that of plain cells and the measure of column widths.
    book._fonts = IndexedList([BODY])  # noqa: SLF001 - openpyxl has no public way to it
    book.properties.creator = "احیا"
    book.calculation.fullCalcOnLoad = True
    return book


def dress(
    cell: Cell,
    font: Font = BODY,
    alignment: Alignment = PROSE,
    number_format: str = "General",
    fill: PatternFill | None = None,
    border: Border | None = EDGES,
) -> Any:
    """Give a cell its looks."""
    cell.font, cell.alignment, cell.number_format = font, alignment, number_format
    if fill is not None:
        cell.fill = fill
    if border is not None:
        cell.border = border
    return cell


def style_of(sheet: Worksheet, kind: Kind) -> int:
    """The number of the cell format for values of a kind, in the sheet's workbook."""
    alignment = NUMBER if kind.number else CODE if kind.ltr else PROSE
    cell = dress(WriteOnlyCell(sheet), BODY, alignment, kind.excel_format)
    return int(cell.style_id)


def right_to_left(sheet: Worksheet) -> None:
    sheet.sheet_view.rightToLeft = True
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.sheet_format.customHeight = True


def on_paper(sheet: Worksheet, heading: str, *, pages_high: int = 0) -> None:
    """Landscape A4, as wide as one page; `pages_high` 0 is as many pages as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages_high
    sheet.page_margins = PageMargins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
    sheet.print_options.horizontalCentered = True
    # `&` starts a code of Excel's; header and footer hold 255 characters in all.
    sheet.oddHeader.center.text = clean(heading)[:100].replace("&", "&&")
    sheet.oddFooter.center.text = "صفحهٔ &P از &N"
