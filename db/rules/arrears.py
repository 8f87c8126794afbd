"""How late an instalment is: its class (طبقه) by Jalali months, and its penalty (وجه التزام).

Classes by the time test of circular مب/2823: current (جاری) until two months after the due day,
past due (سررسید گذشته) until six, overdue (معوق) until eighteen, the last day included, and
doubtful (مشکوک‌الوصول) after that.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from db.calendar import add_months, days_in_year, jalali_parts, year_range
from db.rules.common import half_up

if TYPE_CHECKING:
    from db.rules.schedule import Rate

LoanClass = Literal["current", "past_due", "overdue", "doubtful"]
CLASSES: Final[tuple[LoanClass, ...]] = ("current", "past_due", "overdue", "doubtful")
MONTHS: Final = (2, 6, 18)  # that end each class but the last
Age = Literal[
    "on_time", "upto_1", "upto_2", "rescheduled", "upto_3", "upto_6", "upto_9", "upto_12",
    "upto_18", "upto_24", "upto_36", "over_36",
]  # fmt: skip
# Each but the first is late over so many Jalali months; they divide the classes.
AGE_MONTHS: Final[dict[Age, int]] = {
    "upto_1": 0, "upto_2": 1, "upto_3": 2, "upto_6": 3, "upto_9": 6, "upto_12": 9, "upto_18": 12,
    "upto_24": 18, "upto_36": 24, "over_36": 36,
}  # fmt: skip
# `rescheduled`: late by two months at most, and past due for of the new schedule nothing is paid.
CLASS_OF_AGE: Final[dict[Age, LoanClass]] = {
    "on_time": "current", "upto_1": "current", "upto_2": "current", "rescheduled": "past_due",
    "upto_3": "past_due", "upto_6": "past_due", "upto_9": "overdue", "upto_12": "overdue",
    "upto_18": "overdue", "upto_24": "doubtful", "upto_36": "doubtful", "over_36": "doubtful",
}  # fmt: skip
COMMON_YEAR, LEAP_YEAR = 365, 366


def loan_class(due_on: date, as_of: date) -> LoanClass:
    """The class, by the end of `as_of`, of what fell due on `due_on` and is not paid."""
    past = sum(1 for months in MONTHS if as_of > add_months(due_on, months))
    return CLASSES[past]


def age(due_on: date, as_of: date) -> Age:
    """How many Jalali months late, by the end of `as_of`, what fell due on `due_on` is."""
    found: Age = "on_time"
    for each, months in AGE_MONTHS.items():
        if due_on <= last_over(as_of, months):
            found = each
    return found


class Cutoffs(NamedTuple):
    """The last due day of each class, and of every worse one, by a day: for a query."""

    past_due: date
    overdue: date
    doubtful: date


def cutoffs(as_of: date) -> Cutoffs:
    """`loan_class(due_on, as_of)` is at least past due when `due_on <= cutoffs(as_of).past_due`."""
    return Cutoffs(*(last_over(as_of, months) for months in MONTHS))


def last_over(as_of: date, months: int) -> date:
    """The last due day that by the end of `as_of` is late over so many Jalali months."""
    # Clamped months are not taken back by their negative: the days before it are tried.
    try:
        day = add_months(as_of, -months)
        while add_months(day, months) >= as_of:
            day -= timedelta(days=1)
    except ValueError:
        return date.min  # before the calendar begins nothing fell due
    return day


def penalty(amount: int, rate_percent: Rate, days: int, days_in_year: int) -> int:
    """Rial: `amount` late by `days` at the whole rate (the contract's and the points on top)."""
    return half_up(Fraction(amount * days) * Fraction(rate_percent) / (100 * days_in_year))


def penalty_between(amount: int, rate_percent: Rate, due_on: date, until: date) -> int:
    """Rial for the days after `due_on` up to and with `until`; rounded once."""
    return penalty_of(Fraction(rate_percent), *(amount * d for d in days_late(due_on, until)))


def penalty_of(rate_percent: Fraction, common: int, leap: int) -> int:
    """Rial for so many rial-days in years of 365 days and in years of 366."""
    shares = common * LEAP_YEAR + leap * COMMON_YEAR
    return half_up(rate_percent * shares / (100 * COMMON_YEAR * LEAP_YEAR))


def days_late(since: date, until: date) -> tuple[int, int]:
    """The days after `since` up to and with `until`, in years of 365 days and in leap years.

    Each day bears the penalty of the Jalali year it is in: a span over new year is divided there.
    """
    counted = {COMMON_YEAR: 0, LEAP_YEAR: 0}
    day = since
    while day < until:
        year = jalali_parts(day + timedelta(days=1))[0]
        end = min(until, year_range(year)[1])
        counted[days_in_year(year)] += (end - day).days
        day = end
    return counted[COMMON_YEAR], counted[LEAP_YEAR]
