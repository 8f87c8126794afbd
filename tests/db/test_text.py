"""One spelling, one search key, one order; numbers read back as they were written."""

from __future__ import annotations

import string
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import text
from db.text import (
    grouped,
    in_words,
    normal,
    normal_lines,
    read_decimal,
    read_int,
    search_key,
    search_terms,
    sort_key,
    to_ascii_digits,
    to_persian_digits,
)
from tests.vectors import VECTORS

COLLATION = VECTORS["collation"]
LETTERS = COLLATION["alphabet"]
TYPED = "".join(  # what a Persian office's files really hold, good and bad
    (
        LETTERS + "ءيىكةۀأإؤئٱـەہھ۰۱۲٠١٢012 abzé«»-،._/\t\n",
        "\u200c\u200c\u200d\u200e\u200f\u202b\u2067\ufeff\u00a0\u200b\x00\x07\x1f\u2028\ud800\uffff",
        "\u064b\u064e\u0651\u0653\u0654\u0655\u0670\u0301\u0323\u0307ﻓﺎﷲﷺﹰﹱﻻ²İΣ",
    )
)
texts = st.text(st.sampled_from(TYPED), max_size=20) | st.text(max_size=20)
names = (
    st.text(  # without accents typed apart from their letter: those join what stands before them
        st.sampled_from([char for char in TYPED if not unicodedata.combining(char)]), max_size=20
    )
)
any_digit_zero = st.sampled_from("0۰٠")


def in_digits(number_text: str, zero: str) -> str:
    return number_text.translate({ord(d): chr(ord(zero) + int(d)) for d in string.digits})


@pytest.mark.parametrize("case", VECTORS["text_search_key"], ids=lambda case: case["codepoints"])
def test_stored_and_searched_spelling_of_each_example(case: dict[str, str]) -> None:
    assert normal(case["input"]) == case["display"]
    assert search_key(case["input"]) == case["search_key"]


@pytest.mark.parametrize("group", VECTORS["text_equal_groups"])
def test_spellings_of_one_name_are_found_together(group: list[str]) -> None:
    assert len({search_key(spelling) for spelling in group}) == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  شركت\u00a0 توليدي \r\n فارس\t", "شرکت تولیدی فارس"),
        ("\u200cمی\u200c\u200cرود\u200c", "می‌رود"),
        ("نی \u200cریز", "نی ریز"),
        ("نی\u200c ریز", "نی ریز"),
        ("«کالا»\u200cها", "«کالا»ها"),
        ("رأیِ\u200cشان", "رأیِ‌شان"),
        ("C\u200cها ۱۲\u200cساله", "C‌ها ۱۲‌ساله"),
        ("\ufeff\u202bخط\u202c\x00\x1b\u200d", "خط"),
        ("آ ؤ ئ ۀ ة أ", "آ ؤ ئ ۀ ة أ"),
        ("ا\u0653ب", "آب"),
        ("ي\u0654 ی\u0654 ى\u0654", "ئ ئ ئ"),
        ("خانه\u0654 ما", "خانۀ ما"),
        ("ﻻﻟﻪ ﷼", "لاله ریال"),
        ("۱۲ ١٢ 12 x²", "۱۲ ١٢ 12 x²"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_stored_spelling(typed: str, stored: str) -> None:
    assert normal(typed) == stored


def test_a_note_keeps_its_lines() -> None:
    typed = "\n علي \r\n\r\nخط\u00a0 دوم\u2028سوم \n\n"
    assert normal_lines(typed) == "علی\n\nخط دوم\nسوم"


def test_words_typed_in_a_search() -> None:
    assert search_terms("  ني‌ریز  ۱۲ \u200c ABC ") == ["نیریز", "12", "abc"]
    assert search_terms(" \u200c ") == []


@given(texts)
def test_normalising_twice_changes_nothing(typed: str) -> None:
    stored = normal(typed)
    assert normal(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert normal_lines(normal_lines(typed)) == normal_lines(typed)


@given(texts)
def test_nothing_unwanted_is_stored(typed: str) -> None:
    stored = normal(typed)
    assert not set(stored) & set("يىكـ\u00a0\u200e\u200f\ufeff\n\x00\ud800")
    assert "  " not in stored
    assert stored == stored.strip()
    stored.encode()  # a lone surrogate would fail here, and in the database


@given(texts)
def test_the_search_key_does_not_depend_on_spelling(typed: str) -> None:
    key = search_key(typed)
    assert search_key(key) == key
    assert search_key(normal(typed)) == key
    assert not any(char.isspace() for char in key)


@given(names, names)
def test_every_word_typed_is_in_the_key_of_the_whole(first: str, second: str) -> None:
    key = search_key(normal(f"{first} {second}"))
    assert all(term in key for term in search_terms(first) + search_terms(second))


def test_counties_sort_as_the_dictionary_does() -> None:
    counties = COLLATION["counties_binary_order"]
    assert sorted(counties, key=sort_key) == COLLATION["counties_fa_order"]
    by_bytes = sorted(counties, key=lambda name: sort_key(name).encode())
    assert by_bytes == COLLATION["counties_fa_order"]


def test_letters_sort_as_the_alphabet_does() -> None:
    assert sorted(COLLATION["alphabet_binary_order"], key=sort_key) == list(LETTERS)


@pytest.mark.parametrize(("low", "high"), COLLATION["pairs_less_than"])
def test_pairs_in_order(low: str, high: str) -> None:
    assert sort_key(low) < sort_key(high)


def test_space_digits_latin_persian() -> None:
    ordered = ("", "-", "۱", "٢", "3", "a", "B", "é", "z", "آ", "ا", "ء", "ب", "ی")
    assert sorted(frozenset(ordered), key=sort_key) == list(ordered)
    assert sort_key("نی ریز") < sort_key("نیا")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("نی‌ریز", "نیریز"),
        ("مُهر", "مهر"),
        ("مؤسسه", "موسسه"),
        ("مسئول", "مسیول"),
        ("خانۀ", "خانه"),
        ("شركة", "شرکه"),
        ("أحمد", "احمد"),
        ("ا\u0653ب", "آب"),
        ("ﺁﺏ", "آب"),
        ("۱۲", "12"),
        ("ABC", "abc"),
        ("  دو\u00a0 کلمه ", "دو کلمه"),
    ],
)
def test_what_does_not_count_in_sorting(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def slow_key(name: str) -> list[int]:
    order = " " + string.digits + string.ascii_lowercase + LETTERS.replace("ا", "اء")
    return [order.index(char) for char in " ".join(name.split())]


in_order = st.text(st.sampled_from(" " + string.digits + "abyz" + LETTERS + "ء"), max_size=8)


@given(in_order, in_order)
def test_the_sort_key_orders_as_a_letter_by_letter_comparison(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (slow_key(one) < slow_key(other))
    assert sort_key(one).isascii()


@given(names)
def test_the_sort_key_does_not_depend_on_spelling(typed: str) -> None:
    assert sort_key(normal(typed)) == sort_key(typed)


@given(st.text(st.sampled_from("0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ا-")))
def test_digits_there_and_back(typed: str) -> None:
    assert to_ascii_digits(to_persian_digits(typed)) == to_ascii_digits(typed)
    assert to_persian_digits(to_ascii_digits(typed)) == to_persian_digits(typed)


@pytest.mark.parametrize("case", VECTORS["number_words"], ids=lambda case: str(case["n"]))
def test_number_in_words(case: dict[str, object]) -> None:
    assert in_words(case["n"]) == case["fa"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (-21, "منفی بیست و یک"),
        (19, "نوزده"),
        (115, "یکصد و پانزده"),
        (1_000, "یک هزار"),
        (1_000_001, "یک میلیون و یک"),
        (1_500_000_000_000, "یک هزار و پانصد میلیارد"),
        (10**12, "یک هزار میلیارد"),
        (
            1_234_567_890_000,
            "یک هزار و دویست و سی و چهار میلیارد و پانصد و شصت و هفت میلیون و هشتصد و نود هزار",
        ),
    ],
)
def test_more_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_toman_of_an_amount_in_words() -> None:
    case = VECTORS["money"][1]
    assert f"{in_words(case['rial'] // 10)} تومان" == case["words_toman"]


def number_in(words: str) -> int:
    """The words summed back: a scale multiplies everything said since the bigger scale."""
    hundreds = {w: (i + 1) * 100 for i, w in enumerate(text._HUNDREDS)}
    tens = {w: (i + 2) * 10 for i, w in enumerate(text._TENS)}
    small = {w: i for i, w in enumerate(text._UNITS)} | tens | hundreds
    for size, name in text._SCALES:
        many, found, rest = words.rpartition(f" {name}")
        if found:
            return number_in(many) * size + (number_in(rest.removeprefix(" و ")) if rest else 0)
    return sum(small[word] for word in words.split(" و "))


@given(st.integers(0, 10**15 - 1))
def test_words_say_the_number(number: int) -> None:
    assert number_in(in_words(number)) == number


@pytest.mark.parametrize("case", VECTORS["number_format_fa"], ids=lambda case: str(case["n"]))
def test_grouped(case: dict[str, object]) -> None:
    assert grouped(case["n"]) == case["text"]  # type: ignore[arg-type]


@given(st.integers(-(10**18), 10**18), any_digit_zero, st.sampled_from(["", "٬", ",", "،", " "]))
def test_numbers_are_read_as_written(number: int, zero: str, mark: str) -> None:
    assert read_int(grouped(number)) == number
    assert read_int(in_digits(f"{number:,}".replace(",", mark), zero)) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("−۵", -5),
        ("-5", -5),
        ("\u200e\u2212۱٬۲۳۴", -1234),
        (" ۱۲\u00a0۳۴۵ ", 12345),
        ("۱٬۲۳۴۰", 12340),  # a digit added at the end of a shown number
        ("۱۲٬۳۴", 1234),
        ("\ufeff007", 7),
    ],
)
def test_numbers_as_people_type_them(typed: str, number: int) -> None:
    assert read_int(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "-", "1_000", "²", "1e5", "1.5", "۱٫۵", "1,5", "1,23", "1 2", "1,234 567"),
        *(
            "٬۱",
            "۱٬",
            "۱٬٬۲",
            "+1",
            "--1",
            "1-",
            "0x1",
            "½",
            "٪۵",
            "५",
            "nan",
            "inf",
            "1\u064b",
            "یک",
        ),
    ],
)
def test_what_is_not_a_whole_number(typed: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_int(typed)


@given(st.decimals(-(10**9), 10**9, places=3), any_digit_zero, st.sampled_from("٫./"))
def test_rates_are_read_as_written(rate: Decimal, zero: str, mark: str) -> None:
    assert read_decimal(in_digits(f"{rate:.3f}".replace(".", mark), zero)) == rate


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("۱۸٫۵", "18.5"), ("۱۸/۵", "18.5"), ("4", "4"), ("۱٬۲۳۴٫۲۵", "1234.25"), ("−۰٫۵", "-0.5")],
)
def test_rates_as_people_type_them(typed: str, rate: str) -> None:
    assert read_decimal(typed) == Decimal(rate)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "NaN",
        "inf",
        "-Infinity",
        "1e5",
        "1_0",
        "18,5",
        "18٬5",
        ".5",
        "5.",
        "1.2.3",
        "²",
        "1/2/3",
    ],
)
def test_what_is_not_a_rate(typed: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_decimal(typed)


@pytest.mark.parametrize(
    ("rials", "said"),
    [
        (0, "۰ تومان"),
        (9_990, "۹۹۹ تومان"),
        (10_000, "۱ هزار تومان"),
        (15_500_000, "۱٫۶ میلیون تومان"),
        (9_999_490_000, "۹۹۹٫۹ میلیون تومان"),
        (9_999_500_000, "۱ میلیارد تومان"),
        (125_000_000_000, "۱۲٫۵ میلیارد تومان"),
        (893_350_000_000, "۸۹٫۳ میلیارد تومان"),
        (277_777_777_777_775, "۲۷٫۸ هزار میلیارد تومان"),
        (10**18, "۱۰۰٬۰۰۰ هزار میلیارد تومان"),
    ],
)
def test_an_amount_is_said_in_toman(rials: int, said: str) -> None:
    assert text.short_toman(rials) == said
