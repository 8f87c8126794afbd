"""What holds of a loan from one day to another: its instalments, and how its repayment stood."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from db.rules.book import Book, day_of, entries
from db.rules.plans import facts_of, in_force, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.rules.plans import OnRecord, Version
    from db.rules.schedule import Instalment


class Row(NamedTuple):
    """An instalment in force from the end of `since` until the end of the day before `until`."""

    rescheduling_id: int | None
    number: int
    due_on: date
    principal: int
    profit: int
    by_paper: bool
    since: date
    until: date


class Span(NamedTuple):
    """How it stood by the end of each day from `since` until the day before `until`.

    The fields of `db.models.position`.
    """

    since: date
    until: date
    principal: int
    profit: int
    repaid_principal: int
    repaid_profit: int
    penalty_paid: int
    penalty_waived: int
    credit: int
    oldest_due_on: date | None
    oldest_paid: int
    rescheduled: bool


def rows(of: OnRecord, ending_from: date = date.min) -> list[Row]:
    """All, or those that end on a day or later; a tranche ends those whose amounts it changes."""
    return [row for row in rows_of(in_force(of)) if row.until >= ending_from]


def rows_of(known: Iterable[Version]) -> list[Row]:
    """Those of versions, each of which ends where the next one begins."""
    told: dict[tuple[int | None, Instalment, bool], Row] = {}
    ended: list[Row] = []
    for version in known:
        going, told = told, {}
        for row in version.rows:
            is_paper = row.number in version.by_paper
            key = (version.rescheduling, row, is_paper)
            since = going.pop(key).since if key in going else version.since
            told[key] = Row(version.rescheduling, *row, is_paper, since, version.until)
        ended += going.values()
    return [*ended, *told.values()]


def spans(of: OnRecord, ending_from: date = date.min) -> list[Span]:
    """In order, without a gap, from the first tranche on; or those that end on a day or later.

    As `settling.state` tells of the facts by each day: a tranche makes another schedule, by which
    all that was entered before is settled anew from its day on.
    """
    every = versions(of)
    return [
        span
        for version in every
        if version.rescheduling is None and version.until >= ending_from
        for span in _of_version(of, every, version, ending_from)
    ]


def _of_version(
    of: OnRecord, every: Sequence[Version], version: Version, ending_from: date
) -> Iterator[Span]:
    """Those that begin while the version is the newest; each ends before the day of the next."""
    known = [each for each in every if each.rescheduling or each.since <= version.since]
    facts = facts_of(of, known)
    assert facts is not None
    book, since = Book(facts), version.since
    for entry in entries(facts, version.until):
        day = day_of(entry)
        if day >= version.until:
            break
        if day > since:
            if day >= ending_from:
                yield _span(book, since, day)
            since = day
        book.enter(entry)
    yield _span(book, since, version.until)


def _span(book: Book, since: date, until: date) -> Span:
    oldest, sums = book.oldest(), book.sums
    return Span(
        since,
        until,
        sums.principal,
        sums.profit,
        sums.repaid_principal,
        sums.repaid_profit,
        sums.penalty_paid,
        sums.penalty_waived,
        sums.credit,
        oldest.due_on if oldest else None,
        oldest.paid_principal + oldest.paid_profit if oldest else 0,
        book.is_rescheduled,
    )
