"""Kinds of value: how each is shown, read, aligned, edited and put into Excel. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db import calendar, text
from db.rules import identifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

# Western digits would show in a cell typed as text, and `[$-3000429]` alone makes numbers Persian.
PERSIAN_NUMBER = "[$-3000429]#,##0"
PERSIAN_DECIMAL = "[$-3000429]#,##0.00"  # «0.##» would leave a mark behind whole numbers
AS_TEXT = "@"
MILLION = 1_000_000


@dataclass(frozen=True)
class Kind:
    """`show` and `read` are inverses; `read` raises ValueError on what it cannot understand."""

    show: Callable[[Any], str]
    read: Callable[[str], Any]
    editor: str = "line"  # line, note, rial, number, day, choice, link, flag
    excel: Callable[[Any], Any] = str
    excel_format: str = AS_TEXT
    number: bool = False  # aligned to the far side, digit under digit
    ltr: bool = False  # typed left to right even in a right-to-left window
    suffix: str = ""  # unit of measure, shown in the editor
    whole: Callable[[Any], str] | None = None  # all of it, where `show` is short


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few codes; each has a Persian word and a tone ("", good, warn, bad, muted)."""

    choices: Mapping[str, str] = field(default_factory=dict)
    tones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Link(Kind):
    """A row of another table, chosen by its name; the list shows the name, the form the choice."""

    source: str = ""


def choice(choices: Mapping[str, str], tones: Mapping[str, str] | None = None) -> Choice:
    by_key = {text.search_key(word): code for code, word in choices.items()}

    def read(typed: str) -> str:
        try:
            return by_key[text.search_key(typed)]
        except KeyError:
            raise ValueError(typed) from None

    show = choices.__getitem__
    return Choice(show, read, "choice", excel=show, choices=choices, tones=tones or {})


def link(source: str) -> Link:
    return Link(str, text.normal, "link", source=source)


def number(suffix: str) -> Kind:
    """A count with its unit of measure."""
    return Kind(
        text.grouped, text.read_int, "number", int, PERSIAN_NUMBER, True, True, suffix=suffix
    )


def decimal(suffix: str, excel_format: str = PERSIAN_DECIMAL) -> Kind:
    """A measured number: a rate in percent a year, a capacity."""
    return Kind(
        show_decimal, text.read_decimal, "number", float, excel_format, True, True, suffix=suffix
    )


def show_decimal(value: Decimal) -> str:
    plain = f"{value:f}"
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    shown = text.LRM + text.MINUS + "۰" if whole == "-0" else text.grouped(int(whole))
    return shown + ("٫" + text.to_persian_digits(rest) if rest else "")


def show_millions(rials: int) -> str:
    """In millions of rial; of less than ten the tenth is told, and of anything at least one."""
    if abs(rials) >= 10 * MILLION or not rials:
        return text.grouped(_half_up(rials, MILLION))
    tenths = max(1, _half_up(abs(rials), MILLION // 10))
    return show_decimal(Decimal(tenths if rials > 0 else -tenths) / 10)


def read_millions(typed: str) -> int:
    """Rial; what `show_millions` has left out is not known any more."""
    return int(text.read_decimal(typed) * MILLION)


def _half_up(amount: int, size: int) -> int:
    return (2 * amount + size) // (2 * size)


def _yes_no(value: object) -> str:
    return "بله" if value else "خیر"


def _identifier(typed: str) -> str:
    return identifiers.digits(typed)


def _show_percent(value: float | Decimal) -> str:
    return show_decimal(round(Decimal(str(value)), 1)) + "٪"


def _read_percent(typed: str) -> Decimal:
    return text.read_decimal(typed.strip().removesuffix("%").removesuffix("٪"))


def _day_to_excel(value: date) -> str:
    # Jalali text sorts as the days do; a real Excel date would be shown as Gregorian.
    return calendar.to_jalali(value)


TEXT = Kind(str, text.normal)
NOTE = Kind(str, text.normal_lines, "note")
CODE = Kind(text.to_persian_digits, _identifier, ltr=True)
LANDLINE = Kind(text.to_persian_digits, identifiers.normal_landline, ltr=True)
MOBILE = Kind(text.to_persian_digits, identifiers.normal_mobile, ltr=True)
REFERENCE = Kind(  # a number of somebody's own making: digits, letters, slashes and dashes
    text.to_persian_digits, lambda typed: text.to_ascii_digits(text.normal(typed)), ltr=True
)
LATIN = Kind(str, lambda typed: text.to_ascii_digits(text.normal(typed)), ltr=True)
SHEBA = Kind(str, identifiers.normal_sheba, ltr=True)
RIAL = Kind(text.grouped, text.read_int, "rial", int, PERSIAN_NUMBER, True, True, suffix="ریال")
RIAL_EACH = replace(RIAL, suffix="ریال برای هر یک")  # whose sum says nothing
MILLIONS = Kind(
    show_millions, read_millions, "rial", int, PERSIAN_NUMBER, True, True, suffix="میلیون ریال",
    whole=lambda value: f"{text.grouped(value)} ریال",
)  # fmt: skip
COUNT = number("")
# A place in an order: a number that is never summed.
ORDINAL = Kind(text.grouped, text.read_int, "line", int, PERSIAN_NUMBER, number=True, ltr=True)
PEOPLE = number("نفر")
MONTHS = number("ماه")
DAYS = number("روز")
MEBIBYTES = number("مگابایت")
UNITS = number("واحد")
CAPACITY = number("درصد")
RATE = decimal("درصد")
MEASURE = decimal("")
DEGREES = decimal("درجه", "[$-3000429]0.000000")
PERCENT = Kind(_show_percent, _read_percent, "number", float, PERSIAN_DECIMAL, True, True)
DAY = Kind(
    calendar.to_persian_date, calendar.from_jalali, "day", _day_to_excel,
    ltr=True,
)  # fmt: skip
FLAG = Kind(_yes_no, lambda typed: typed.strip() == "بله", "flag", excel=_yes_no)
