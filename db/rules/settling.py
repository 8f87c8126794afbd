"""What a loan's payments have settled by any day, and what is owed.

A payment settles, in this order: the instalments due by its day, oldest first and of each the
profit before the principal; then penalties, oldest first; then the instalments to come, in order.
What is left is credit. So a payment stops penalties from growing before it pays them off.

A penalty (وجه التزام) grows on the unpaid *principal* of an instalment, a day at a time from the
day after it is due up to and with the day it is paid; it is kept apart, bears nothing itself, and
is rounded once for each instalment. A waiver (بخشودگی) takes off what has grown by its day, the
oldest first; a waiver above that has no further effect, and `check_waiver` refuses it.

A rescheduling (امهال) closes the old instalments at the end of its day: the unpaid principal and
the profit earned pass into the new schedule, the unearned profit falls away, penalties stay owed
and frozen. Until the first instalment of the new schedule is paid the loan is not better than past
due: rescheduled loans may not sit in the current class.

Nothing of a later day is looked at, so later entries never change what is said of a day. On one
day waivers come first, then payments by their number, then a rescheduling. What was undone is not
given.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from db.calendar import LAST_DAY
from db.rules.arrears import CLASSES
from db.rules.repayment import Credit, Line, Payment, Plan, Settlement, Share, State, Waiver
from db.rules.schedule import instalments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.rules.arrears import LoanClass
    from db.rules.repayment import Facts
    from db.rules.schedule import GraceProfit, Method, Rate


def state(facts: Facts, as_of: date) -> State:
    """How the loan stands by the end of a day, every entry of that day counted."""
    return _Book(facts, as_of).state()


def settlement(facts: Facts, day: date) -> Settlement:
    """What would end the loan on a day, after the entries of that day that are on record."""
    return _Book(facts, day).settlement()


def rescheduled(
    facts: Facts,
    since: date,
    method: Method,
    rate: Rate,
    months: int,
    first_due: date,
    penalty_rate: Rate,
    grace_months: int = 0,
    grace_profit: GraceProfit = "separate",
) -> Plan:
    """A plan for all that is unpaid at the end of `since` but the penalties.

    ValueError when no principal is left, and for terms that `schedule.check_terms` refuses.
    """
    rest = settlement(facts, since)
    rows = instalments(method, rest.principal, rate, months, first_due, grace_months, grace_profit)
    rows[0] = rows[0]._replace(profit=rows[0].profit + rest.profit)
    return Plan(since, method, rows, penalty_rate, rest.principal, rest.profit)


def excess(facts: Facts, payment: Payment) -> int:
    """Rial that one more payment would leave over, in the end, of what all of them bring.

    A payment of a past day counts with those that came after it.
    """
    last = max([payment.day, *(each.day for each in facts.payments)])
    more = replace(facts, payments=[*facts.payments, payment])
    return max(0, state(more, last).credit - state(facts, last).credit)


class _Book:
    """The entries up to a day, one after the other."""

    def __init__(self, facts: Facts, as_of: date) -> None:
        self.facts = facts
        self.as_of = self.day = as_of
        self.lines: list[Line] = []
        self.plans: list[Plan] = []
        self.shares: list[Share] = []
        self.credits: list[Credit] = []
        self.unmatched = 0
        self.first = 0  # of the lines, which are settled in order, the first that may be unpaid
        for entry in _entries(facts, as_of):
            self._enter(entry)
        self.day = as_of
        self._count_up()

    def _enter(self, entry: Plan | Payment | Waiver) -> None:
        self.day = entry.since if isinstance(entry, Plan) else entry.day
        if isinstance(entry, Waiver):
            self._waive(entry.amount)
        elif isinstance(entry, Payment):
            self._pay(entry)
        else:
            if self.plans:
                self._close(entry)
            self._open(entry)

    def _count_up(self) -> None:
        """Let the penalties grow; a line that a payment touches is counted on its own."""
        for line in self.lines:
            line.count_to(self.day)

    def _open(self, plan: Plan) -> None:
        rate, place = Fraction(plan.penalty_rate), len(self.plans)
        for row in sorted(plan.instalments, key=lambda row: (row.due_on, row.number)):
            self.lines.append(
                Line(place, *row, carried=0, penalty_rate=rate, counted_to=plan.since)
            )
        self.lines[-len(plan.instalments)].carried = plan.carried
        self.plans.append(plan)

    def _close(self, plan: Plan) -> None:
        rest = self.settlement()
        self._let_fall(rest.falls_away)
        for line in self.lines:
            line.passed_on_principal += line.left_principal
            line.passed_on_profit += line.left_profit
        self.unmatched += abs(rest.principal - plan.principal) + abs(rest.profit - plan.carried)

    def _waive(self, left: int) -> None:
        self._count_up()
        for line in self.lines:
            part = min(left, line.penalty_left)
            line.penalty_waived += part
            left -= part

    # Payments

    def _pay(self, payment: Payment) -> None:
        if payment.settles:
            rest = self.settlement()
            if payment.amount >= rest.total:
                self._let_fall(rest.falls_away)
        left = self._settle(payment, payment.amount, self.day)
        left = self._settle_penalties(payment, left)
        left = self._settle(payment, left, LAST_DAY)
        if left:
            self.credits.append(Credit(payment.number, left))

    def _settle(self, payment: Payment, left: int, until: date) -> int:
        """Instalments due up to and with `until`; what is left of `left` rial."""
        for line in self._unpaid():
            if not left or line.due_on > until:
                break
            line.count_to(self.day)
            profit = min(left, line.left_profit)
            principal = min(left - profit, line.left_principal)
            line.paid_profit += profit
            line.paid_principal += principal
            left -= profit + principal
            self._share(payment, line, principal, profit, 0)
        return left

    def _unpaid(self) -> list[Line]:
        while self.first < len(self.lines) and not self.lines[self.first].left:
            self.first += 1
        return self.lines[self.first :]

    def _coming(self) -> list[Line]:
        return [line for line in self.lines if line.due_on > self.day]

    def _settle_penalties(self, payment: Payment, left: int) -> int:
        for line in self.lines:
            if not left:
                break
            line.count_to(self.day)
            part = min(left, line.penalty_left)
            line.penalty_paid += part
            left -= part
            self._share(payment, line, 0, 0, part)
        return left

    def _share(
        self, payment: Payment, line: Line, principal: int, profit: int, penalty: int
    ) -> None:
        if principal or profit or penalty:
            self.shares.append(
                Share(payment.number, line.plan, line.number, principal, profit, penalty)
            )

    # Ending early

    def settlement(self) -> Settlement:
        self._count_up()
        falls_away = min(self._unearned(), sum(_unearned_left(line) for line in self._coming()))
        return Settlement(
            sum(line.left_principal for line in self.lines),
            sum(line.left_profit for line in self.lines) - falls_away,
            sum(line.penalty_left for line in self.lines),
            falls_away,
        )

    def _unearned(self) -> int:
        if not self.plans:
            return 0
        plan = self.plans[-1]
        first, *others = plan.instalments
        rows = [first._replace(profit=first.profit - plan.carried), *others]
        return self.facts.unearned(plan.method, rows, self.day)

    def _let_fall(self, amount: int) -> None:
        """From the last instalment back."""
        for line in reversed(self._coming()):
            part = min(amount, _unearned_left(line))
            line.fell_away += part
            amount -= part

    # What is said

    def state(self) -> State:
        return State(
            self.as_of,
            tuple(self.lines),
            tuple(self.shares),
            tuple(self.credits),
            self.unmatched,
            self._class(),
        )

    def _class(self) -> LoanClass:
        places = [CLASSES.index(line.loan_class) for line in self.lines]
        if len(self.plans) > 1 and self._first_is_unpaid():
            places.append(CLASSES.index("past_due"))
        return CLASSES[max(places, default=0)]

    def _first_is_unpaid(self) -> bool:
        """Of the new schedule, the first instalment that has anything to pay."""
        new = [line for line in self.lines if line.plan == len(self.plans) - 1]
        return next((line.left > 0 for line in new if line.principal + line.profit), False)


def _unearned_left(line: Line) -> int:
    return max(0, min(line.left_profit, line.profit - line.carried))


def _entries(facts: Facts, as_of: date) -> Iterator[Plan | Payment | Waiver]:
    """In order of day, the first plan before all; on one day waivers, payments, reschedulings."""
    first, *others = sorted(facts.plans, key=lambda plan: plan.since)
    if first.since > as_of:
        return
    yield first
    known: list[tuple[date, int, int, Plan | Payment | Waiver]] = [
        *((each.day, 0, 0, each) for each in facts.waivers),
        *((each.day, 1, each.number, each) for each in facts.payments),
        *((each.since, 2, 0, each) for each in others),
    ]
    for day, _, _, entry in sorted(known, key=lambda known: known[:3]):
        if day <= as_of:
            yield entry
