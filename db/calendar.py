"""The one bridge between stored Gregorian days and the Jalali days that are shown and typed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

import jdatetime

from db.text import normal, to_ascii_digits, to_persian_digits

MONTHS: Final = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
WEEKDAYS: Final = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")

FIRST_YEAR: Final = 1206  # the official table of leap years covers these years and no more
LAST_YEAR: Final = 1498
FIRST_DAY: Final[date] = jdatetime.date(FIRST_YEAR, 1, 1).togregorian()
LAST_DAY: Final[date] = jdatetime.date(LAST_YEAR + 1, 1, 1).togregorian() - timedelta(days=1)

_TYPED = re.compile(r"([0-9]{4})([/-])([0-9]{1,2})\2([0-9]{1,2})")


def today() -> date:
    """The local day: the only reading of the clock; tests replace this function."""
    return datetime.now().astimezone().date()


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Jalali year {year} is outside {FIRST_YEAR}..{LAST_YEAR}")


@lru_cache(maxsize=1 << 14)
def jalali_parts(day: date) -> tuple[int, int, int]:
    """Jalali (year, month, day) of a Gregorian day; ValueError outside the years known."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"{day} is outside the Jalali years {FIRST_YEAR}..{LAST_YEAR}")
    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day


@lru_cache(maxsize=1 << 14)
def from_parts(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Jalali year, month and day; ValueError when there is no such day."""
    _check_year(year)
    found: date = jdatetime.date(year, month, day).togregorian()
    return found


def to_jalali(day: date) -> str:
    """«1402/12/29»: zero-padded ASCII, so that text sorts as the days do."""
    year, month, number = jalali_parts(day)
    return f"{year:04}/{month:02}/{number:02}"


def to_persian_date(day: date) -> str:
    """«۱۴۰۲/۱۲/۲۹», to show."""
    return to_persian_digits(to_jalali(day))


def long_jalali(day: date) -> str:
    """«۲۹ اسفند ۱۴۰۲», to show."""
    year, month, number = jalali_parts(day)
    return to_persian_digits(f"{number} {MONTHS[month - 1]} {year}")


def from_jalali(text: str) -> date:
    """The day typed as 1402/5/3 or 1402-05-03 in any digits; ValueError for anything else."""
    typed = _TYPED.fullmatch(to_ascii_digits(normal(text)))
    if typed is None:
        raise ValueError(f"not a Jalali date: {text!r}")
    return from_parts(int(typed[1]), int(typed[3]), int(typed[4]))


@lru_cache(maxsize=1 << 9)
def is_leap(year: int) -> bool:
    """Whether the Esfand of this Jalali year has 30 days."""
    _check_year(year)
    return bool(jdatetime.date(year, 1, 1).isleap())


def days_in_month(year: int, month: int) -> int:
    """29, 30 or 31."""
    _check_year(year)
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    if month == 12:
        return 30 if is_leap(year) else 29
    return 31 if month <= 6 else 30


def days_in_year(year: int) -> int:
    """365 or 366."""
    return 366 if is_leap(year) else 365


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or that month's last day when it is shorter.

    Count every due date from its anchor: 06/31 + 7 is 01/31, though 06/31 + 6 is 12/29.
    """
    year, month, number = jalali_parts(day)
    year, month = _month_after((year, month), months)
    return from_parts(year, month, min(number, days_in_month(year, month)))


def _month_after(month: tuple[int, int], months: int) -> tuple[int, int]:
    year, place = divmod(month[0] * 12 + month[1] - 1 + months, 12)
    return year, place + 1


def month_of(day: date) -> tuple[int, int]:
    """Jalali (year, month) of a day."""
    return jalali_parts(day)[:2]


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a Jalali month."""
    return from_parts(year, month, 1), from_parts(year, month, days_in_month(year, month))


def quarter_range(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a season, 1 (spring) to 4 (winter)."""
    if not 1 <= quarter <= 4:
        raise ValueError(f"no quarter {quarter}")
    return month_range(year, quarter * 3 - 2)[0], month_range(year, quarter * 3)[1]


@lru_cache(maxsize=1 << 9)
def year_range(year: int) -> tuple[date, date]:
    """First and last day of a Jalali year, which is also the fiscal year."""
    return month_range(year, 1)[0], month_range(year, 12)[1]


def months_between(first: date, last: date) -> list[tuple[int, int]]:
    """Every Jalali (year, month) touched from the first day to the last, both counted."""
    start, end = month_of(first), month_of(last)
    count = (end[0] - start[0]) * 12 + end[1] - start[1] + 1
    return [_month_after(start, ahead) for ahead in range(count)]


def month_title(month: tuple[int, int]) -> str:
    """«اسفند ۱۴۰۲», to show."""
    return f"{MONTHS[month[1] - 1]} {to_persian_digits(str(month[0]))}"


def weekday(day: date) -> int:
    """0 for Saturday (شنبه) to 6 for Friday."""
    return (day.weekday() + 2) % 7


def weekday_name(day: date) -> str:
    """«سه‌شنبه»."""
    return WEEKDAYS[weekday(day)]


def week_range(day: date) -> tuple[date, date]:
    """The Saturday and the Friday of a day's week."""
    first = day - timedelta(days=weekday(day))
    return first, first + timedelta(days=len(WEEKDAYS) - 1)
