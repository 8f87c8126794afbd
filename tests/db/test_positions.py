"""The spans of a loan say of every day what the settling of that day's facts says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from db.calendar import LAST_DAY, add_months, from_jalali
from db.rules.plans import OnRecord, Renewal, Terms, facts, versions
from db.rules.positions import Row, Span, rows, spans
from db.rules.repayment import Payment, Waiver
from db.rules.schedule import GRACE_PROFITS, METHODS, Instalment
from db.rules.settling import settlement, state

if TYPE_CHECKING:
    from collections.abc import Iterable

START = from_jalali("1402/09/30")  # the leap year 1403 begins among the instalments
LENGTH = 400
DAYS = st.integers(0, LENGTH).map(lambda number: START + timedelta(days=number))
SAMPLED = [START + timedelta(days=number) for number in (-1, *range(0, LENGTH + 400, 3))]


@st.composite
def terms(draw: st.DrawFn, since: date) -> Terms:
    months = draw(st.integers(1, 9))
    grace = draw(st.integers(0, min(3, months - 1)))
    return Terms(
        draw(st.sampled_from(METHODS)), draw(st.sampled_from((1, 18, 100))), months,
        add_months(since, 1 + grace), grace, draw(st.sampled_from(GRACE_PROFITS)),
        draw(st.sampled_from((6, 180, 700))),
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> OnRecord:
    """A loan paid out in up to three tranches, with payments and waivers, rescheduled or not."""
    of = draw(terms(START))
    last = (add_months(of.first_due or START, of.months - 1) - START).days
    amounts = st.integers(1, 200)
    days = [0, *draw(st.lists(st.integers(0, last), max_size=2))]
    tranches = [(START + timedelta(days=day), draw(amounts)) for day in days]
    paid_on = draw(st.lists(DAYS, max_size=6))
    ends = st.sampled_from((False, False, True))
    payments = [Payment(n, day, draw(amounts), draw(ends)) for n, day in enumerate(paid_on, 1)]
    waivers = draw(st.lists(st.builds(Waiver, DAYS, st.integers(1, 15)), max_size=2))
    record = OnRecord(of, tranches, payments=payments, waivers=waivers)
    since = max(draw(DAYS), *(day for day, _ in tranches))
    known = facts(record, since)
    assert known is not None
    rest = settlement(known, since)
    if draw(st.booleans()) and rest.principal:
        renewal = Renewal(7, since, draw(terms(since)), rest.principal, rest.profit)
        record = replace(record, renewals=[renewal])
    return record


def holding(spans: Iterable[Span], day: date) -> Span | None:
    found = [span for span in spans if span.since <= day < span.until]
    assert len(found) <= 1
    return found[0] if found else None


@given(records())
def test_every_day_is_as_it_was_settled(record: OnRecord) -> None:
    told = spans(record)
    assert told[0].since == START
    assert told[-1].until == LAST_DAY
    assert all(one.until == other.since for one, other in pairwise(told))
    made = rows(record)
    for day in SAMPLED:
        known, span = facts(record, day), holding(told, day)
        assert (known is None) == (span is None)
        if known is None or span is None:
            continue
        found = state(known, day)
        lines = [line for line in found.lines if line.left]
        oldest = lines[0] if lines else None
        assert span[2:9] == (
            found.balance_principal, found.balance - found.balance_principal,
            sum(share.principal for share in found.shares),
            sum(share.profit for share in found.shares),
            found.penalty_paid, found.penalty_waived, found.credit,
        )  # fmt: skip
        assert span.oldest_due_on == (oldest.due_on if oldest else None)
        assert span.oldest_paid == (oldest.paid_principal + oldest.paid_profit if oldest else 0)
        in_force = [row for row in made if row.since <= day < row.until]
        newest = [line for line in found.lines if line.plan == len(known.plans) - 1]
        assert sorted(row[1:5] for row in in_force) == sorted(
            (line.number, line.due_on, line.principal, line.profit) for line in newest
        )
        assert overdue(in_force, span, day) == found.overdue


def overdue(in_force: Iterable[Row], span: Span, day: date) -> int:
    """As a query sums it."""
    first = span.oldest_due_on
    if first is None or first >= day:
        return 0
    late = [row for row in in_force if first <= row.due_on < day]
    return sum(row.principal + row.profit for row in late) - span.oldest_paid


@given(records(), DAYS)
def test_what_comes_later_changes_no_past_day(record: OnRecord, day: date) -> None:
    by_then = replace(
        record,
        tranches=[each for each in record.tranches if each[0] <= day],
        renewals=[each for each in record.renewals if each.since <= day],
        payments=[each for each in record.payments if each.day <= day],
        waivers=[each for each in record.waivers if each.day <= day],
    )
    was, told = holding(spans(by_then), day), holding(spans(record), day)
    assert was is not None
    assert told is not None
    assert was._replace(until=told.until) == told
    assert {row[:-1] for row in rows(by_then) if row.since <= day < row.until} == {
        row[:-1] for row in rows(record) if row.since <= day < row.until
    }


FIRST_DUE = from_jalali("1402/11/01")
FLAT = Terms("flat_2400", 18, 12, FIRST_DUE, 0, "separate", 6)


def test_a_later_tranche_ends_only_what_it_changes() -> None:
    first, second = from_jalali("1402/10/01"), from_jalali("1403/02/15")
    record = OnRecord(FLAT, [(first, 12_000), (second, 7_000)])
    made = rows(record)
    ended = [row for row in made if row.until == second]
    begun = [row for row in made if row.since == second]
    assert [row.number for row in ended] == [row.number for row in begun] == list(range(6, 13))
    assert [row.number for row in made if (row.since, row.until) == (first, LAST_DAY)] == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip
    assert sum(row.principal for row in made if row.until == LAST_DAY) == 19_000


def test_the_banks_paper_stands_in_the_newest_version() -> None:
    first, second = from_jalali("1402/10/01"), from_jalali("1403/02/15")
    record = OnRecord(FLAT, [(first, 12_000), (second, 7_000)])
    old = versions(record)[-1].rows[2]
    paper = old._replace(profit=old.profit + 5)
    corrected = replace(record, papers={None: [paper]})
    third = [row for row in rows(corrected) if row.number == 3]
    assert [(row.profit, row.by_paper, row.since) for row in third] == [
        (old.profit, False, first),
        (old.profit + 5, True, second),
    ]


def test_a_rescheduling_ends_every_row_and_adds_its_own() -> None:
    first, since = from_jalali("1402/10/01"), from_jalali("1403/02/15")
    record = OnRecord(FLAT, [(first, 12_000)])
    known = facts(record, since)
    assert known is not None
    rest = settlement(known, since)
    new = FLAT._replace(first_due=from_jalali("1403/04/01"), months=6)
    renewal = Renewal(3, since, new, rest.principal, rest.profit)
    paper = Instalment(2, from_jalali("1403/05/02"), 1, 2)
    made = rows(replace(record, renewals=[renewal], papers={3: [paper]}))
    assert {row.until for row in made if row.rescheduling_id is None} == {since}
    assert {(row.since, row.until) for row in made if row.rescheduling_id} == {(since, LAST_DAY)}
    assert [row[1:6] for row in made if row.by_paper] == [(*paper, True)]


def test_what_no_schedule_can_be_made_of_has_no_rows() -> None:
    first = from_jalali("1402/10/01")
    impossible = OnRecord(FLAT._replace(rate=0), [(first, 12_000)])
    late = OnRecord(FLAT, [(add_months(FIRST_DUE, 12), 12_000)])
    for record in (impossible, late, OnRecord(FLAT, [])):
        assert (rows(record), spans(record), facts(record, LAST_DAY)) == ([], [], None)
