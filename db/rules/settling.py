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
from typing import TYPE_CHECKING

from db.rules.book import Book, entries
from db.rules.repayment import Plan
from db.rules.schedule import instalments

if TYPE_CHECKING:
    from datetime import date

    from db.rules.repayment import Facts, Payment, Settlement, State
    from db.rules.schedule import GraceProfit, Method, Rate


def state(facts: Facts, as_of: date) -> State:
    """How the loan stands by the end of a day, every entry of that day counted."""
    return _book(facts, as_of).state()


def settlement(facts: Facts, day: date) -> Settlement:
    """What would end the loan on a day, after the entries of that day that are on record."""
    return _book(facts, day).settlement()


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
    """Rial more that would be left over, in the end, of payments that do not keep their credit.

    A payment of a past day counts with those that came after it.
    """
    last = max([payment.day, *(each.day for each in facts.payments)])
    more = replace(facts, payments=[*facts.payments, payment])
    return max(0, _unkept(more, last) - _unkept(facts, last))


def _unkept(facts: Facts, day: date) -> int:
    kept = {payment.number for payment in facts.payments if payment.keeps_credit}
    return sum(each.amount for each in state(facts, day).credits if each.payment not in kept)


def _book(facts: Facts, day: date) -> Book:
    book = Book(facts)
    for entry in entries(facts, day):
        book.enter(entry)
    book.go_to(day)
    return book
