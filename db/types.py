"""The value types of the domain, each mapped to its column once."""

from __future__ import annotations

import codecs
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Integer, Numeric, String
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from db import text

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine


_MILLIONTHS = 1_000_000
# The control signs and the blank; not the line break, which stands between the parts of a key.
_SIGNS = [chr(code) for code in (*range(1, 10), *range(11, 33), 127)]
_LETTERS = [letter for letter in text.ALPHABET if letter not in "آء"]
_PACKED = str.maketrans(dict(zip(_LETTERS, _SIGNS, strict=True)))
_UNPACKED = str.maketrans(dict(zip(_SIGNS, _LETTERS, strict=True)))
# The same by way of bytes, for keys of nothing but these: a tenth of the time.
_PLAIN = "".join(map(chr, range(128))) + "،؛"
_TO_BYTES: Any = codecs.charmap_build(_PLAIN.translate(_UNPACKED))


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal of six places kept exact: SQLite has only binary floats, so there in millionths."""

    impl = Numeric
    cache_ok = True

    @property
    def python_type(self) -> type[Decimal]:
        return Decimal

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(14, 6))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return int(value * _MILLIONTHS)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value) / _MILLIONTHS if dialect.name == "sqlite" else Decimal(value)


def _packed(key: str) -> str:
    try:
        return codecs.charmap_decode(codecs.charmap_encode(key, "strict", _TO_BYTES)[0], "strict",
                                     _PLAIN)[0]  # fmt: skip
    except UnicodeEncodeError:
        return key.translate(_PACKED)


class PackedKey(TypeDecorator[str]):
    """A search key whose Persian letters take one byte each, by signs that no key has.

    LIKE goes through two bytes a letter half as fast: 42 ms for 100,000 units, so packed 18.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _packed(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else value.translate(_UNPACKED)


Id = Annotated[int, mapped_column(primary_key=True)]
Name = Annotated[str, mapped_column(String(120))]
Word = Annotated[str, mapped_column(String(40))]  # a code of our own, like "stagnant"
Note = Annotated[str, mapped_column(String(2000), default="")]
Digits = Annotated[str, mapped_column(String(30))]  # an identifier: ASCII digits
Key = Annotated[str, mapped_column(String(1000))]  # made by the program for sorting
Found = Annotated[str, mapped_column(PackedKey(1000))]  # and for finding
Rial = Annotated[int, mapped_column(BigInteger)]
Count = Annotated[int, mapped_column(Integer)]
Percent = Annotated[Decimal, mapped_column(ExactNumber)]  # percent a year
Exact = Annotated[Decimal, mapped_column(ExactNumber)]
Day = Annotated[date, mapped_column(Date)]  # Gregorian in storage; Jalali only at the edge
Moment = Annotated[datetime, mapped_column(DateTime)]  # UTC, without a zone
Json = Annotated[dict[str, Any], mapped_column(JSON)]
