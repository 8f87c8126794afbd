"""One spelling for Persian text: stored, found and sorted; and numbers read and written in it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

ZWNJ: Final = "\u200c"  # the half-space (نیم‌فاصله)
LRM: Final = "\u200e"
MINUS: Final = "\u2212"  # shown before a negative number; read_int takes it and the hyphen alike
ALPHABET: Final = "آاءبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

_ASCII = "0123456789"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC = "٠١٢٣٤٥٦٧٨٩"
_TO_ASCII: Final = str.maketrans(_PERSIAN + _ARABIC, _ASCII * 2)
_TO_PERSIAN: Final = str.maketrans(_ASCII + _ARABIC, _PERSIAN * 2)

_SPELLING = {"ي": "ی", "ى": "ی", "ك": "ک"}
_SAME_WHEN_SEARCHED = _SPELLING | {
    **dict.fromkeys("آأإٱ", "ا"),
    **dict.fromkeys("ةۀەہھۂۃ", "ه"),
    **dict.fromkeys("ئېے", "ی"),
    "ؤ": "و",
    "ڪ": "ک",
}
_SAME_WHEN_SORTED = {was: now for was, now in _SAME_WHEN_SEARCHED.items() if was != "آ"}

_PRESENTATION = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_MARKS = "\u064b-\u065f\u0670"
_LETTER = r"[^\W_]"
_LOOSE_ZWNJ = re.compile(  # a run not after a letter, a run not before one, all of a run but one
    f"(?<!{_LETTER}|[{_MARKS}{ZWNJ}]){ZWNJ}+|{ZWNJ}+(?!{_LETTER}|{ZWNJ})|(?<={ZWNJ}){ZWNJ}"
)


def _is_invisible(char: str) -> bool:
    """Controls, bidi marks, BOM, joiners, half a surrogate pair: not for a file or an index."""
    code = ord(char)
    is_no_character = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or is_no_character or char == "ـ"


def _is_tashkeel(char: str) -> bool:
    return "\u0610" <= char <= "\u06ed" and unicodedata.category(char) == "Mn"


class _Table(dict[int, str]):
    """A translate table that works a character out when it is first met, then remembers it."""

    def __missing__(self, code: int) -> str:
        found = self[code] = self.work_out(chr(code))
        return found

    def work_out(self, char: str) -> str:
        raise NotImplementedError


class _Stored(_Table):
    def work_out(self, char: str) -> str:
        if char.isspace() or char == ZWNJ:
            return char
        return "" if _is_invisible(char) else char


class _Searched(_Table):
    def work_out(self, char: str) -> str:
        hidden = char.isspace() or _is_invisible(char) or _is_tashkeel(char)
        return "" if hidden else _SAME_WHEN_SEARCHED.get(char, char).translate(_TO_ASCII).lower()


class _Sorted(_Table):
    """Digits, Latin (as capitals), Persian, all in ASCII: `[` stands for آ and `|` for ی."""

    letters: Final = {letter: chr(ord("[") + place) for place, letter in enumerate(ALPHABET)}

    def work_out(self, char: str) -> str:
        if char.isspace():
            return " "
        char = _SAME_WHEN_SORTED.get(char, char).translate(_TO_ASCII)
        if char in self.letters:
            return self.letters[char]
        if char.isascii() and char.isalnum():
            return char.upper()
        return self._foreign(char)

    def _foreign(self, char: str) -> str:
        kind = unicodedata.category(char)
        if kind[0] == "M" or _is_invisible(char):
            return ""
        parts = unicodedata.normalize("NFKD", char)
        if parts != char:  # é, ², ﻛ: sorted as the letters they are made of
            return "".join(self[ord(part)] for part in parts)
        if kind[0] in "PS":
            return char if "!" <= char <= "/" else "/"
        return char


_STORED: Final = _Stored()
_SEARCHED: Final = _Searched()
_SORTED: Final = _Sorted()


def _expanded(text: str) -> str:
    """Letters instead of their printed shapes (text copied out of a PDF)."""
    if not _PRESENTATION.search(text):
        return text
    return _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m[0]).lstrip(), text)


def _spelled(text: str) -> str:
    text = unicodedata.normalize("NFC", _expanded(text).translate(_STORED))
    text = unicodedata.normalize("NFC", _LOOSE_ZWNJ.sub("", text))
    for was, now in _SPELLING.items():
        text = text.replace(was, now)
    return text.replace("هٔ", "ۀ").replace("یٔ", "ئ")


def normal(text: str) -> str:
    """The one spelling stored: Persian ی and ک, nothing invisible but half-spaces, one line.

    Runs of spaces become one. Digits, آ ؤ ئ ۀ ة and tashkeel stay as typed.
    """
    return " ".join(_spelled(text).split())


def normal_lines(text: str) -> str:
    r"""The same for a note: its line breaks stay, each as one `\n`; empty lines at the ends go."""
    return "\n".join(normal(line) for line in text.splitlines()).strip("\n")


def search_key(text: str) -> str:
    """What all spellings of a name share: no spaces or tashkeel, ASCII digits, lower case."""
    return unicodedata.normalize("NFC", _expanded(text).translate(_SEARCHED))


def search_terms(text: str) -> list[str]:
    """The search key of each word typed; a row is found when its key holds all of them."""
    return [key for key in map(search_key, text.split()) if key]


def sort_key(text: str) -> str:
    """Text whose binary order is the dictionary's: space, digits, Latin, then آ ا ء ب پ … ی.

    ASCII for Persian and Latin names, so SQLite's BINARY and PostgreSQL's "C" agree. ؤ sorts as و,
    ئ as ی, أ إ as ا, ة ۀ as ه; half-spaces and tashkeel do not count.
    """
    return " ".join(unicodedata.normalize("NFC", _expanded(text)).translate(_SORTED).split())


def to_ascii_digits(text: str) -> str:
    """Persian and Arabic digits as 0-9; everything else as it is."""
    return text.translate(_TO_ASCII)


def to_persian_digits(text: str) -> str:
    """ASCII and Arabic digits as ۰-۹; everything else as it is."""
    return text.translate(_TO_PERSIAN)


_UNITS = (
    "صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه",
    "ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده",
)  # fmt: skip
_TENS = ("بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("یکصد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_SCALES = ((10**9, "میلیارد"), (10**6, "میلیون"), (10**3, "هزار"))
_SAID = ((10**3, "هزار"), (10**6, "میلیون"), (10**9, "میلیارد"), (10**12, "هزار میلیارد"))


def in_words(number: int) -> str:
    """A whole number in words: 110 is «یکصد و ده»; 10**12 is «یک هزار میلیارد», not تریلیون."""
    if number < 0:
        return f"منفی {in_words(-number)}"
    return " و ".join(_word_parts(number)) or _UNITS[0]


def _word_parts(number: int) -> list[str]:
    parts = []
    for size, name in _SCALES:
        many, number = divmod(number, size)
        if many:
            parts.append(f"{in_words(many)} {name}")
    hundreds, number = divmod(number, 100)
    if hundreds:
        parts.append(_HUNDREDS[hundreds - 1])
    if number >= 20:
        parts.append(_TENS[number // 10 - 2])
        number %= 10
    if number:
        parts.append(_UNITS[number])
    return parts


def grouped(number: int) -> str:
    """A whole number to show: ۱٬۲۳۴. The minus is U+2212 after an LRM, or it would jump right."""
    sign = LRM + MINUS if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", "٬").translate(_TO_PERSIAN)


# Our own ٬ may stand anywhere between digits, since a shown number is edited in place; the marks
# that also mean a decimal or a list (1,5) must part groups of three.
_GROUPS = r"[0-9]+|[0-9]{1,3}(?:(?P<mark>[٬,، ])[0-9]{3})(?:(?P=mark)[0-9]{3})*"
_INT = re.compile(rf"[-{MINUS}]?(?:{_GROUPS}|[0-9]+(?:٬[0-9]+)+)")
_DECIMAL = re.compile(rf"[-{MINUS}]?(?:{_GROUPS})(?:[٫./][0-9]+)?")
_UNGROUPED: Final = str.maketrans({**dict.fromkeys("٬,، "), MINUS: "-", "٫": ".", "/": "."})


def _number_text(text: str, pattern: re.Pattern[str]) -> str:
    typed = normal(text.replace(ZWNJ, "")).translate(_TO_ASCII)
    if not pattern.fullmatch(typed):
        raise ValueError(f"not a number: {text!r}")
    return typed.translate(_UNGROUPED)


def read_int(text: str) -> int:
    """The whole number typed, in any digits, groups parted by ٬ , ، or a space; else ValueError."""
    return int(_number_text(text, _INT))


def read_decimal(text: str) -> Decimal:
    """The exact number typed, its decimal mark ٫ . or / (۱۸٫۵ or ۱۸/۵); else ValueError."""
    return Decimal(_number_text(text, _DECIMAL))


def short_toman(rials: int) -> str:
    """An amount in rial as it is said: «۱۲٫۵ میلیارد تومان», with one decimal at most."""
    toman = rials // 10
    if toman < _SAID[0][0]:
        return f"{grouped(toman)} تومان"
    amounts = [((toman * 20 + size) // (2 * size), name) for size, name in _SAID]
    # what would read «۱٬۰۰۰ میلیون» is said in the next scale
    tenths, name = next((found for found in amounts if found[0] < 10_000), amounts[-1])
    part = f"٫{grouped(tenths % 10)}" if tenths % 10 else ""
    return f"{grouped(tenths // 10)}{part} {name} تومان"
