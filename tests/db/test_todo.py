"""What waits to be done, worked out a second way: plain Python over whole records."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db import sample
from db.calendar import from_jalali
from db.commands import units as unit_commands
from db.commands.programme import save_programme
from db.database import Database, existing
from db.models import Action, Call, JihadiGroup, Loan, Tranche, Unit, Visit
from db.queries import progress, repayment, todo
from tests.db.field_work import add_field_work
from tests.db.loan_work import add_loan_work
from tests.db.making import add_action, add_loan, add_unit, add_visit, approved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

SIZE = 200
DAYS = tuple(map(from_jalali, ("1402/01/20", "1402/05/05", "1402/10/30", "1402/11/07")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("todo") / "s.ehya"
    sample.make(path, SIZE, seed=4)
    opened = existing(path)
    with opened.write() as session:
        for unit in session.scalars(select(Unit)):
            if unit.id % 3 == 0:
                unit.first_visit_due_on = unit.registered_on + timedelta(days=unit.id)
        add_field_work(session, SIZE)
        add_loan_work(session)
        for number in range(5, SIZE, 31):
            unit_commands.archive_unit(session, number, "پایان کار")
        save_programme(session, {"applied_days": 40, "introduced_days": 25, "approved_days": 33,
                                 "contract_days": 60}, None)  # fmt: skip
    yield opened
    opened.close()


Key = tuple[str, str]
Found = dict[Key, set[tuple[int, date | None]]]


def plain(session: Session, day: date, groups: Sequence[int], counties: Sequence[int]) -> Found:
    units = {unit.id: unit for unit in session.scalars(select(Unit)) if not unit.archived_on}
    found: Found = defaultdict(set)
    friday = day
    while friday.isoweekday() != 5:
        friday += timedelta(days=1)

    def add(kind: str, number: int, unit: Unit, group_id: int | None, due: date | None) -> None:
        if (groups and group_id not in groups) or (counties and unit.county_id not in counties):
            return
        if due is None:
            found[kind, "no_day"].add((number, None))
        elif due < day:
            found[kind, "late"].add((number, due))
        elif due <= friday:
            found[kind, "week"].add((number, due))

    def by(moment: date | None) -> bool:
        return moment is not None and moment <= day

    for action in _live(session, Action):
        if action.unit_id in units and by(action.decided_on) and not by(action.done_on):
            add("action", action.id, units[action.unit_id], action.group_id, action.due_on)
    newest: dict[int, Visit] = {}
    for visit in sorted(_live(session, Visit), key=lambda v: (v.day, v.id)):
        if visit.review == "accepted" and by(visit.day):
            newest[visit.unit_id] = visit
    for unit in units.values():
        last = newest.get(unit.id)
        if last is not None and last.next_due_on is not None:
            add("visit", last.id, unit, last.group_id, last.next_due_on)
        if last is None and unit.first_visit_due_on is not None and by(unit.registered_on):
            add("first_visit", unit.id, unit, unit.group_id, unit.first_visit_due_on)
    plan = progress.programme(session)
    paid = {tranche.loan_id for tranche in _live(session, Tranche) if by(tranche.day)}
    for loan in _live(session, Loan):
        over = by(loan.rejected_on) or by(loan.withdrawn_on) or loan.id in paid
        if loan.unit_id not in units or over or not by(loan.applied_on):
            continue
        stages = ("applied", "introduced", "approved", "contract")
        since = {s: getattr(loan, f"{s}_on") for s in stages if by(getattr(loan, f"{s}_on"))}
        stage = [s for s in stages if s in since][-1]
        due = since[stage] + timedelta(days=getattr(plan, f"{stage}_days"))
        unit = units[loan.unit_id]
        add("loan", loan.id, unit, unit.group_id, due)
    for loan in _live(session, Loan):
        state = repayment.state(session, loan.id, day)
        if state is None:
            continue
        unit, again_on = units[loan.unit_id], _to_call_again(session, loan.id, day)
        oldest = min((line.due_on for line in state.lines if line.left), default=None)
        if again_on is None and oldest is not None:
            add("instalment", loan.id, unit, unit.group_id, oldest)
        elif again_on is not None and (state.overdue or again_on <= day):
            add("call", loan.id, unit, unit.group_id, again_on)
    return found


def _to_call_again(session: Session, loan_id: int, day: date) -> date | None:
    made = [c for c in _live(session, Call) if c.loan_id == loan_id and c.day <= day]
    return max(made, key=lambda call: (call.day, call.id)).again_on if made else None


def _live(session: Session, model: Any) -> list[Any]:
    return [row for row in session.scalars(select(model)) if row.archived_on is None]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("whose", ["all", "group", "county", "both"])
def test_it_is_what_the_records_say(made: Database, day: date, whose: str) -> None:
    with made.read() as session:
        groups = list(session.scalars(select(JihadiGroup.id).limit(3)))
        counties = [7, 12, 8]
        given = (groups if whose in ("group", "both") else [],
                 counties if whose in ("county", "both") else [])  # fmt: skip
        heaps = todo.tasks(session, day, *given, shown=10_000)
        told = {(h.kind, h.when): {(task.id, task.due_on) for task in h.first} for h in heaps}
        expected = plain(session, day, *given)
    assert told == expected
    for heap in heaps:
        assert heap.count == len(heap.first)
        due = [(task.due_on or task.since, task.id) for task in heap.first]
        assert due == sorted(due)
        if heap.kind not in ("action", "visit"):
            assert list(heap.ids) == [task.id for task in heap.first]


def test_the_days_bring_something_of_every_kind(made: Database) -> None:
    """Else the test above would prove little."""
    with made.read() as session:
        heaps = [heap for day in DAYS for heap in todo.tasks(session, day)]
    kinds = {(heap.kind, heap.when) for heap in heaps}
    assert {("action", when) for when in ("late", "week", "no_day")} <= kinds
    assert {
        (kind, when)
        for kind in ("visit", "loan", "call", "instalment")
        for when in ("late", "week")
    } <= kinds
    assert ("first_visit", "late") in kinds


def test_only_the_first_of_a_heap_are_fetched(made: Database) -> None:
    with made.read() as session:
        whole = {(h.kind, h.when): h for h in todo.tasks(session, DAYS[2], shown=10_000)}
        for heap in todo.tasks(session, DAYS[2], shown=3):
            every = whole[heap.kind, heap.when]
            assert heap.count == every.count
            assert list(heap.first) == list(every.first)[:3]


def test_nothing_waits_in_a_new_file(database: Database) -> None:
    with database.read() as session:
        assert todo.tasks(session, DAYS[3]) == []


def test_a_task_says_what_it_is_about(database: Database) -> None:
    day = date(2023, 6, 3)  # a Saturday
    with database.write() as session:
        group = JihadiGroup(name="گروه الف")
        session.add(group)
        session.flush()
        unit = add_unit(session, group_id=group.id, county_id=7)
        add_action(session, unit.id, due_on=date(2023, 6, 9), group_id=group.id)
        add_visit(session, unit.id, next_due_on=date(2023, 6, 2), group_id=group.id)
        add_loan(session, unit.id, **approved())
        later = add_unit(session, name="دیگری", first_visit_due_on=date(2023, 6, 10))
        add_action(session, later.id, due_on=date(2023, 6, 10))  # of the next week
    with database.read() as session:
        found = {(h.kind, h.when): h.first[0] for h in todo.tasks(session, day)}
    assert set(found) == {("action", "week"), ("visit", "late")}
    task = found["action", "week"]
    assert (task.unit, task.county, task.group) == ("کارگاه نمونه", "شیراز", "گروه الف")
    assert (task.what, task.word) == ("نامه به بانک", "action")
    assert found["visit", "late"].word == "follow_up"
    with database.read() as session:
        found = {(h.kind, h.when): h.first[0] for h in todo.tasks(session, date(2023, 6, 16))}
    # The limit of a contract is 45 days: 1 May and 45 days is 15 June.
    assert found["loan", "late"].due_on == date(2023, 6, 15)
    assert found["loan", "late"].word == "contract"
    assert found["first_visit", "late"].unit == "دیگری"
