"""The schedule of a loan that is paid out in tranches (پرداخت مرحله‌ای).

The sources give no rule for the profit before the last tranche; this one keeps to whole months.
The first tranche has the schedule of the contract. A later one bears profit from the first month
of the schedule that begins on or after its day (so its first instalment is a month or more away),
and is repaid with the instalments from there to the end, by the same method. The instalments are
the sums of these. So a tranche never changes an instalment that begins before it, and the schedule
by any past day is that of the tranches paid by then.

Of a qarz a later tranche bears its own fee in its first instalment and once a year from there.
A tranche of the last month joins the last instalment, with a month's profit.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from db.calendar import add_months
from db.rules.schedule import Amounts, amounts, dated, grace_profit_of, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from db.rules.schedule import GraceProfit, Instalment, Method, Rate


def tranche_instalments(
    method: Method,
    tranches: Sequence[tuple[date, int]],
    rate: Rate,
    months: int,
    first_due: date,
    grace_months: int = 0,
    grace_profit: GraceProfit = "separate",
) -> list[Instalment]:
    """`tranches` are (day, rial) in any order; with one it is `schedule.instalments`.

    ValueError for what that refuses, for a tranche of nothing, for a first tranche after the first
    due day, and for any after the last.
    """
    refuse(
        {
            "method": method, "principal": sum(amount for _, amount in tranches), "rate": rate,
            "months": months, "first_due": first_due, "grace_months": grace_months,
            "grace_profit": grace_profit,
        }
    )  # fmt: skip
    rows = tranche_amounts(
        method, tranches, Fraction(rate), months, first_due, grace_months, grace_profit
    )
    return dated(rows, first_due)


def tranche_amounts(
    method: Method,
    tranches: Sequence[tuple[date, int]],
    rate: Fraction,
    months: int,
    first_due: date,
    grace_months: int,
    grace_profit: GraceProfit,
    amounts_of: Callable[..., list[Amounts]] = amounts,
) -> list[Amounts]:
    """The same without due days, of terms that have been checked.

    `amounts_of` may remember what it gave for a part; it is not changed here.
    """
    paid_out, waited = _joining(sorted(tranches), months, first_due, grace_months)
    principal: Counter[int] = Counter()
    profit: Counter[int] = Counter()
    for first, amount in paid_out.items():
        extra = grace_profit_of(waited[first], rate, 1)
        left = months - first + 1
        for row in amounts_of(method, amount, rate, left, extra, grace_profit):
            number = row.number + first - 1
            principal[number] += row.principal
            profit[number] += row.profit
    return [Amounts(n, principal[n], profit[n]) for n in sorted(principal)]


def _joining(
    tranches: Sequence[tuple[date, int]], months: int, first_due: date, grace_months: int
) -> tuple[Counter[int], Counter[int]]:
    """For each first instalment the rial that join there, and their rial-months of grace."""
    if any(amount <= 0 for _, amount in tranches):
        raise ValueError("a tranche of nothing")
    if tranches[0][0] > first_due or tranches[-1][0] > add_months(first_due, months - 1):
        raise ValueError("a tranche is paid after it is due")
    paid_out = Counter({1: tranches[0][1]})
    waited = Counter({1: tranches[0][1] * grace_months})
    for day, amount in tranches[1:]:
        # Months from the first due day: that of instalment 1 begins at -1, the grace before it.
        months_away = range(-1 - grace_months, months)
        begins = next(away for away in months_away if add_months(first_due, away) >= day)
        first = min(max(1, begins + 2), months)
        paid_out[first] += amount
        waited[first] += amount * max(0, -1 - begins)
    return paid_out, waited
