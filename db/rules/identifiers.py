"""Whether an Iranian identifier is possible: check digits, lengths, and how each is normalised."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from db.text import MINUS, to_ascii_digits

# `[0-9]` throughout: \d, isdigit() and int() take Persian digits too, and those are not stored.
_NATIONAL_CODE = re.compile("[0-9]{10}")
_LEGAL_ID = re.compile("[0-9]{11}")
_SHEBA = re.compile("IR[0-9]{24}")
_POSTAL_CODE = re.compile("[13-9]{5}[0-9]{5}")  # 0 and 2 look like ۵ and ۳ in handwriting
_MOBILE = re.compile("09[0-9]{9}")
_LANDLINE = re.compile("0[1-8][0-9]{9}")
_ECONOMIC_NO = re.compile("[0-9]{11}|[0-9]{14}")  # the 12-digit ones are retired
_COUNTRY = re.compile(r"^(?:\+98|0098|98(?=[1-9][0-9]{9}$))0?")

_LEGAL_WEIGHTS: Final = (29, 27, 23, 19, 17) * 2
_DROPPED: Final = {"Cc", "Cf", "Zs", "Zl", "Zp", "Pd"}  # spaces, dashes, bidi marks, half-spaces


def digits(text: str) -> str:
    """ASCII digits without spaces, dashes and marks; a letter stays, and makes it invalid."""
    kept = (char for char in text if unicodedata.category(char) not in _DROPPED and char != MINUS)
    return to_ascii_digits("".join(kept))


def normal_sheba(text: str) -> str:
    """IR and 24 digits in one run; IR is put before 24 bare digits, as forms print it ready."""
    typed = digits(text).upper()
    return f"IR{typed}" if re.fullmatch("[0-9]{24}", typed) else typed


def normal_landline(text: str) -> str:
    """0 instead of +98 or 0098."""
    return _COUNTRY.sub("0", digits(text), count=1)


def normal_mobile(text: str) -> str:
    """09… from 9…, +989… or 00989…"""
    typed = normal_landline(text)
    return f"0{typed}" if re.fullmatch("9[0-9]{9}", typed) else typed


def padded_national_code(number: int) -> str:
    """A code that a sheet kept as a number: the one or two zeros it lost are put back."""
    typed = str(number)
    return typed.zfill(10) if len(typed) >= 8 else typed


def is_national_code(text: str) -> bool:
    """کد ملی: 10 digits, the last checks the rest; ten equal digits pass that, and are refused."""
    if not _NATIONAL_CODE.fullmatch(text) or len(set(text)) == 1:
        return False
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(text[:9])) % 11
    return int(text[9]) == (rest if rest < 2 else 11 - rest)


def is_legal_national_id(text: str) -> bool:
    """شناسه ملی: 11 digits, the last checks the rest; eleven equal digits are refused."""
    if not _LEGAL_ID.fullmatch(text) or len(set(text)) == 1:
        return False
    added = int(text[9]) + 2
    total = sum(
        (int(digit) + added) * weight
        for digit, weight in zip(text[:10], _LEGAL_WEIGHTS, strict=True)
    )
    return int(text[10]) == total % 11 % 10


def is_sheba(text: str) -> bool:
    """شبا: IR, two check digits, 22 digits (mod 97, as every IBAN; I is 18 and R is 27)."""
    return bool(_SHEBA.fullmatch(text)) and int(f"{text[4:]}1827{text[2:4]}") % 97 == 1


def bank_of_sheba(sheba: str) -> str | None:
    """The three-digit bank code inside a valid Sheba; which bank that is, a lookup says."""
    return sheba[4:7] if is_sheba(sheba) else None


def is_postal_code(text: str) -> bool:
    """کد پستی: 10 digits, no 0 or 2 among the first five; it has no check digit."""
    return bool(_POSTAL_CODE.fullmatch(text))


def is_mobile(text: str) -> bool:
    """09 and nine digits; operators' prefixes change too often to be checked."""
    return bool(_MOBILE.fullmatch(text))


def is_landline(text: str) -> bool:
    """0, two digits of area, eight of number."""
    return bool(_LANDLINE.fullmatch(text))


def is_phone(text: str) -> bool:
    """A mobile or a landline."""
    return is_mobile(text) or is_landline(text)


def is_economic_no(text: str) -> bool:
    """شماره اقتصادی: 11 digits (legal person) or 14 (natural person, foreigner); no check digit."""
    return bool(_ECONOMIC_NO.fullmatch(text))
