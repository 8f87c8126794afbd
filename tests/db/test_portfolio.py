"""What the loans amount to equals the sums over every loan, settled one by one in Python."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db import sample
from db.calendar import from_jalali, month_of
from db.commands import units
from db.database import Database, existing
from db.models import Payment, Tranche
from db.queries import repayment
from db.queries.portfolio import AHEAD, Portfolio, Sums, portfolio
from tests.db.loan_work import add_loan_work
from tests.db.plain_lists import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

DAYS = ("1401/06/15", "1402/03/31", "1402/09/30", "1403/02/01", "1404/06/31")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("portfolio") / "s.ehya"
    sample.make(path, 80, seed=5)
    opened = existing(path)
    with opened.write() as session:
        for number in (8, 31):
            units.archive_unit(session, number, "تکراری")
        add_loan_work(session)
    yield opened
    opened.close()


class Settled:
    """Every loan of a day: its row in the list, and its state by the rules."""

    def __init__(self, session: Session, day: date) -> None:
        self.session, self.day = session, day
        rows = Plain(session, day).loan_rows()
        self.rows = [row for row in rows if not row["archived_on"] and row["applied_on"] <= day]
        self.states = {row["id"]: repayment.state(session, row["id"], day) for row in self.rows}

    def sums(self, rows: list[dict[str, Any]]) -> Sums:
        lines = [line for row in rows for line in self.lines(row)]
        return Sums(
            len(rows),
            sum(row["approved_standing"] for row in rows),
            sum(row["paid"] for row in rows),
            sum(line.paid_principal + line.paid_profit for line in lines),
            sum(row["balance"] or 0 for row in rows),
            sum(row["overdue"] or 0 for row in rows),
            sum(1 for row in rows if row["overdue"]),
        )

    def lines(self, row: dict[str, Any]) -> Any:
        state = self.states[row["id"]]
        return state.lines if state else ()

    def in_force(self) -> Iterator[Any]:
        """The lines of the newest plan of each loan."""
        for row in self.rows:
            lines = self.lines(row)
            newest = max((line.plan for line in lines), default=0)
            yield from (line for line in lines if line.plan == newest)

    def shares(self, name: str) -> dict[Any, Sums]:
        keys = {row[name] or "" for row in self.rows}
        return {key: self.sums([r for r in self.rows if (r[name] or "") == key]) for key in keys}

    def entries(self, model: Any) -> Counter[tuple[int, int]]:
        of = {row["id"] for row in self.rows}
        found: Counter[tuple[int, int]] = Counter()
        for each in self.session.scalars(select(model)):
            if each.loan_id in of and each.archived_on is None and each.day <= self.day:
                found[month_of(each.day)] += each.amount
        return found


@pytest.fixture(params=DAYS)
def seen(request: pytest.FixtureRequest, made: Database) -> Iterator[tuple[Portfolio, Settled]]:
    day = from_jalali(request.param)
    with made.read() as session:
        yield portfolio(session, day), Settled(session, day)


def test_each_table_is_the_sum_of_its_loans(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    assert found.sums == plain.sums(plain.rows)
    assert {share.key: share.sums for share in found.banks} == plain.shares("bank_id")
    assert {share.key: share.sums for share in found.methods} == plain.shares("method")
    assert {share.key: share.sums for share in found.stages} == plain.shares("stage")
    assert {share.key: share.sums for share in found.classes} == plain.shares("loan_class")
    for table in (found.banks, found.methods, found.stages, found.classes):
        assert sum(share.sums.outstanding for share in table) == found.sums.outstanding


def test_the_months_are_those_of_the_entries(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    due: Counter[tuple[int, int]] = Counter()
    late: Counter[tuple[int, int]] = Counter()
    for line in plain.in_force():
        if line.due_on <= plain.day:
            due[month_of(line.due_on)] += line.principal + line.profit
        if line.due_on < plain.day:
            late[month_of(line.due_on)] += line.left
    out, paid = plain.entries(Tranche), plain.entries(Payment)
    assert len(found.months) == AHEAD
    assert found.months[-1][:2] == month_of(plain.day)
    for month in found.months:
        key = month.year, month.month
        assert (month.paid_out, month.collected) == (out[key], paid[key])
        assert (month.due, month.overdue) == (due[key], late[key])


def test_what_is_to_come_is_what_is_unpaid(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    left: Counter[tuple[int, int]] = Counter()
    for line in plain.in_force():
        if line.due_on >= plain.day:
            left[month_of(line.due_on)] += line.left
    assert next((each.year, each.month) for each in found.inflow) == month_of(plain.day)
    assert {(each.year, each.month): each.left for each in found.inflow} == {
        (each.year, each.month): left[each.year, each.month] for each in found.inflow
    }


def test_the_rate_is_what_was_paid_of_what_fell_due(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    due = [line for line in plain.in_force() if line.due_on < plain.day]
    whole = sum(line.principal + line.profit for line in due)
    assert found.due == whole
    left = sum(line.left for line in due)
    expected = round(100 * (whole - left) / whole, 1) if whole else None
    assert found.collection_rate == expected


def test_the_jobs_are_those_of_the_units_that_were_lent_to(
    seen: tuple[Portfolio, Settled],
) -> None:
    found, plain = seen
    paid = [row for row in plain.rows if row["paid"]]
    made = {row["unit_id"]: row["jobs_made"] or 0 for row in paid}
    jobs = found.jobs
    assert tuple(jobs) == (
        sum(row["jobs_promised"] for row in paid),
        sum(made.values()),
        sum(1 for row in paid if row["not_revived"]),
        sum(row["paid"] for row in paid),
    )
    assert jobs.rial_per_job == (jobs.paid_out // jobs.made if jobs.made else None)


def test_there_is_something_of_everything(made: Database) -> None:
    with made.read() as session:
        found = portfolio(session, from_jalali(DAYS[3]))
    assert min(found.sums) > 0
    assert min(found.jobs) > 0
    assert {share.key for share in found.classes} >= {"current", "past_due", "overdue", ""}
    assert sum(each.left for each in found.inflow) > 0
