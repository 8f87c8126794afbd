"""Check digits against worked examples, and against identifiers made to be right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.identifiers import (
    bank_of_sheba,
    digits,
    is_economic_no,
    is_landline,
    is_legal_national_id,
    is_mobile,
    is_national_code,
    is_postal_code,
    is_sheba,
    normal_landline,
    normal_mobile,
    normal_sheba,
    padded_national_code,
)
from db.text import to_persian_digits
from tests.vectors import VECTORS

if TYPE_CHECKING:
    from collections.abc import Callable

NATIONAL, LEGAL, SHEBA = (VECTORS[n] for n in ("national_code", "legal_national_id", "sheba"))
POSTAL, PHONE = VECTORS["postal_code"], VECTORS["phone"]
CHECKS: list[Callable[[str], bool]] = [
    is_national_code,
    is_legal_national_id,
    is_sheba,
    is_postal_code,
    is_mobile,
    is_landline,
    is_economic_no,
]


def number_text(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


@pytest.mark.parametrize(
    ("check", "text"),
    [(is_national_code, case["code"]) for case in NATIONAL["valid"]]
    + [(is_national_code, code) for code in NATIONAL["suspicious_but_checksum_valid"]]
    + [(is_national_code, "0183382390")]
    + [(is_legal_national_id, case["id"]) for case in LEGAL["valid"]]
    + [(is_sheba, sheba) for sheba in SHEBA["valid"]]
    + [(is_postal_code, code) for code in POSTAL["valid"]]
    + [(is_economic_no, text) for text in ("10380284790", "04993708990001", "12345678901201")],
)
def test_right(check: Callable[[str], bool], text: str) -> None:
    assert check(text)


@pytest.mark.parametrize(
    ("check", "text"),
    [(is_national_code, case["code"]) for case in NATIONAL["invalid"]]
    + [(is_national_code, digit * 10) for digit in "0123456789"]
    + [(is_national_code, "499370899")]
    + [(is_legal_national_id, case["id"]) for case in LEGAL["invalid"]]
    + [(is_legal_national_id, digit * 11) for digit in "0123456789"]
    + [(is_sheba, case["iban"]) for case in SHEBA["invalid"]]
    + [(is_sheba, SHEBA["valid"][0].lower()), (is_sheba, f"{SHEBA['valid'][0]}0")]
    + [(is_postal_code, case["code"]) for case in POSTAL["invalid"]]
    + [(is_mobile, text) for text in PHONE["mobile_invalid"]]
    + [(is_landline, text) for text in PHONE["landline_invalid"]]
    + [(is_landline, "09171234567"), (is_economic_no, "123456789012"), (is_economic_no, "1" * 13)],
)
def test_wrong(check: Callable[[str], bool], text: str) -> None:
    assert not check(text)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "text",
    [
        "0499370899",
        "10380284790",
        "IR820540102680020817909002",
        "7134567890",
        "09171234567",
        "07136271234",
    ],
)
def test_only_normalised_text_is_right(check: Callable[[str], bool], text: str) -> None:
    for spoilt in (
        to_persian_digits(text),
        f"{text}\n",
        f" {text}",
        f"{text}\u200e",
        f"{text[:-1]}²",
    ):
        assert not check(spoilt)
    assert not check("")


@given(number_text(9))
def test_one_last_digit_is_right_for_a_national_code(start: str) -> None:
    right = [digit for digit in "0123456789" if is_national_code(start + digit)]
    rest = sum(int(digit) * weight for digit, weight in zip(start, range(10, 1, -1), strict=True))
    made = start + str(rest % 11 if rest % 11 < 2 else 11 - rest % 11)
    assert right == ([] if len(set(made)) == 1 else [made[-1]])


@given(number_text(10))
def test_one_last_digit_is_right_for_a_legal_id(start: str) -> None:
    right = [digit for digit in "0123456789" if is_legal_national_id(start + digit)]
    weights = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17]
    total = sum(int(start[i]) * weights[i] for i in range(10)) + (int(start[9]) + 2) * 230
    made = start + str(0 if total % 11 == 10 else total % 11)
    assert right == ([] if len(set(made)) == 1 else [made[-1]])


@given(number_text(22))
def test_a_sheba_made_by_its_rule_is_right_and_any_wrong_digit_is_noticed(bban: str) -> None:
    sheba = f"IR{98 - int(f'{bban}182700') % 97:02}{bban}"
    assert is_sheba(sheba)
    assert bank_of_sheba(sheba) == bban[:3]
    for place in range(2, 26):
        other = str((int(sheba[place]) + 1) % 10)
        assert not is_sheba(sheba[:place] + other + sheba[place + 1 :])


def test_bank_of_a_sheba() -> None:
    assert bank_of_sheba("IR820540102680020817909002") == "054"
    assert bank_of_sheba("IR820540102680020817909003") is None


@pytest.mark.parametrize("case", NATIONAL["normalise_then_valid"], ids=str)
def test_national_codes_normalised(case: dict[str, Any]) -> None:
    typed = case["input"]
    made = digits(typed) if isinstance(typed, str) else padded_national_code(typed)
    assert made == case["normalised"]
    assert is_national_code(made)


def test_only_lost_zeros_are_put_back() -> None:
    assert padded_national_code(84575948) == "0084575948"
    assert padded_national_code(1583250689) == "1583250689"
    assert padded_national_code(4575948) == "4575948"


@pytest.mark.parametrize("case", SHEBA["normalise"], ids=str)
def test_shebas_normalised(case: dict[str, str]) -> None:
    assert normal_sheba(case["input"]) == case["normalised"]
    assert normal_sheba(case["normalised"][2:]) == case["normalised"]


@pytest.mark.parametrize("case", PHONE["mobile"], ids=str)
def test_mobiles_normalised(case: dict[str, str]) -> None:
    made = normal_mobile(case["input"])
    assert is_mobile(made)
    assert f"+98{made[1:]}" == case["e164"]
    assert normal_mobile(case["e164"]) == made


@pytest.mark.parametrize("case", PHONE["landline"], ids=str)
def test_landlines_normalised(case: dict[str, str]) -> None:
    made = normal_landline(case["input"])
    assert is_landline(made)
    assert f"+98{made[1:]}" == case["e164"]
    assert made[1:3] == case["area"]
    assert normal_landline(case["e164"]) == made


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+98 917 123-4567", "09171234567"),
        ("+98 0917 123 4567", "09171234567"),
        ("989171234567", "09171234567"),
        ("\u202a۰۹۱۷ ۱۲۳ ۴۵۶۷\u202c", "09171234567"),
        ("07100981234", "07100981234"),  # 0098 inside a number is no country code
        ("0098", "0"),
        ("", ""),
    ],
)
def test_phones_as_people_type_them(typed: str, number: str) -> None:
    assert normal_mobile(typed) == number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("۷۱۳۴۵-۶۷۸۹۰", "7134567890"),
        ("71345\u200c67890\u200f", "7134567890"),
        ("71345–67890\u00a0", "7134567890"),
        ("−12", "12"),
        ("12a", "12a"),
        ("12/3", "12/3"),
    ],
)
def test_digits_drops_what_only_parts_them(typed: str, kept: str) -> None:
    assert digits(typed) == kept


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(typed: str) -> None:
    for normalise in (digits, normal_sheba):
        assert normalise(normalise(typed)) == normalise(typed)


@given(number_text(10) | number_text(11) | number_text(24))
def test_digits_in_any_script_are_one_identifier(text: str) -> None:
    assert digits(to_persian_digits(text)) == text
