"""What is on record of a loan's repayment, and how it stands by a day; all in whole rial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from db.rules.arrears import days_late, loan_class, penalty_of
from db.rules.unearned import unearned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from db.rules.arrears import LoanClass
    from db.rules.schedule import Instalment, Method, Rate
    from db.rules.unearned import Unearned


class Payment(NamedTuple):
    """`number` tells payments apart and orders those of one day.

    `settles`: the loan ends with it, and the unearned profit falls away, if it covers the rest.
    `keeps_credit`: what it leaves over is meant to stay.
    """

    number: int
    day: date
    amount: int
    settles: bool = False
    keeps_credit: bool = False


class Waiver(NamedTuple):
    """Penalties taken off (بخشودگی)."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule in force from the end of `since`; `penalty_rate` is the contract's and the points.

    `principal` and `carried` are what a rescheduling took over: the unpaid principal, and earned
    profit, which is in the first instalment and bears nothing.
    """

    since: date
    method: Method
    instalments: Sequence[Instalment]
    penalty_rate: Rate
    principal: int = 0
    carried: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is on record; the first plan is the contract's, the others are reschedulings."""

    plans: Sequence[Plan]
    payments: Sequence[Payment] = ()
    waivers: Sequence[Waiver] = ()
    unearned: Unearned = unearned


@dataclass(slots=True)
class Line:
    """An instalment by the end of `counted_to`. `plan` counts the reschedulings before it.

    `passed_on_…` went into a new schedule; `fell_away` is profit that need not be paid; `carried`
    is profit earned before this schedule was made. `late` is its unpaid principal of every day it
    was late, in rial-days of years of 365 days and of leap years.
    """

    plan: int
    number: int
    due_on: date
    principal: int
    profit: int
    carried: int
    penalty_rate: Fraction
    counted_to: date
    paid_principal: int = 0
    paid_profit: int = 0
    passed_on_principal: int = 0
    passed_on_profit: int = 0
    fell_away: int = 0
    penalty_paid: int = 0
    penalty_waived: int = 0
    late: tuple[int, int] = (0, 0)

    def count_to(self, day: date) -> None:
        """Let the penalty grow up to and with `day`; before anything of the line changes."""
        since = max(self.counted_to, self.due_on)
        if self.left_principal and day > since:
            common, leap = days_late(since, day)
            unpaid = self.left_principal
            self.late = (self.late[0] + unpaid * common, self.late[1] + unpaid * leap)
        self.counted_to = day

    @property
    def left_principal(self) -> int:
        return self.principal - self.paid_principal - self.passed_on_principal

    @property
    def left_profit(self) -> int:
        return self.profit - self.paid_profit - self.passed_on_profit - self.fell_away

    @property
    def left(self) -> int:
        return self.left_principal + self.left_profit

    @property
    def penalty(self) -> int:
        """All that has grown, paid or not."""
        return penalty_of(self.penalty_rate, *self.late) if any(self.late) else 0

    @property
    def penalty_left(self) -> int:
        return self.penalty - self.penalty_paid - self.penalty_waived

    @property
    def days_overdue(self) -> int:
        """0 when nothing of it is left to pay."""
        return max(0, (self.counted_to - self.due_on).days) if self.left else 0

    @property
    def loan_class(self) -> LoanClass:
        return loan_class(self.due_on, self.counted_to) if self.left else "current"


class Share(NamedTuple):
    """What a payment settled of an instalment of a plan."""

    payment: int
    plan: int
    instalment: int
    principal: int
    profit: int
    penalty: int


class Credit(NamedTuple):
    """What was left of a payment when nothing more was owed."""

    payment: int
    amount: int


@dataclass(frozen=True, slots=True)
class State:
    """A loan's repayment by the end of `as_of`.

    `unmatched` is not 0 when a rescheduling took over another sum than was owed on its day, as
    after a payment of an earlier day was entered or undone.
    """

    as_of: date
    lines: tuple[Line, ...]
    shares: tuple[Share, ...]
    credits: tuple[Credit, ...]
    unmatched: int
    loan_class: LoanClass

    @property
    def balance(self) -> int:
        """Principal and profit not yet paid, due or not; penalties apart."""
        return sum(line.left for line in self.lines)

    @property
    def balance_principal(self) -> int:
        return sum(line.left_principal for line in self.lines)

    @property
    def overdue(self) -> int:
        """Principal and profit that were to be paid before this day."""
        return sum(line.left for line in self.lines if line.due_on < self.as_of)

    @property
    def days_overdue(self) -> int:
        """Of the oldest instalment that is not paid."""
        return max((line.days_overdue for line in self.lines), default=0)

    @property
    def penalty(self) -> int:
        return sum(line.penalty for line in self.lines)

    @property
    def penalty_paid(self) -> int:
        return sum(line.penalty_paid for line in self.lines)

    @property
    def penalty_waived(self) -> int:
        return sum(line.penalty_waived for line in self.lines)

    @property
    def penalty_left(self) -> int:
        return sum(line.penalty_left for line in self.lines)

    @property
    def owed(self) -> int:
        """All that could still be paid: beyond it a payment leaves a credit."""
        return self.balance + self.penalty_left

    @property
    def credit(self) -> int:
        return sum(each.amount for each in self.credits)


class Settlement(NamedTuple):
    """What ends the loan on a day, and the profit that falls away by it."""

    principal: int
    profit: int
    penalty: int
    falls_away: int

    @property
    def total(self) -> int:
        return self.principal + self.profit + self.penalty
