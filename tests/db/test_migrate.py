"""Upgrading a file: where the models are, backed up first, all or nothing, links checked."""

from __future__ import annotations

import ast
import json
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from db import engine, history, migrate, models, repaid, standing
from db.commands.loans import save_loan
from db.commands.saving import values_of
from db.database import Database, existing
from db.driver import driver
from db.errors import DatabaseProblem
from db.models import Base, Instalment, Loan
from db.queries import holidays, repayment
from tests.db.make_old_file import FOLDER, facts
from tests.db.making import add_loan, add_revival, add_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

STEPS = Path(migrate.__file__).parent / "migrations"
GOOD = """
    with op.batch_alter_table("unit") as batch:
        batch.add_column(sa.Column("website", sa.String(200), nullable=False, server_default=""))
    op.execute("UPDATE unit SET website = 'x' || code")
"""
FAILING = (
    GOOD
    + """
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM loan")
    1 / 0
"""
)
BREAKING = (
    GOOD
    + """
    op.execute("DELETE FROM county WHERE id = 1")
"""
)


@pytest.fixture
def used(file: Path) -> Path:
    """A file with a unit, its return and its loan."""
    opened = existing(file)
    with opened.write() as session:
        unit = add_unit(session)
        add_revival(session, unit.id)
        add_loan(session, unit.id)
    opened.close()
    return file


@pytest.fixture
def add_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the program one with a further step, whose body is given."""

    def add(body: str) -> None:
        steps = tmp_path / "steps"
        shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
        (steps / "versions" / "next.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f"revision, down_revision = 'next', {migrate.HEAD!r}\n"
            f"def upgrade():{body}"
        )
        monkeypatch.setattr(migrate, "HERE", steps)
        monkeypatch.setattr(migrate, "HEAD", "next")

    return add


def rows(file: Path, statement: str) -> list[Any]:
    with closing(driver().connect(file)) as raw:
        return list(raw.execute(statement))


def dump(file: Path) -> dict[str, Any]:
    """The whole schema and every row of every table."""
    schema = rows(file, "SELECT name, type, sql FROM sqlite_master ORDER BY name")
    tables = [name for name, kind, _ in schema if kind == "table"]
    return {"": schema, **{name: rows(file, f"SELECT * FROM {name}") for name in tables}}


def set_revision(file: Path, revision: str) -> None:
    with closing(driver().connect(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        raw.commit()


def refused(file: Path, copies: Path) -> str:
    with pytest.raises(DatabaseProblem) as caught:
        migrate.upgrade(file, copies)
    return caught.value.reason


def drift(connection: Connection) -> Any:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    models.add_indexes()
    return compare_metadata(context, Base.metadata)


def test_the_steps_end_where_the_models_are(database: Database) -> None:
    with database.engine.connect() as connection:
        assert drift(connection) == []


def test_indexes_have_the_conditions_of_the_models(database: Database) -> None:
    """Alembic does not compare what an index is limited to."""
    with database.engine.connect() as connection:
        named = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        stored = {row[0]: row[1] for row in connection.exec_driver_sql(named)}
    models.add_indexes()
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            _, _, limited = stored[str(index.name)].partition(" WHERE ")
            assert limited == ("" if where is None else str(where)), index.name


def test_the_head_said_in_the_code_is_the_newest_step() -> None:
    steps = ScriptDirectory(str(STEPS))
    assert steps.get_heads() == [migrate.HEAD]
    assert migrate.revisions()[0] == migrate.HEAD
    assert len(steps.get_bases()) == 1


@pytest.mark.parametrize("step", sorted((STEPS / "versions").glob("*.py")), ids=lambda p: p.stem)
def test_a_step_speaks_sql_of_its_own_day(step: Path) -> None:
    imported = []
    for node in ast.walk(ast.parse(step.read_text())):
        if isinstance(node, ast.Import):
            imported += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            imported.append(node.module or "")
    assert imported
    assert not {name.partition(".")[0] for name in imported} & {"db", "desktop", ""}


def test_nothing_to_do_does_nothing(used: Path, tmp_path: Path) -> None:
    content = used.read_bytes()
    assert migrate.revision(used) == migrate.HEAD
    assert migrate.upgrade(used, tmp_path / "copies") is None
    assert used.read_bytes() == content
    assert not (tmp_path / "copies").exists()


def test_a_new_file_is_at_the_head_and_alone(tmp_path: Path) -> None:
    migrate.create(tmp_path / "a.ehya")
    assert migrate.revision(tmp_path / "a.ehya") == migrate.HEAD
    assert [path.name for path in tmp_path.iterdir()] == ["a.ehya"]


def test_a_file_still_without_tables_gets_them(tmp_path: Path) -> None:
    file = tmp_path / "a.ehya"
    engine.close(engine.open_file(file, create=True))
    assert migrate.revision(file) is None
    assert migrate.upgrade(file, tmp_path / "copies") is not None
    assert migrate.revision(file) == migrate.HEAD


def test_a_newer_file_is_refused_and_left(used: Path, tmp_path: Path) -> None:
    set_revision(used, "9999")
    content = used.read_bytes()
    assert refused(used, tmp_path / "copies") == "newer"
    assert used.read_bytes() == content
    assert [path.name for path in used.parent.iterdir()] == [used.name]


def test_an_upgrade_keeps_every_row_and_makes_a_copy_first(
    used: Path, tmp_path: Path, add_step: Callable[[str], None]
) -> None:
    before, head = dump(used), migrate.HEAD
    add_step(GOOD)
    copy = migrate.upgrade(used, tmp_path / "copies")
    assert copy is not None
    assert (migrate.revision(copy), dump(copy)) == (head, before)
    assert migrate.revision(used) == "next"
    assert rows(used, "SELECT code, website FROM unit") == [("100001", "x100001")]
    for table in ("revival", "loan"):  # the unit was rebuilt: its children must stay
        assert rows(used, f"SELECT unit_id FROM {table}") == [(1,)]
    assert rows(used, "PRAGMA integrity_check") == [("ok",)]
    assert migrate.upgrade(used, tmp_path / "copies") is None
    assert list((tmp_path / "copies").iterdir()) == [copy]


def test_an_upgrade_that_fails_half_way_changes_nothing(
    used: Path, tmp_path: Path, add_step: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, content = dump(used), used.read_bytes()
    add_step(FAILING)
    with pytest.raises(ZeroDivisionError):
        migrate.upgrade(used, tmp_path / "copies")
    assert dump(used) == before
    assert used.read_bytes() == content
    assert len(list((tmp_path / "copies").iterdir())) == 1
    monkeypatch.undo()
    shutil.rmtree(tmp_path / "steps")
    opened = existing(used)  # the program of before still works on it
    opened.close()
    add_step(GOOD)
    assert migrate.upgrade(used, tmp_path / "copies") is not None
    assert migrate.revision(used) == "next"


def test_an_upgrade_that_breaks_a_link_changes_nothing(
    used: Path, tmp_path: Path, add_step: Callable[[str], None]
) -> None:
    before = dump(used)
    add_step(BREAKING)
    assert refused(used, tmp_path / "copies") == "broken_links"
    assert dump(used) == before


def test_without_a_copy_there_is_no_upgrade(
    used: Path, tmp_path: Path, add_step: Callable[[str], None]
) -> None:
    content = used.read_bytes()
    add_step(GOOD)
    (tmp_path / "copies").write_text("a file, not a folder")
    assert refused(used, tmp_path / "copies") == "no_backup"
    assert used.read_bytes() == content


# files of earlier programs


OLD_FILES = sorted(FOLDER.glob("*.ehya"))


def test_there_is_a_file_of_every_schema() -> None:
    assert {file.stem for file in OLD_FILES} == set(migrate.revisions())
    assert all(file.stat().st_size < 700_000 for file in OLD_FILES)


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.stem)
def test_a_file_of_an_earlier_program_opens_and_holds_its_rows(old: Path, tmp_path: Path) -> None:
    file = tmp_path / old.name
    file.write_bytes(old.read_bytes())
    assert migrate.revision(file) == old.stem
    copy = migrate.upgrade(file, tmp_path / "copies")
    assert (copy is None) == (old.stem == migrate.HEAD)
    expected = json.loads(old.with_suffix(".json").read_text(encoding="utf-8"))
    opened = existing(file)
    with opened.read() as session:
        connection = session.connection()
        assert drift(connection) == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert history.first_broken(connection) is None
        assert standing.differing(connection) == []
        assert repaid.differing(connection) == []
        found = facts(session)
    for day, then in expected["figures"].items():
        now = dict(found["figures"][day])
        if old.stem == "0001":  # what was entered counted then; now it has to be shown
            for name in ("revived", "running", "remaining", "direct_jobs"):
                del then[name]
        assert {name: now[name] for name in then} == then
    for table, rows_then in expected["rows"].items():
        for was, row in zip(rows_then, found["rows"][table], strict=True):
            assert {name: row[name] for name in was} == was
    with opened.write() as session:
        add_unit(session, name="واحد تازه در پروندهٔ کهنه")
    opened.close()


@pytest.mark.parametrize("schema", ["0001", "0002"])
def test_a_loan_of_an_older_file_is_repaid_once_its_first_due_day_is_known(
    schema: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.ehya"
    file.write_bytes((FOLDER / f"{schema}.ehya").read_bytes())
    migrate.upgrade(file, tmp_path / "copies")
    with closing(existing(file)) as opened:
        with opened.read() as session:
            loan = session.get_one(Loan, 1)  # of which 400 milliard rial were paid out
            assert loan.first_due_on is None
            assert repayment.state(session, 1, date(2024, 3, 19)) is None
            assert session.scalars(select(Instalment)).all() == []
            assert len(holidays.names(session, date(2023, 3, 21), date(2024, 3, 19))) == 27
            values = {**values_of(loan), "first_due_on": date(2023, 6, 1)}
        with opened.write() as session:
            save_loan(session, 1, values, loan.version)
        with opened.read() as session:
            rows = repayment.instalments(session, 1, date(2023, 6, 1))
            assert [row.number for row in rows] == list(range(1, 61))
            assert sum(row.principal for row in rows) == 400_000_000_000
