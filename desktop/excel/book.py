"""A workbook whose long tables are streamed: openpyxl lays the sheets, we write their rows.

openpyxl needs 15 s for 100,000 x 20 cells and half as much again with formats. So each table's
rows are written as XML of our own into a temporary file; then openpyxl, told their number and
totals, makes a workbook without them; at last the two are put together in one pass.
"""

from __future__ import annotations

import io
import re
import tempfile
from contextlib import ExitStack
from html import escape
from typing import TYPE_CHECKING, Any, Final, Self
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.writer.excel import ExcelWriter

from desktop.excel import look
from desktop.excel.cells import clean, title
from desktop.excel.files import appearing, check_place, problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.progress import Progress

COMPRESSION: Final = 5  # a fifth faster than zip's own 6 for 3 % more bytes
CHUNK: Final = 1 << 19  # bytes packed between two looks at the progress
RENDERED: Final = 0.6  # the part of the work that is done when all rows are in XML

_DIMENSION = re.compile(rb'<dimension ref="[^"]*" ?/>')
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f>[^<]*</f>)<v ?/?>(?:</v>)?</c>')


class Book:
    """One workbook on its way to `path`. Use it in `with`, and end with `save`."""

    def __init__(self, path: Path, total: int, progress: Progress) -> None:
        check_place(path)
        self.path = path
        self.made = look.new_book()
        self._open = ExitStack()
        self._rows: dict[str, IO[bytes]] = {}
        self._extent: dict[str, str] = {}
        self._cached: dict[str, dict[str, Any]] = {}
        self._progress, self._total, self._done = progress, total, 0
        progress(0, total)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, after those made before."""
        sheet: Worksheet = self.made.create_sheet(title(name, self.made.sheetnames))
        look.right_to_left(sheet)
        return sheet

    def stream(self, sheet: Worksheet, batches: Iterable[tuple[str, int]]) -> None:
        """Take the sheet's rows: their XML, in batches, each with the number of its rows."""
        with problems(self.path):
            # Beside the workbook: where there is room for one there is likely room for both.
            temporary = tempfile.TemporaryFile(dir=self.path.parent)  # noqa: SIM115
            file = self._open.enter_context(temporary)
        for xml, rows in batches:
            with problems(self.path):
                file.write(xml.encode())
            self._done = min(self._done + rows, self._total)
            self._progress(int(self._done * RENDERED), self._total)
        self._rows[sheet.title] = file

    def extent(self, sheet: Worksheet, reference: str) -> None:
        """The cells of a streamed sheet, all told; some readers trust it."""
        self._extent[sheet.title] = reference

    def formula(self, cell: Cell, formula: str, value: Any) -> None:
        """A live formula with the value it has now: shown where nothing is worked out.

        Excel's protected view of a file that came by mail is such a place.
        """
        cell.value = formula
        self._cached.setdefault(cell.parent.title, {})[cell.coordinate] = value

    def save(self) -> None:
        """Put everything together; the file is there when this returns, and not before."""
        plain = io.BytesIO()
        with problems(self.path), ZipFile(plain, "w") as parts:
            # Not `Workbook.save`: that leaves its archive open when the disk is full.
            ExcelWriter(self.made, parts).save()
        with appearing(self.path) as target:
            with (
                ZipFile(plain) as parts,
                problems(self.path),
                ZipFile(target, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as packed,
            ):
                self._pack(parts, packed)
            self._progress(self._total, self._total)  # after this nothing can be stopped

    def _pack(self, parts: ZipFile, packed: ZipFile) -> None:
        sheets = {
            f"xl/worksheets/sheet{number}.xml": sheet.title
            for number, sheet in enumerate(self.made.worksheets, start=1)
        }
        packing = _Packing(self._progress, self._total, sum(f.tell() for f in self._rows.values()))
        for name in parts.namelist():
            content = parts.read(name)
            if name in sheets:
                content = self._with_values(content, sheets[name])
            rows = self._rows.get(sheets.get(name, ""))
            if rows is None:
                packed.writestr(name, content)
            else:
                extent = self._extent[sheets[name]]
                packing.splice(packed, name, _DIMENSION.sub(_dimension(extent), content), rows)

    def _with_values(self, content: bytes, sheet: str) -> bytes:
        values = self._cached.get(sheet)
        if not values:
            return content
        return _FORMULA.sub(lambda found: _formula_cell(found, values), content.decode()).encode()


def _dimension(reference: str) -> bytes:
    return f'<dimension ref="{reference}"/>'.encode()


def _formula_cell(found: re.Match[str], values: dict[str, Any]) -> str:
    place, attributes, formula = found.groups()
    value = values.get(place)
    if value is None:
        return found[0]
    text = ' t="str"' if isinstance(value, str) else ""
    inside = escape(clean(str(value)), quote=False)
    return f'<c r="{place}"{attributes}{text}>{formula}<v>{inside}</v></c>'


class _Packing:
    """The second part of the progress: the rows go from their temporary files into the zip."""

    def __init__(self, progress: Progress, total: int, size: int) -> None:
        self._progress, self._total, self._size, self._done = progress, total, max(size, 1), 0

    def splice(self, packed: ZipFile, name: str, content: bytes, rows: IO[bytes]) -> None:
        head, end, tail = content.partition(b"</sheetData>")
        huge = rows.tell() > 1 << 30
        rows.seek(0)
        with packed.open(name, "w", force_zip64=huge) as part:
            part.write(head)
            while chunk := rows.read(CHUNK):
                part.write(chunk)
                self._tell(len(chunk))
            part.write(end + tail)

    def _tell(self, size: int) -> None:
        self._done += size
        share = RENDERED + (1 - RENDERED) * self._done / self._size
        self._progress(int(self._total * share), self._total)
