"""How made-up loans are paid back: most of them instalment by instalment, without the engine.

A payment that brings just what an instalment asks, in their order, settles just that instalment:
on its due day or later, or before it while no penalty is owed. So the positions are the sums of
the plan. The few loans of another course go through `db.rules.positions`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from db.calendar import LAST_DAY as END
from db.models import Base, Call, Instalment, Payment, Position
from db.rules.arrears import cutoffs
from db.rules.positions import Span
from db.sample.calls import CallMaker
from db.sample.courses import CourseMaker
from db.sample.payments import PaymentMaker, paid_days
from db.sample.plans import by_tranches, due_days, in_force
from db.sample.story import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from db.sample.dice import Dice
    from db.sample.plans import Plan, Since
    from db.sample.units import Row

Rows = dict[type[Base], list[Any]]
LATE: Final = 24  # percent of the loans, of which no instalment is paid in time
UNDONE: Final = 4  # percent of the loans with a payment that was entered by mistake
_DOUBTFUL: Final = cutoffs(LAST_DAY).doubtful  # the first loans, lent in haste, are not paid back
_OLDEST: Final = 1 + Span._fields.index("oldest_due_on")  # in a row of positions


class Whole(NamedTuple):
    """All instalments of a plan that holds without end; `instalments` writes them in one go."""

    loan_id: int
    plan: Plan
    since: date
    due: Sequence[date]


class RepaymentMaker:
    """Makes what is on record of one loan's repayment after another, and what follows from it.

    Of a hundred loans `unusual` take another course.
    """

    def __init__(self, dice: Dice, unusual: float) -> None:
        self._dice = dice
        self._unusual = unusual
        self._payments, self._calls = PaymentMaker(dice), CallMaker(dice)
        self._courses = CourseMaker(dice, self._payments)

    def made(self, unit: Row, loan: Row, tranches: Sequence[Row], troubled: float) -> Rows:
        """Of a loan that was paid out; `troubled` is the percent of those that stop paying."""
        may_be_unusual = len(tranches) == 1 and loan["first_due_on"] > _DOUBTFUL
        is_unusual = may_be_unusual and self._dice.chance(self._unusual)
        course = self._courses.made(loan, tranches[0]) if is_unusual else None
        found = course or self._usual(unit, loan, tranches, troubled)
        oldest: date | None = found[Position][-1][_OLDEST]
        if oldest is not None and oldest < LAST_DAY:
            found.setdefault(Call, []).extend(self._calls.behind(unit, loan["id"], oldest))
        if found[Payment] and self._dice.chance(UNDONE):
            undone = self._payments.undone(self._dice.pick(found[Payment]))
            found[Payment] += [undone] if undone else []
        return found

    def _usual(self, unit: Row, loan: Row, tranches: Sequence[Row], troubled: float) -> Rows:
        found: Rows = defaultdict(list)
        number: int = loan["id"]
        plans = by_tranches(loan, tranches)
        due = due_days(loan["first_due_on"])
        rows = plans[-1].plan.rows
        late = self._dice.chance(LATE)
        paying = self._paying([due[row.number] for row in rows], troubled)
        days = list(paid_days(self._dice, paying, late=late))
        payment = self._payments.payment
        found[Payment] = [
            payment(number, day, row.principal + row.profit)
            for row, day in zip(rows, days, strict=False)
        ]
        if late:
            for due_on, day in zip(paying, days, strict=False):
                found[Call] += self._calls.before_payment(unit, number, due_on, day)
        found[Position] = list(_positions(number, plans, due, days))
        if len(plans) == 1:
            found[Instalment] = [Whole(number, plans[0].plan, plans[0].day, due)]
        else:
            found[Instalment] = [(number, *row) for row in in_force(plans, due)]
        return found

    def _paying(self, due: list[date], troubled: float) -> list[date]:
        """The due days that will be paid for: all, or those before the money ran out."""
        over = sum(1 for day in due if day <= LAST_DAY)
        if not over:
            return due
        if due[0] <= _DOUBTFUL:
            return []
        if not self._dice.chance(troubled):
            return due
        return due[: self._dice.whole(0, self._dice.whole(0, over - 1))]  # soon rather than late


def _positions(
    loan_id: int, plans: Sequence[Since], due: Sequence[date], days: Sequence[date]
) -> Iterator[tuple[Any, ...]]:
    """(loan, fields of `db.rules.positions.Span`); of the instalments each was paid on its day."""
    marks = list(_marks(plans, days))
    ends = [*(since for since, _, _ in marks[1:]), END]
    for (since, plan, paid), until in zip(marks, ends, strict=True):
        principal, profit = plan.paid[paid]
        every_principal, every_profit = plan.paid[-1]
        oldest = due[plan.rows[paid].number] if paid < len(plan.rows) else None
        yield (loan_id, since, until, every_principal - principal, every_profit - profit,
               principal, profit, 0, 0, 0, oldest, 0, False)  # fmt: skip


def _marks(plans: Sequence[Since], days: Sequence[date]) -> Iterator[tuple[date, Plan, int]]:
    """(first day, plan, instalments paid by its end) of each span."""
    paid = 0
    ends = [*(later.day for later in plans[1:]), END]
    for (since, plan), until in zip(plans, ends, strict=True):
        first = since
        for day in days[paid:]:
            if day >= until:
                break
            if day > first:
                yield first, plan, paid
                first = day
            paid += 1
        yield first, plan, paid
