"""What a column says by itself: required, longest, default; and the check made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import String

from db.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column
    from sqlalchemy.sql.elements import KeyedColumnElement

    from db.models.base import Base


def is_required(column: KeyedColumnElement[Any] | Column[Any]) -> bool:
    return not column.nullable and column.default is None


def max_length(column: KeyedColumnElement[Any] | Column[Any]) -> int | None:
    return column.type.length if isinstance(column.type, String) else None


def default_value(column: KeyedColumnElement[Any] | Column[Any]) -> Any:
    default = column.default
    return getattr(default, "arg", None) if default is not None and default.is_scalar else None


def check_columns(model: type[Base], values: Mapping[str, object]) -> Iterator[Violation]:
    """Required fields are given and no text is longer than its column."""
    for name, value in values.items():
        column = model.__table__.columns.get(name)
        if column is None:
            continue
        longest = max_length(column)
        if is_required(column) and value in (None, ""):
            yield Violation(name, "required")
        elif isinstance(value, str) and longest and len(value) > longest:
            yield Violation(name, "too_long", (longest,))
