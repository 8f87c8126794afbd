"""The profit that falls away when a loan is settled before its term, or rescheduled.

The sources give no rule for it, so each method has its own function, and a caller may pass another:

* `annuity`: the profit of the instalments that are not yet due. The running month is not charged.
* `qarz_11_plus_1`: the same. The fee of the running year was due at its beginning and is not given
  back; the fees of the years to come fall away.
* `flat_2400`: the declining share of the whole profit: with m of n instalments not yet due,
  m·(m+1)/(n·(n+1)) of it, which is what equal principal would have borne in those months.

A day on which an instalment falls due has earned it. Profit of the grace that is not yet due falls
away by every method; where it is spread on the instalments it goes with them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from db.rules.common import half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from db.rules.schedule import Instalment

    Unearned = Callable[[str, Sequence[Instalment], date], int]


def unearned(method: str, rows: Sequence[Instalment], day: date) -> int:
    """Rial of profit in a schedule that a loan settled on `day` would not have to pay."""
    coming = [row for row in rows if row.due_on > day]
    if method != "flat_2400":
        return sum(row.profit for row in coming)
    grace = sum(row.profit for row in coming if not row.number)
    count, left = sum(1 for row in rows if row.number), sum(1 for row in coming if row.number)
    profit = sum(row.profit for row in rows if row.number)
    return grace + half_up(Fraction(profit * left * (left + 1), count * (count + 1)))
