"""Random lives of loans through the commands, held to a clerk with a notebook and single rials."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import calendar, repaid
from db.calendar import add_months, from_jalali
from db.commands import corrections, repayment, undo
from db.commands.loans import archive_tranche, save_loan, save_tranche
from db.errors import RuleError
from db.models import Instalment, Position
from db.queries import repayment as queries
from db.rules.positions import Row as Scheduled
from db.rules.positions import Span
from db.rules.repayment import Facts, Payment, Plan, Waiver
from db.rules.schedule import GRACE_PROFITS, METHODS, instalments
from db.rules.schedule import Instalment as Row
from db.rules.tranche_schedule import tranche_instalments
from tests.db.making import add_unit, loan_values
from tests.db.plain_settling import Cashier

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from sqlalchemy.orm import Session

    from db.database import Database

START = from_jalali("1402/09/30")  # the leap year 1403 begins among the instalments
LENGTH = 300
DAYS = st.integers(0, LENGTH).map(lambda number: START + timedelta(days=number))
ALWAYS = START + timedelta(days=2 * LENGTH)
APPROVED = 300  # few rial, at rates so high that they bear something


@dataclass
class Notebook:
    """What was accepted, in the clerk's own words: by the id it was given."""

    terms: dict[str, Any]
    tranches: dict[int, tuple[date, int]] = field(default_factory=dict)
    payments: dict[int, dict[str, Any]] = field(default_factory=dict)
    waivers: dict[int, dict[str, Any]] = field(default_factory=dict)
    renewals: dict[int, dict[str, Any]] = field(default_factory=dict)
    papers: dict[int, Row] = field(default_factory=dict)

    def facts(self, by: date, *, renewed_before: date | None = None) -> Facts | None:
        """What a cashier is to know on a day."""
        known = sorted(each for each in self.tranches.values() if each[0] <= by)
        if not known:
            return None
        rows = tranche_instalments(
            self.terms["method"], known, self.terms["rate"], self.terms["months"],
            self.terms["first_due_on"], self.terms["grace_months"], self.terms["grace_profit"],
        )  # fmt: skip
        if len(known) == len(self.tranches):
            rows = [self.papers.get(row.number, row) for row in rows]
        rate = self.terms["rate"] + self.terms["penalty_points"]
        plans = [Plan(known[0][0], self.terms["method"], rows, rate)]
        until = renewed_before or by + timedelta(days=1)
        renewals = sorted(self.renewals.values(), key=lambda each: each["since"])
        plans += [self.renewed(values) for values in renewals if values["since"] < until]
        return Facts(
            plans,
            [Payment(number, v["day"], v["amount"], v["settles"])
             for number, v in self.payments.items()],
            [Waiver(v["day"], v["amount"]) for v in self.waivers.values()],
        )  # fmt: skip

    def renewed(self, values: dict[str, Any]) -> Plan:
        since = values["since"]
        before = self.facts(since, renewed_before=since)
        assert before is not None
        cashier = Cashier(before)
        cashier.live(since)
        principal = sum(slip.principal for slip in cashier.slips)
        carried = sum(slip.profit for slip in cashier.slips) - cashier.falling(since)
        rows = instalments(
            values["method"], principal, values["rate"], values["months"],
            values["first_due_on"], values["grace_months"], values["grace_profit"],
        )  # fmt: skip
        rows[0] = rows[0]._replace(profit=rows[0].profit + carried)
        rate = values["rate"] + values["penalty_points"]
        return Plan(since, values["method"], rows, rate, principal, carried)


class Stored(NamedTuple):
    """The rows of both tables of one loan, without their ids."""

    spans: list[Span]
    rows: list[Scheduled]

    def at(self, day: date) -> tuple[Span | None, list[Scheduled]]:
        """What holds by the end of a day, however long it will."""
        spans = [each._replace(until=day) for each in self.spans if each.since <= day < each.until]
        rows = [each._replace(until=day) for each in self.rows if each.since <= day < each.until]
        assert len(spans) <= 1
        return (spans[0] if spans else None), sorted(rows, key=lambda row: (row.due_on, row.number))

    def same(self, other: Stored) -> bool:
        return set(self.spans) == set(other.spans) and set(self.rows) == set(other.rows)


class Story:
    """One loan: what is tried of it, by the commands and into the notebook."""

    def __init__(self, database: Database, data: st.DataObject, name: str) -> None:
        self.database, self.draw = database, data.draw
        months = self.draw(st.integers(1, 8))
        grace = self.draw(st.integers(0, min(2, months - 1)))
        self.book = Notebook(self.terms(months, grace, add_months(START, 1 + grace)))
        with database.write() as session:
            unit = add_unit(session, name=name, registered_on=START)
            values = loan_values(
                unit.id, applied_on=START, approved_on=START, contract_on=START,
                amount_approved=APPROVED, **self.book.terms,
            )  # fmt: skip
            self.loan_id = save_loan(session, None, values).id
        self.tried(self.pay_out, START)

    def terms(self, months: int, grace: int, first_due: date) -> dict[str, Any]:
        return {
            "method": self.draw(st.sampled_from(METHODS)),
            "rate": Decimal(self.draw(st.sampled_from((4, 18, 60)))),
            "months": months,
            "first_due_on": first_due,
            "grace_months": grace,
            "grace_profit": self.draw(st.sampled_from(GRACE_PROFITS)),
            "penalty_points": Decimal(self.draw(st.sampled_from((6, 90)))),
        }

    def tried(self, act: Callable[..., date], *given: Any) -> bool:
        """Whether it was accepted; and if so no day before it has changed."""
        before = self.stored()
        try:
            since = act(*given)
        except RuleError:
            assert self.stored().same(before)
            return False
        after = self.stored()
        for day in [START + timedelta(days=n) for n in range(0, LENGTH, 17)]:
            if day < since:
                assert before.at(day) == after.at(day)
        return True

    def stored(self) -> Stored:
        with self.database.read() as session:
            return Stored(
                [Span(*row) for row in self.kept(session, Position, Span)],
                [Scheduled(*row) for row in self.kept(session, Instalment, Scheduled)],
            )

    def kept(self, session: Session, model: Any, row_type: Any) -> Any:
        columns = [getattr(model, name) for name in row_type._fields]
        return session.execute(select(*columns).where(model.loan_id == self.loan_id))

    # what is tried; each returns the day from which on it may tell

    def pay_out(self, day: date) -> date:
        amount = self.draw(st.integers(1, 150))
        with self.database.write() as session:
            values = {"day": day, "amount": amount}
            made = save_tranche(session, self.loan_id, None, values)
        self.book.tranches[made.id] = (day, amount)
        return day

    def take_in(self, day: date) -> date:
        settles = self.draw(st.sampled_from((False, False, True)))
        amount = self.draw(st.integers(1, 120))
        if settles:
            with self.database.read() as session:
                needed = queries.settlement(session, self.loan_id, day)
            amount = needed.total if needed else amount
        values = {
            "day": day, "amount": amount, "settles": settles,
            "keeps_credit": self.draw(st.booleans()),
        }  # fmt: skip
        self.same_by_what_is_stored(values)
        with self.database.write() as session:
            made = repayment.save_payment(session, self.loan_id, None, values)
        self.book.payments[made.id] = values
        return day

    def same_by_what_is_stored(self, values: dict[str, Any]) -> None:
        """The stored position spares a look through all that is on record, and says the same."""
        with self.database.read() as session:
            quick = repayment.check_payment(session, self.loan_id, None, values)
            with mock.patch.object(queries, "last_position", return_value=None):
                assert repayment.check_payment(session, self.loan_id, None, values) == quick

    def waive(self, day: date) -> date:
        values = {"day": day, "amount": self.draw(st.integers(1, 5)), "reason": "ستاد"}
        with self.database.write() as session:
            made = repayment.save_waiver(session, self.loan_id, None, values)
        self.book.waivers[made.id] = values
        return day

    def renew(self, day: date) -> date:
        months = self.draw(st.integers(1, 5))
        first_due = add_months(day, self.draw(st.integers(1, 2)))
        values = {"since": day, **self.terms(months, 0, first_due)}
        with self.database.write() as session:
            made = repayment.save_rescheduling(session, self.loan_id, None, values)
        self.book.renewals[made.id] = values
        return day

    def correct(self, _day: date) -> date:
        """A rial of principal moved from one instalment to the next, and one more of profit."""
        with self.database.read() as session:
            rows = [
                Row(row.number, row.due_on, row.principal, row.profit)
                for row in queries.instalments(session, self.loan_id, ALWAYS)
                if row.rescheduling_id is None
            ]
        number = self.draw(st.integers(0, max(0, len(rows) - 2)))
        if len(rows) < 2:
            return ALWAYS
        one, other = rows[number : number + 2]
        given = [
            one._replace(principal=one.principal - 1, profit=one.profit + 1),
            other._replace(principal=other.principal + 1),
        ]
        with self.database.write() as session:
            corrections.save_corrections(session, self.loan_id, None, given)
            kept = queries.corrections(session, self.loan_id)
        self.book.papers = {
            each.number: Row(each.number, each.due_on, each.principal, each.profit) for each in kept
        }
        return max(day for day, _ in self.book.tranches.values())

    def undo(self, _day: date) -> date:
        """Take one of those back, by its command; its day is the first that may change."""
        kinds: list[tuple[Any, Callable[[Session, int, str], None], Callable[[Any], date]]] = [
            (self.book.payments, repayment.undo_payment, lambda values: values["day"]),
            (self.book.waivers, repayment.archive_waiver, lambda values: values["day"]),
            (self.book.renewals, repayment.archive_rescheduling, lambda values: values["since"]),
            (self.book.tranches, archive_tranche, lambda values: values[0]),
        ]
        kept, act, day_of = self.draw(st.sampled_from(kinds))
        if not kept:
            return ALWAYS
        number = self.draw(st.sampled_from(sorted(kept)))
        with self.database.write() as session:
            act(session, number, "اشتباه")
        since: date = day_of(kept.pop(number))
        return since

    def step_back(self, day: date) -> date:
        """Something is entered, and the step taken back and done again."""
        before = self.stored()
        with self.database.write() as session:
            values = {"day": day, "amount": 1, "settles": False, "keeps_credit": True}
            made = repayment.save_payment(session, self.loan_id, None, values)
        entered = session.info["changes"]
        with self.database.write() as session:
            undo.take_back(session, entered)
        taken = session.info["changes"]
        assert self.stored().same(before)
        with self.database.write() as session:
            undo.take_back(session, taken)
        self.book.payments[made.id] = values
        return day

    # what has to hold

    def check(self) -> None:
        stored = self.stored()
        days = {START - timedelta(days=1), ALWAYS, *self.draw(st.lists(DAYS, max_size=3))}
        for each in stored.spans:
            days |= {each.since, each.since - timedelta(days=1)}
        for day in sorted(days):
            self.check_day(stored, day)

    def check_day(self, stored: Stored, day: date) -> None:
        position, schedule = stored.at(day)
        facts = self.book.facts(day)
        with self.database.read() as session:
            found = queries.state(session, self.loan_id, day)
        assert (facts is None) == (position is None) == (found is None)
        if facts is None or position is None or found is None:
            assert schedule == []
            return
        cashier = Cashier(facts)
        cashier.live(day)
        unpaid = [slip for slip in cashier.slips if slip.principal + slip.profit]
        assert (position.principal, position.profit) == (
            sum(slip.principal for slip in unpaid), sum(slip.profit for slip in unpaid),
        )  # fmt: skip
        assert (position.penalty_paid, position.penalty_waived, position.credit) == (
            cashier.penalty_paid, cashier.waived, cashier.credit,
        )  # fmt: skip
        paid = sum(each.amount for each in facts.payments if each.day <= day)
        assert paid == cashier.credit + cashier.penalty_paid + (
            position.repaid_principal + position.repaid_profit
        )
        plan = facts.plans[-1]
        assert sorted(map(tuple, plan.instalments)) == [
            (row.number, row.due_on, row.principal, row.profit) for row in schedule
        ]
        if not unpaid:
            assert (position.oldest_due_on, position.oldest_paid) == (None, 0)
        else:
            whole = next(row for row in plan.instalments if row.number == unpaid[0].number)
            left = unpaid[0].principal + unpaid[0].profit
            assert position.oldest_due_on == whole.due_on
            assert position.oldest_paid == whole.principal + whole.profit - left
        assert sum(each.principal for each in found.shares) == position.repaid_principal
        for payment in facts.payments:
            shares = [sum(each[3:]) for each in found.shares if each.payment == payment.number]
            over = [each.amount for each in found.credits if each.payment == payment.number]
            told = sum(shares) + sum(over)
            assert told == (payment.amount if payment.day <= day else 0)


ACTS = (
    Story.take_in, Story.take_in, Story.take_in, Story.pay_out, Story.waive, Story.renew,
    Story.correct, Story.undo, Story.step_back,
)  # fmt: skip


def test_every_life_of_a_loan_is_as_the_clerk_counts_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: ALWAYS)
    numbers = count(1)
    accepted: dict[str, int] = {}

    @settings(max_examples=60, report_multiple_bugs=False)
    @given(st.data())
    def lives(data: st.DataObject) -> None:
        story = Story(database, data, f"کارگاه {next(numbers)}")
        for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=2, max_size=9)):
            if story.tried(act.__get__(story), data.draw(DAYS)):
                accepted[act.__name__] = accepted.get(act.__name__, 0) + 1
        story.check()

    lives()
    assert set(accepted) == {act.__name__ for act in ACTS}
    assert accepted["take_in"] > 30
    with database.read() as session:
        assert repaid.differing(session.connection()) == []
