"""Rules many records share: numbers within bounds, days in order, money in whole rial."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from db import calendar
from db.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from fractions import Fraction

MOST_RIAL = 10**14 - 1  # ten thousand milliard toman: more is a slip of the finger


def half_up(amount: Fraction) -> int:
    """An exact amount in whole rial; half a rial goes up. Not for what may be below zero."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def check_range(values: Mapping[str, Any], name: str, least: int, most: int) -> Iterator[Violation]:
    """A number that is given lies between `least` and `most`, both allowed."""
    value = values.get(name)
    if value is None:
        return
    if value < least:
        yield Violation(name, "too_small", (least,))
    elif value > most:
        yield Violation(name, "too_large", (most,))


def check_not_future(values: Mapping[str, Any], *names: str) -> Iterator[Violation]:
    for name in names:
        day = values.get(name)
        if isinstance(day, date) and day > calendar.today():
            yield Violation(name, "future")


def check_order(
    values: Mapping[str, Any], earlier: str, later: str, code: str
) -> Iterator[Violation]:
    """`later` is not before `earlier`; the complaint `code` stands beside `later`."""
    first, second = values.get(earlier), values.get(later)
    if first is not None and second is not None and second < first:
        yield Violation(later, code, (first,))


def check_form(
    values: Mapping[str, Any], name: str, is_valid: Callable[[str], bool], code: str
) -> Iterator[Violation]:
    """An identifier that is given has its right form."""
    value = values.get(name)
    if value and not is_valid(value):
        yield Violation(name, code)
