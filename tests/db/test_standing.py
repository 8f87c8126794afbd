"""The stored standings keep up with every record: on commit, not on rollback, for both units."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from db import standing
from db.commands import saving
from db.commands.programme import save_programme
from db.commands.units import archive_unit, restore_unit, save_revival
from db.commands.visits import save_visit, stop
from db.models import (
    Action,
    Change,
    Content,
    Document,
    Loan,
    Obstacle,
    Revival,
    Standing,
    Unit,
    Visit,
)
from db.queries import progress
from tests.db.field_work import add_field_work
from tests.db.making import (
    DAY,
    add_action,
    add_loan,
    add_obstacle,
    add_revival,
    add_unit,
    add_visit,
    visit_values,
)
from tests.db.plain_standing import Standings

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.database import Database
    from db.models.base import Record

REGISTERED = DAY - timedelta(days=60)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def add_document(session: Session, unit_id: int, **values: Any) -> Document:
    data = f"{unit_id} {values}".encode()
    content = Content(sha256=hashlib.sha256(data).hexdigest(), size=len(data), data=data)
    session.add(content)
    session.flush()
    given = {
        "unit_id": unit_id,
        "kind": "insured_list",
        "title": "بیمه",
        "file_name": "b.txt",
        "sha256": content.sha256,
        "day": DAY,
        "capacity": 60,
    }
    return saving.assign(session, Document(), {**given, **values})


@pytest.fixture
def unit_id(database: Database) -> int:
    with database.write() as session:
        return add_unit(session, registered_on=REGISTERED).id


def stage(database: Database, unit_id: int) -> str | None:
    """By the last day of all; and the stored rows are what the records say."""
    with database.read() as session:
        assert standing.differing(session.connection()) == []
        query = select(Standing.stage).where(
            Standing.unit_id == unit_id, Standing.until == date.max
        )
        return session.scalars(query).one_or_none()


def spans(database: Database, unit_id: int) -> list[tuple[date, str]]:
    with database.read() as session:
        query = select(Standing.since, Standing.stage).where(Standing.unit_id == unit_id)
        return [(row.since, row.stage) for row in session.execute(query.order_by(Standing.since))]


@dataclass(frozen=True)
class Kind:
    """A record, the stage of a unit that has it, and of one that has it no longer."""

    model: type[Record]
    add: Callable[[Session, int], Any]
    reached: str
    without: str = "registered"
    returned: bool = False


KINDS = {
    "visit": Kind(Visit, lambda s, u: add_visit(s, u, kind="monitoring"), "visited"),
    "diagnosis": Kind(Visit, lambda s, u: add_visit(s, u, kind="deep_diagnosis"), "diagnosed"),
    "obstacle": Kind(Obstacle, add_obstacle, "diagnosed"),
    "action": Kind(Action, add_action, "in_support"),
    "loan": Kind(Loan, add_loan, "in_support"),
    "return": Kind(Revival, add_revival, "claimed"),
    "follow-up": Kind(Visit, add_visit, "counted", "claimed", returned=True),
    "document": Kind(Document, add_document, "counted", "claimed", returned=True),
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_record_changes_the_standing_on_commit(
    database: Database, unit_id: int, kind: Kind
) -> None:
    if kind.returned:
        with database.write() as session:
            add_revival(session, unit_id)
    assert stage(database, unit_id) == kind.without
    with database.write() as session:
        record_id = kind.add(session, unit_id).id
    assert stage(database, unit_id) == kind.reached
    assert spans(database, unit_id)[-1] == (DAY, kind.reached)
    with database.write() as session:
        saving.archive(session, kind.model, record_id, "اشتباه بود")
    assert stage(database, unit_id) == kind.without
    with database.write() as session:
        saving.restore(session, kind.model, record_id)
    assert stage(database, unit_id) == kind.reached


class TakenBack(Exception):  # noqa: N818 - nothing went wrong
    """A form that is closed without saving."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_rollback_leaves_the_standing(database: Database, unit_id: int, kind: Kind) -> None:
    if kind.returned:
        with database.write() as session:
            add_revival(session, unit_id)
    before = spans(database, unit_id)
    with pytest.raises(TakenBack):
        take_back(database, kind, unit_id)
    assert spans(database, unit_id) == before
    assert stage(database, unit_id) == kind.without


def take_back(database: Database, kind: Kind, unit_id: int) -> None:
    with database.write() as session:
        kind.add(session, unit_id)
        standing.settle(session)
        raise TakenBack


def test_a_savepoint_taken_back_forgets_no_other_unit(database: Database, unit_id: int) -> None:
    with database.write() as session:
        add_obstacle(session, unit_id)
        nested = session.begin_nested()
        add_action(session, unit_id)
        other = add_unit(session, name="کارگاه دیگر").id
        nested.rollback()
    assert stage(database, unit_id) == "diagnosed"
    assert stage(database, other) is None


def test_only_an_accepted_visit_counts(database: Database, unit_id: int) -> None:
    with database.write() as session:
        visit = add_visit(session, unit_id, kind="monitoring", review="draft")
    assert stage(database, unit_id) == "registered"
    for review, reached in (("accepted", "visited"), ("returned", "registered")):
        values = visit_values(unit_id, kind="monitoring", review=review, return_reason="عکس ندارد")
        with database.write() as session:
            save_visit(session, visit.id, values)
        assert stage(database, unit_id) == reached


def test_the_programme_stands_all_anew(database: Database, unit_id: int) -> None:
    with database.write() as session:
        other = add_unit(session, registered_on=REGISTERED, name="دوم").id
        for number in (unit_id, other):
            add_revival(session, number, shown=True)
            add_visit(session, number, day=after(70))
    assert [stage(database, number) for number in (unit_id, other)] == ["counted"] * 2
    change(database, follow_up_months=2)
    assert [stage(database, number) for number in (unit_id, other)] == ["sustained"] * 2
    change(database, revived_capacity=61)
    assert [stage(database, number) for number in (unit_id, other)] == ["claimed"] * 2


def test_another_title_stands_nothing_anew(
    database: Database, unit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[Any] = []
    monkeypatch.setattr(standing, "rebuild", called.append)
    monkeypatch.setattr(standing, "refresh", lambda *given: called.append(given))
    change(database, title="برنامهٔ دیگر", monitoring_days=40)
    assert called == []
    change(database, revived_capacity=70)
    assert len(called) == 1


def change(database: Database, **values: Any) -> None:
    with database.write() as session:
        save_programme(session, values, progress.programme(session).version)


def test_an_archived_unit_has_no_standing(database: Database, unit_id: int) -> None:
    with database.write() as session:
        archive_unit(session, unit_id, "دو بار ثبت شده بود")
    assert stage(database, unit_id) is None
    assert spans(database, unit_id) == []
    with database.write() as session:
        add_visit(session, unit_id)
    assert spans(database, unit_id) == []
    with database.write() as session:
        restore_unit(session, unit_id)
    assert [told for _, told in spans(database, unit_id)] == ["registered", "visited"]


def test_a_unit_registered_earlier_stands_from_that_day(database: Database, unit_id: int) -> None:
    with database.write() as session:
        session.get_one(Unit, unit_id).registered_on = REGISTERED - timedelta(days=9)
    assert spans(database, unit_id) == [(REGISTERED - timedelta(days=9), "registered")]
    assert stage(database, unit_id) == "registered"


def test_a_moved_visit_stands_both_units_anew(database: Database, unit_id: int) -> None:
    with database.write() as session:
        other = add_unit(session, registered_on=REGISTERED, name="دوم").id
        visit = add_visit(session, unit_id)
        add_visit(session, other, day=after(5))
        add_visit(session, unit_id, day=after(9))
    assert followed(database, visit.id) == after(9)
    with database.write() as session:
        save_visit(session, visit.id, visit_values(other), visit.version)
    assert spans(database, unit_id)[-1] == (after(9), "visited")
    assert spans(database, other)[-1] == (DAY, "visited")
    assert stage(database, unit_id) == stage(database, other) == "visited"
    assert followed(database, visit.id) == after(5)


def followed(database: Database, visit_id: int) -> date | None:
    with database.read() as session:
        return session.get_one(Visit, visit_id).followed_on


def test_each_visit_knows_the_accepted_one_that_followed(database: Database, unit_id: int) -> None:
    with database.write() as session:
        first, last = (add_visit(session, unit_id, day=after(day)).id for day in (0, 20))
    with database.write() as session:
        draft = add_visit(session, unit_id, day=after(10), review="draft").id
        add_visit(session, add_unit(session, name="دوم").id, day=after(3))
    assert [followed(database, each) for each in (first, draft, last)] == [after(20), None, None]
    with database.write() as session:
        save_visit(session, draft, visit_values(unit_id, day=after(10)))
    assert [followed(database, each) for each in (first, draft, last)] == [
        after(10), after(20), None,
    ]  # fmt: skip
    with database.write() as session:
        saving.archive(session, Visit, last, "اشتباه بود")
    assert [followed(database, each) for each in (first, draft)] == [after(10), None]
    with database.write() as session:
        save_visit(session, first, visit_values(unit_id, day=after(30)))
    assert [followed(database, each) for each in (first, draft)] == [None, after(30)]
    assert stage(database, unit_id) == "visited"


def test_being_followed_is_no_change_of_the_visit(database: Database, unit_id: int) -> None:
    with database.write() as session:
        first = add_visit(session, unit_id)
    with database.write() as session:
        add_visit(session, unit_id, day=after(20))
    with database.read() as session:
        assert session.get_one(Visit, first.id).version == first.version == 1
        told = select(func.count()).where(Change.record == "visit", Change.record_id == first.id)
        assert session.scalar(told) == 1


def test_a_stop_that_a_visit_showed_keeps_the_count(database: Database, unit_id: int) -> None:
    with database.write() as session:
        add_revival(session, unit_id, shown=True)
        visit = add_visit(session, unit_id, day=after(40), state_seen="stagnant", capacity=0)
    assert stage(database, unit_id) == "claimed"
    with database.write() as session:
        stop(session, visit.id)
    assert stage(database, unit_id) == "stopped"
    with database.read() as session:
        last = select(Standing).where(Standing.until == date.max)
        row = session.scalars(last).one()
        assert (row.counted, row.missing, row.stopped_on) == (True, "", after(40))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE standing SET stage = 'counted'",
        "UPDATE standing SET until = '2023-09-01'",
        "DELETE FROM standing",
        "UPDATE visit SET followed_on = '2023-09-01'",
        "UPDATE visit SET state_seen = 'active', kind = 'deep_diagnosis'",
        "UPDATE unit SET archived_on = '2023-09-01'",
    ],
)
def test_what_differs_is_found_and_rebuilt(
    database: Database, unit_id: int, tampering: str
) -> None:
    with database.write() as session:
        add_visit(session, unit_id, kind="monitoring")
        other = add_unit(session, name="دوم").id
    with database.engine.begin() as connection:
        connection.execute(text(f"{tampering} WHERE 1"))
        wrong = standing.differing(connection)
        assert unit_id in wrong
        assert set(wrong) <= {unit_id, other}
        standing.rebuild(connection)
        assert standing.differing(connection) == []


def test_many_changes_of_all_kinds_stand_as_a_second_way_tells(database: Database) -> None:
    dice = Random(11)
    with database.write() as session:
        for number in range(40):
            unit = add_unit(
                session, name=f"کارگاه {number}", registered_on=after(dice.randrange(60))
            )
            if dice.random() < 0.6:
                first = unit.registered_on + timedelta(days=dice.randrange(90))
                revival = add_revival(
                    session, unit.id, returned_on=first, jobs_after=dice.choice((0, 5, 9))
                )
                if dice.random() < 0.4:
                    revival.stopped_on = first + timedelta(days=dice.randrange(120))
                add_document(session, unit.id, day=first + timedelta(days=dice.randrange(99)))
                for day in sorted(dice.randrange(200) for _ in range(4)):
                    add_visit(session, unit.id, day=first + timedelta(days=day),
                              state_seen=dice.choice(("active", "active", "stagnant")))  # fmt: skip
        add_field_work(session, 40)
    compare(database)
    for _ in range(60):
        try:
            with database.write() as session:
                shake(session, dice)
                if dice.random() < 0.2:
                    raise TakenBack
        except TakenBack:
            pass
    compare(database)


def shake(session: Session, dice: Random) -> None:
    """Archive, bring back or move a record to another day or unit."""
    model: Any = dice.choice((Visit, Visit, Obstacle, Action, Revival, Document))
    record = session.get_one(model, dice.choice(session.scalars(select(model.id)).all()))
    if dice.random() < 0.4:
        record.archived_on = None if record.archived_on else DAY
    elif model is Visit:
        record.unit_id = dice.randrange(1, 41)
        record.review = dice.choice(("accepted", "draft"))
    elif model is Revival:
        save_revival(
            session, record.unit_id, record.id, {**saving.values_of(record), "jobs_after": 3}
        )
    else:
        record.unit_id = dice.randrange(1, 41)


def compare(database: Database) -> None:
    with database.read() as session:
        assert standing.differing(session.connection()) == []
        plain = Standings(session, progress.programme(session))
        rows = session.scalars(select(Standing)).all()
        stages = set()
        for day in (after(each) for each in range(0, 420, 7)):
            stood = {row.unit_id: row for row in rows if row.since <= day < row.until}
            for number in range(1, 41):
                told, row = plain.by(number, day), stood.get(number)
                assert (told is None) == (row is None)
                if told is not None:
                    assert tuple(told) == tuple(getattr(row, name) for name in told._fields)
                    stages.add(told.stage)
        assert len(stages) == 8
