"""Counties and industries: how many units each has, and how many of them were revived."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from desktop import kinds
from desktop.excel import look
from desktop.excel.tables import Table
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.progress import Share

NOT_GIVEN: Final = "(ثبت نشده)"
_LONGEST: Final = 34  # letters beside a bar
_RLM: Final = "\u200f"  # or the dots would stand before the words in a chart of LibreOffice


@dataclass(frozen=True)
class ShareRow:
    """`percent` is of the place's own units; None where it has none."""

    name: str
    units: int
    revived: int
    percent: float | None

    @property
    def short(self) -> str:
        """For a chart: names as long as some industries' would leave no room for the bars."""
        if len(self.name) <= _LONGEST:
            return self.name
        words = self.name[:_LONGEST].rsplit(" ", 1)[0].removesuffix(" و").rstrip("،؛ ")
        return f"{words}…{_RLM}"


def share_rows(shares: Sequence[Share]) -> list[ShareRow]:
    return [
        ShareRow(
            share.name or NOT_GIVEN,
            share.units,
            share.revived,
            share.revived * 100 / share.units if share.units else None,
        )
        for share in shares
    ]


def share_table(title: str, label: str, rows: Sequence[ShareRow], heading: Sequence[str]) -> Table:
    fields = (
        Field("name", label, kinds.TEXT, 56, required=True),
        Field("units", "همهٔ واحدها", kinds.COUNT, 14),
        Field("revived", "احیاشده پس از مبنا", kinds.COUNT, 14),
        Field("percent", "درصد احیا", replace(kinds.PERCENT, excel_format=look.TENTHS), 12),
        Field("short", "نام در نمودار", kinds.TEXT, 32),
    )
    return Table(title, fields, rows, len(rows), heading)
