"""«گزارش پیشرفت»: the workbook that is sent up, from a day's figures and the rows behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from openpyxl.utils import quote_sheetname

from db import calendar
from desktop.excel import charts, look
from desktop.excel.book import Book
from desktop.excel.cells import put
from desktop.excel.control import OVERALL, Sources, checks, overall, write_control
from desktop.excel.loan_tables import add_portfolio
from desktop.excel.months import month_rows, month_table
from desktop.excel.shares import share_rows, share_table
from desktop.excel.summary import FIRST_ROW, write_summary
from desktop.excel.tables import Placed, Table, add_table
from desktop.excel.tally import LoanTally, UnitTally
from desktop.excel.work import TITLES, WorkTally
from desktop.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from db.queries.progress import Figures, Share
    from desktop.excel.loan_tables import Portfolio
    from desktop.excel.work import Work
    from desktop.progress import Progress

_SUMMARY: Final = "خلاصه"
_CHARTS: Final = (5, 12)  # the first and last column of the charts on the summary
_MIDDLE: Final = 8
_BARS_ROW: Final = FIRST_ROW + 14
_LAST_ROW: Final = FIRST_ROW + 36  # of the table of figures


def write_progress_report(
    path: Path,
    figures: Figures,
    units: Table,
    loans: Table,
    work: Work,
    progress: Progress = unwatched,
    portfolio: Portfolio | None = None,
) -> None:
    """Write the report; it appears at `path` only when it is whole.

    `units` are all units on record by `figures.as_of`, with the fields county, industry, group,
    claimed, counted, sustained, stopped, returned_on and jobs_created; `loans` those applied for
    by then, with approved_standing, paid, due, repaid, balance and overdue in rial, and with a
    `portfolio` the columns that it groups by, jobs_promised, jobs_counted and revived; `work` is
    the field work of the same day. Any other fields are shown as they come.
    """
    with Book(path, units.count + loans.count + work.count, progress) as book:
        summary = book.sheet(_SUMMARY)
        cells = write_summary(summary, figures, work.figures, calendar.today())
        grouped = portfolio.columns if portfolio is not None else ()
        sources = _data_sheets(book, figures, units, loans, work, cells, grouped)
        if portfolio is not None:
            placed = add_portfolio(book, portfolio, lambda title: _heading(title, figures))
            sources = replace(sources, portfolio=placed)
        _write_charts(summary, sources)
        control = book.sheet("کنترل")
        lines = list(checks(sources))
        write_control(book, control, lines)
        _write_verdict(book, summary, control.title, overall(lines))
        book.save()


def _write_verdict(book: Book, summary: Worksheet, control: str, verdict: str) -> None:
    cell = look.dress(summary["A4"], look.SMALL, border=None)
    formula = f'="کنترل: "&{quote_sheetname(control)}!{OVERALL}'
    book.formula(cell, formula, f"کنترل: {verdict}")


def _data_sheets(
    book: Book, figures: Figures, units: Table, loans: Table, work: Work,
    cells: dict[str, str], grouped: Sequence[str],
) -> Sources:  # fmt: skip
    unit_tally = UnitTally(_titled(units, "واحدها", figures))
    loan_tally = LoanTally(_titled(loans, "تسهیلات", figures), grouped)
    months = add_table(book, month_table(month_rows(figures), _heading("ماه‌ها", figures)))
    unit_sheet = add_table(book, unit_tally.table)
    loan_sheet = add_table(book, loan_tally.table)
    work_tally = WorkTally(work)
    work_sheets = {
        name: add_table(book, _titled(table, TITLES[name], figures))
        for name, table in work_tally.tables.items()
    }
    return Sources(
        figures, _SUMMARY, cells,
        units=unit_sheet,
        loans=loan_sheet,
        months=months,
        shares={
            "county": _shares(book, figures, figures.counties, "شهرستان‌ها", "شهرستان"),
            "industry": _shares(book, figures, figures.industries, "رشته‌ها", "رشته"),
            "group": _shares(book, figures, figures.group_shares, "گروه‌ها", "گروه جهادی"),
        },
        unit_tally=unit_tally,
        loan_tally=loan_tally,
        field=work.figures,
        work=work_sheets,
        work_tally=work_tally,
    )  # fmt: skip


def _heading(title: str, figures: Figures) -> tuple[str, ...]:
    return title, f"{figures.title} · تا پایان {calendar.long_jalali(figures.as_of)}"


def _titled(table: Table, title: str, figures: Figures) -> Table:
    return replace(table, title=title, heading=table.heading or _heading(title, figures))


def _shares(
    book: Book, figures: Figures, shares: Sequence[Share], title: str, label: str
) -> Placed:
    return add_table(book, share_table(title, label, share_rows(shares), _heading(title, figures)))


def _write_charts(sheet: Worksheet, of: Sources) -> None:
    """The line over the two bars, beside the figures; of what is not there, a sentence."""
    first, last = _CHARTS
    if of.months.count:
        forecast = any(row.forecast is not None for row in month_rows(of.figures))
        line = charts.burn_up(of.months, forecast=forecast)
        charts.place_chart(sheet, line, (first, FIRST_ROW), (last, _BARS_ROW - 1))
    else:
        _write_instead(sheet, FIRST_ROW, first, "نمودار ماه‌ها از روز مبنا آغاز می‌شود.")
    for key, title, shares, start, end in (
        ("county", "احیاشده در شهرستان‌ها", of.figures.counties, first, _MIDDLE),
        ("industry", "احیاشده در رشته‌ها", of.figures.industries, _MIDDLE + 1, last),
    ):
        rows = min(sum(share.revived > 0 for share in shares), charts.MOST_BARS)
        if rows:
            bars = charts.bars(of.shares[key], title, rows)
            charts.place_chart(sheet, bars, (start, _BARS_ROW), (end, _LAST_ROW))
    if not any(share.revived for share in of.figures.counties):
        words = "پس از روز مبنا هنوز واحدی احیا نشده است."
        _write_instead(sheet, _BARS_ROW, first, words)


def _write_instead(sheet: Worksheet, row: int, column: int, words: str) -> None:
    put(look.dress(sheet.cell(row, column), look.SMALL, border=None), words)
