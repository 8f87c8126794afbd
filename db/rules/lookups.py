"""What may be said of the rows of the base lists and of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.models.jihadi_group import JihadiGroup
from db.rules import identifiers
from db.rules.columns import check_columns
from db.rules.common import check_form, check_not_future

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.errors import Violation
    from db.models.base import Record


def check_lookup(model: type[Record], values: Mapping[str, Any]) -> Iterator[Violation]:
    yield from check_columns(model, values)
    yield from check_form(values, "code", _is_plain, "bad_code")
    if model is JihadiGroup:
        yield from check_form(values, "phone", identifiers.is_phone, "bad_phone")
        yield from check_not_future(values, "formed_on")


def _is_plain(value: str) -> bool:
    return value.isascii()
