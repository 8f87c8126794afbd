"""The first sheet of the report: every figure with its unit, or why it is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.calendar import long_jalali, weekday_name
from db.text import grouped
from desktop.excel import look
from desktop.excel.cells import EXACT, put
from desktop.excel.work import COUNTED
from desktop.outlook import (
    OVER,
    REACHED,
    TOO_EARLY,
    sentences,
    why_no_forecast,
    why_no_median,
    why_no_pace,
    why_nothing_required,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

    from db.queries.field import FieldFigures
    from db.queries.owed import Owed
    from db.queries.progress import Figures

FIRST_ROW: Final = 6  # of the table of figures
_WIDTHS = {"A": 31, "B": 23, "C": 9, "D": 2, **dict.fromkeys("EFGHIJKL", 9.5)}
_HEIGHT: Final = 17


@dataclass(frozen=True)
class Line:
    """A figure: `value` None is not known, and `why` says it instead."""

    key: str
    label: str
    value: int | float | str | None
    unit: str = ""
    number_format: str = look.WHOLE
    why: str = TOO_EARLY


Section = tuple[str, tuple[Line, ...]]


def sections(figures: Figures, field: FieldFigures) -> tuple[Section, ...]:
    """Every figure, in the order it is read."""
    return (
        ("پیشرفت", _progress(figures)),
        ("آهنگ و پیش‌بینی", _pace(figures)),
        ("اشتغال و گروه‌ها", _people(figures)),
        ("کار میدانی", _work(figures, field)),
        ("تسهیلات", _loans(figures, field.owed)),
    )


def _progress(figures: Figures) -> tuple[Line, ...]:
    baseline = f"مبنا (تا {long_jalali(figures.baseline_on)})"
    return (
        Line("target", "هدف", figures.target, "واحد"),
        Line("baseline", baseline, figures.baseline_units, "واحد"),
        Line("revived", "احیای شمرده‌شده، با مبنا", figures.revived, "واحد"),
        Line("remaining", "مانده تا هدف", figures.remaining, "واحد"),
        Line("percent", "تحقق هدف", figures.percent, "درصد", look.HUNDREDTHS),
        Line("running", "هم‌اکنون در حال کار", figures.running, "واحد"),
        Line("claimed", "احیای اعلام‌شده، با مبنا", figures.claimed, "واحد"),
        Line("sustained", "احیای پایدار", figures.sustained, "واحد"),
        Line("units", "همهٔ واحدهای ثبت‌شده", figures.units, "واحد"),
    )


def _pace(figures: Figures) -> tuple[Line, ...]:
    forecast = figures.forecast_date
    return (
        Line("deadline", "مهلت", _day(figures.deadline)),
        Line("days_left", "روزهای مانده", figures.days_left, "روز"),
        Line(
            "required", "آهنگ لازم در هر ۳۰ روز", figures.required_per_30_days, "واحد",
            look.TENTHS, why_nothing_required(figures),
        ),
        Line(
            "pace", "آهنگ از مبنا در هر ۳۰ روز", figures.pace_per_30_days, "واحد",
            look.TENTHS, why_no_pace(figures),
        ),
        Line(
            "projected", "پیش‌بینی برای روز مهلت", figures.projected_at_deadline, "واحد",
            why=_why_not_projected(figures),
        ),
        Line(
            "forecast", "پیش‌بینی روز رسیدن به هدف",
            None if forecast is None else _day(forecast), why=_why_no_day(figures),
        ),
    )  # fmt: skip


def _day(day: date) -> str:
    """«سه‌شنبه ۲۹ اسفند ۱۴۰۲»: a cell that begins with digits is turned round by LibreOffice."""
    return f"{weekday_name(day)} {long_jalali(day)}"


def _why_not_projected(figures: Figures) -> str:
    return OVER if figures.as_of > figures.deadline else why_no_pace(figures)


def _why_no_day(figures: Figures) -> str:
    return REACHED if figures.outlook == "reached" else why_no_forecast(figures)


def _people(figures: Figures) -> tuple[Line, ...]:
    return (
        Line("baseline_jobs", "اشتغال مستقیم مبنا", figures.baseline_jobs, "نفر"),
        Line("direct_jobs", "اشتغال مستقیم، با مبنا", figures.direct_jobs, "نفر"),
        Line("groups", "گروه‌های جهادی فعال", figures.groups, "گروه"),
        Line("exercises", "رزمایش‌ها", figures.exercises, "رزمایش"),
    )


def _work(figures: Figures, field: FieldFigures) -> tuple[Line, ...]:
    return (
        *(Line(each.key, each.label, getattr(field, each.key)) for each in COUNTED),
        Line("median", "میانهٔ روزها از ثبت تا بازگشت", figures.median_days, "روز", look.TENTHS,
             why_no_median(figures)),
    )  # fmt: skip


def _loans(figures: Figures, owed: Owed) -> tuple[Line, ...]:
    loans = figures.loans
    return (
        Line("loans", "شمار تسهیلات", loans.count, "فقره"),
        Line("approved", "مصوب", loans.approved, "ریال"),
        Line("paid_out", "پرداخت‌شده", loans.paid_out, "ریال"),
        Line("repaid", "بازپرداخت‌شده", owed.repaid, "ریال"),
        Line("outstanding", "ماندهٔ تسهیلات", owed.outstanding, "ریال"),
        Line("overdue", "معوقه", owed.overdue, "ریال"),
    )


def write_summary(
    sheet: Worksheet, figures: Figures, field: FieldFigures, made_on: date
) -> dict[str, str]:
    """Write all but the charts; gives the cell of each known figure, by the figure's key."""
    _write_top(sheet, figures, made_on)
    look.on_paper(sheet, figures.title, pages_high=1)
    return write_sections(sheet, sections(figures, field))


def write_sections(sheet: Worksheet, told: Sequence[Section]) -> dict[str, str]:
    """The table of figures; gives the cell of each known one, by the figure's key."""
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    row, places = FIRST_ROW, {}
    for heading, lines in told:
        _write_section(sheet, row, heading)
        for row, line in enumerate(lines, start=row + 1):  # noqa: B020 - it goes on
            _write_line(sheet, row, line)
            if line.value is not None:
                places[line.key] = f"$B${row}"
        row += 1
    for number in range(FIRST_ROW, row):
        sheet.row_dimensions[number].height = _HEIGHT
    return places


def _write_top(sheet: Worksheet, figures: Figures, made_on: date) -> None:
    days = f"تا پایان {long_jalali(figures.as_of)} · ساخته‌شده در {long_jalali(made_on)}"
    said = sentences(figures)
    under = " · ".join(part for part in (figures.organisation, days) if part)
    write_top(sheet, f"گزارش پیشرفت: {figures.title}", under, f"{said.how_far}. {said.outlook}")


def write_top(sheet: Worksheet, title: str, under: str, sentence: str) -> None:
    """Three lines; the fourth is left for the verdict of the control."""
    for row, (words, font, height) in enumerate(
        ((title, look.TITLE, 28), (under, look.SMALL, 16), (sentence, look.STRONG, 24)), start=1
    ):
        cell = sheet.cell(row, 1)
        put(cell, words)
        look.dress(cell, font, border=None)
        sheet.row_dimensions[row].height = height
    for column in range(1, len(_WIDTHS) + 1):
        sheet.cell(3, column).fill = look.PALE_FILL


def _write_section(sheet: Worksheet, row: int, heading: str) -> None:
    for column in (1, 2, 3):
        cell = sheet.cell(row, column)
        look.dress(cell, look.HEADER, look.PROSE, fill=look.HEADER_FILL)
    put(sheet.cell(row, 1), heading)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)


def _write_line(sheet: Worksheet, row: int, line: Line) -> None:
    label, value, unit = (sheet.cell(row, column) for column in (1, 2, 3))
    look.dress(label)
    if isinstance(line.value, str):
        look.dress(value, look.STRONG, look.PROSE)
    else:
        look.dress(value, look.STRONG, look.NUMBER, line.number_format)
    look.dress(unit, look.SMALL)
    put(label, line.label)
    if line.value is None:
        put(value, line.why)
        look.dress(value, look.SMALL)
    else:
        put(value, _held(line.value))
        put(unit, line.unit)
    if line.value is None or not line.unit:
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)


def _held(value: int | float | str) -> int | float | str:
    """A number Excel would round is written out: its digits are the report's word."""
    return grouped(value) if isinstance(value, int) and abs(value) >= EXACT else value
