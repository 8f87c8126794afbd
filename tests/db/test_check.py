"""A whole file is told to be so; each kind of damage is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.check import Health, look
from db.commands import documents as commands
from tests.db.making import add_revival, add_unit
from tests.db.repayments import add_lent, add_payment

if TYPE_CHECKING:
    from db.database import Database


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as session:
        unit_id = add_unit(session).id
        add_revival(session, unit_id, shown=True)
        add_payment(session, add_lent(session, unit_id=unit_id).id)
    return database


def test_a_whole_file_is_good(filled: Database) -> None:
    assert look(filled) == Health(False, 0, None, ())
    assert look(filled).is_good


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE standing SET stage = 'stopped'", Health(False, 0, None, (1,))),
        ("UPDATE visit SET followed_on = '2023-01-01'", Health(False, 0, None, (1,))),
        ("UPDATE change SET actor = 'x' WHERE id = 3", Health(False, 0, 3, ())),
        ("UPDATE revival SET jobs_after = 0", Health(False, 0, None, (1,))),
        ("UPDATE instalment SET profit = 1", Health(False, 0, None, (), loans=(1,))),
        ("UPDATE position SET credit = 1", Health(False, 0, None, (), loans=(1,))),
        ("UPDATE payment SET amount = 7", Health(False, 0, None, (), loans=(1,))),
    ],
)
def test_damage_is_found(filled: Database, damage: str, found: Health) -> None:
    with filled.engine.begin() as connection:
        connection.exec_driver_sql(damage)
    assert look(filled) == found
    assert not look(filled).is_good


def test_a_document_whose_bytes_have_changed_is_found(filled: Database) -> None:
    with filled.write() as session:
        sha256 = commands.add(session, 1, b"%PDF-1.7", {"file_name": "a.pdf"}).sha256
    assert look(filled).is_good
    with filled.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE content SET data = x'00'")
    assert look(filled) == Health(False, 0, None, (), (sha256,))


def test_a_link_to_nothing_is_found(filled: Database) -> None:
    with filled.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("UPDATE unit SET county_id = 999")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    assert look(filled).links == 1
