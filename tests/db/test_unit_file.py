"""The file of a unit: every day of every record once, in order, and none that is yet to come."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db import calendar
from db.commands import documents, saving
from db.models import (
    Action,
    Document,
    Loan,
    Obstacle,
    Payment,
    Rescheduling,
    Revival,
    Standing,
    Tranche,
    Unit,
    Visit,
    Waiver,
)
from db.queries import changes, unit_file
from db.queries.unit_file import EVENTS, KINDS, Entry
from tests.db.making import DAY, add_unit
from tests.db.rich_unit import LAST, add_rich_unit, day

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from db.database import Database


@pytest.fixture
def rich(database: Database) -> int:
    with database.write() as session:
        add_unit(session, name="واحد دیگری که در پرونده نیست")
        return add_rich_unit(session)


def read(database: Database, unit_id: int, as_of: date | None = None) -> list[Entry]:
    with database.read() as session:
        return unit_file.entries(session, unit_id, as_of)


def plain(session: Session, unit_id: int) -> set[tuple[date, str, int]]:
    """(day, event, id) of all, a second way: from the columns of whole records."""
    days: dict[Any, dict[str, str]] = {
        Unit: {"stagnant_since": "stagnant_since", "registered_on": "registered"},
        Visit: {"day": "visit"},
        Obstacle: {"found_on": "obstacle_found", "removed_on": "obstacle_removed"},
        Action: {"decided_on": "action_decided", "done_on": "action_done"},
        Loan: {f"{step}_on": f"loan_{step}" for step in
               ("applied", "introduced", "approved", "contract", "rejected", "withdrawn")},
        Tranche: {"day": "tranche"},
        Payment: {"day": "payment"},
        Waiver: {"day": "waiver"},
        Rescheduling: {"since": "rescheduling"},
        Revival: {"returned_on": "returned", "stopped_on": "stopped"},
        Document: {"day": "document"},
    }  # fmt: skip
    found = set()
    every = session.scalars(select(Loan)).all()
    loans = {x.id for x in every if x.unit_id == unit_id and x.archived_on is None}
    for model, columns in days.items():
        for row in session.scalars(select(model)):
            owner = row.id if model is Unit else getattr(row, "unit_id", None)
            of_loan = hasattr(row, "loan_id") and model is not Document
            own = row.loan_id in loans if of_loan else owner == unit_id
            if own and row.archived_on is None:
                for column, event in columns.items():
                    on = getattr(row, column)
                    if on is None and model is Document:
                        on = calendar.today()  # it was added today
                    number = row.loan_id if of_loan else row.id
                    found |= {(on, event, number)} if on else set()
    return found


def test_every_day_of_every_record_is_told_once(database: Database, rich: int) -> None:
    found = read(database, rich)
    with database.read() as session:
        expected = plain(session, rich)
    told = [(e.day, e.event, e.record_id) for e in found if e.event != "stage"]
    assert set(told) == expected
    assert len(told) == len(expected)
    assert {e.event for e in found} == set(EVENTS) - {"loan_withdrawn"}
    assert {e.kind for e in found} == set(KINDS)
    assert [e.day for e in found] == sorted(e.day for e in found)


def test_the_stages_are_those_of_the_standing(database: Database, rich: int) -> None:
    with database.read() as session:
        rows = session.scalars(
            select(Standing).where(Standing.unit_id == rich).order_by(Standing.since)
        ).all()
    stages = [(row.since, row.stage) for row in rows]
    changed = [now for before, now in pairwise(stages) if before[1] != now[1]]
    told = [e for e in read(database, rich) if e.event == "stage"]
    assert [(e.day, e.facts["stage"]) for e in told] == changed
    assert [e.facts["stage"] for e in told] == [
        "visited", "diagnosed", "in_support", "claimed", "counted", "stopped", "counted"
    ]  # fmt: skip


def test_a_day_is_told_in_the_order_of_its_causes(database: Database, rich: int) -> None:
    on = [e.event for e in read(database, rich) if e.day == day("03/02")]
    assert on == ["visit", *["obstacle_found"] * 3, "stage"]


@pytest.mark.parametrize("back", [0, 1, 30, 90, 150, 200, 260, 400, 2000])
def test_what_had_not_happened_is_left_out(database: Database, rich: int, back: int) -> None:
    limit = LAST - timedelta(days=back)
    every = read(database, rich)
    assert read(database, rich, limit) == [e for e in every if e.day <= limit]


def test_what_is_archived_is_gone(database: Database, rich: int) -> None:
    before = read(database, rich)
    with database.write() as session:
        for model in (Visit, Obstacle, Action, Loan, Revival, Document):
            first = session.scalars(select(model).where(model.unit_id == rich)).first()
            assert first is not None
            saving.archive(session, model, first.id, "آزمون")
    after = read(database, rich)
    with database.read() as session:
        expected = plain(session, rich)
    assert {(e.day, e.event, e.record_id) for e in after if e.event != "stage"} == expected
    assert len(after) < len(before) - 8


def test_facts_say_the_values_and_nothing_empty(database: Database, rich: int) -> None:
    found = {(e.event, e.day): e.facts for e in read(database, rich)}
    returned = found["visit", day("07/01")]
    assert (returned["review"], returned["return_reason"]) == (
        "returned",
        "شمار شاغلان نوشته نشده",
    )
    assert found["visit", day("03/02")]["exercise"] == "رزمایش نخست صنعت و معدن"
    assert found["tranche", day("05/28")] == {
        "bank": "سپه", "amount": 4_000_000_000, "number": 2
    } | {"bank": found["tranche", day("05/28")]["bank"]}  # fmt: skip
    assert found["stopped", day("10/01")] == {"stop_reason": "قطعی گاز زمستان"}
    removed = found["obstacle_removed", day("05/30")]
    assert removed["removed_by"] == "بانک سپه"
    assert "agency" not in removed


def test_the_file_of_a_unit_of_which_nothing_is_known_yet(database: Database) -> None:
    with database.write() as session:
        number = add_unit(session).id
    assert [(e.event, e.day) for e in read(database, number)] == [("registered", DAY)]


def test_the_changes_of_all_that_is_the_units(database: Database, rich: int) -> None:
    with database.write() as session:
        document = session.scalars(select(Document).where(Document.unit_id == rich)).first()
        assert document is not None
        documents.save(session, document.id, {"title": "پروانهٔ تازه"})
    with database.read() as session:
        found = changes.of_unit(session, rich)
    assert found[0].record == "document"
    assert found[0].fields == {"title": ["پروانهٔ بهره‌برداری", "پروانهٔ تازه"]}
    assert {change.record for change in found} == {
        "unit", "visit", "obstacle", "action", "loan", "tranche", "payment", "waiver",
        "rescheduling", "revival", "document",
    }  # fmt: skip
