"""What the loans amount to equals the sums over every loan, settled one by one in Python."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db import sample
from db.calendar import from_jalali, month_of, month_range, months_between
from db.commands import units
from db.database import Database, existing
from db.models import Payment, Tranche
from db.queries import loans, repayment
from db.queries.jobs import JobSums, jobs
from db.queries.listing import Listing, View
from db.queries.loan_sums import Sums
from db.queries.portfolio import AHEAD, Portfolio, portfolio
from tests.db.loan_work import add_loan_work
from tests.db.making import DAY, add_unit, add_visit
from tests.db.plain_lists import Plain
from tests.db.repayments import add_lent, add_payment, add_rescheduling, after

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        add_lent(session, first_due_on=None)
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
        due = [line for row in rows for line in self.due(row)]
        return Sums(
            len(rows),
            sum(row["approved_standing"] for row in rows),
            sum(row["paid"] for row in rows),
            sum(line.principal + line.profit for line in due),
            sum(row["overdue"] or 0 for row in rows),
            sum(line.paid_principal + line.paid_profit for line in lines),
            sum(row["balance"] or 0 for row in rows),
            sum(1 for row in rows if row["overdue"]),
        )

    def lines(self, row: dict[str, Any]) -> Any:
        state = self.states[row["id"]]
        return state.lines if state else ()

    def in_force(self, row: dict[str, Any]) -> list[Any]:
        """The lines of the newest plan of a loan."""
        lines = self.lines(row)
        newest = max((line.plan for line in lines), default=0)
        return [line for line in lines if line.plan == newest]

    def due(self, row: dict[str, Any]) -> list[Any]:
        """What was to be paid before the day."""
        ended = date.max
        if not any(line.left for line in self.lines(row)):
            ended = min((p.day for p in self.live(Payment, row) if p.settles), default=date.max)
        return [line for line in self.in_force(row) if line.due_on < self.day
                and line.due_on <= ended]  # fmt: skip

    def live(self, model: Any, row: dict[str, Any]) -> list[Any]:
        return [
            each
            for each in self.session.scalars(select(model).where(model.loan_id == row["id"]))
            if each.archived_on is None and each.day <= self.day
        ]

    def shares(self, name: str) -> dict[Any, Sums]:
        keys = {row[name] or "" for row in self.rows}
        return {key: self.sums([r for r in self.rows if (r[name] or "") == key]) for key in keys}

    def entries(self, model: Any) -> Counter[tuple[int, int]]:
        found: Counter[tuple[int, int]] = Counter()
        for row in self.rows:
            for each in self.live(model, row):
                found[month_of(each.day)] += each.amount
        return found

    def left(self) -> Counter[tuple[int, int]]:
        """By month, of the instalments from the day on."""
        found: Counter[tuple[int, int]] = Counter()
        for row in self.rows:
            for line in self.in_force(row):
                if line.due_on >= self.day:
                    found[month_of(line.due_on)] += line.left
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
    by_age = plain.shares("age")
    by_age.pop("", None)
    assert {each.age: each.sums for each in found.ages} == by_age
    for table in (found.banks, found.methods, found.stages, found.classes):
        assert sum(share.sums.due for share in table) == found.sums.due


def test_what_fell_due_was_collected_or_is_overdue(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    paid = sum(
        line.paid_principal + line.paid_profit for row in plain.rows for line in plain.due(row)
    )
    assert found.sums.collected == paid
    due = found.sums.due
    assert found.sums.rate == (round(100 * paid / due, 1) if due else None)
    assert sum(month.collected for month in found.months) == paid


def test_the_months_are_those_of_the_entries(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    due: Counter[tuple[int, int]] = Counter()
    late: Counter[tuple[int, int]] = Counter()
    approved: Counter[tuple[int, int]] = Counter()
    for row in plain.rows:
        for line in plain.due(row):
            due[month_of(line.due_on)] += line.principal + line.profit
            late[month_of(line.due_on)] += line.left
        if row["approved_standing"]:
            approved[month_of(row["approved_on"])] += row["approved_standing"]
    sums = approved, plain.entries(Tranche), due, late, plain.entries(Payment)
    told = {month for each in sums for month in each}
    assert [month[:2] for month in found.months] == (
        months_between(month_range(*min(told))[0], plain.day) if told else []
    )
    for month in found.months:
        assert month[2:] == tuple(each[month[:2]] for each in sums)


def test_what_is_to_come_is_what_is_unpaid(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    left = plain.left()
    assert found.inflow[0][:2] == month_of(plain.day)
    assert len(found.inflow) == AHEAD + 1
    for each in found.inflow:
        assert each.left == left[each.year, each.month]
    assert found.later == left.total() - sum(each.left for each in found.inflow)
    counted = sum(
        1
        for row in plain.rows
        for line in plain.in_force(row)
        if line.left and line.due_on >= plain.day and month_of(line.due_on) <= found.inflow[-1][:2]
    )
    assert sum(each.instalments for each in found.inflow) == counted


def test_the_classes_take_the_part_that_moves(seen: tuple[Portfolio, Settled]) -> None:
    """Of what is past due and overdue the part that fell due; of the doubtful all."""
    found, plain = seen
    for share in found.classes:
        rows = [row for row in plain.rows if row["loan_class"] == share.key]
        whole = share.key in ("current", "doubtful")
        told = sum(row["balance" if whole else "overdue"] for row in rows)
        assert told == sum(age.moved for age in found.ages if age.loan_class == share.key)


def test_loans_without_a_schedule_are_told_apart(seen: tuple[Portfolio, Settled]) -> None:
    found, plain = seen
    rows = [row for row in plain.rows if row["paid"] and row["balance"] is None]
    assert found.unscheduled == plain.sums(rows)


def test_the_jobs_are_those_of_the_units_that_were_lent_to(
    seen: tuple[Portfolio, Settled],
) -> None:
    found, plain = seen
    told = jobs(plain.session, plain.day)
    paid = [row for row in plain.rows if row["paid"]]
    assert told.sums == job_sums(paid)
    assert {each.id: each.sums for each in told.counties} == {
        county: job_sums([row for row in paid if row["county_id"] == county])
        for county in {row["county_id"] for row in paid}
    }
    made = told.sums.made
    assert told.sums.rial_per_job == (told.sums.seen_paid_out // made if made else None)
    assert found.sums.paid_out == told.sums.paid_out


def job_sums(rows: list[dict[str, Any]]) -> JobSums:
    """Each unit's jobs once, however many loans it has."""
    made = {row["unit_id"]: row["jobs_made"] for row in rows}
    seen = [row for row in rows if made[row["unit_id"]] is not None]
    lost = [row for row in rows if row["not_revived"]]
    return JobSums(
        len(made),
        len(rows),
        sum(row["paid"] for row in rows),
        sum(row["jobs_promised"] for row in rows),
        len({row["unit_id"] for row in seen}),
        sum(row["paid"] for row in seen),
        sum(row["jobs_promised"] for row in seen),
        sum(jobs for jobs in made.values() if jobs),
        len(lost),
        sum(row["paid"] for row in lost),
    )


def test_there_is_something_of_everything(made: Database) -> None:
    with made.read() as session:
        found = portfolio(session, from_jalali(DAYS[3]))
        told = jobs(session, from_jalali(DAYS[3]))
    assert min(found.sums) > 0
    assert min(told.sums) > 0
    assert {share.key for share in found.classes} >= {"current", "past_due", "overdue", ""}
    assert len(found.ages) > 5
    assert "rescheduled" in {each.age for each in found.ages}
    assert sum(each.left for each in found.inflow) > 0
    assert found.later > 0
    assert found.unscheduled.paid_out > 0


def test_an_empty_file_has_nothing(database: Database) -> None:
    with database.read() as session:
        found, told = portfolio(session, DAY), jobs(session, DAY)
    assert found.sums == Sums()
    assert found.sums.rate is None
    assert (found.months, found.banks, found.classes, found.ages) == ((), (), (), ())
    assert {each.left for each in found.inflow} == {0}
    assert (told.sums, told.counties) == (JobSums(), ())
    assert told.sums.rial_per_job is None


def test_what_was_settled_early_falls_due_no_more(database: Database) -> None:
    """Of twelve instalments two are paid, then the loan is ended: the others never fell due."""
    with database.write() as session:
        loan = add_lent(session)
        add_payment(session, loan.id, amount=2 * 1_097_500, day=after(62))
    day = after(70)
    with database.read() as session:
        rest = repayment.settlement(session, loan.id, day)
        assert rest is not None
    with database.write() as session:
        add_payment(session, loan.id, amount=rest.total, day=day, settles=True)
    with database.read() as session:
        found = portfolio(session, after(500))
    assert (found.sums.due, found.sums.rate) == (2 * 1_097_500, 100.0)
    assert found.sums.repaid == 2 * 1_097_500 + rest.principal + rest.profit
    assert [month.due for month in found.months if month.due] == [1_097_500, 1_097_500]
    assert {each.left for each in found.inflow} == {0}


def test_what_is_paid_ahead_is_not_yet_collected_of_what_fell_due(database: Database) -> None:
    with database.write() as session:
        loan = add_lent(session)
        add_payment(session, loan.id, amount=5 * 1_097_500 + 7, day=after(31))
    with database.read() as session:
        found = portfolio(session, after(40))
    assert (found.sums.due, found.sums.collected) == (1_097_500, 1_097_500)
    assert found.sums.repaid == 5 * 1_097_500 + 7
    left = [each.left for each in found.inflow if each.left]
    assert left == [1_097_500 - 7, *[1_097_500] * 6]
    assert sum(each.instalments for each in found.inflow) == 7


def test_a_rescheduled_loan_counts_by_its_new_schedule(database: Database) -> None:
    with database.write() as session:
        loan = add_lent(session)
        add_payment(session, loan.id, day=after(60), amount=1_097_500)
    with database.write() as session:
        add_rescheduling(session, loan.id)
    with database.read() as session:
        found = portfolio(session, after(240))
        state = repayment.state(session, loan.id, after(240))
    assert state is not None
    assert (found.sums.due, found.sums.overdue) == (state.overdue, state.overdue)
    assert found.sums.repaid == 1_097_500
    assert [(each.age, each.loan_class) for each in found.ages] == [("rescheduled", "past_due")]
    assert found.ages[0].moved == state.overdue


def test_a_unit_with_two_loans_has_its_jobs_once(database: Database) -> None:
    with database.write() as session:
        unit = add_unit(session, registered_on=after(0))
        for branch in ("یکم", "دوم"):
            add_lent(session, unit_id=unit.id, branch=branch, jobs_promised=6)
        add_visit(session, unit.id, day=after(90), heads=14)
    with database.read() as session:
        told = jobs(session, after(100)).sums
        rows = list(Listing(database.read, loans.SOURCE, View(as_of=after(100))).every_row())
    assert (told.units, told.loans, told.promised, told.made) == (1, 2, 12, 10)
    assert told.rial_per_job == 2_400_000
    assert [(row.jobs_made, row.rial_per_job) for row in rows] == [(10, 2_400_000)] * 2
