"""Whether all that is on record of a loan's repayment can be true together.

Each entry is checked when it is entered; this is for what a later change does to the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.calendar import LAST_DAY
from db.errors import Violation
from db.rules.book import Book, entries
from db.rules.plans import facts_of, versions
from db.rules.schedule import check_instalments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.rules.plans import OnRecord, Version


def spoilt(before: OnRecord | None, after: OnRecord | None, field: str) -> list[Violation]:
    """What a change would spoil of the repayment, as complaints beside the field it is made in."""
    already = list(contradictions(before)) if before else []
    found = [each for each in contradictions(after) if each not in already] if after else []
    if before and after and not found:
        found = list(_papers_left_behind(before, after))
    return [Violation(field, each.code, each.detail) for each in found]


def contradictions(of: OnRecord) -> Iterator[Violation]:
    """Without a field: they are of the loan as a whole."""
    every = versions(of)
    days = _days(of)
    facts = facts_of(of, every)
    if facts is None:
        if days or any(of.papers.values()):
            yield Violation("", "repaid_without_schedule")
        return
    if days and min(days) < facts.plans[0].since:
        yield Violation("", "repaid_before_payout", (min(days),))
    book = Book(facts)
    for entry in entries(facts, LAST_DAY):
        book.enter(entry)
    yield from (Violation("", "rescheduling_unfitting", (plan.since,)) for plan in book.unfitting)
    yield from (Violation("", "settlement_short", (payment.day,)) for payment in book.short)
    if book.sums.credit and not of.keeps_credit:
        yield Violation("", "credit_unwanted", (book.sums.credit,))
    if any(not _fits(version) for version in every):
        yield Violation("", "papers_unfitting")


def _days(of: OnRecord) -> list[date]:
    return [
        *(each.day for each in of.payments),
        *(each.day for each in of.waivers),
        *(each.since for each in of.renewals),
    ]


def _fits(version: Version) -> bool:
    """What was overwritten is of instalments that are there, and repays the principal."""
    if not version.by_paper:
        return True
    numbers = {row.number for row in version.made}
    principal = sum(row.principal for row in version.made)
    return version.by_paper <= numbers and not list(check_instalments(version.rows, principal))


def _papers_left_behind(before: OnRecord, after: OnRecord) -> Iterator[Violation]:
    """What was overwritten stood in another schedule."""
    made = {each.rescheduling: each.made for each in versions(before)}  # the newest of each
    for version in versions(after):
        was = made.get(version.rescheduling)
        if version.by_paper and was is not None and was != version.made:
            yield Violation("", "papers_unfitting")
