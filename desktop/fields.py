"""A field of a screen: one line says its name, its label, its kind and how wide it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db.rules.columns import default_value, is_required, max_length
from desktop.kinds import Link

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

    from desktop.kinds import Kind


@dataclass(frozen=True)
class Field:
    """Made by `of` for a mapped column, or directly for a value that is worked out."""

    name: str
    label: str
    kind: Kind
    width: int = 14  # characters, in the table and in Excel alike
    required: bool = False
    max_length: int | None = None
    empty: Any = None  # what an empty editor stands for
    model: str = ""  # the record it is a column of; empty if it is worked out

    @classmethod
    def of(
        cls, attribute: InstrumentedAttribute[Any], label: str, kind: Kind, width: int = 14
    ) -> Field:
        """What the column already says (required, longest, default) is asked of it."""
        column = attribute.property.columns[0]
        return cls(
            name=attribute.key,
            label=label,
            kind=kind,
            width=width,
            required=is_required(column),
            max_length=max_length(column),
            empty=default_value(column),
            model=attribute.class_.__name__,
        )

    @property
    def shown(self) -> str:
        """The attribute of a listed row: of a link its name, not its number."""
        return self.name.removesuffix("_id") if isinstance(self.kind, Link) else self.name

    def typed(self, value: Any) -> Any:
        """A value as the history keeps it (see `db.history.plain`), in its own type again."""
        if not isinstance(value, str):
            return value
        if self.kind.editor == "day":
            return date.fromisoformat(value)
        return Decimal(value) if self.kind.number else value

    def value(self, row: object) -> Any:
        return getattr(row, self.shown)

    def text(self, row: object) -> str:
        value = self.value(row)
        return "" if value is None else self.kind.show(value)

    def whole(self, row: object) -> str:
        """All that the cell says, where it is shown short."""
        value = self.value(row)
        told = self.kind.whole or self.kind.show
        return "" if value is None else told(value)

    def excel(self, row: object) -> Any:
        value = self.value(row)
        return None if value is None else self.kind.excel(value)
