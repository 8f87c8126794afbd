"""The book of a loan: its entries one after the other, and what each does to the instalments.

The rules it keeps are told in `db.rules.settling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from db.calendar import LAST_DAY
from db.rules.arrears import CLASSES
from db.rules.repayment import Credit, Line, Payment, Plan, Settlement, Share, State, Waiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.rules.arrears import LoanClass
    from db.rules.repayment import Facts

Entry: TypeAlias = Plan | Payment | Waiver


def entries(facts: Facts, until: date) -> Iterator[Entry]:
    """In order of day, the first plan before all; on one day waivers, payments, reschedulings."""
    first, *others = sorted(facts.plans, key=lambda plan: plan.since)
    if first.since > until:
        return
    yield first
    known: list[tuple[date, int, int, Entry]] = [
        *((each.day, 0, 0, each) for each in facts.waivers),
        *((each.day, 1, each.number, each) for each in facts.payments),
        *((each.since, 2, 0, each) for each in others),
    ]
    for day, _, _, entry in sorted(known, key=lambda known: known[:3]):
        if day <= until:
            yield entry


def day_of(entry: Entry) -> date:
    return entry.since if isinstance(entry, Plan) else entry.day


@dataclass(slots=True)
class Sums:
    """Rial unpaid (due or not), and what was paid, waived and left over so far."""

    principal: int = 0
    profit: int = 0
    repaid_principal: int = 0
    repaid_profit: int = 0
    penalty_paid: int = 0
    penalty_waived: int = 0
    credit: int = 0


class Book:
    """The entries up to `day`; penalties have grown as far as a line needed it, or to `close`."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.lines: list[Line] = []
        self.plans: list[Plan] = []
        self.shares: list[Share] = []
        self.credits: list[Credit] = []
        self.sums = Sums()
        self.unmatched = 0
        self.unfitting: list[Plan] = []  # reschedulings that took over another sum than was owed
        self.short: list[Payment] = []  # payments that were to end the loan, and did not
        self.first = 0  # of the lines, which are settled in order, the first that may be unpaid

    def enter(self, entry: Entry) -> None:
        """The next one."""
        self.day = day_of(entry)
        if isinstance(entry, Waiver):
            self._waive(entry.amount)
        elif isinstance(entry, Payment):
            self._pay(entry)
        else:
            if self.plans:
                self._close(entry)
            self._open(entry)

    def go_to(self, day: date) -> None:
        """To the end of a day after the entries."""
        self.day = day
        self._count_up()

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
            self.sums.principal += row.principal
            self.sums.profit += row.profit
        self.lines[-len(plan.instalments)].carried = plan.carried
        self.plans.append(plan)

    def _close(self, plan: Plan) -> None:
        rest = self.settlement()
        self._let_fall(rest.falls_away)
        for line in self.lines:
            line.passed_on_principal += line.left_principal
            line.passed_on_profit += line.left_profit
        self.sums.principal = self.sums.profit = 0
        if unmatched := abs(rest.principal - plan.principal) + abs(rest.profit - plan.carried):
            self.unmatched += unmatched
            self.unfitting.append(plan)

    def _waive(self, left: int) -> None:
        self._count_up()
        for line in self.lines:
            part = min(left, line.penalty_left)
            line.penalty_waived += part
            self.sums.penalty_waived += part
            left -= part

    # Payments

    def _pay(self, payment: Payment) -> None:
        if payment.settles:
            rest = self.settlement()
            if payment.amount >= rest.total:
                self._let_fall(rest.falls_away)
            else:
                self.short.append(payment)
        left = self._settle(payment, payment.amount, self.day)
        left = self._settle_penalties(payment, left)
        left = self._settle(payment, left, LAST_DAY)
        if left:
            self.credits.append(Credit(payment.number, left))
            self.sums.credit += left

    def _settle(self, payment: Payment, left: int, until: date) -> int:
        """Instalments due up to and with `until`; what is left of `left` rial."""
        while left and (line := self.oldest()) and line.due_on <= until:
            line.count_to(self.day)
            profit = min(left, line.left_profit)
            principal = min(left - profit, line.left_principal)
            line.paid_profit += profit
            line.paid_principal += principal
            left -= profit + principal
            self._share(payment, line, principal, profit, 0)
        return left

    def oldest(self) -> Line | None:
        """The oldest instalment that is not paid."""
        while self.first < len(self.lines) and not self.lines[self.first].left:
            self.first += 1
        return self.lines[self.first] if self.first < len(self.lines) else None

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
        if not (principal or profit or penalty):
            return
        self.shares.append(
            Share(payment.number, line.plan, line.number, principal, profit, penalty)
        )
        self.sums.principal -= principal
        self.sums.repaid_principal += principal
        self.sums.profit -= profit
        self.sums.repaid_profit += profit
        self.sums.penalty_paid += penalty

    # Ending early

    def settlement(self) -> Settlement:
        """What would end the loan now."""
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
        self.sums.profit -= amount
        for line in reversed(self._coming()):
            part = min(amount, _unearned_left(line))
            line.fell_away += part
            amount -= part

    # What is said

    def state(self) -> State:
        return State(
            self.day,
            tuple(self.lines),
            tuple(self.shares),
            tuple(self.credits),
            self.unmatched,
            self._class(),
        )

    def _class(self) -> LoanClass:
        places = [CLASSES.index(line.loan_class) for line in self.lines]
        if self.is_rescheduled:
            places.append(CLASSES.index("past_due"))
        return CLASSES[max(places, default=0)]

    @property
    def is_rescheduled(self) -> bool:
        """Of a new schedule, the first instalment that has anything to pay is not yet paid."""
        if len(self.plans) < 2:
            return False
        new = (line for line in self.lines if line.plan == len(self.plans) - 1)
        return next((line.left > 0 for line in new if line.principal + line.profit), False)


def _unearned_left(line: Line) -> int:
    return max(0, min(line.left_profit, line.profit - line.carried))
