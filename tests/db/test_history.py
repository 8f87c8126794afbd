"""Every save leaves a row with from and to, in a chain that shows what was done to it later."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, delete, insert, select, text, update

from db import calendar, history, models
from db.commands import documents, exercises, loans, lookups, saving, units, volunteers
from db.errors import DatabaseProblem, RuleError
from db.history import UnseenWrite
from db.models import (
    Agency,
    Base,
    Change,
    County,
    JihadiGroup,
    Loan,
    Record,
    Revival,
    Tranche,
    Unit,
)
from db.queries import changes
from tests.db.making import (
    DAY,
    add_action,
    add_loan,
    add_obstacle,
    add_revival,
    add_tranche,
    add_unit,
    add_visit,
    approved,
    loan_values,
    unit_values,
)
from tests.db.repayments import (
    add_call,
    add_correction,
    add_lent,
    add_payment,
    add_rescheduling,
    add_waiver,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.database import Database


def rows(database: Database) -> list[Change]:
    """What the history has of records that were saved by the test."""
    with database.read() as session:
        query = select(Change).where(Change.id > seeded(session)).order_by(Change.id)
        return list(session.scalars(query))


def seeded(session: Session) -> int:
    """The last row a new file comes with."""
    new = select(Change.id).where(Change.record == "programme").order_by(Change.id)
    return session.scalars(new).first() or 0


def table(model: type[Base]) -> Table:
    assert isinstance(model.__table__, Table)
    return model.__table__


def saved(database: Database, do: Callable[[Session], Any]) -> list[tuple[str, str, Any]]:
    """(record, operation, fields) that one write left."""
    before = len(rows(database))
    with database.write() as session:
        do(session)
    return [(row.record, row.operation, row.fields) for row in rows(database)[before:]]


def broken(database: Database) -> int | None:
    with database.read() as session:
        return history.first_broken(session.connection())


def tamper(database: Database, *statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


# what is written


def test_an_insert_tells_what_was_given(database: Database) -> None:
    found = saved(
        database,
        lambda s: add_unit(
            s, name="نخ‌ریسی «پارس»", rate=1, nominal_capacity=Decimal("12.50"), note="یک\nدو"
        ),
    )
    assert [(record, operation) for record, operation, _ in found] == [("unit", "insert")]
    fields = found[0][2]
    assert fields["name"] == [None, "نخ‌ریسی «پارس»"]
    assert fields["registered_on"] == [None, DAY.isoformat()]
    assert fields["nominal_capacity"] == [None, "12.50"]
    assert fields["found_jobs"] == [None, 4]
    assert fields["note"] == [None, "یک\nدو"]
    assert fields["code"] == [None, "100001"]
    assert not {"id", "version", "sort_key", "search_key", "owner", "group_id", "rate"} & set(
        fields
    )


def test_an_update_tells_from_and_to_of_what_changed_only(database: Database) -> None:
    with database.write() as session:
        number = add_unit(session, owner="کاظم").id
    values = unit_values(owner="ژاله", found_jobs=5)
    found = saved(database, lambda s: units.save_unit(s, number, values, 1))
    assert found == [("unit", "update", {"owner": ["کاظم", "ژاله"], "found_jobs": [4, 5]})]
    assert saved(database, lambda s: units.save_unit(s, number, values, 2)) == []


def test_an_empty_day_and_amount_are_told_as_none(database: Database) -> None:
    with database.write() as session:
        unit = add_unit(session)
        loan = add_loan(session, unit.id, **approved())
    values = loan_values(unit.id, amount_approved=None, approved_on=None, contract_on=None)
    found = saved(database, lambda s: loans.save_loan(s, loan.id, values, 1))
    day = DAY.isoformat()
    assert found == [
        ("loan", "update", {"amount_approved": [1000, None], "approved_on": [day, None],
                            "contract_on": [day, None]})
    ]  # fmt: skip


def test_archive_and_restore_are_told(database: Database) -> None:
    with database.write() as session:
        number = add_unit(session).id
    today = calendar.today().isoformat()
    found = saved(database, lambda s: units.archive_unit(s, number, "تکراری"))
    told = {"archived_on": [None, today], "archive_reason": ["", "تکراری"]}
    assert found == [("unit", "update", told)]
    found = saved(database, lambda s: units.restore_unit(s, number))
    told = {"archived_on": [today, None], "archive_reason": ["تکراری", ""]}
    assert found == [("unit", "update", told)]


def test_a_row_really_deleted_is_told_whole(database: Database) -> None:
    with database.write() as session:
        number = add_unit(session, owner="کاظم").id
    found = saved(database, lambda s: s.delete(s.get_one(Unit, number)))
    assert [(record, operation) for record, operation, _ in found] == [("unit", "delete")]
    assert found[0][2]["owner"] == ["کاظم", None]
    assert found[0][2]["name"] == ["کارگاه نمونه", None]


models.load_all()
EVERY = sorted(
    (mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)),
    key=lambda mapper: mapper.class_.__name__,
)


@pytest.mark.parametrize("mapper", EVERY, ids=lambda mapper: mapper.class_.__name__)
def test_every_kind_of_record_is_recorded(database: Database, mapper: Any) -> None:
    made = _one_of_each(database)
    record = mapper.class_.__tablename__
    operations = Counter(row.operation for row in rows(database) if row.record == record)
    assert operations["insert"] >= 1 or record in made["seeded"]
    with database.write() as session:
        row: Any = session.scalars(select(mapper.class_)).first()
        saving.archive(session, mapper.class_, row.id, "آزمون")
    newest = rows(database)[-1]
    assert (newest.record, newest.record_id) == (record, row.id)
    assert newest.fields["archive_reason"] == ["", "آزمون"]


def _group_and_festival(session: Session) -> None:
    group = lookups.save(session, JihadiGroup, None, {"name": "گروه پایش"}).id
    lookups.save(session, Agency, None, {"name": "دستگاه تازه"})
    volunteers.save_volunteer(session, None, {"name": "علی", "group_id": group})
    festival = {"name": "جشنواره", "kind": "festival", "starts_on": DAY}
    number = exercises.save_exercise(session, None, festival).id
    exercises.add_groups(session, number, [group])
    award = {"group_id": group, "rank": 1, "title": "مقام اول"}
    exercises.save_award(session, number, None, award)


def _repayment(session: Session, unit_id: int) -> None:
    loan = add_lent(session, unit_id=unit_id).id
    add_payment(session, loan)
    add_waiver(session, loan)
    add_correction(session, loan)
    add_rescheduling(session, loan)
    add_call(session, loan)


def _one_of_each(database: Database) -> dict[str, set[str]]:
    from db.commands.programme import save_milestones
    from db.queries import progress

    with database.write() as session:
        unit = add_unit(session)
        add_revival(session, unit.id)
        loan = add_loan(session, unit.id, **approved())
        add_tranche(session, loan.id)
        _repayment(session, unit.id)
        _group_and_festival(session)
        visit = add_visit(session, unit.id)
        found = add_obstacle(session, unit.id, visit_id=visit.id)
        add_action(session, unit.id, obstacle_id=found.id)
        documents.add(session, unit.id, b"%PDF-1.7", {"file_name": "a.pdf"})
        lookups.save(session, JihadiGroup, None, {"name": "گروه"})
        save_milestones(session, progress.programme(session).id, [(date(2023, 9, 1), 200)])
    lists = {"county", "estate", "industry", "obstacle_kind", "bank", "holiday"}
    return {"seeded": {*lists, "programme"}}


def test_a_new_file_has_its_lists_in_the_history_too(database: Database) -> None:
    with database.read() as session:
        told = Counter(session.scalars(select(Change.record)))
        assert told["county"] == len(session.scalars(select(County)).all())


def test_several_saves_of_one_record_in_one_write_are_told_in_turn(database: Database) -> None:
    def save(session: Session) -> None:
        unit = add_unit(session, owner="یک")
        units.save_unit(session, unit.id, unit_values(owner="دو"))
        units.save_unit(session, unit.id, unit_values(owner="سه"))

    found = saved(database, save)
    assert [operation for _, operation, _ in found] == ["insert", "update", "update"]
    owners = [fields["owner"] for _, _, fields in found]
    assert owners == [[None, "یک"], ["یک", "دو"], ["دو", "سه"]]


def test_who_and_when(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "کاربر" * 40)
    before = datetime.now(UTC).replace(tzinfo=None)
    saved(database, add_unit)
    row = rows(database)[-1]
    assert row.actor == ("کاربر" * 40)[:120]
    assert before <= row.at <= datetime.now(UTC).replace(tzinfo=None)
    assert broken(database) is None


@pytest.mark.parametrize("error", [KeyError, OSError, ModuleNotFoundError])
def test_a_machine_without_names_does_not_stop_a_save(
    database: Database, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def nobody() -> str:
        raise error("no name")

    monkeypatch.setattr(getpass, "getuser", nobody)
    saved(database, add_unit)
    assert rows(database)[-1].actor == "?"


# what is not written


def test_a_write_that_failed_leaves_no_trace(database: Database) -> None:
    before = len(rows(database))
    told: list[frozenset[str]] = []
    database.on_commit.append(told.append)

    def trouble(_: Session) -> None:
        raise DatabaseProblem("full")

    for error, fail in (
        (ZeroDivisionError, lambda _: 1 / 0),
        (RuleError, lambda s: add_unit(s, found_jobs=-1)),
        (DatabaseProblem, trouble),
    ):
        with suppress(error), database.write() as session:
            add_unit(session)
            fail(session)
    assert len(rows(database)) == before
    assert told == []
    assert broken(database) is None
    with database.read() as session:
        assert session.scalars(select(Unit)).all() == []


def test_a_savepoint_taken_back_leaves_no_trace(database: Database) -> None:
    def save(session: Session) -> None:
        add_unit(session, owner="می‌ماند")
        nested = session.begin_nested()
        add_unit(session, owner="می‌رود")
        nested.rollback()
        add_unit(session, owner="این هم می‌ماند")

    found = saved(database, save)
    assert [fields["owner"][1] for _, _, fields in found] == ["می‌ماند", "این هم می‌ماند"]
    assert broken(database) is None


@pytest.mark.parametrize(
    "write",
    [
        lambda s: s.execute(update(Unit).values(owner="x")),
        lambda s: s.execute(delete(Unit)),
        lambda s: s.execute(update(table(Unit)).values(owner="x")),
        lambda s: s.execute(delete(table(Revival))),
        lambda s: s.execute(insert(County), [{"name": "x"}]),
        lambda s: s.query(Unit).update({"owner": "x"}),
        lambda s: s.query(Unit).delete(),
        lambda s: s.execute(update(Unit), [{"id": 1, "owner": "x"}]),
        lambda s: s.bulk_update_mappings(Unit, [{"id": 1, "owner": "x"}]),
        lambda s: s.bulk_insert_mappings(County, [{"name": "x"}]),
        lambda s: s.bulk_save_objects([County(name="x")]),
        lambda s: s.execute(update(Change).values(actor="x")),
    ],
    ids=["update", "delete", "table update", "table delete", "insert", "query update",
         "query delete", "bulk update", "update mappings", "insert mappings", "save objects",
         "the history itself"],
)  # fmt: skip
def test_a_write_that_would_pass_by_the_history_is_refused(
    database: Database, write: Callable[[Session], object]
) -> None:
    with database.write() as session:
        add_unit(session, owner="کاظم")
    before = len(rows(database))
    with pytest.raises(UnseenWrite), database.write() as session:
        write(session)
    with database.read() as session:
        assert session.scalars(select(Unit.owner)).all() == ["کاظم"]
        assert session.scalars(select(County).where(County.name == "x")).all() == []
    assert len(rows(database)) == before


# listeners


def test_a_commit_tells_the_tables_it_touched(database: Database) -> None:
    told: list[frozenset[str]] = []
    database.on_commit.append(told.append)
    with database.write() as session:
        unit = add_unit(session)
        add_revival(session, unit.id)
        assert told == []
    with database.write() as session:
        loan = add_loan(session, unit.id, **approved())
        add_tranche(session, loan.id)
    with database.write() as session:
        units.archive_unit(session, unit.id, "x")
    with database.write() as session:
        session.scalars(select(Unit)).all()
    with database.read() as session:
        session.scalars(select(Unit)).all()
    assert told == [{"unit", "revival"}, {"loan", "tranche"}, {"unit"}]


def test_two_databases_of_one_file_tell_only_their_own(database: Database) -> None:
    from db.database import existing

    told: list[frozenset[str]] = []
    database.on_commit.append(told.append)
    other = existing(database.path)
    with other.write() as session:
        add_unit(session)
    other.close()
    assert told == []


# the chain


@pytest.fixture
def written(database: Database) -> Database:
    """A history of some length: inserts, updates, an archive."""
    with database.write() as session:
        for number in range(3):
            unit = add_unit(session, name=f"واحد {number}", owner="کاظم", rate=1)
            add_revival(session, unit.id)
    with database.write() as session:
        units.save_unit(session, 1, unit_values(name="واحد ۰", owner="ژاله", note="«گل»"), 1)
        units.archive_unit(session, 2, "تکراری")
    assert broken(database) is None
    return database


@pytest.mark.parametrize(
    "change",
    [
        "fields = json_set(fields, '$.owner', json('[null, \"x\"]'))",
        "at = '2020-01-01 00:00:00.000000'",
        "actor = 'somebody'",
        "record = 'loan'",
        "record_id = record_id + 1",
        "operation = 'delete'",
        "hash = '" + "0" * 64 + "'",
        "fields = '{}'",
    ],
)
def test_an_edited_row_is_found(written: Database, change: str) -> None:
    row = next(each for each in rows(written) if each.record == "unit")
    tamper(written, f"UPDATE change SET {change} WHERE id = {row.id}")
    assert broken(written) == row.id


def test_a_removed_row_is_found(written: Database) -> None:
    row = rows(written)[2]
    tamper(written, f"DELETE FROM change WHERE id = {row.id}")
    assert broken(written) == row.id + 1


def test_the_first_row_removed_is_found(written: Database) -> None:
    tamper(written, "DELETE FROM change WHERE id = 1")
    assert broken(written) == 2


def test_an_added_row_is_found(written: Database) -> None:
    last = rows(written)[-1].id
    columns = "at, actor, record, record_id, operation, fields, hash"
    tamper(
        written,
        f"INSERT INTO change ({columns}) SELECT {columns} FROM change WHERE id = {last}",
    )
    assert broken(written) == last + 1


def test_rows_put_in_another_order_are_found(written: Database) -> None:
    first, second = rows(written)[1].id, rows(written)[2].id
    tamper(
        written,
        f"UPDATE change SET id = -1 WHERE id = {first}",
        f"UPDATE change SET id = {first} WHERE id = {second}",
        f"UPDATE change SET id = {second} WHERE id = -1",
    )
    assert broken(written) == first


def test_an_edit_with_its_hash_made_anew_is_found_at_the_next_row(written: Database) -> None:
    row, following = rows(written)[1:3]
    with written.engine.begin() as connection:
        found = connection.execute(select(Change.__table__).where(Change.id == row.id - 1))
        before = found.mappings().one()["hash"]
        forged = {
            **connection.execute(select(Change.__table__).where(Change.id == row.id))
            .mappings()
            .one(),
            "actor": "somebody",
        }
        made = history._hash(before, forged)
        connection.execute(
            update(table(Change)).where(Change.id == row.id).values(actor="somebody", hash=made)
        )
    assert broken(written) == following.id


def test_a_tail_cut_off_shows_in_the_head_kept_elsewhere(written: Database) -> None:
    with written.read() as session:
        kept = history.head(session.connection())
    assert kept == rows(written)[-1].hash
    tamper(written, f"DELETE FROM change WHERE id = {rows(written)[-1].id}")
    assert broken(written) is None
    with written.read() as session:
        assert history.head(session.connection()) != kept


def test_an_empty_history_is_whole(database: Database) -> None:
    tamper(database, "DELETE FROM change")
    assert broken(database) is None
    with database.read() as session:
        assert history.head(session.connection()) == history.START
    saved(database, add_unit)
    assert broken(database) is None


def test_a_bulk_event_is_a_link_of_the_chain(database: Database) -> None:
    with database.write() as session:
        history.record_event(session.connection(), "unit", {"units": 400, "on": DAY})
        add_unit(session)
    bulk, single = rows(database)[-2:]
    assert (bulk.operation, bulk.fields) == (
        "bulk", {"units": [None, 400], "on": [None, DAY.isoformat()]},
    )  # fmt: skip
    assert single.operation == "insert"
    assert broken(database) is None


def test_the_hash_is_of_canonical_json(database: Database) -> None:
    """Written out here once more, so that a change of its spelling cannot go unseen."""
    saved(database, lambda s: add_unit(s, name="گلچین ‌ژاله", nominal_capacity=Decimal("1.5")))
    before, row = rows(database)[-2:] if len(rows(database)) > 1 else (None, rows(database)[-1])
    with database.read() as session:
        before = session.get_one(Change, row.id - 1)
    content = json.dumps(
        [row.at.isoformat(), row.actor, "unit", row.record_id, "insert", row.fields],
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    assert "گلچین" in content
    assert row.hash == hashlib.sha256(f"{before.hash}\n{content}".encode()).hexdigest()


values = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")) | (
    st.dates() | st.decimals(allow_nan=False, allow_infinity=False)
)  # fmt: skip


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.tuples(values, values)))
def test_what_is_hashed_comes_back_the_same_from_json(fields: dict[str, Any]) -> None:
    plain = {name: [history.plain(a), history.plain(b)] for name, (a, b) in fields.items()}
    again = json.loads(json.dumps(plain))
    assert again == plain
    row = {"at": datetime(2024, 1, 1), "actor": "", "record": "", "record_id": 0,  # noqa: DTZ001
           "operation": ""}  # fmt: skip
    first = history._hash("", {**row, "fields": plain})
    turned = dict(reversed(again.items()))
    assert first == history._hash("", {**row, "fields": turned})


# reading it


def test_the_changes_of_a_unit_include_what_belongs_to_it(database: Database) -> None:
    with database.write() as session:
        unit, other = add_unit(session), add_unit(session, name="دیگری", county_id=2)
        add_revival(session, unit.id)
        loan = add_loan(session, unit.id, **approved())
        tranche = add_tranche(session, loan.id)
        add_revival(session, other.id)
        strange = add_loan(session, other.id, **approved())
        add_tranche(session, strange.id)
        loans.archive_tranche(session, tranche.id, "x")
    with database.read() as session:
        of_unit = [(row.record, row.record_id) for row in changes.of_unit(session, unit.id)]
        of_loan = [(row.record, row.record_id) for row in changes.of_loan(session, loan.id)]
        own = changes.of_record(session, "unit", unit.id)
        newest = changes.latest(session, 3)
        older = changes.latest(session, 3, newest[-1].id)
    assert of_unit == [("tranche", 1), ("tranche", 1), ("loan", 1), ("revival", 1), ("unit", 1)]
    assert of_loan == [("tranche", 1), ("tranche", 1), ("loan", 1)]
    assert [row.operation for row in own] == ["insert"]
    found = [row.id for row in (*newest, *older)]
    assert found == list(range(found[0], found[0] - 6, -1))


def test_models_of_the_history_are_all_named() -> None:
    assert {Loan, Tranche, Revival, Unit} <= {mapper.class_ for mapper in EVERY}
