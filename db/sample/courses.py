"""Made-up loans whose repayment took an unusual course; what holds of them the rules work out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, cycle
from typing import TYPE_CHECKING, Any, Final

from db.calendar import add_months
from db.models import Base, Correction, Instalment, Payment, Position, Rescheduling, Waiver
from db.rules import plans, positions, repayment, schedule, settling
from db.rules.plans import OnRecord, Renewal, Terms
from db.sample import loan_words as words
from db.sample.payments import paid_days
from db.sample.story import LAST_DAY, later, workday
from db.sample.units import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from db.sample.dice import Dice
    from db.sample.payments import PaymentMaker
    from db.sample.units import Row

Rows = dict[type[Base], list[Any]]
LEAST_DUE: Final = 4  # instalments that must have fallen due
TERMS: Final = ("method", "rate", "months", "first_due_on", "grace_months", "grace_profit",
                "penalty_points")  # fmt: skip
_THOUSAND, _TEN_MILLION = 1000, 10**7


class Course:
    """The repayment of a loan as far as it has come."""

    def __init__(self, dice: Dice, payments: PaymentMaker, loan: Row, tranche: Row) -> None:
        self.loan_id: int = loan["id"]
        self.found: Rows = {Payment: [], Waiver: [], Rescheduling: [], Correction: []}
        self._dice, self._payments = dice, payments
        self._paid: list[repayment.Payment] = []
        self._waived: list[repayment.Waiver] = []
        self._renewals: list[Renewal] = []
        self._papers: dict[int | None, list[schedule.Instalment]] = {}
        self.of = OnRecord(
            Terms(*(loan[name] for name in TERMS)),
            [(tranche["day"], tranche["amount"])],
            self._renewals,
            self._papers,
            self._paid,
            self._waived,
        )
        self.follow()

    def follow(self) -> None:
        """Go on by the newest schedule."""
        self.rows = plans.versions(self.of)[-1].rows

    def due(self) -> int:
        """How many of the instalments are due by the last day."""
        return sum(row.due_on <= LAST_DAY for row in self.rows)

    def pay(self, day: date, amount: int, note: str = "", **how: bool) -> None:
        row = self._payments.payment(self.loan_id, day, amount, note, **how)
        self.found[Payment].append(row)
        self._paid.append(repayment.Payment(row["id"], day, amount, row["settles"]))

    def pay_each(self, rows: Iterable[schedule.Instalment], *, late: bool = False) -> None:
        """Each by a payment of its own."""
        rows = list(rows)
        days = paid_days(self._dice, [row.due_on for row in rows], late=late)
        for row, day in zip(rows, days, strict=False):
            self.pay(day, row.total)

    def state(self, day: date) -> repayment.State:
        return settling.state(self._facts(day), day)

    def settlement(self, day: date) -> repayment.Settlement:
        return settling.settlement(self._facts(day), day)

    def _facts(self, day: date) -> repayment.Facts:
        facts = plans.facts(self.of, day)
        assert facts is not None
        return facts

    def waive(self, row: Row) -> None:
        self.found[Waiver].append(row)
        self._waived.append(repayment.Waiver(row["day"], row["amount"]))

    def renew(self, row: Row) -> None:
        self.found[Rescheduling].append(row)
        terms = Terms(*(row[name] for name in TERMS))
        self._renewals.append(
            Renewal(row["id"], row["since"], terms, row["principal"], row["carried"])
        )
        self.follow()

    def overwrite(self, rows: list[Row]) -> None:
        self.found[Correction] += rows
        self._papers[None] = [
            schedule.Instalment(row["number"], row["due_on"], row["principal"], row["profit"])
            for row in rows
        ]
        self.follow()

    def end(self) -> Rows:
        """All that it left behind, and what follows from it."""
        of = self.loan_id
        self.found[Instalment] = [(of, *row) for row in positions.rows(self.of)]
        self.found[Position] = [(of, *span) for span in positions.spans(self.of)]
        return self.found


class CourseMaker:
    """Makes the unusual courses of one loan after another."""

    def __init__(self, dice: Dice, payments: PaymentMaker) -> None:
        self._dice, self._payments = dice, payments
        self._waivers, self._renewals, self._corrections = count(1), count(1), count(1)
        self._kinds: Iterator[Callable[[Course, int], None]] = cycle((
            self._renewed, self._in_parts, self._by_paper, self._waived, self._settled,
            self._with_penalty, self._overpaid, self._ahead,
        ))  # fmt: skip

    def made(self, loan: Row, tranche: Row) -> Rows | None:
        """None where too little has fallen due yet for anything unusual."""
        course = Course(self._dice, self._payments, loan, tranche)
        due = course.due()
        if due < LEAST_DUE:
            return None
        next(self._kinds)(course, self._dice.whole(0, due - LEAST_DUE))
        return course.end()

    # Each is told after how many instalments it begins; three more are due.

    def _in_parts(self, course: Course, after: int) -> None:
        """A part when it is due, the rest with the next one."""
        course.pay_each(course.rows[:after])
        row, following = course.rows[after : after + 2]
        part = row.total * self._dice.whole(3, 7) // 10 // _THOUSAND * _THOUSAND
        course.pay(_open_day(row.due_on), part, self._dice.pick(words.IN_PARTS))
        course.pay(_open_day(following.due_on), row.total - part + following.total)
        course.pay_each(course.rows[after + 2 :], late=True)

    def _ahead(self, course: Course, after: int) -> None:
        """Three instalments at once."""
        course.pay_each(course.rows[:after])
        three = course.rows[after : after + 3]
        day = _open_day(three[0].due_on)
        course.pay(day, sum(row.total for row in three), self._dice.pick(words.AHEAD))
        course.pay_each(course.rows[after + 3 :])

    def _with_penalty(self, course: Course, after: int) -> None:
        """One who is always late pays for it."""
        course.pay_each(course.rows[: after + 1], late=True)
        row, *coming = course.rows[after + 1 :]
        day = self._after(row.due_on, 4, 18)
        if day is not None:
            owed = course.state(day).penalty_left + row.total
            course.pay(day, owed, self._dice.pick(words.WITH_PENALTY))
            course.pay_each(coming)

    def _settled(self, course: Course, after: int) -> None:
        """Before its term."""
        day = self._before_term(course, after)
        if day is not None:
            total = course.settlement(day).total
            course.pay(day, total, self._dice.pick(words.SETTLED), settles=True)

    def _overpaid(self, course: Course, after: int) -> None:
        """Before its term by a round sum, of which a credit is left."""
        day = self._before_term(course, after)
        if day is not None:
            total = (course.settlement(day).total // _TEN_MILLION + 1) * _TEN_MILLION
            note = f"{self._dice.pick(words.SETTLED)} {words.CREDIT}"
            course.pay(day, total, note, settles=True, keeps_credit=True)

    def _before_term(self, course: Course, after: int) -> date | None:
        course.pay_each(course.rows[: after + 1])
        return self._after(course.rows[after].due_on, 3, 20)

    def _waived(self, course: Course, after: int) -> None:
        """Three instalments late; they are paid, and the penalty is waived, or half of it."""
        course.pay_each(course.rows[:after])
        day = self._after(course.rows[after + 2].due_on, 1, 6)
        if day is None:
            return
        course.pay(day, sum(row.total for row in course.rows[after : after + 3]))
        waived_on = self._after(day, 1, 12)
        if waived_on is not None:
            penalty = course.state(waived_on).penalty_left
            row = {
                "id": next(self._waivers),
                **KEPT,
                "loan_id": course.loan_id,
                "day": waived_on,
                "amount": penalty if self._dice.chance(70) else penalty // 2,
                "reason": self._dice.pick(words.WAIVED),
            }
            course.waive(row)
        course.pay_each(course.rows[after + 3 :], late=True)

    def _renewed(self, course: Course, after: int) -> None:
        """Three instalments late and then rescheduled; of the new schedule most pay something."""
        course.pay_each(course.rows[:after])
        since = self._after(course.rows[after + 2].due_on, 5, 40)
        if since is None:
            return
        rest = course.settlement(since)
        terms = course.of.terms
        row = {
            "id": next(self._renewals),
            **KEPT,
            "loan_id": course.loan_id,
            "since": since,
            "method": terms.method,
            "rate": terms.rate,
            "months": self._dice.pick((12, 18, 24, 36)),
            "first_due_on": add_months(since, self._dice.whole(1, 3)),
            "grace_months": 0,
            "grace_profit": terms.grace_profit,
            "penalty_points": terms.penalty_points,
            "principal": rest.principal,
            "carried": rest.profit,
            "reason": self._dice.pick(words.RENEWED),
        }
        course.renew(row)
        if self._dice.chance(65):
            course.pay_each(course.rows, late=self._dice.chance(50))

    def _by_paper(self, course: Course, after: int) -> None:
        """The bank rounds each instalment to a thousand rial, and the last has what is left."""
        rounded, over = [], 0
        for row in course.rows:
            part = (row.total % _THOUSAND) if row.principal > _THOUSAND else 0
            rounded.append(row._replace(principal=row.principal - part))
            over += part
        rounded[-1] = rounded[-1]._replace(principal=rounded[-1].principal + over)
        course.overwrite([
            {"id": next(self._corrections), **KEPT, "loan_id": course.loan_id,
             "rescheduling_id": None, **paper._asdict()}
            for row, paper in zip(course.rows, rounded, strict=True)
            if row != paper
        ])  # fmt: skip
        course.pay_each(course.rows[: after + 3])

    def _after(self, day: date, least: int, most: int) -> date | None:
        """A working day so many days later; None if the story is over by then."""
        found = later(self._dice, day.toordinal(), least, most)
        return None if found is None else date.fromordinal(found)


def _open_day(day: date) -> date:
    """Banks are closed on Fridays."""
    return day + timedelta(days=workday(day.toordinal()) - day.toordinal())
