"""Rows on paper by their fields, as a table of the screen shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import kinds
from desktop.kinds import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.fields import Field
    from desktop.paper.layout import Paper

SUM = "جمع"


def add_rows(
    paper: Paper, fields: Sequence[Field], rows: Sequence[object], *, sums: bool = False
) -> None:
    """The head on each page again; with `sums` a last row with the sums of the amounts in rial."""
    texts = [[field.text(row) for field in fields] for row in rows]
    tones = dict(_tones(fields, rows))
    if sums:
        texts.append(_sums(fields, rows))
        tones |= {(len(rows), column): "text" for column in range(len(fields))}  # in bold
    paper.table([field.label for field in fields], [field.width for field in fields], texts, tones)


def _tones(
    fields: Sequence[Field], rows: Sequence[object]
) -> Sequence[tuple[tuple[int, int], str]]:
    """A state is a coloured word here, too."""
    return [
        ((number, column), tone)
        for column, field in enumerate(fields)
        if isinstance(field.kind, Choice)
        for number, row in enumerate(rows)
        if (tone := field.kind.tones.get(field.value(row)))
    ]


def _sums(fields: Sequence[Field], rows: Sequence[object]) -> list[str]:
    told = [""] * len(fields)
    for column, field in enumerate(fields):
        if field.kind is kinds.RIAL:
            told[column] = field.kind.show(sum(field.value(row) or 0 for row in rows))
    return [SUM, *told[1:]]
