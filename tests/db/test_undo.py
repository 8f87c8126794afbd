"""Taking a step back through the history: whole or not at all, and never over others' work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from db import calendar
from db.commands import loans, lookups, undo, units
from db.commands.saving import values_of
from db.database import existing
from db.errors import RuleError
from db.models import Change, JihadiGroup, Loan, Record, Unit
from tests.db.making import (
    add_loan,
    add_revival,
    add_tranche,
    add_unit,
    approved,
    loan_values,
    told,
    unit_values,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.database import Database


def step(database: Database, act: Callable[[Session], Any]) -> range:
    """The rows of the history that `act` has left."""
    with database.write() as session:
        act(session)
    changes = session.info["changes"]
    assert isinstance(changes, range)
    return changes


def back(database: Database, changes: range) -> range:
    return step(database, lambda session: undo.take_back(session, changes))


def refused(database: Database, changes: range) -> list[tuple[str, str]]:
    before = everything(database)
    with pytest.raises(RuleError) as caught:
        back(database, changes)
    assert everything(database) == before, "nothing is half undone"
    return told(caught.value.violations)


def everything(database: Database) -> list[dict[str, Any]]:
    """Every value of every record but what the program makes by itself."""
    with database.read() as session:
        return [
            {k: v for k, v in values_of(row).items() if k not in ("version", "followed_on")}
            for model in undo.MODELS.values()
            for row in session.scalars(select(model).order_by(model.id))
        ]


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as session:
        lookups.save(session, JihadiGroup, None, {"name": "گروه یکم"})
        lookups.save(session, JihadiGroup, None, {"name": "گروه دوم"})
        for number in range(4):
            add_unit(session, name=f"واحد {number}", licence_no=f"12/{number}")
        add_revival(session, 1)
        loan = add_loan(session, 1, **approved(rate=Decimal("4.50")))
        add_tranche(session, loan.id, 500)
    return database


STEPS: dict[str, Callable[[Session], Any]] = {
    "a group for three": lambda s: units.give_group(s, [1, 2, 3], 2),
    "an archive of three": lambda s: units.archive_unit(s, [1, 2, 4], "تکراری"),
    "an edit": lambda s: units.save_unit(
        s, 1, unit_values(name="نام تازه", licence_no="", nominal_capacity=Decimal("1.5"),
                          stagnant_since=date(2020, 1, 1), note="خط\nدوم"), 1),
    "an edited loan": lambda s: loans.save_loan(
        s, 1, loan_values(1, **approved(rate=Decimal("3.25"), contract_no="7")), 1),
    "an archived loan": lambda s: loans.archive_loan(s, [1], "تکراری"),
    "a flag": lambda s: lookups.save(s, JihadiGroup, 1, {"name": "گروه یکم", "active": False}),
    "two saves of one record": lambda s: [
        units.save_unit(s, 2, unit_values(name=name, licence_no="12/1")) for name in ("الف", "ب")
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_back_and_done_again(filled: Database, name: str) -> None:
    before = everything(filled)
    changes = step(filled, STEPS[name])
    after = everything(filled)
    assert after != before
    taken = back(filled, changes)
    assert everything(filled) == before
    again = back(filled, taken)
    assert everything(filled) == after
    back(filled, again)
    assert everything(filled) == before


def test_a_restored_record_goes_back_to_the_archive(filled: Database) -> None:
    step(filled, lambda s: units.archive_unit(s, [1], "تکراری"))
    before = everything(filled)
    changes = step(filled, lambda s: units.restore_unit(s, 1))
    back(filled, changes)
    assert everything(filled) == before


def test_a_new_record_is_archived_with_a_reason(filled: Database) -> None:
    changes = step(filled, lambda s: add_unit(s, name="نو", licence_no="9"))
    taken = back(filled, changes)
    with filled.read() as session:
        unit = session.scalars(select(Unit).where(Unit.name == "نو")).one()
        assert (unit.archived_on, unit.archive_reason) == (calendar.today(), undo.REASON)
    back(filled, taken)
    with filled.read() as session:
        assert session.get_one(Unit, unit.id).archived_on is None


def test_it_is_recorded_like_any_save(filled: Database) -> None:
    changes = step(filled, lambda s: units.give_group(s, [1, 2], 1))
    taken = back(filled, changes)
    with filled.read() as session:
        rows = session.scalars(select(Change).where(Change.id.in_(taken)).order_by(Change.id)).all()
        assert {(row.record, row.record_id) for row in rows} == {("unit", 1), ("unit", 2)}
        assert [row.fields for row in rows] == [{"group_id": [1, None]}] * 2
        assert session.get_one(Unit, 1).version == 3


def test_the_range_is_what_the_write_has_left(database: Database) -> None:
    assert len(step(database, lambda _: None)) == 0
    changes = step(database, lambda s: [add_unit(s, name=n) for n in ("یک", "دو")])
    with database.read() as session:
        assert [session.get_one(Change, n).record for n in changes] == ["unit", "unit"]
    assert step(database, add_unit)[0] == changes[-1] + 1


def test_it_is_refused_after_somebody_else_s_change(filled: Database) -> None:
    changes = step(filled, lambda s: units.give_group(s, [1, 2, 3], 2))
    other = existing(filled.path)
    step(other, lambda s: units.give_group(s, [2], 1))
    other.close()
    assert refused(filled, changes) == [("undo", "changed_since")]


def test_what_others_wrote_elsewhere_in_the_record_stays(filled: Database) -> None:
    changes = step(filled, lambda s: units.give_group(s, [1], 2))
    values = unit_values(name="واحد ۰ نو", licence_no="12/0", group_id=2)
    step(filled, lambda s: units.save_unit(s, 1, values))
    back(filled, changes)
    with filled.read() as session:
        unit = session.get_one(Unit, 1)
        assert (unit.name, unit.group_id) == ("واحد ۰ نو", None)


def test_a_new_record_others_have_worked_on_stays(filled: Database) -> None:
    changes = step(filled, lambda s: add_unit(s, name="نو"))
    number = 5
    step(filled, lambda s: units.save_unit(s, number, unit_values(name="نو", owner="علوی")))
    assert refused(filled, changes) == [("undo", "changed_since")]


def test_a_licence_given_meanwhile_is_not_given_twice(filled: Database) -> None:
    changes = step(filled, lambda s: units.archive_unit(s, [1, 2], "تکراری"))
    step(filled, lambda s: add_unit(s, name="جانشین", licence_no="12/1"))
    assert refused(filled, changes) == [("licence_no", "licence_taken")]


def test_a_sum_others_have_raised_is_not_broken(filled: Database) -> None:
    changes = step(filled, lambda s: loans.archive_tranche(s, 1, "اشتباه"))
    step(filled, lambda s: add_tranche(s, 1, 800))
    assert refused(filled, changes) == [("amount", "above_approved")]


def test_every_kind_of_record_can_be_looked_up() -> None:
    assert set(undo.MODELS.values()) >= {Unit, Loan, JihadiGroup}
    assert all(issubclass(model, Record) for model in undo.MODELS.values())


def test_a_bulk_entry_cannot_be_taken_back(database: Database) -> None:
    from db import history

    with database.write() as session:
        history.record_event(session.connection(), "sample", {"units": 3})
    with database.read() as session:
        number = history.newest(session)
    assert refused(database, range(number, number + 1)) == [("undo", "cannot_undo")]


# several at once


def test_an_archived_group_is_given_to_nobody(filled: Database) -> None:
    step(filled, lambda s: lookups.archive(s, JihadiGroup, 1, "منحل"))
    for group in (1, 99):
        with pytest.raises(RuleError), filled.write() as session:
            units.give_group(session, [1, 2], group)


def test_what_has_it_already_is_not_changed(filled: Database) -> None:
    step(filled, lambda s: units.give_group(s, [1], 1))
    step(filled, lambda s: units.archive_unit(s, [3], "تکراری"))
    assert len(step(filled, lambda s: units.give_group(s, [1, 2, 3], 1))) == 1
    assert len(step(filled, lambda s: units.archive_unit(s, [3, 4], "تکراری"))) == 1
