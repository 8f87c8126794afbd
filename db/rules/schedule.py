"""The instalments (اقساط) of a loan by the three methods Iranian banks use, exact to the rial.

Integers and Fractions only, half a rial goes up, the last instalment takes the remainder. Due days
are counted from the first one, the anchor: the fifth is four months after it, not one after the
fourth. The day a month before the first due day begins the first month that bears profit; what
lies before it is the grace period (تنفس).

* `flat_2400`: profit = P·r·(n+1)/2400; equal instalments, each with an equal part of principal and
  of profit. That is what declining equal principal would bear, so what has been *earned* by a day
  declines too: see `db.rules.unearned`.
* `annuity`: equal instalments on the declining balance («فرمول جدید»).
* `qarz_11_plus_1`: the 1st, 13th, 25th … are the yearly fee on the balance of that day (a part of
  a year: by its months), the others equal parts of the principal. Of one month all is in one.

Profit of the grace months is P·r·g/1200 by every method: paid as instalment number 0 on the day
the grace ends (`separate`), in equal parts with the instalments (`spread`), or made principal
(`capitalised`; the principal parts then sum to principal and grace profit).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

from db.calendar import add_months
from db.errors import Violation
from db.rules.common import MOST_RIAL, check_order, check_range, half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    Rate: TypeAlias = int | Decimal | Fraction

Method = Literal["flat_2400", "annuity", "qarz_11_plus_1"]
METHODS: Final[tuple[Method, ...]] = ("qarz_11_plus_1", "annuity", "flat_2400")
GraceProfit = Literal["separate", "spread", "capitalised"]
GRACE_PROFITS: Final[tuple[GraceProfit, ...]] = ("separate", "spread", "capitalised")
MOST_RATE: Final = 100  # percent a year
MOST_MONTHS: Final = 240
MOST_GRACE: Final = 60
YEAR: Final = 12
CLASSED_FOR: Final = 18  # months after the last due day that must still be in the calendar


class Instalment(NamedTuple):
    """`principal` and `profit` (or fee) in whole rial; number 0 is the profit of the grace."""

    number: int
    due_on: date
    principal: int
    profit: int

    @property
    def total(self) -> int:
        return self.principal + self.profit


class Amounts(NamedTuple):
    """An instalment before it has a due day."""

    number: int
    principal: int
    profit: int


class Cost(NamedTuple):
    """A loan by one method, in rial: the usual instalment, the largest one, and what it costs."""

    method: Method
    instalment: int
    largest: int
    profit: int
    total: int


def instalments(
    method: Method,
    principal: int,
    rate: Rate,
    months: int,
    first_due: date,
    grace_months: int = 0,
    grace_profit: GraceProfit = "separate",
) -> list[Instalment]:
    """The schedule of `principal` rial at `rate` percent a year in `months` instalments.

    `grace_months` come before `months` and are not among them. ValueError for what `check_terms`
    refuses.
    """
    refuse(
        {
            "method": method, "principal": principal, "rate": rate, "months": months,
            "first_due": first_due, "grace_months": grace_months, "grace_profit": grace_profit,
        }
    )  # fmt: skip
    extra = grace_profit_of(principal, rate, grace_months)
    rows = amounts(method, principal, Fraction(rate), months, extra, grace_profit)
    return dated(rows, first_due)


def compare(
    principal: int,
    rate: Rate,
    months: int,
    first_due: date,
    grace_months: int = 0,
    grace_profit: GraceProfit = "separate",
) -> list[Cost]:
    """The same loan by each method; ValueError as of `instalments`."""
    told = []
    for method in METHODS:
        rows = instalments(method, principal, rate, months, first_due, grace_months, grace_profit)
        told.append(cost(method, principal, rows))
    return told


def cost(method: Method, principal: int, rows: Sequence[Instalment]) -> Cost:
    """What `principal` rial costs; the usual instalment is the second: a qarz begins with its fee.

    Profit that was made principal is part of the cost, too.
    """
    numbered = [row.total for row in rows if row.number]
    total = sum(row.total for row in rows)
    usual = numbered[min(1, len(numbered) - 1)]
    return Cost(method, usual, max(row.total for row in rows), total - principal, total)


def grace_profit_of(principal: int, rate: Rate, grace_months: int) -> int:
    """Rial: P·r·g/1200."""
    return half_up(Fraction(principal * grace_months) * Fraction(rate) / 1200)


def amounts(
    method: Method,
    principal: int,
    rate: Fraction,
    months: int,
    extra: int,
    grace_profit: GraceProfit,
) -> list[Amounts]:
    """The instalments without their due days, of terms that have been checked.

    `extra` is the profit of the grace in rial.
    """
    made_principal = principal + (extra if grace_profit == "capitalised" else 0)
    pairs = _MAKERS[method](made_principal, rate, months)
    spread = _equal(extra, months) if grace_profit == "spread" else list(repeat(0, months))
    rows = [
        Amounts(number, part, profit + more)
        for number, ((part, profit), more) in enumerate(zip(pairs, spread, strict=True), 1)
    ]
    return [Amounts(0, 0, extra), *rows] if extra and grace_profit == "separate" else rows


def dated(rows: Sequence[Amounts], first_due: date) -> list[Instalment]:
    """Number 1 falls due on `first_due`, number 0 a month before it."""
    return [
        Instalment(number, add_months(first_due, number - 1), principal, profit)
        for number, principal, profit in rows
    ]


# The methods: what each instalment has of principal and of profit


def _equal(amount: int, count: int) -> list[int]:
    """`amount` in equal parts; the last takes the remainder, and none is below zero."""
    each, left, parts = half_up(Fraction(amount, count)), amount, []
    for _ in range(count - 1):
        parts.append(min(each, left))
        left -= parts[-1]
    return [*parts, left]


def _flat_2400(principal: int, rate: Fraction, months: int) -> list[tuple[int, int]]:
    profit = half_up(principal * rate * (months + 1) / 2400)
    payments = _equal(principal + profit, months)
    each = half_up(Fraction(principal, months))
    pairs, left, unpaid = [], principal, principal + profit
    for payment in payments:
        unpaid -= payment
        # With a few rial the equal part may not fit: neither part is ever below zero.
        part = max(left - unpaid, min(each, payment, left))
        pairs.append((part, payment - part))
        left -= part
    return pairs


def _annuity(principal: int, rate: Fraction, months: int) -> list[tuple[int, int]]:
    monthly = rate / 1200
    growth = (1 + monthly) ** months
    payment = half_up(principal * monthly * growth / (growth - 1))
    pairs, balance = [], principal
    over, under = 2 * monthly.numerator, 2 * monthly.denominator
    for number in range(1, months + 1):
        profit = (balance * over + under // 2) // under  # `half_up`, without a Fraction each time
        part = balance if number == months else min(payment - profit, balance)
        pairs.append((part, profit))
        balance -= part
    return pairs


def _qarz_11_plus_1(principal: int, rate: Fraction, months: int) -> list[tuple[int, int]]:
    if months == 1:
        return [(principal, half_up(principal * rate / 1200))]
    fees = -(-months // YEAR)
    parts = iter(_equal(principal, months - fees))
    pairs, balance = [], principal
    for number in range(months):
        if number % YEAR == 0:
            pairs.append((0, half_up(balance * rate * min(YEAR, months - number) / 1200)))
        else:
            pairs.append((next(parts), 0))
            balance -= pairs[-1][0]
    return pairs


_MAKERS: Final[dict[str, Callable[[int, Fraction, int], list[tuple[int, int]]]]] = {
    "flat_2400": _flat_2400,
    "annuity": _annuity,
    "qarz_11_plus_1": _qarz_11_plus_1,
}


# What is refused


def refuse(terms: Mapping[str, Any]) -> None:
    """ValueError for terms that `check_terms` refuses."""
    if wrong := [f"{v.field}: {v.code}" for v in check_terms(terms) if not v.warning]:
        raise ValueError(", ".join(wrong))


def check_terms(terms: Mapping[str, Any]) -> Iterator[Violation]:
    """Fields: method, principal (rial), rate, months, first_due, grace_months, grace_profit.

    With `contract_on` or `paid_out_on` the first due day is held against them, too.
    """
    for name in ("method", "principal", "rate", "months", "first_due"):
        if terms.get(name) is None:
            yield Violation(name, "required")
    yield from check_range(terms, "principal", 1, MOST_RIAL)
    yield from check_rate(terms.get("rate"))
    yield from check_range(terms, "months", 1, MOST_MONTHS)
    yield from check_range(terms, "grace_months", 0, MOST_GRACE)
    yield from _check_choices(terms)
    yield from check_first_due(terms, "first_due")
    yield from check_length(terms)


def check_length(terms: Mapping[str, Any]) -> Iterator[Violation]:
    """Fields: method, months, grace_months."""
    months = terms.get("months")
    if months is None or not 1 <= months <= MOST_MONTHS:
        return
    if (terms.get("grace_months") or 0) >= months:
        yield Violation("grace_months", "grace_too_long")
    if terms.get("method") == "qarz_11_plus_1" and months > 1 and months % YEAR == 1:
        yield Violation("months", "last_fee_is_zero", (months,), warning=True)


def check_first_due(terms: Mapping[str, Any], name: str) -> Iterator[Violation]:
    """The field `name`, against contract_on, paid_out_on and months."""
    yield from check_order(terms, "contract_on", name, "due_before_contract")
    yield from check_order(terms, "paid_out_on", name, "due_before_paid_out")
    first_due, months = terms.get(name), terms.get("months")
    if first_due is None or months is None or not 1 <= months <= MOST_MONTHS:
        return
    try:
        add_months(first_due, -1)
        add_months(first_due, months - 1 + CLASSED_FOR)
    except ValueError:
        yield Violation(name, "due_beyond_calendar")


def check_rate(rate: Rate | None) -> Iterator[Violation]:
    """Percent a year: no loan without profit or fee has a schedule."""
    if rate is not None and rate <= 0:
        yield Violation("rate", "not_above_zero")
    elif rate is not None and rate > MOST_RATE:
        yield Violation("rate", "too_large", (MOST_RATE,))


def _check_choices(terms: Mapping[str, Any]) -> Iterator[Violation]:
    if terms.get("method") not in (None, *METHODS):
        yield Violation("method", "unreadable_choice")
    if terms.get("grace_profit") not in (None, *GRACE_PROFITS):
        yield Violation("grace_profit", "unreadable_choice")


def check_instalments(rows: Sequence[Instalment], principal: int) -> Iterator[Violation]:
    """A schedule that was overwritten to match the bank's paper still repays `principal` rial."""
    if any(row.principal < 0 or row.profit < 0 for row in rows):
        yield Violation("principal", "instalment_below_zero")
    total = sum(row.principal for row in rows)
    if total != principal:
        yield Violation("principal", "principal_not_repaid", (total, principal))
    days = [row.due_on for row in sorted(rows)]
    if any(later <= earlier for earlier, later in pairwise(days)):
        yield Violation("due_on", "due_days_not_in_order")
