"""The schedule of a loan on a terminal: a table in Persian, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import calendar, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.rules.schedule import Instalment

HEADS = ("شماره", "سررسید", "اصل", "سود", "قسط")
SUM = "جمع"
GAP = "  "


def as_json(rows: Sequence[Instalment]) -> dict[str, Any]:
    """Rial as numbers, days as Jalali text."""
    return {
        "instalments": [
            {
                "number": row.number,
                "due_on": calendar.to_jalali(row.due_on),
                "principal": row.principal,
                "profit": row.profit,
                "total": row.total,
            }
            for row in rows
        ],
        "totals": dict(zip(("principal", "profit", "total"), _sums(rows), strict=True)),
    }


def lines(rows: Sequence[Instalment]) -> str:
    """A line for each instalment and one for the sums, digit under digit."""
    told = [
        HEADS,
        *(
            (
                text.grouped(row.number),
                calendar.to_persian_date(row.due_on),
                *(text.grouped(rial) for rial in (row.principal, row.profit, row.total)),
            )
            for row in rows
        ),
        (SUM, "", *(text.grouped(rial) for rial in _sums(rows))),
    ]
    widths = [max(map(len, column)) for column in zip(*told, strict=True)]
    return "\n".join(
        GAP.join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in told
    )


def _sums(rows: Sequence[Instalment]) -> tuple[int, int, int]:
    """Of the principal, the profit and both."""
    principal, profit = sum(row.principal for row in rows), sum(row.profit for row in rows)
    return principal, profit, principal + profit
