"""«گزارش پرتفوی تسهیلات»: what the loans amount to by a day, and the rows behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import quote_sheetname

from db.calendar import long_jalali
from db.text import short_toman
from desktop.excel import charts, look
from desktop.excel.book import Book
from desktop.excel.cells import put
from desktop.excel.control import OVERALL, overall, write_control
from desktop.excel.loan_tables import (
    NO,
    add_portfolio,
    age_chart,
    inflow_chart,
    money,
    portfolio_checks,
)
from desktop.excel.summary import FIRST_ROW, Line, write_sections, write_top
from desktop.excel.tables import add_table
from desktop.excel.tally import LoanTally
from desktop.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from db.queries.jobs import Jobs
    from db.queries.portfolio import Portfolio as Found
    from desktop.excel.check import Check
    from desktop.excel.loan_tables import PlacedPortfolio, Portfolio
    from desktop.excel.summary import Section
    from desktop.excel.tables import Placed, Table
    from desktop.progress import Progress

_SUMMARY: Final = "خلاصه"
_CHARTS: Final = (5, 12)  # the first and last column of the charts on the summary
_HIGH: Final = 14  # rows of a chart there
_NOTHING_DUE: Final = "هنوز قسطی سررسید نشده است."
_NO_JOB: Final = "هنوز شغلی پدید نیامده است."


def write_portfolio_report(
    path: Path,
    title: str,
    found: Found,
    jobs: Jobs,
    loans: Table,
    portfolio: Portfolio,
    made_on: date,
    progress: Progress = unwatched,
) -> None:
    """Write the report; it appears at `path` only when it is whole.

    `loans` are those of `found.as_of`, with the columns that `desktop.excel.loan_tables` reads.
    """
    days = f"تا پایان {long_jalali(found.as_of)}"

    def heading(of: str) -> tuple[str, ...]:
        return of, f"{title} · {days}"

    with Book(path, loans.count, progress) as book:
        summary = book.sheet(_SUMMARY)
        write_top(summary, f"پرتفوی تسهیلات: {title}",
                  f"{days} · ساخته‌شده در {long_jalali(made_on)}", _sentence(found))  # fmt: skip
        look.on_paper(summary, title, pages_high=1)
        cells = write_sections(summary, _sections(found, jobs))
        tally = LoanTally(loans, portfolio.columns)
        placed = add_portfolio(book, portfolio, heading)
        sheet = add_table(book, tally.table)
        _write_charts(summary, placed)
        control = book.sheet("کنترل")
        lines = [*_summary_checks(cells, found, sheet, tally),
                 *portfolio_checks(placed, sheet, tally)]  # fmt: skip
        write_control(book, control, lines)
        verdict = look.dress(summary["A4"], look.SMALL, border=None)
        formula = f'="کنترل: "&{quote_sheetname(control.title)}!{OVERALL}'
        book.formula(verdict, formula, f"کنترل: {overall(lines)}")
        book.save()


def _sentence(found: Found) -> str:
    sums = found.sums
    if not sums.loans:
        return "تا این روز تسهیلاتی ثبت نشده است."
    told = f"از {short_toman(sums.outstanding)} مانده، {short_toman(sums.overdue)} معوقه است"
    if sums.rate is None:
        return f"{told}؛ {_NOTHING_DUE}"
    return (
        f"{told}؛ {short_toman(sums.collected)} از {short_toman(sums.due)} سررسیدشده وصول شده است."
    )


def _sections(found: Found, jobs: Jobs) -> tuple[Section, ...]:
    sums, made = found.sums, jobs.sums
    doubtful = next((each.sums for each in found.classes if each.key == "doubtful"), None)
    return (
        ("مانده و وصول", (
            Line("outstanding", "ماندهٔ اصل و سود", sums.outstanding, "ریال"),
            Line("overdue", "معوقه", sums.overdue, "ریال"),
            Line("doubtful", "مشکوک‌الوصول، همهٔ مانده",
                 doubtful.outstanding if doubtful else 0, "ریال"),
            Line("due", "سررسیدشده", sums.due, "ریال"),
            Line("collected", "وصول از سررسیدشده", sums.collected, "ریال"),
            Line("rate", "نرخ وصول", sums.rate, "درصد", look.TENTHS, _NOTHING_DUE),
            Line("repaid", "بازپرداخت‌شده", sums.repaid, "ریال"),
        )),
        ("تصویب و پرداخت", (
            Line("loans", "شمار تسهیلات", sums.loans, "فقره"),
            Line("approved", "مصوب", sums.approved, "ریال"),
            Line("paid_out", "پرداخت‌شده", sums.paid_out, "ریال"),
            Line("late", "دارای معوقه", sums.late, "فقره"),
            Line("unscheduled", "پرداخت‌شدهٔ بی‌قسط", found.unscheduled.loans, "فقره"),
        )),
        ("اشتغال", (
            Line("units", "واحدهای وام‌گرفته", made.units, "واحد"),
            Line("promised", "اشتغال تعهدشده", made.promised, "نفر"),
            Line("seen", "پایش‌شده پس از احیا", made.seen, "واحد"),
            Line("seen_promised", "تعهد واحدهای پایش‌شده", made.seen_promised, "نفر"),
            Line("made", "اشتغال پدیدآمده", made.made, "نفر"),
            Line("per_job", "ریال برای هر شغل", made.rial_per_job, "ریال", why=_NO_JOB),
            Line("lost", "پرداخت‌شده و احیانشده", made.lost, "فقره"),
            Line("lost_paid_out", "پرداختی آن‌ها", made.lost_paid_out, "ریال"),
        )),
    )  # fmt: skip


def _write_charts(sheet: Worksheet, of: PlacedPortfolio) -> None:
    """How late, by month, and what is to come; of what is not there, a sentence."""
    first, last = _CHARTS
    row = FIRST_ROW
    if of.ages.count:
        charts.place_chart(sheet, age_chart(of), (first, row), (last, row + _HIGH - 1))
    if of.inflow.count:
        charts.place_chart(
            sheet, inflow_chart(of), (first, row + _HIGH), (last, row + 2 * _HIGH - 1)
        )
    if not of.ages.count:
        words = "هنوز تسهیلاتی با برنامهٔ قسط پرداخت نشده است."
        put(look.dress(sheet.cell(row, first), look.SMALL, border=None), words)


def _summary_checks(
    cells: Mapping[str, str], found: Found, loans: Placed, tally: LoanTally
) -> Iterator[Check]:
    """The figures of the summary over the rows of the loans."""
    sums, title = found.sums, quote_sheetname(_SUMMARY)
    paid = f'{loans.cells("paid")},">0"'
    for key, label, told, formula, counted in (
        ("loans", "شمار تسهیلات", sums.loans, f"COUNTA({loans.cells(loans.filled)})", tally.loans),
        ("approved", "مصوب", sums.approved, f"SUM({loans.cells('approved_standing')})",
         tally.sums["approved_standing"]),
        ("paid_out", "پرداخت‌شده", sums.paid_out, f"SUM({loans.cells('paid')})",
         tally.sums["paid"]),
        ("due", "سررسیدشده", sums.due, f"SUM({loans.cells('due')})", tally.sums["due"]),
        ("overdue", "معوقه", sums.overdue, f"SUM({loans.cells('overdue')})",
         tally.sums["overdue"]),
        ("collected", "وصول از سررسیدشده", sums.collected,
         f"SUM({loans.cells('due')})-SUM({loans.cells('overdue')})",
         tally.sums["due"] - tally.sums["overdue"]),
        ("repaid", "بازپرداخت‌شده", sums.repaid, f"SUM({loans.cells('repaid')})",
         tally.sums["repaid"]),
        ("outstanding", "مانده", sums.outstanding, f"SUM({loans.cells('balance')})",
         tally.sums["balance"]),
        ("lost", "پرداخت‌شده و احیانشده", tally.lent["lost"],
         f'COUNTIFS({paid},{loans.cells("revived")},"{NO}")', tally.lent["lost"]),
    ):  # fmt: skip
        yield money(f"خلاصه: {label}", f"{title}!{cells[key]}", told, formula, counted)
