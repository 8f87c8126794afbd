"""Every kind of value is read back from how it is shown, and shown in Persian digits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import calendar, text
from desktop import choices, kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.kinds import Kind

LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی ۰۱۲۳۴۵۶۷۸۹abcXYZ" + text.ZWNJ
words = st.text(LETTERS, max_size=40).map(text.normal)
digits = st.text("0123456789", max_size=20)
big = st.integers(-(10**18), 10**18)
decimals = st.decimals(-(10**8), 10**8, places=6).map(Decimal)

OF: dict[str, st.SearchStrategy[Any]] = {
    "TEXT": words,
    "NOTE": st.lists(words, max_size=4).map("\n".join).map(text.normal_lines),
    "CODE": digits,
    "LANDLINE": st.from_regex("0[1-8][0-9]{9}", fullmatch=True),
    "MOBILE": st.from_regex("09[0-9]{9}", fullmatch=True),
    "REFERENCE": st.text("0123456789/-ابپABC", max_size=20),
    "LATIN": st.text("abcXYZ_0123456789", max_size=20),
    "SHEBA": st.from_regex("IR[0-9]{24}", fullmatch=True),
    "RIAL": big,
    "RIAL_EACH": big,
    "MILLIONS": st.one_of(
        st.integers(-(10**12), 10**12).map(kinds.MILLION.__mul__),
        st.integers(-99, 99).map((kinds.MILLION // 10).__mul__),
    ),
    "COUNT": big,
    "ORDINAL": big,
    "PEOPLE": big,
    "MONTHS": big,
    "UNITS": big,
    "DAYS": big,
    "MEBIBYTES": big,
    "CAPACITY": big,
    "RATE": decimals,
    "MEASURE": decimals,
    "DEGREES": decimals,
    "PERCENT": st.decimals(-1000, 1000, places=1).map(Decimal),
    "DAY": st.dates(calendar.FIRST_DAY, calendar.LAST_DAY),
    "FLAG": st.booleans(),
}
KINDS = {name: kind for name, kind in vars(kinds).items() if isinstance(kind, kinds.Kind)}
CHOICES = {name: kind for name, kind in vars(choices).items() if isinstance(kind, kinds.Choice)}
LATIN_DIGITS = re.compile("[0-9]")


def test_no_kind_is_left_untested() -> None:
    assert set(OF) == set(KINDS)


@pytest.mark.parametrize("name", OF)
@given(data=st.data())
def test_what_is_shown_is_read_back(name: str, data: st.DataObject) -> None:
    value, kind = data.draw(OF[name]), KINDS[name]
    assert kind.read(kind.show(value)) == value


@pytest.mark.parametrize("name", [n for n in OF if n not in ("TEXT", "NOTE", "LATIN", "SHEBA")])
@given(data=st.data())
def test_digits_are_shown_persian(name: str, data: st.DataObject) -> None:
    assert not LATIN_DIGITS.search(KINDS[name].show(data.draw(OF[name])))


@pytest.mark.parametrize("kind", CHOICES.values(), ids=CHOICES)
def test_a_choice_is_read_by_its_word_in_any_spelling(kind: kinds.Choice) -> None:
    for code, word in kind.choices.items():
        assert kind.show(code) == word
        assert kind.read(word) == code
        assert kind.read(f" {word.replace('ی', 'ي').replace('ک', 'ك')} ") == code
        assert kind.excel(code) == word
    assert len(set(kind.choices.values())) == len(kind.choices)
    assert set(kind.tones) <= set(kind.choices)
    with pytest.raises(ValueError, match="چیز دیگر"):
        kind.read("چیز دیگر")


def test_millions_are_short_and_nothing_is_told_as_none() -> None:
    shown = {0: "۰", 1: "۰٫۱", 2_449_999: "۲٫۴", 2_450_000: "۲٫۵", 9_999_999: "۱۰",
             10_499_999: "۱۰", 10_500_000: "۱۱", 10**15: "۱٬۰۰۰٬۰۰۰٬۰۰۰"}  # fmt: skip
    assert {rials: kinds.MILLIONS.show(rials) for rials in shown} == shown
    assert kinds.MILLIONS.whole is not None
    assert kinds.MILLIONS.whole(2_449_999) == "۲٬۴۴۹٬۹۹۹ ریال"


ANY_DIGITS: list[Callable[[str], str]] = [str, text.to_persian_digits]


@pytest.mark.parametrize("spelt", ANY_DIGITS)
def test_numbers_are_read_in_any_digits(spelt: Callable[[str], str]) -> None:
    assert kinds.RIAL.read(spelt("1250000")) == 1_250_000
    assert kinds.RATE.read(spelt("18.5")) == Decimal("18.5")
    assert kinds.DAY.read(spelt("1402/12/29")) == calendar.from_jalali("1402/12/29")
    assert kinds.PERCENT.read(spelt("27.5٪")) == Decimal("27.5")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (kinds.RIAL, "۵۰۰ میلیون"),
        (kinds.RIAL, "1.5"),
        (kinds.COUNT, "چند"),
        (kinds.RATE, "1,5"),
        (kinds.DAY, "1402/12/30"),
        (kinds.DAY, "2024/03/19"),
        (kinds.PERCENT, "نیم"),
    ],
)
def test_what_cannot_be_understood_is_refused(kind: Kind, typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        kind.read(typed)


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (kinds.RIAL, 1_250_000, 1_250_000),
        (kinds.RATE, Decimal("18.5"), 18.5),
        (kinds.CODE, "0012345679", "0012345679"),
        (kinds.DAY, calendar.from_jalali("1402/02/05"), "1402/02/05"),
        (kinds.FLAG, True, "بله"),
        (kinds.FLAG, False, "خیر"),
        (choices.STAGE, "paid_out", "پرداخت‌شده"),
        (kinds.TEXT, "=1+1", "=1+1"),
    ],
)
def test_what_goes_to_excel(kind: Kind, value: Any, cell: Any) -> None:
    assert kind.excel(value) == cell
    assert type(kind.excel(value)) is type(cell)


def test_identifiers_are_text_in_excel_and_amounts_numbers() -> None:
    assert kinds.CODE.excel_format == kinds.AS_TEXT
    assert kinds.RIAL.excel_format.startswith("[$-3000429]")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("18.50", "۱۸٫۵"), ("0", "۰"), ("1234.5", "۱٬۲۳۴٫۵"), ("100", "۱۰۰")],
)
def test_a_rate_is_shown_without_idle_zeros(value: str, shown: str) -> None:
    assert kinds.RATE.show(Decimal(value)) == shown


def test_a_negative_rate_keeps_its_sign_before_it() -> None:
    assert kinds.RATE.show(Decimal("-0.5")).startswith(text.LRM + text.MINUS)
    assert kinds.RATE.show(Decimal("-1.5")).startswith(text.LRM + text.MINUS)
