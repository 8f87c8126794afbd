"""A list as a sheet: «خروجی اکسل» of any list, and the data sheets of the reports."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from openpyxl.utils import get_column_letter, quote_sheetname

from db.errors import DatabaseProblem
from desktop import kinds
from desktop.excel import look
from desktop.excel.book import Book
from desktop.excel.cells import put, row_writer
from desktop.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.fields import Field
    from desktop.progress import Progress

BATCH: Final = 200  # rows between two looks at the progress
MOST_ROWS: Final = 1_048_576  # a sheet of Excel has no more
SUMMED: Final = (kinds.RIAL, kinds.COUNT, kinds.PEOPLE)  # a sum of percents says nothing


@dataclass(frozen=True)
class Table:
    """What a sheet shows. `rows` is gone through once and never held; `count` is for progress.

    `heading` is lines above the header: what the list is, as of when, under which filters.
    """

    title: str
    fields: Sequence[Field]
    rows: Iterable[object]
    count: int
    heading: Sequence[str] = ()
    totals: bool = True  # a line above the header: the sums of the rows the filter lets through


@dataclass(frozen=True)
class Placed:
    """Where a table stands in its sheet; `last` is below the header even when there are no rows."""

    sheet: Worksheet
    fields: Sequence[Field]
    header: int
    count: int

    @property
    def first(self) -> int:
        return self.header + 1

    @property
    def last(self) -> int:
        return self.header + max(self.count, 1)

    @property
    def filled(self) -> str:
        """The name of a field every row has: by it rows are counted."""
        return next((field.name for field in self.fields if field.required), self.fields[0].name)

    def column(self, name: str) -> int:
        """The column of a field, from 1, by its name with or without `_id`."""
        names = [field.name.removesuffix("_id") for field in self.fields]
        return names.index(name.removesuffix("_id")) + 1

    def cells(self, name: str, rows: int | None = None) -> str:
        """A field's cells for a formula on any sheet; `rows` for the first so many only."""
        letter = get_column_letter(self.column(name))
        last = self.last if rows is None else self.header + max(rows, 1)
        title = quote_sheetname(self.sheet.title)
        return f"{title}!${letter}${self.first}:${letter}${last}"


def reader_of(table: Table, name: str) -> Callable[[object], Any]:
    """The function that gives a field's cell, by the field's name with or without `_id`."""
    for field in table.fields:
        if field.name.removesuffix("_id") == name:
            return field.excel
    raise KeyError(name)


def write_table(path: Path, table: Table, progress: Progress = unwatched) -> None:
    """Write a workbook of one sheet. It appears at `path` only when it is whole.

    DatabaseProblem when the place does not let it be written, or there are too many rows.
    """
    with Book(path, table.count, progress) as book:
        add_table(book, table)
        book.save()


def add_table(book: Book, table: Table) -> Placed:
    """A sheet of its own for the table, after the sheets made before."""
    sheet = book.sheet(table.title)
    header = len(table.heading) + table.totals + 1
    _check_room(header, table.count)
    run = _Run(sheet, table, header)
    book.stream(sheet, run.batches())
    place = Placed(sheet, table.fields, header, run.count)
    last = f"{get_column_letter(len(table.fields))}{header + run.count}"
    book.extent(sheet, f"A1:{last}")
    _write_heading(sheet, table)
    _write_header(sheet, table.fields, header)
    if table.totals:
        _write_totals(book, place, run)
    sheet.freeze_panes = f"A{place.first}"
    sheet.auto_filter.ref = f"A{header}:{last}"
    sheet.print_title_rows = f"{header}:{header}"
    look.on_paper(sheet, " · ".join(table.heading[:2]) or table.title)
    return place


def _check_room(header: int, rows: int) -> None:
    if header + rows > MOST_ROWS:
        raise DatabaseProblem("too_many_rows")


class _Run:
    """One walk over the rows: their XML, their number, and the sums of what can be summed."""

    def __init__(self, sheet: Worksheet, table: Table, header: int) -> None:
        self.count = 0
        self._rows = iter(table.rows)
        self._readers = [field.excel for field in table.fields]
        self._write = row_writer([look.style_of(sheet, field.kind) for field in table.fields])
        self._header = header
        summed = table.fields if table.totals else ()
        self.sums = {n: 0 for n, field in enumerate(summed) if field.kind in SUMMED}

    def batches(self) -> Iterator[tuple[str, int]]:
        while rows := list(islice(self._rows, BATCH)):
            _check_room(self._header, self.count + len(rows))
            yield "".join(map(self._row, rows)), len(rows)

    def _row(self, row: object) -> str:
        self.count += 1
        values = [read(row) for read in self._readers]
        for number in self.sums:
            self.sums[number] += values[number] or 0
        return self._write(self._header + self.count, values)


def _write_heading(sheet: Worksheet, table: Table) -> None:
    for number, line in enumerate(table.heading, start=1):
        cell = sheet.cell(number, 1)
        put(cell, line)
        look.dress(cell, look.TITLE if number == 1 else look.SMALL, border=None)
        sheet.row_dimensions[number].height = 26 if number == 1 else 16


def _write_header(sheet: Worksheet, fields: Sequence[Field], row: int) -> None:
    for number, field in enumerate(fields, start=1):
        cell = sheet.cell(row, number)
        put(cell, field.label)
        look.dress(cell, look.HEADER, look.CENTRE, fill=look.HEADER_FILL)
        # A word of the header is not to be broken, and the filter's button takes its room.
        word = max(map(len, field.label.split()), default=0) + 4
        sheet.column_dimensions[get_column_letter(number)].width = max(field.width, word) + 1
    sheet.row_dimensions[row].height = 32


def _write_totals(book: Book, place: Placed, run: _Run) -> None:
    """Above the header, where a filter or a sort does not take it for a row."""
    row = place.header - 1
    for number, field in enumerate(place.fields):
        cell = place.sheet.cell(row, number + 1)
        look.dress(cell, look.STRONG, look.NUMBER, look.WHOLE, look.PALE_FILL)
        if number in run.sums:
            formula = f"=SUBTOTAL(109,{_own_cells(place, field.name)})"
            book.formula(cell, formula, run.sums[number])
    named = next((n for n in range(len(place.fields)) if n not in run.sums), None)
    if named is not None:
        _write_count(book, place, named, row)
    place.sheet.row_dimensions[row].height = 20


def _write_count(book: Book, place: Placed, column: int, row: int) -> None:
    """«۴۰۰ ردیف»: how many rows the filter lets through, as a number that says what it is."""
    cell = place.sheet.cell(row, column + 1)
    look.dress(cell, look.STRONG, look.PROSE, f'{look.WHOLE}" ردیف"', look.PALE_FILL)
    book.formula(cell, f"=SUBTOTAL(103,{_own_cells(place, place.filled)})", place.count)


def _own_cells(place: Placed, name: str) -> str:
    letter = get_column_letter(place.column(name))
    return f"{letter}{place.first}:{letter}{place.last}"
