"""The schedules of made-up loans; the amounts of equal terms are worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from db.calendar import LAST_DAY, add_months
from db.rules import schedule
from db.rules.plans import Version
from db.rules.positions import rows_of
from db.rules.schedule import Instalment
from db.rules.tranche_schedule import tranche_amounts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from db.rules.positions import Row as InForce
    from db.rules.schedule import Amounts, GraceProfit, Method
    from db.sample.units import Row

MOST_MONTHS: Final = 60
_amounts = cache(schedule.amounts)


@dataclass(frozen=True, eq=False)
class Plan:
    """The amounts of a schedule, and of so many instalments that are paid their sums.

    `paid` has (principal, profit) in rial of none, one, two … instalments.
    """

    rows: list[Amounts]
    paid: list[tuple[int, int]]

    @classmethod
    def of(cls, rows: list[Amounts]) -> Plan:
        principal = accumulate((row.principal for row in rows), initial=0)
        profit = accumulate((row.profit for row in rows), initial=0)
        return cls(rows, list(zip(principal, profit, strict=True)))


class Since(NamedTuple):
    """A plan in force from the end of a day, which is that of a tranche."""

    day: date
    plan: Plan


def by_tranches(loan: Row, tranches: Sequence[Row]) -> list[Since]:
    """The plan from each tranche on, as `db.rules.plans.versions` makes it."""
    terms = loan["rate"], loan["months"]
    grace: tuple[int, GraceProfit] = loan["grace_months"], loan["grace_profit"]
    if len(tranches) == 1:
        plan = _whole(loan["method"], tranches[0]["amount"], *terms, *grace)
        return [Since(tranches[0]["day"], plan)]
    paid_out = [(each["day"], each["amount"]) for each in tranches]
    rate, first_due = Fraction(loan["rate"]), loan["first_due_on"]
    found = []
    for place, (day, _) in enumerate(paid_out, 1):
        rows = tranche_amounts(
            loan["method"], paid_out[:place], rate, loan["months"], first_due, *grace, _amounts
        )
        found.append(Since(day, Plan.of(rows)))
    return found


@cache
def _whole(
    method: Method,
    amount: int,
    rate: Decimal,
    months: int,
    grace_months: int,
    grace_profit: GraceProfit,
) -> Plan:
    extra = schedule.grace_profit_of(amount, rate, grace_months)
    return Plan.of(_amounts(method, amount, Fraction(rate), months, extra, grace_profit))


@cache
def due_days(first_due: date) -> tuple[date, ...]:
    """Of the instalments 0, 1, 2 …: as many as any loan here has."""
    return tuple(add_months(first_due, number - 1) for number in range(MOST_MONTHS + 1))


def in_force(plans: Sequence[Since], due: Sequence[date]) -> list[InForce]:
    """The instalments, each as long as it was in force."""
    ends = [*(later.day for later in plans[1:]), LAST_DAY]
    return rows_of(
        Version(None, since, until, rows, rows)
        for (since, plan), until in zip(plans, ends, strict=True)
        for rows in [[Instalment(row[0], due[row[0]], *row[1:]) for row in plan.rows]]
    )
