"""The schedule of a loan that is paid out in tranches (پرداخت مرحله‌ای).

The sources give no rule for the profit before the last tranche; this one keeps to whole months.
The first tranche has the schedule of the contract. A later one bears profit from the first month
of the schedule that begins on or after its day (so its first instalment is a month or more away),
and is repaid with the instalments from there to the end, by the same method. The instalments are
the sums of these. So a tranche never changes an instalment that begins before it, and the schedule
by any past day is that of the tranches paid by then.

Of a qarz a later tranche bears its own fee in its first instalment and once a year from there.
A tranche near the end joins the last instalment (of a qarz, the last two), whatever the month.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from db.calendar import add_months
from db.rules.schedule import Amounts, amounts, dated, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence
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

    ValueError for what that refuses, for a first tranche after the first due day, and for any
    after the last.
    """
    refuse(
        {
            "method": method, "principal": sum(amount for _, amount in tranches), "rate": rate,
            "months": months, "first_due": first_due, "grace_months": grace_months,
            "grace_profit": grace_profit,
        }
    )  # fmt: skip
    groups = _groups(method, sorted(tranches), months, first_due, grace_months)
    principal: Counter[int] = Counter()
    profit: Counter[int] = Counter()
    for (first, grace), amount in groups.items():
        left = months - first + 1
        for row in amounts(method, amount, Fraction(rate), left, grace, grace_profit):
            number = row.number + first - 1
            principal[number] += row.principal
            profit[number] += row.profit
    return dated([Amounts(n, principal[n], profit[n]) for n in sorted(principal)], first_due)


def _groups(
    method: Method,
    tranches: Sequence[tuple[date, int]],
    months: int,
    first_due: date,
    grace_months: int,
) -> Counter[tuple[int, int]]:
    """The sum paid out for each (number of the first instalment, months of grace)."""
    if tranches[0][0] > first_due or tranches[-1][0] > add_months(first_due, months - 1):
        raise ValueError("a tranche is paid after it is due")
    last = months - (1 if method == "qarz_11_plus_1" else 0)
    groups = Counter({(1, grace_months): tranches[0][1]})
    for day, amount in tranches[1:]:
        # Months from the first due day: that of instalment 1 begins at -1, the grace before it.
        months_away = range(-1 - grace_months, months)
        begins = next(away for away in months_away if add_months(first_due, away) >= day)
        groups[min(max(1, begins + 2), last), max(0, -1 - begins)] += amount
    return groups
