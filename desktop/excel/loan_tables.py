"""The portfolio of loans in a report: its tables with their charts, and the control of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from openpyxl.utils import get_column_letter, quote_sheetname

from desktop import kinds
from desktop.excel import charts, look
from desktop.excel.cells import EXACT
from desktop.excel.check import Check
from desktop.excel.tables import Placed, Table, add_table
from desktop.excel.tally import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from desktop.excel.book import Book
    from desktop.excel.tally import LoanTally

_MILLION: Final = 10**6
_PLOT: Final = (9, 22)  # columns and rows of a chart beside its table
_LABELS: Final = {
    "loans": "شمار",
    "approved": "مصوب",
    "paid_out": "پرداخت‌شده",
    "due": "سررسیدشده",
    "overdue": "معوقه",
    "repaid": "بازپرداخت‌شده",
    "outstanding": "مانده",
}
_OF_SHARE: Final = ("loans", "paid_out", "due", "overdue", "outstanding")
_OF_AGE: Final = ("loans", "overdue", "outstanding")
_OF_MONTHS: Final = ("approved", "paid_out", "due", "overdue")
NO: Final = kinds.FLAG.show(False)


@dataclass(frozen=True)
class Portfolio:
    """Tables whose rows are held, amounts in rial.

    `shares` by the column of the loans' sheet that their names stand in: rows have a name and the
    sums of `MEASURES`; their `word` is empty where the column is, and None where no rows of the
    loans make them up. `ages` stand in the column age; `inflow` comes to all that is outstanding;
    `jobs` are of the loans paid out.
    """

    shares: Mapping[str, Table]
    ages: Table
    months: Table
    inflow: Table
    jobs: Table

    @property
    def columns(self) -> tuple[str, ...]:
        """Of the loans' sheet, by which the control groups its rows."""
        return (*self.shares, "age")


@dataclass(frozen=True)
class PlacedPortfolio:
    """Where its tables stand."""

    portfolio: Portfolio
    shares: Mapping[str, Placed]
    ages: Placed
    months: Placed
    inflow: Placed
    jobs: Placed


def add_portfolio(
    book: Book, portfolio: Portfolio, heading: Callable[[str], tuple[str, ...]]
) -> PlacedPortfolio:
    """A sheet for each table, with its chart beside it."""

    def placed(table: Table) -> Placed:
        return add_table(book, replace(table, heading=table.heading or heading(table.title)))

    shares = {column: placed(table) for column, table in portfolio.shares.items()}
    found = PlacedPortfolio(
        portfolio, shares, placed(portfolio.ages), placed(portfolio.months),
        placed(portfolio.inflow), placed(portfolio.jobs),
    )  # fmt: skip
    for column, place in shares.items():
        title = f"مانده، {portfolio.shares[column].title}"
        _beside(place, charts.bars(place, title, _some(place), "outstanding", "name"))
    _beside(found.ages, age_chart(found))
    _beside(found.months, charts.columns(found.months, "سررسید و وصول", ("due", "collected")))
    _beside(found.inflow, inflow_chart(found))
    _beside(found.jobs, charts.columns(found.jobs, "اشتغال تعهدشده و پدیدآمده",
                                       ("promised", "made"), charts.MOST_BARS))  # fmt: skip
    return found


def age_chart(of: PlacedPortfolio) -> Any:
    """Of the ages alone: what of the late is still current has no age."""
    rows = sum(row.word is not None for row in _held(of.portfolio.ages))
    return charts.bars(of.ages, "معوقه به دیرکرد", rows, "overdue", "name")


def inflow_chart(of: PlacedPortfolio) -> Any:
    """Without what comes after the months that are told."""
    return charts.columns(of.inflow, "مانده به ماه سررسید", ("left",), of.inflow.count - 1)


def _some(place: Placed) -> int:
    return min(place.count, charts.MOST_BARS)


def _beside(place: Placed, chart: Any) -> None:
    if place.count:
        first = len(place.fields) + 2
        wide, high = _PLOT
        start, end = (first, place.header), (first + wide, place.header + high)
        charts.place_chart(place.sheet, chart, start, end)


# The control


def portfolio_checks(of: PlacedPortfolio, loans: Placed, tally: LoanTally) -> Iterator[Check]:
    """Each sum of the portfolio worked out again over the rows of the loans."""
    for column, place in of.shares.items():
        table = of.portfolio.shares[column]
        yield from _total_checks(table, place, MEASURES, loans, tally)
        yield from _row_checks(table, place, _OF_SHARE, column, loans, tally)
    yield from _age_checks(of, loans, tally)
    yield from _total_checks(of.portfolio.months, of.months, _OF_MONTHS, loans, tally)
    left = sum(row.left for row in _held(of.portfolio.inflow))
    label = f"{of.portfolio.inflow.title}: مانده"
    yield money(label, f"SUM({of.inflow.cells('left')})", left,
                f"SUM({loans.cells('balance')})", tally.sums["balance"])  # fmt: skip
    yield from _job_checks(of, loans, tally)


def _held(table: Table) -> Sequence[Any]:
    assert isinstance(table.rows, list | tuple)
    return table.rows


def _total_checks(
    table: Table, place: Placed, names: Sequence[str] | Mapping[str, str], loans: Placed,
    tally: LoanTally,
) -> Iterator[Check]:  # fmt: skip
    for name in names:
        told = sum(getattr(row, name) for row in _held(table))
        if name == "loans":
            formula, counted = f"COUNTA({loans.cells(loans.filled)})", tally.loans
        else:
            column = MEASURES[name]
            formula, counted = f"SUM({loans.cells(column)})", tally.sums[column]
        yield money(
            f"{table.title}: جمع {_LABELS[name]}",
            f"SUM({place.cells(name)})",
            told,
            formula,
            counted,
        )


def _row_checks(
    table: Table, place: Placed, names: Sequence[str], column: str, loans: Placed,
    tally: LoanTally,
) -> Iterator[Check]:  # fmt: skip
    """SUMPRODUCT, since COUNTIFS would take `*` and `>` in a name for more than letters."""
    rows = _held(table)
    title, told_of = quote_sheetname(place.sheet.title), place.cells("name")
    letter = get_column_letter(place.column("name"))
    told: set[str] = set()
    for number, row in enumerate(rows, start=place.first):
        if row.name in told or row.word is None:
            continue  # two banks may have one name: they are told together
        told.add(row.name)
        own = f"{title}!${letter}${number}"
        wanted = own if row.word else '""'
        for name in names:
            measured = "1" if name == "loans" else loans.cells(MEASURES[name])
            yield money(
                f"{table.title}، {row.name}: {_LABELS[name]}",
                f"SUMPRODUCT(({told_of}={own})*{place.cells(name)})",
                sum(getattr(each, name) for each in rows if each.name == row.name),
                f"SUMPRODUCT(({loans.cells(column)}={wanted})*{measured})",
                tally.of[column][row.word][name],
            )


def _age_checks(of: PlacedPortfolio, loans: Placed, tally: LoanTally) -> Iterator[Check]:
    table, place = of.portfolio.ages, of.ages
    moved = sum(row.moved for row in _held(table))
    yield money(f"{table.title}: جمع طبقه‌ها", f"SUM({place.cells('moved')})", moved,
                f"SUM({loans.cells('balance')})", tally.sums["balance"])  # fmt: skip
    yield from _row_checks(table, place, _OF_AGE, "age", loans, tally)


def _job_checks(of: PlacedPortfolio, loans: Placed, tally: LoanTally) -> Iterator[Check]:
    """Of the loans that were paid out; the jobs of a unit stand beside one of its loans."""
    table, place, paid = of.portfolio.jobs, of.jobs, f'{loans.cells("paid")},">0"'
    for name, label, formula in (
        ("loans", "شمار تسهیلات", f"COUNTIF({paid})"),
        ("paid_out", "پرداخت‌شده", f"SUM({loans.cells('paid')})"),
        ("promised", "اشتغال تعهدشده", f"SUMIF({paid},{loans.cells('jobs_promised')})"),
        ("made", "اشتغال پدیدآمده", f"SUM({loans.cells('jobs_counted')})"),
        ("lost", "احیانشده", f'COUNTIFS({paid},{loans.cells("revived")},"{NO}")'),
    ):
        told = sum(getattr(row, name) for row in _held(table))
        counted = tally.lent[name] if name != "paid_out" else tally.sums["paid"]
        cells = f"SUM({place.cells(name)})"
        yield money(f"{table.title}: {label}", cells, told, formula, counted)


def money(label: str, formula: str, told: int, counting: str, counted: int) -> Check:
    """In millions of rial where a sum is longer than the numbers Excel can hold."""
    if max(abs(told), abs(counted)) < EXACT:
        return Check(label, f"={formula}", told, f"={counting}", counted)
    return Check(
        f"{label}، میلیون ریال", f"={told / _MILLION!r}", told / _MILLION,
        f"={counting}/{_MILLION}", counted / _MILLION, look.TENTHS, 0.6,
    )  # fmt: skip
