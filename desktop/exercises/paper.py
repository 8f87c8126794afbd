"""The lists of an exercise on A4: right to left, with Persian digits, a page number on each."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

from db import calendar, text
from desktop.excel.files import appearing, check_place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.exercises.sheets import Part, Sheets

DPI: Final = 300
MARGIN, FOOT = 16.0, 12.0  # mm; the foot is within the lower margin
POINT: Final = 9.5
INK, FAINT, LINE, HEAD = "#1a1a1a", "#5c5c5c", "#b8b8b8", "#eeeeee"
# Right to left, «left» is where a line begins.
_STYLE = f"""
body {{ color: {INK}; }}
h1 {{ font-size: 17pt; font-weight: 600; margin: 0; }}
h2 {{ font-size: 11.5pt; font-weight: 600; margin-top: 16px; margin-bottom: 4px; }}
p {{ margin: 2px 0; }}
.small {{ color: {FAINT}; }}
th {{ background: {HEAD}; font-weight: 600; text-align: left; }}
td, th {{
    padding: 4px 6px; border-bottom-width: 1px; border-bottom-style: solid;
    border-bottom-color: {LINE};
}}
"""


def write_pdf(path: Path, sheets: Sheets) -> None:
    """Whole or not at all. DatabaseProblem when the place does not let it be written."""
    check_place(path)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _paint(QPdfWriter(buffer), sheets)
    with appearing(path) as file:
        file.write(bytes(data.data()))


def _paint(writer: QPdfWriter, sheets: Sheets) -> None:
    writer.setResolution(DPI)
    writer.setTitle(sheets.title)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter,
        )
    )  # fmt: skip
    painter = QPainter(writer)
    room = QRectF(painter.viewport())
    foot = FOOT * DPI / 25.4
    body = QSizeF(room.width(), room.height() - foot)
    document = _document(sheets, writer, body)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        _paint_page(painter, document, number, body)
        _paint_foot(painter, sheets, number + 1, document.pageCount(), room, foot)
    painter.end()


def _document(sheets: Sheets, writer: QPdfWriter, body: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(POINT)
    document.setDefaultFont(font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    document.setDefaultTextOption(option)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(as_html(sheets))
    document.setPageSize(body)
    return document


def _paint_page(painter: QPainter, document: QTextDocument, number: int, body: QSizeF) -> None:
    painter.save()
    top = number * body.height()
    painter.translate(0, -top)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, top, body.width(), body.height())
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, INK)
    context.palette = palette
    painter.setClipRect(QRectF(0, top, body.width(), body.height()))
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(
    painter: QPainter, sheets: Sheets, number: int, count: int, room: QRectF, foot: float
) -> None:
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(POINT - 1.5)
    painter.setFont(font)
    painter.setPen(FAINT)
    line = QRectF(0, room.height() - foot / 2, room.width(), foot / 2)
    pages = text.to_persian_digits(f"{number} از {count}")
    middle = Qt.AlignmentFlag.AlignVCenter
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
    today = calendar.to_persian_date(calendar.today())
    painter.drawText(line, int(right | middle), f"{sheets.title}، چاپ {today}")
    painter.drawText(line, int(left | middle), f"صفحهٔ {pages}")


def as_html(sheets: Sheets) -> str:
    """The words of the document; whatever the user has written is text, never markup."""
    lines = "".join(f"<p class='small'>{_safe(line)}</p>" for line in sheets.lines if line)
    outcome = f"{_heading('نتیجه')}<p>{_safe(sheets.outcome)}</p>" if sheets.outcome else ""
    parts = "".join(map(_part, sheets.parts))
    return (
        f"<body dir='rtl'><p class='small'>{_safe(sheets.organisation)}</p>"
        f"<h1>{_safe(sheets.title)}</h1>{lines}{outcome}{parts}</body>"
    )


def _part(part: Part) -> str:
    heads = _row("th", ["ردیف", *(field.label for field in part.fields)])
    rows = "".join(
        _row("td", [text.grouped(number), *(field.text(row) for field in part.fields)])
        for number, row in enumerate(part.rows, start=1)
    )
    return (
        f"{_heading(part.title)}<table width='100%' border='0' cellspacing='0' "
        f"style='border-collapse: collapse;'><thead>{heads}</thead>{rows}</table>"
    )


def _heading(words: str) -> str:
    return f"<h2>{_safe(words)}</h2>"


def _row(tag: str, words: Sequence[str]) -> str:
    """Qt lays the columns of a table from the left, whatever the direction of the text."""
    return "<tr>" + "".join(f"<{tag}>{_safe(each)}</{tag}>" for each in reversed(words)) + "</tr>"


def _safe(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")
