"""A cashier who lives through the days of a loan and lays down one rial at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from db.calendar import days_in_year, jalali_parts

if TYPE_CHECKING:
    from db.rules.repayment import Facts, Payment, Plan


@dataclass
class Slip:
    """An instalment on the cashier's table: what of it is still to pay, by its kind."""

    plan: int
    number: int
    due_on: date
    profit: int
    principal: int
    carried: int = 0
    grown: Fraction = Fraction(0)
    fell: int = 0
    lifted: int = 0  # of the penalty, paid or waived

    @property
    def penalty(self) -> int:
        return floor(self.grown + Fraction(1, 2)) - self.lifted


@dataclass
class Cashier:
    facts: Facts
    slips: list[Slip] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    credit: int = 0
    penalty_paid: int = 0
    waived: int = 0
    paid: dict[int, int] = field(default_factory=dict)  # of each payment, what was not credit

    def live(self, as_of: date) -> None:
        first, *others = self.facts.plans
        self.open(first)
        day = first.since
        while day <= as_of:
            self.grow(day)
            for waiver in self.facts.waivers:
                if waiver.day == day:
                    self.waive(waiver.amount)
            for payment in sorted(self.facts.payments):
                if payment.day == day:
                    self.take(payment)
            for plan in others:
                if plan.since == day:
                    self.close(day)
                    self.open(plan)
            day += timedelta(days=1)

    def open(self, plan: Plan) -> None:
        place = len(self.plans)
        for row in plan.instalments:
            self.slips.append(Slip(place, row.number, row.due_on, row.profit, row.principal))
        self.slips[-len(plan.instalments)].carried = plan.carried
        self.plans.append(plan)

    def grow(self, day: date) -> None:
        year = days_in_year(jalali_parts(day)[0])
        for slip in self.slips:
            if slip.due_on < day:
                rate = Fraction(self.plans[slip.plan].penalty_rate)
                slip.grown += slip.principal * rate / 100 / year

    def waive(self, amount: int) -> None:
        for _ in range(amount):
            slip = next((slip for slip in self.slips if slip.penalty), None)
            if slip is not None:
                slip.lifted += 1
                self.waived += 1

    def take(self, payment: Payment) -> None:
        if payment.settles and payment.amount >= self.to_end(payment.day):
            self.tear(payment.day)
        for _ in range(payment.amount):
            if self.lay(payment.day):
                self.paid[payment.number] = self.paid.get(payment.number, 0) + 1
            else:
                self.credit += 1

    def lay(self, day: date) -> bool:
        """One rial onto the first thing that is to be paid; False when nothing is."""
        for slip in self.slips:
            if slip.due_on <= day and slip.profit + slip.principal:
                return self.lay_on(slip)
        for slip in self.slips:
            if slip.penalty:
                slip.lifted += 1
                self.penalty_paid += 1
                return True
        for slip in self.slips:
            if slip.profit + slip.principal:
                return self.lay_on(slip)
        return False

    def lay_on(self, slip: Slip) -> bool:
        if slip.profit:
            slip.profit -= 1
        else:
            slip.principal -= 1
        return True

    # Profit that falls away

    def not_earned(self, day: date) -> int:
        """Rial of the running plan, before what is paid already is looked at."""
        plan = self.plans[-1]
        profits = {row.number: row.profit for row in plan.instalments}
        profits[plan.instalments[0].number] -= plan.carried
        coming = [row.number for row in plan.instalments if row.due_on > day]
        if plan.method != "flat_2400":
            return sum(profits[number] for number in coming)
        months = [number for number in profits if number]
        weights = sum(range(1, len(months) + 1))
        ahead = sum(len(months) - number + 1 for number in coming if number)
        share = Fraction(sum(profits[n] for n in months) * ahead, weights)
        return floor(share + Fraction(1, 2)) + sum(profits[n] for n in coming if not n)

    def can_fall(self, slip: Slip, day: date) -> int:
        """Its own profit that is unpaid; the carried part is paid first, and never falls."""
        if slip.due_on <= day:
            return 0
        whole = next(
            row.profit for row in self.plans[slip.plan].instalments if row.number == slip.number
        )
        return min(slip.profit, whole - slip.carried)

    def falling(self, day: date) -> int:
        return min(self.not_earned(day), sum(self.can_fall(slip, day) for slip in self.slips))

    def to_end(self, day: date) -> int:
        whole = sum(slip.profit + slip.principal + slip.penalty for slip in self.slips)
        return whole - self.falling(day)

    def tear(self, day: date) -> None:
        """Rial by rial off the last slip that has any."""
        for _ in range(self.falling(day)):
            last = next(slip for slip in reversed(self.slips) if self.can_fall(slip, day))
            last.profit -= 1
            last.fell += 1

    def close(self, day: date) -> None:
        self.tear(day)
        for slip in self.slips:
            slip.profit = slip.principal = 0
