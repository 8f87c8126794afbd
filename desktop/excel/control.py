"""The sheet «کنترل»: each total of the summary worked out again by a live formula over the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import quote_sheetname

from db import calendar
from desktop.excel import look, work
from desktop.excel.cells import EXACT, put
from desktop.excel.check import Check
from desktop.excel.loan_tables import portfolio_checks
from desktop.excel.shares import NOT_GIVEN
from desktop.excel.tally import YES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from db.queries.field import FieldFigures
    from db.queries.progress import Figures, Share
    from desktop.excel.book import Book
    from desktop.excel.loan_tables import PlacedPortfolio
    from desktop.excel.tables import Placed
    from desktop.excel.tally import LoanTally, UnitTally
    from desktop.excel.work import WorkTally

SAME: Final = "یکسان است"
DIFFERENT: Final = "یکسان نیست"
ALL_SAME: Final = "همهٔ رقم‌ها یکسان است"
SOME_DIFFER: Final = "رقم‌هایی یکسان نیست؛ ردیف‌های سرخ را ببینید"
OVERALL: Final = "B2"
_HEADER: Final = 5
SHARES: Final = {"county": "شهرستان‌ها", "industry": "رشته‌ها", "group": "گروه‌ها"}
_LABELS = ("رقم", "در گزارش", "بازشماری از برگه‌ها", "نتیجه")
_LABEL_LINE: Final = 54  # letters that find room in a line of the first column
_WIDTHS = {"A": 60, "B": 22, "C": 22, "D": 16}
_MILLION: Final = 10**6


@dataclass(frozen=True)
class Sources:
    """The sheets the control reads, and what their rows came to while they were written."""

    figures: Figures
    summary: str  # title of its sheet
    cells: Mapping[str, str]  # of the summary, by the key of the figure
    units: Placed
    loans: Placed
    months: Placed
    shares: Mapping[str, Placed]  # county, industry, group
    unit_tally: UnitTally
    loan_tally: LoanTally
    field: FieldFigures
    work: Mapping[str, Placed]  # visits, obstacles, actions
    work_tally: WorkTally
    portfolio: PlacedPortfolio | None = None

    def shares_of(self, key: str) -> Sequence[Share]:
        figures = self.figures
        return {
            "county": figures.counties,
            "industry": figures.industries,
            "group": figures.group_shares,
        }[key]

    def cell(self, key: str) -> str:
        return f"{quote_sheetname(self.summary)}!{self.cells[key]}"


def checks(of: Sources) -> Iterator[Check]:
    """All lines of the control, in the order of the summary."""
    if of.figures.revived is not None:
        yield from _unit_checks(of)
        yield from _pace_checks(of)
        yield from _month_checks(of)
    yield _told(of, "units", "همهٔ واحدها", of.figures.units, *_rows(of.units, of))
    yield from _loan_checks(of)
    yield from _work_checks(of)
    for key, label in SHARES.items():
        yield from _share_checks(of, key, label)


def _told(
    of: Sources, key: str, label: str, value: float | None, formula: str, counted: float
) -> Check:
    return Check(label, f"={of.cell(key)}", value or 0, f"={formula}", counted)


def _rows(place: Placed, of: Sources) -> tuple[str, int]:
    tally = of.unit_tally.units if place is of.units else of.loan_tally.loans
    return f"COUNTA({place.cells(place.filled)})", tally


def _unit_checks(of: Sources) -> Iterator[Check]:
    figures, tally, units = of.figures, of.unit_tally, of.units
    counted = f'{units.cells("counted")},"{YES}"'
    baseline, target = of.cell("baseline"), of.cell("target")
    revived = figures.baseline_units + tally.counted
    yield _told(
        of, "revived", "احیاشده: مبنا و واحدهای شمرده‌شده", figures.revived,
        f"{baseline}+COUNTIF({counted})", revived,
    )  # fmt: skip
    yield _told(
        of, "remaining", "مانده تا هدف", figures.remaining,
        f"MAX(0,{target}-{baseline}-COUNTIF({counted}))", max(0, figures.target - revived),
    )  # fmt: skip
    if figures.percent is not None:
        yield Check(
            "تحقق هدف، درصد", f"={of.cell('percent')}", figures.percent,
            f"=({baseline}+COUNTIF({counted}))*100/{target}", revived * 100 / figures.target,
            look.HUNDREDTHS, 0.006,
        )  # fmt: skip
    yield _told(
        of, "claimed", "احیای اعلام‌شده: مبنا و واحدها", figures.claimed,
        f'{baseline}+COUNTIF({units.cells("claimed")},"{YES}")',
        figures.baseline_units + tally.claimed,
    )  # fmt: skip
    yield _told(
        of, "sustained", "احیای پایدار", figures.sustained,
        f'COUNTIFS({counted},{units.cells("sustained")},"{YES}")', tally.sustained,
    )  # fmt: skip
    yield _told(
        of, "running", "در حال کار: احیاشده، جز آن‌ها که باز ایستاده‌اند", figures.running,
        f'{baseline}+COUNTIF({counted})-COUNTIFS({counted},{units.cells("stopped")},"{YES}")',
        revived - tally.stopped,
    )  # fmt: skip
    yield _told(
        of, "direct_jobs", "اشتغال مستقیم: مبنا و واحدهای شمرده‌شده", figures.direct_jobs,
        f"{of.cell('baseline_jobs')}+SUMIF({counted},{units.cells('jobs_created')})",
        figures.baseline_jobs + tally.jobs,
    )  # fmt: skip


def _pace_checks(of: Sources) -> Iterator[Check]:
    """The days are the report's; what is divided by them is counted again."""
    figures = of.figures
    counted = f'COUNTIF({of.units.cells("counted")},"{YES}")'
    if figures.pace_per_30_days is not None:
        days = (figures.as_of - figures.baseline_on).days
        yield Check(
            "آهنگ از مبنا در هر ۳۰ روز", f"={of.cell('pace')}", figures.pace_per_30_days,
            f"={counted}*30/{days}", of.unit_tally.counted * 30 / days, look.TENTHS,
        )  # fmt: skip
    if figures.required_per_30_days is not None and figures.days_left:
        left = f"MAX(0,{of.cell('target')}-{of.cell('baseline')}-{counted})"
        gap = max(0, figures.target - figures.baseline_units - of.unit_tally.counted)
        yield Check(
            "آهنگ لازم در هر ۳۰ روز", f"={of.cell('required')}", figures.required_per_30_days,
            f"={left}*30/{of.cell('days_left')}", gap * 30 / figures.days_left, look.TENTHS,
        )  # fmt: skip


def _month_checks(of: Sources) -> Iterator[Check]:
    figures, months = of.figures, of.months
    yield _told(
        of, "revived", "احیاشده: مبنا و جمع ماه‌ها", figures.revived,
        f"{_reached_before(of)}+SUM({months.cells('revived')})",
        figures.reached_before + sum(month.revived for month in figures.months),
    )  # fmt: skip
    yield _told(
        of, "revived", "احیاشده: پایان واپسین ماه", figures.revived,
        f"MAX({months.cells('total')})", max(month.total for month in figures.months),
    )  # fmt: skip


def _reached_before(of: Sources) -> str:
    """The baseline's number; or, where it is the returns on record, those up to its day."""
    if not of.figures.baseline_recorded:
        return of.cell("baseline")
    day, units = calendar.to_jalali(of.figures.baseline_on), of.units
    counted = f'({units.cells("counted")}="{YES}")'
    return f'SUMPRODUCT({counted}*({units.cells("returned_on")}<="{day}"))'


def _loan_checks(of: Sources) -> Iterator[Check]:
    loans, owed, sums = of.figures.loans, of.field.owed, of.loan_tally.sums
    yield _told(of, "loans", "شمار تسهیلات", loans.count, *_rows(of.loans, of))
    for key, name, label, told in (
        ("approved", "approved_standing", "تسهیلات مصوب", loans.approved),
        ("paid_out", "paid", "تسهیلات پرداخت‌شده", loans.paid_out),
        ("repaid", "repaid", "بازپرداخت‌شده", owed.repaid),
        ("outstanding", "balance", "ماندهٔ تسهیلات", owed.outstanding),
        ("overdue", "overdue", "معوقه", owed.overdue),
    ):
        yield _money(of, key, label, f"SUM({of.loans.cells(name)})", told, sums[name])
    if of.portfolio is not None:
        yield from portfolio_checks(of.portfolio, of.loans, of.loan_tally)


def _work_checks(of: Sources) -> Iterator[Check]:
    for each in work.COUNTED:
        told, counted = getattr(of.field, each.key), of.work_tally.counts[each.key]
        yield _told(of, each.key, each.label, told, work.formula(each, of.work), counted)


def _money(of: Sources, key: str, label: str, formula: str, told: int, counted: int) -> Check:
    """In rial; in millions of rial when the total is longer than the numbers Excel can hold."""
    if told < EXACT:
        return _told(of, key, f"{label}، ریال", told, formula, counted)
    return Check(
        f"{label}، میلیون ریال", f"={told / _MILLION!r}", told / _MILLION,
        f"={formula}/{_MILLION}", counted / _MILLION, look.TENTHS, 0.6,
    )  # fmt: skip


def _share_checks(of: Sources, key: str, label: str) -> Iterator[Check]:
    figures, place, shares = of.figures, of.shares[key], of.shares_of(key)
    if figures.revived is not None:
        yield _told(
            of, "revived", f"احیاشده: مبنا و جمع {label}", figures.revived,
            f"{of.cell('baseline')}+SUM({place.cells('revived')})",
            figures.baseline_units + sum(share.revived for share in shares),
        )  # fmt: skip
    yield _told(
        of, "units", f"همهٔ واحدها: جمع {label}", figures.units,
        f"SUM({place.cells('units')})", sum(share.units for share in shares),
    )  # fmt: skip
    told: dict[str, tuple[int, int, int]] = {}  # first row, revived, units
    for row, share in enumerate(shares, start=place.first):
        name = share.name or NOT_GIVEN  # two places may have one name: they are told together
        first, revived, units = told.get(name, (row, 0, 0))
        told[name] = first, revived + share.revived, units + share.units
    for name, (row, revived, units) in told.items():
        yield _share_check(of, key, name, row, "revived", revived)
        yield _share_check(of, key, name, row, "units", units)


def _share_check(of: Sources, key: str, name: str, row: int, column: str, told: int) -> Check:
    """SUMPRODUCT, since COUNTIFS would take `*` and `>` in a name for more than letters."""
    place, units = of.shares[key], of.units
    own = f"{quote_sheetname(place.sheet.title)}!$A${row}"
    wanted = '""' if name == NOT_GIVEN else own
    formula = f"({units.cells(key)}={wanted})"
    if column == "revived":
        formula += f'*({units.cells("counted")}="{YES}")'
    word = "احیاشده" if column == "revived" else "همهٔ واحدها"
    return Check(
        f"{name}: {word}",
        f"=SUMPRODUCT(({place.cells('name')}={own})*{place.cells(column)})", told,
        f"=SUMPRODUCT({formula}*1)", of.unit_tally.of[key][column][name],
    )  # fmt: skip


def write_control(book: Book, sheet: Worksheet, lines: list[Check]) -> None:
    """Write the lines, each with its verdict, and the verdict on all of them above."""
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _write_top(book, sheet, lines)
    for row, line in enumerate(lines, start=_HEADER + 1):
        _write_line(book, sheet, row, line)
    last = _HEADER + max(len(lines), 1)
    _color(sheet, f"D{_HEADER + 1}:D{last}", SAME, DIFFERENT)
    _color(sheet, OVERALL, ALL_SAME, SOME_DIFFER)
    sheet.freeze_panes = f"A{_HEADER + 1}"
    sheet.auto_filter.ref = f"A{_HEADER}:D{last}"
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
    look.on_paper(sheet, sheet.title)


def overall(lines: list[Check]) -> str:
    return ALL_SAME if all(line.same for line in lines) else SOME_DIFFER


def _write_top(book: Book, sheet: Worksheet, lines: list[Check]) -> None:
    put(look.dress(sheet["A1"], look.TITLE, border=None), "کنترل رقم‌های گزارش")
    put(look.dress(sheet["A2"], look.STRONG, border=None), "نتیجهٔ همه")
    verdicts = f"D{_HEADER + 1}:D{_HEADER + max(len(lines), 1)}"
    book.formula(
        look.dress(sheet[OVERALL], look.STRONG, border=None),
        f'=IF(COUNTIF({verdicts},"{SAME}")=ROWS({verdicts}),"{ALL_SAME}","{SOME_DIFFER}")',
        overall(lines),
    )
    why = "هر رقم گزارش، با فرمول زنده، دوباره از برگه‌های داده شمرده می‌شود."
    put(look.dress(sheet["A3"], look.SMALL, border=None), why)
    for column, label in enumerate(_LABELS, start=1):
        cell = look.dress(
            sheet.cell(_HEADER, column), look.HEADER, look.CENTRE, fill=look.HEADER_FILL
        )
        put(cell, label)
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[_HEADER].height = 24


def _write_line(book: Book, sheet: Worksheet, row: int, line: Check) -> None:
    label, told, counted, verdict = (sheet.cell(row, column) for column in (1, 2, 3, 4))
    put(look.dress(label, alignment=look.WRAPPED), line.label)
    lines = -(-len(line.label) // _LABEL_LINE)
    sheet.row_dimensions[row].height = look.ROW_HEIGHT * lines
    number = (look.BODY, look.NUMBER, line.number_format)
    book.formula(look.dress(told, *number), line.told, line.told_value)
    book.formula(look.dress(counted, *number), line.counted, line.counted_value)
    look.dress(verdict, look.STRONG, look.CENTRE)
    book.formula(
        verdict,
        f'=IF(ABS(B{row}-C{row})<{line.tolerance},"{SAME}","{DIFFERENT}")',
        SAME if line.same else DIFFERENT,
    )


def _color(sheet: Worksheet, cells: str, good: str, bad: str) -> None:
    for word, color, pale in ((good, look.GOOD, look.GOOD_PALE), (bad, look.BAD, look.BAD_PALE)):
        rule = CellIsRule(
            operator="equal", formula=[f'"{word}"'],
            font=Font(color=color), fill=PatternFill(bgColor=pale),
        )  # fmt: skip
        sheet.conditional_formatting.add(cells, rule)
