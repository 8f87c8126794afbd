"""A schedule of instalments as it is shown wherever there is one: its columns, its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.queries.holidays import closed
from db.text import grouped
from desktop import choices, kinds
from desktop.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from db.rules.schedule import Instalment, Rate

NUMBER = Field("number", "قسط", kinds.ORDINAL, 5, required=True)
DUE_ON = Field("due_on", "سررسید", kinds.DAY, 12, required=True)
OFF_DAY = Field("off_day", "تعطیل", kinds.TEXT, 16)
PRINCIPAL = Field("principal", "اصل", kinds.RIAL, 13)
PROFIT = Field("profit", "سود یا کارمزد", kinds.RIAL, 12)
TOTAL = Field("total", "مبلغ قسط", kinds.RIAL, 13)
SCHEDULE = (NUMBER, DUE_ON, PRINCIPAL, PROFIT, TOTAL, OFF_DAY)

REPAID = Field("total", "جمع بازپرداخت", kinds.RIAL, 13)
COMPARISON = (
    Field("method", "به روش", choices.METHOD, 24, required=True),
    Field("instalment", "قسط معمول", kinds.RIAL, 12),
    Field("largest", "بزرگ‌ترین قسط", kinds.RIAL, 12),
    Field("profit", "سود یا کارمزد", kinds.RIAL, 12),
    REPAID,
)


class Planned(NamedTuple):
    """An instalment before anything is paid; amounts in rial. `off_day`: why banks are closed."""

    number: int
    due_on: date
    principal: int
    profit: int
    total: int
    off_day: str


def planned(rows: Sequence[Instalment], holidays: Mapping[date, str]) -> list[Planned]:
    """Rows for a table; `holidays` are the official ones by their day."""
    return [
        Planned(row.number, row.due_on, row.principal, row.profit, row.total,
                closed(row.due_on, holidays))
        for row in rows
    ]  # fmt: skip


def terms_in_words(
    method: str, rate: Rate, months: int, grace_months: int = 0, grace_profit: str = "separate"
) -> str:
    """«قرض‌الحسنه ۱۱+۱، نرخ ۴ درصد، ۶۰ ماهه»; `rate` in percent a year."""
    told = [
        choices.METHOD.show(method),
        f"نرخ {kinds.RATE.show(rate)} درصد",
        f"{grouped(months)} ماهه",
    ]
    if grace_months:
        paid = choices.GRACE_PROFIT.show(grace_profit)
        told.append(f"{grouped(grace_months)} ماه تنفس (سود آن: {paid})")
    return "، ".join(told)
