"""A list written to Excel: every value as it is, the sheet ready for use, all or nothing."""

from __future__ import annotations

import errno
import os
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from db import calendar
from db.errors import DatabaseProblem
from desktop import kinds
from desktop.excel import cells, files
from desktop.excel.tables import MOST_ROWS, Table, write_table
from desktop.fields import Field
from desktop.progress import Cancelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

STATE = kinds.choice({"stagnant": "راکد", "active": "فعال"})
FIELDS = (
    Field("code", "کد", kinds.CODE, 12, required=True),
    Field("name", "نام واحد", kinds.TEXT, 30),
    Field("state", "وضع", STATE, 10),
    Field("county_id", "شهرستان", kinds.link("county"), 16),
    Field("jobs", "شاغلان", kinds.PEOPLE, 10),
    Field("amount", "مبلغ", kinds.RIAL, 18),
    Field("rate", "نرخ", kinds.RATE, 8),
    Field("day", "روز", kinds.DAY, 12),
    Field("capacity", "ظرفیت", kinds.CAPACITY, 8),
)
NAME = (Field("name", "نام", kinds.TEXT, 30),)
HEADING = ("واحدهای صنعتی", "تا پایان ۲۹ اسفند ۱۴۰۲", "شهرستان: شیراز")


def unit(number: int) -> SimpleNamespace:
    return SimpleNamespace(
        code=f"{number:010}",
        name=f"تولیدی {number}",
        state="stagnant",
        county="شیراز",
        jobs=number,
        amount=number * 10**9,
        rate=Decimal("18.5"),
        day=date(2024, 3, 19),
        capacity=40,
    )


def named(*names: Any) -> list[SimpleNamespace]:
    return [SimpleNamespace(name=name) for name in names]


def table(rows: Sequence[object], fields: Sequence[Field] = FIELDS, **more: Any) -> Table:
    return Table("واحدها", fields, iter(rows), len(rows), **more)


def written(path: Path, made: Table) -> Worksheet:
    write_table(path, made)
    book = load_workbook(path)
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def texts(path: Path, names: Sequence[str]) -> list[Any]:
    """The cells of one column of text, as they are read back."""
    sheet = written(path, table(named(*names), NAME, totals=False))
    return [sheet.cell(row, 1) for row in range(2, len(names) + 2)]


def test_values_types_and_formats(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table([unit(n) for n in range(1, 4)], heading=HEADING))
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == list(HEADING)
    assert [cell.value for cell in sheet[5]] == [field.label for field in FIELDS]
    assert [cell.value for cell in sheet[6]] == [
        "0000000001", "تولیدی 1", "راکد", "شیراز", 1, 10**9, 18.5, "1402/12/29", 40,
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[6]] == [
        field.kind.excel_format for field in FIELDS
    ]
    assert sheet["A6"].number_format == "@"
    assert sheet["F6"].number_format == "[$-3000429]#,##0"
    assert sheet["F6"].data_type == "n"
    assert sheet.max_row == 8


def test_the_sheet_is_ready_for_use(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table([unit(n) for n in range(1, 4)], heading=HEADING))
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A6"
    assert sheet.auto_filter.ref == "A5:I8"
    assert sheet.print_title_rows == "$5:$5"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.center.text == "صفحهٔ &P از &N"
    assert sheet.oddHeader.center.text == "واحدهای صنعتی · تا پایان ۲۹ اسفند ۱۴۰۲"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width >= 12
    assert sheet["B6"].alignment.readingOrder == 2
    assert sheet["A6"].alignment.readingOrder == 1
    assert sheet.parent.calculation.fullCalcOnLoad
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert parts.testzip() is None
        content = parts.read("xl/worksheets/sheet1.xml").decode()
        assert b'val="Tahoma"' in parts.read("xl/styles.xml").split(b"</font>")[0]
    assert '<dimension ref="A1:I8"/>' in content


def test_totals_are_live_and_have_their_value(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    without_jobs = SimpleNamespace(**vars(unit(3)) | {"jobs": None})
    sheet = written(path, table([unit(1), unit(2), without_jobs]))
    assert sheet["A1"].value == "=SUBTOTAL(103,A3:A5)"
    assert sheet["E1"].value == "=SUBTOTAL(109,E3:E5)"
    assert sheet["F1"].value == "=SUBTOTAL(109,F3:F5)"
    assert (sheet["G1"].value, sheet["I1"].value) == (None, None)  # a sum of percents says nothing
    values = load_workbook(path, data_only=True).worksheets[0]
    assert [values[place].value for place in ("A1", "E1", "F1")] == [3, 3, 6 * 10**9]


@pytest.mark.parametrize("rows", [0, 1])
def test_few_rows(tmp_path: Path, rows: int) -> None:
    sheet = written(tmp_path / "a.xlsx", table([unit(n) for n in range(rows)]))
    assert sheet.max_row == 2 + rows
    assert sheet.auto_filter.ref == f"A2:I{2 + rows}"
    assert sheet["F1"].value == "=SUBTOTAL(109,F3:F3)"


def test_only_sums_no_column_to_count(tmp_path: Path) -> None:
    fields = (Field("jobs", "شاغلان", kinds.COUNT),)
    sheet = written(tmp_path / "a.xlsx", table([unit(1)], fields))
    assert sheet["A1"].value == "=SUBTOTAL(109,A3:A3)"


def test_empty_values_are_empty_cells_with_their_format(tmp_path: Path) -> None:
    nothing = SimpleNamespace(**dict.fromkeys(vars(unit(1))))
    sheet = written(tmp_path / "a.xlsx", table([nothing]))
    assert [cell.value for cell in sheet[3]] == [None] * len(FIELDS)
    assert sheet["F3"].number_format == "[$-3000429]#,##0"


def test_numbers_excel_would_change_are_text(tmp_path: Path) -> None:
    some = Field("some", "چیزی", replace(kinds.COUNT, excel=lambda value: value))
    values = (10**15 - 1, 10**15, -(10**15), 12345678901234567890, 0.1, float("nan"), True)
    rows = [SimpleNamespace(some=value) for value in values]
    sheet = written(tmp_path / "a.xlsx", table(rows, (some,), totals=False))
    assert [sheet.cell(row, 1).value for row in range(2, 9)] == [
        999999999999999, "1000000000000000", "-1000000000000000", "12345678901234567890", 0.1,
        None, "True",
    ]  # fmt: skip


HOSTILE = (
    "=cmd|' /C calc'!A0", "=1+1", "=", "+1", "-1", "@SUM(A1)", "#N/A", "#REF!", "TRUE", "0012",
    "1402/12/29", "1e5", "<b>&amp;</b>", "]]>", "a\nb", " دو سر ", "نیم\u200cفاصله", "\u200f۱۲",
    "😀", "'x", '"x"', "\ttab", "https://example.org", "{=1}",
)  # fmt: skip


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    found = texts(tmp_path / "a.xlsx", HOSTILE)
    assert [cell.value for cell in found] == list(HOSTILE)
    assert {cell.data_type for cell in found} == {"s"}


def test_hostile_labels_and_headings_stay_text(tmp_path: Path) -> None:
    fields = (Field("name", "=1+1", kinds.TEXT), Field("name", "#N/A", kinds.TEXT))
    made = Table("=cmd/'[x]", fields, named("a"), 1, ("=HYPERLINK(1)", "+1\x00"), totals=False)
    sheet = written(tmp_path / "a.xlsx", made)
    places = [sheet[place] for place in ("A1", "A2", "A3", "B3")]
    assert [cell.value for cell in places] == ["=HYPERLINK(1)", "+1", "=1+1", "#N/A"]
    assert {cell.data_type for cell in places} == {"s"}
    assert sheet.title == "=cmd ' x"


def test_control_characters_and_line_ends(tmp_path: Path) -> None:
    found = texts(tmp_path / "a.xlsx", ["a\x00b\x0bc\x1f", "a\r\nb\rc", "a\ud800b\uffff", "\x00"])
    assert [cell.value for cell in found] == ["abc", "a\nb\nc", "ab", ""]


def test_what_excel_reads_as_an_escape_is_escaped(tmp_path: Path) -> None:
    (found,) = texts(tmp_path / "a.xlsx", ["_x0041_ & _x41_"])
    assert found.value == "_x005F_x0041_ & _x41_"  # Excel and LibreOffice show _x0041_


@pytest.mark.parametrize("letter", ["ا", "😀"])
def test_text_too_long_for_a_cell_is_cut_where_one_sees_it(tmp_path: Path, letter: str) -> None:
    units = len(letter.encode("utf-16-le")) // 2
    whole, longer = letter * (32_766 // units), letter * 40_000
    first, second = texts(tmp_path / "a.xlsx", [whole, longer])
    assert first.value == whole
    assert second.value == whole + "…"


XML_TEXT = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\uffff\ufffe")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(XML_TEXT) | st.sampled_from(HOSTILE), min_size=1, max_size=20))
def test_text_written_is_text_read(tmp_path: Path, names: list[str]) -> None:
    found = texts(tmp_path / "a.xlsx", names)
    assert [cell.value or "" for cell in found] == [cells.escaped(name) for name in names]
    assert all(cell.data_type == "s" for cell, name in zip(found, names, strict=True) if name)


@given(text=st.text())
def test_clean_twice_is_clean_once(text: str) -> None:
    assert cells.clean(cells.clean(text)) == cells.clean(text)


@given(days=st.lists(st.dates(calendar.FIRST_DAY, calendar.LAST_DAY), max_size=50))
def test_days_sort_as_text(days: list[date]) -> None:
    as_text = sorted(kinds.DAY.excel(day) for day in days)
    assert [calendar.from_jalali(text) for text in as_text] == sorted(days)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("گزارش ۱۴۰۳/۰۵", "گزارش ۱۴۰۳ ۰۵"),
        ("'[a]:b?*\\", "a b"),
        ("", "برگه"),
        ("///", "برگه"),
        ("History", "History 2"),
        ("آ" * 40, "آ" * 31),
        ("😀" * 20, "😀" * 15),
    ],
)
def test_titles_of_sheets(text: str, title: str) -> None:
    assert cells.title(text) == title


def test_titles_differ_within_a_book() -> None:
    assert cells.title("Units", ["units"]) == "Units 2"
    assert cells.title("آ" * 40, ["آ" * 31, "آ" * 29 + " 2"]) == "آ" * 29 + " 3"


def test_an_ampersand_is_no_code_of_the_page_header(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", table([], heading=("R&D &P",)))
    assert sheet.oddHeader.center.text == "R&&D &&P"


def test_progress_comes_often_and_ends_at_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    rows = [unit(n) for n in range(1000)]
    write_table(tmp_path / "a.xlsx", table(rows), lambda *at: seen.append(at))
    assert (seen[0], seen[-1]) == ((0, 1000), (1000, 1000))
    assert seen == sorted(seen)
    assert len(seen) >= 7
    assert {total for _, total in seen} == {1000}


def test_rows_are_taken_one_batch_at_a_time(tmp_path: Path) -> None:
    asked = 0

    def rows() -> Iterator[object]:
        nonlocal asked
        for number in range(100_000):
            asked += 1
            yield unit(number)

    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_table(tmp_path / "a.xlsx", Table("واحدها", FIELDS, rows(), 100_000), stop)
    assert asked <= 200


def test_more_rows_than_promised_are_all_written(tmp_path: Path) -> None:
    made = Table("واحدها", FIELDS, [unit(n) for n in range(5)], 2)
    assert written(tmp_path / "a.xlsx", made).auto_filter.ref == "A2:I7"


@pytest.mark.parametrize("stop_at", [0, 1, 300, 650, 1000])
def test_cancel_leaves_nothing(tmp_path: Path, stop_at: int) -> None:
    def stop(done: int, _total: int) -> None:
        if done >= stop_at:
            raise Cancelled

    path = tmp_path / "old.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Cancelled):
        write_table(path, table([unit(n) for n in range(1000)]), stop)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_a_row_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        write_table(tmp_path / "a.xlsx", table([unit(1), object()]))
    assert not list(tmp_path.iterdir())


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def told_when(patch: pytest.MonkeyPatch, where: str, number: int, path: Path) -> DatabaseProblem:
    """What is told when a call of the system fails while a table is written."""
    with patch.context() as context:
        context.setattr(where, failing(number))
        with pytest.raises(DatabaseProblem) as told:
            write_table(path, table([unit(1)]))
    return told.value


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "disk"),
    ],
)
@pytest.mark.parametrize(
    "where", ["os.fsync", "tempfile.TemporaryFile", "openpyxl.writer.excel.ExcelWriter.save"]
)
def test_trouble_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, where: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    told = told_when(monkeypatch, where, number, path)
    assert (told.reason, told.detail) == (reason, str(path))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_while_packing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    where = "desktop.excel.book._Packing.splice"
    assert told_when(monkeypatch, where, errno.ENOSPC, path).reason == "full"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("where", ["open", "replace"])
def test_a_file_held_by_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    told = told_when(monkeypatch, f"pathlib.Path.{where}", errno.EACCES, path)
    assert told.reason == "file_busy"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem) as told:
        write_table(tmp_path / "none" / "a.xlsx", table([]))
    assert (told.value.reason, told.value.detail) == ("no_folder", str(tmp_path / "none"))


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(DatabaseProblem, match="disk"):
        write_table(tmp_path / "a.xlsx", table([]))


def test_more_rows_than_a_sheet_has(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="too_many_rows"):
        write_table(tmp_path / "a.xlsx", Table("واحدها", FIELDS, (), MOST_ROWS - 1))
    assert not list(tmp_path.iterdir())


def test_the_longest_name_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / ("ا" * 120 + ".xlsx")
    write_table(path, table([unit(1)]))
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_table(tmp_path / "a.xlsx", table([]))
    assert (tmp_path / "a.xlsx").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_that_cannot_be_synced_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.open", failing(errno.EACCES))
    files._sync_folder(tmp_path)
