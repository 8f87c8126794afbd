"""Opening: a foreign, broken, locked, full or forbidden file is told, and left as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from db import engine, migrate
from db.database import Database, existing
from db.driver import driver
from db.errors import DatabaseProblem
from db.models import Unit
from db.queries.listing import Listing, View
from db.queries.units import SOURCE
from tests.db.making import add_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OURS = engine.APPLICATION_ID.to_bytes(4, "big")
NOBODY = 65534


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(call: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(DatabaseProblem) as caught:
        call()
    return caught.value.reason, caught.value.detail


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Unit)) or 0


def add_one(database: Database) -> None:
    with database.write() as session:
        add_unit(session)


def pragma(database: Database, name: str) -> Any:
    with database.engine.connect() as connection:
        result = connection.exec_driver_sql(f"PRAGMA {name}")
        return result.scalar() if result.returns_rows else None


def rival(file: Path) -> Any:
    """Another program on the same file."""
    return closing(driver().connect(file, isolation_level=None, timeout=0))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, file: Path) -> Iterator[Database]:
    monkeypatch.setattr(engine, "BUSY_MS", 30)
    opened = existing(file)
    yield opened
    opened.close()


@pytest.fixture(params=["pysqlite3", "sqlite3"])
def any_driver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "sqlite3":
        without_pysqlite(monkeypatch)
    return driver()


def without_pysqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    assert driver() is sqlite3


# a file that is no programme of ours


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "corrupt"),
        (b"S", "corrupt"),
        ("فهرست واحدها\n".encode() * 900, "not_a_database"),
        (b"PK\x03\x04" + b"x" * 9000, "not_a_database"),
        (b"SQLite format 2\0" + b"\0" * 9000, "not_a_database"),
    ],
    ids=["empty", "one byte", "text", "zip", "old SQLite"],
)
def test_what_is_no_database_is_told_and_left(
    tmp_path: Path, any_driver: Any, content: bytes, reason: str
) -> None:
    file = tmp_path / "a.ehya"
    file.write_bytes(content)
    assert refused(lambda: existing(file)) == (reason, str(file))
    assert file.read_bytes() == content
    assert names(tmp_path) == ["a.ehya"]


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_foreign_database_is_told_and_left(tmp_path: Path, any_driver: Any, journal: str) -> None:
    file = tmp_path / "a.ehya"
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"PRAGMA journal_mode={journal}")
        other.execute("CREATE TABLE moz_places (id)")
        other.execute("PRAGMA application_id=7")
        other.commit()
    content = file.read_bytes()
    assert refused(lambda: existing(file)) == ("foreign", str(file))
    assert refused(lambda: migrate.upgrade(file, tmp_path / "copies"))[0] == "foreign"
    assert file.read_bytes() == content
    assert names(tmp_path) == ["a.ehya"]


@pytest.mark.parametrize(
    "size", [1, 50, 99, 100, 101, 511, 512, 4095, 4096, 4097, 8192, -4096, -4095, -1]
)
def test_a_truncated_file_is_told_and_left(tmp_path: Path, file: Path, size: int) -> None:
    cut = tmp_path / "cut.ehya"
    content = file.read_bytes()[:size]
    cut.write_bytes(content)
    assert refused(lambda: existing(cut)) == ("corrupt", str(cut))
    assert cut.read_bytes() == content
    assert names(tmp_path) == ["cut.ehya", "test.ehya"]


def test_damage_found_while_reading_is_told(tmp_path: Path, database: Database) -> None:
    with database.write() as session:
        for number in range(300):
            add_unit(session, name=f"واحد شمارهٔ {number} با نامی دراز", county_id=1 + number % 37)
    size = pragma(database, "page_size")
    database.close()
    content = bytearray(database.path.read_bytes())
    for page in range(size, len(content), size):
        if content[page] == 0x0A:  # a leaf of an index
            content[page : page + size] = b"\xff" * size
    file = tmp_path / "bad.ehya"
    file.write_bytes(content)
    opened = existing(file)
    assert refused(lambda: Listing(opened.read, SOURCE, View())) == ("corrupt", str(file))
    opened.close()


def test_the_file_in_todays_header_is_marked_ours(file: Path) -> None:
    assert file.read_bytes()[68:72] == OURS


# paths


def test_a_mistyped_path_makes_nothing(tmp_path: Path) -> None:
    assert refused(lambda: existing(tmp_path / "no.ehya"))[0] == "missing"
    assert refused(lambda: existing(tmp_path / "no" / "no.ehya"))[0] == "missing"
    assert refused(lambda: existing(tmp_path))[0] == "missing"
    assert names(tmp_path) == []


def test_making_never_takes_the_place_of_a_file(tmp_path: Path, file: Path) -> None:
    content = file.read_bytes()
    assert refused(lambda: engine.open_file(file, create=True))[0] == "exists"
    gone = tmp_path / "no" / "a.ehya"
    assert refused(lambda: engine.open_file(gone, create=True)) == ("no_folder", str(gone.parent))
    assert file.read_bytes() == content
    assert names(tmp_path) == ["test.ehya"]


@pytest.mark.parametrize("create", [False, True])
def test_a_name_too_long_is_told(tmp_path: Path, create: bool) -> None:
    file = tmp_path / ("ی" * 200)
    assert refused(lambda: engine.open_file(file, create=create)) == ("cannot_open", str(file))


@pytest.mark.parametrize("name", ["پروندهٔ من", "a b", "a#b", "a?mode=memory", "a%20b", "a'b"])
def test_any_name_a_system_takes_serves(tmp_path: Path, file: Path, name: str) -> None:
    moved = file.rename(tmp_path / f"{name}.ehya")
    opened = existing(moved)
    add_one(opened)
    opened.close()
    assert names(tmp_path) == [moved.name]


def test_what_fails_while_being_made_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise DatabaseProblem("full")

    monkeypatch.setattr(engine, "_stamp", full)
    assert refused(lambda: migrate.create(tmp_path / "a.ehya"))[0] == "full"
    monkeypatch.undo()
    monkeypatch.setattr(migrate, "_run", full)
    assert refused(lambda: migrate.create(tmp_path / "a.ehya"))[0] == "full"
    assert names(tmp_path) == []


def test_a_file_deleted_meanwhile_is_told_before_anything_is_lost(database: Database) -> None:
    add_one(database)
    moved = database.path.rename(database.path.with_name("moved.ehya"))
    assert refused(lambda: add_one(database)) == ("missing", str(database.path))
    moved.rename(database.path)
    add_one(database)
    assert count(database) == 2


# places that forbid


@contextmanager
def forbidden(file: Path, *, of_file: int, of_folder: int) -> Iterator[Path]:
    """The same file where these modes really bind: root, too, is nobody meanwhile."""
    if not hasattr(os, "seteuid"):
        pytest.skip("modes do not bind here")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "f")
        folder.mkdir()
        Path(made).chmod(0o755)
        copy = folder / "a.ehya"
        copy.write_bytes(file.read_bytes())
        copy.chmod(of_file)
        folder.chmod(of_folder)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield copy
        finally:
            os.seteuid(user)
            folder.chmod(stat.S_IRWXU)


def write_once(file: Path) -> None:
    opened = existing(file)
    try:
        add_one(opened)
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("of_file", "of_folder", "reason"),
    [
        (0o444, 0o777, "read_only"),
        (0o444, 0o555, "read_only"),
        (0o666, 0o555, "read_only"),
        (0o000, 0o777, "cannot_open"),
        (0o666, 0o000, "cannot_open"),
    ],
)
def test_a_place_without_leave_to_write_is_told(
    file: Path, any_driver: Any, of_file: int, of_folder: int, reason: str
) -> None:
    existing(file).close()  # in the journal of this driver
    with forbidden(file, of_file=of_file, of_folder=of_folder) as copy:
        assert refused(lambda: write_once(copy)) == (reason, str(copy))


def test_a_read_only_file_can_be_read(file: Path) -> None:
    with forbidden(file, of_file=0o444, of_folder=0o777) as copy:
        opened = existing(copy)
        assert count(opened) == 0
        opened.close()


@pytest.mark.parametrize("of_folder", [0o555, 0o000])
def test_nothing_can_be_made_in_a_forbidden_folder(file: Path, of_folder: int) -> None:
    with forbidden(file, of_file=0o666, of_folder=of_folder) as copy:
        new = copy.with_name("new.ehya")
        assert refused(lambda: migrate.create(new)) == ("cannot_open", str(new))


def test_a_connection_that_may_only_read_says_so(database: Database) -> None:
    assert pragma(database, "query_only=ON") is None  # of the only connection in the pool
    assert refused(lambda: add_one(database))[0] == "read_only"
    assert count(database) == 0
    assert pragma(database, "query_only=OFF") is None
    add_one(database)
    assert count(database) == 1


def test_a_full_disk_keeps_all_that_was_saved(database: Database) -> None:
    add_one(database)
    pages = pragma(database, "page_count")

    def fill() -> None:
        for _ in range(400):
            with database.write() as session:
                session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
                add_unit(session, note="ی" * 1900)

    reason, _ = refused(fill)
    assert reason == "full"
    saved = count(database)
    assert 1 <= saved < 400
    assert pragma(database, "integrity_check") == "ok"
    database.close()
    again = existing(database.path)
    assert count(again) == saved
    add_one(again)
    assert count(again) == saved + 1
    again.close()


@contextmanager
def quota(size: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_refuses_is_told_and_nothing_saved_is_lost(file: Path) -> None:
    opened = existing(file)
    add_one(opened)
    with quota(4096):
        assert refused(lambda: add_one(opened)) == ("disk", str(file))
        assert count(opened) == 1
        opened.close()  # cannot bring the WAL home now, and does not fall over it
    again = existing(file)
    assert count(again) == 1
    add_one(again)
    again.close()
    assert names(file.parent) == [file.name]


# somebody else is writing


def test_a_busy_file_is_told_and_nothing_is_lost(impatient: Database) -> None:
    add_one(impatient)
    with rival(impatient.path) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE county SET code='x' WHERE id=1")
        assert refused(lambda: add_one(impatient)) == ("busy", str(impatient.path))
        assert count(impatient) == 1  # reading goes on
        other.execute("COMMIT")
    add_one(impatient)
    assert count(impatient) == 2
    with impatient.read() as session:
        found = session.execute(select(Unit.code)).scalars().all()
    assert found == ["100001", "100002"]


def test_an_upgrade_does_not_wait_for_ever(
    impatient: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(migrate, "HEAD", "next")
    with rival(impatient.path) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refused(lambda: migrate.upgrade(impatient.path, tmp_path / "c"))[0] == "busy"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("SQLITE_FULL", "full"),
        ("SQLITE_BUSY", "busy"),
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
        ("SQLITE_BUSY_RECOVERY", "busy"),
        ("SQLITE_LOCKED", "busy"),
        ("SQLITE_PROTOCOL", "busy"),
        ("SQLITE_READONLY", "read_only"),
        ("SQLITE_READONLY_DIRECTORY", "read_only"),
        ("SQLITE_READONLY_DBMOVED", "missing"),
        ("SQLITE_PERM", "read_only"),
        ("SQLITE_CANTOPEN", "cannot_open"),
        ("SQLITE_CANTOPEN_ISDIR", "cannot_open"),
        ("SQLITE_NOTADB", "not_a_database"),
        ("SQLITE_CORRUPT", "corrupt"),
        ("SQLITE_CORRUPT_INDEX", "corrupt"),
        ("SQLITE_IOERR", "disk"),
        ("SQLITE_IOERR_WRITE", "disk"),
        ("SQLITE_IOERR_SHMSIZE", "disk"),
    ],
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_each_trouble_of_the_machine_has_a_name(name: str, reason: str, wrapped: bool) -> None:
    raw = driver().OperationalError("told in English")
    raw.sqlite_errorname = name
    with pytest.raises(DatabaseProblem) as caught, engine.problems("a.ehya"):
        raise DatabaseError("SELECT 1", {}, raw) if wrapped else raw
    assert (caught.value.reason, caught.value.detail) == (reason, "a.ehya")


def test_our_own_bug_stays_a_bug(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        add_unit(session, county_id=999)
    with pytest.raises(DatabaseError), database.read() as session:
        session.connection().exec_driver_sql("SELECT nonsense")


# what is in force


def test_the_safety_settings_are_in_force_on_every_connection(database: Database) -> None:
    with database.engine.connect() as first, database.engine.connect() as second:
        for connection in (first, second):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout",
                             "trusted_schema", "cell_size_check", "application_id")
            }  # fmt: skip
            assert found == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "busy_timeout": 5000,
                "trusted_schema": 0,
                "cell_size_check": 1,
                "application_id": engine.APPLICATION_ID,
            }


def test_a_migrating_connection_has_foreign_keys_off(file: Path) -> None:
    opened = engine.open_file(file, foreign_keys=False)
    with opened.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    opened.dispose()


def test_a_transaction_covers_what_is_created_and_savepoints(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE half (id)")
        with connection.begin_nested():
            connection.exec_driver_sql("INSERT INTO half VALUES (1)")
        connection.rollback()
    with database.engine.connect() as connection:
        found = "SELECT count(*) FROM sqlite_master WHERE name='half'"
        assert connection.exec_driver_sql(found).scalar() == 0


def test_only_writing_takes_the_lock(impatient: Database) -> None:
    with impatient.read() as reading:
        reading.scalar(select(func.count()).select_from(Unit))
        add_one(impatient)
        with impatient.write() as session:
            session.connection()
            with rival(impatient.path) as other, pytest.raises(Exception, match="locked"):
                other.execute("BEGIN IMMEDIATE")


def test_reading_throws_away_what_it_changed(database: Database) -> None:
    add_one(database)
    with database.read() as session:
        session.scalars(select(Unit)).one().name = "دیگر"
        session.flush()
    with database.read() as session:
        assert session.scalars(select(Unit)).one().name == "کارگاه نمونه"


def test_a_reader_keeps_seeing_the_moment_it_began(database: Database) -> None:
    add_one(database)
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(Unit))
        add_one(database)
        assert session.scalar(select(func.count()).select_from(Unit)) == before
    assert count(database) == 2


def test_closing_leaves_one_file_with_everything_in_it(file: Path) -> None:
    opened = existing(file)
    add_one(opened)
    assert names(file.parent) == [file.name, f"{file.name}-shm", f"{file.name}-wal"]
    opened.close()
    assert names(file.parent) == [file.name]
    bare = file.with_name("bare.ehya")
    bare.write_bytes(file.read_bytes())
    again = existing(bare)
    assert count(again) == 1
    again.close()


def test_closing_under_a_reader_of_another_program_loses_nothing(file: Path) -> None:
    opened = existing(file)
    add_one(opened)
    with rival(file) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM unit").fetchone()[0] == 1
        add_one(opened)
        opened.close()
        assert other.execute("SELECT count(*) FROM unit").fetchone()[0] == 1
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM unit").fetchone()[0] == 2
    assert names(file.parent) == [file.name]


# the standard module


def test_the_standard_module_serves_where_the_newer_one_is_missing(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = existing(file)
    add_one(first)
    first.close()
    without_pysqlite(monkeypatch)
    safe = engine.wal_is_safe(sqlite3.sqlite_version_info)
    opened = existing(file)
    assert pragma(opened, "journal_mode") == ("wal" if safe else "truncate")
    assert pragma(opened, "synchronous") == 2
    assert pragma(opened, "foreign_keys") == 1
    add_one(opened)
    assert count(opened) == 2
    assert len(Listing(opened.read, SOURCE, View(sort="owner", search="نمونه"))) == 2
    opened.close()
    migrate.create(tmp_path / "new.ehya")
    monkeypatch.undo()
    again = existing(file)
    assert pragma(again, "journal_mode") == "wal"
    assert count(again) == 2
    again.close()
    assert [path.suffix for path in tmp_path.iterdir()] == [".ehya", ".ehya"]


@pytest.mark.parametrize(
    ("version", "journal"),
    [((3, 51, 3), "wal"), ((3, 51, 2), "truncate"), ((3, 40, 1), "truncate")],
)
def test_the_journal_goes_by_the_version(
    file: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], journal: str
) -> None:
    monkeypatch.setattr(driver(), "sqlite_version_info", version)
    opened = existing(file)
    assert pragma(opened, "journal_mode") == journal
    add_one(opened)
    assert count(opened) == 1
    opened.close()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 50, 8), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_versions_may_use_a_wal(version: tuple[int, ...], safe: bool) -> None:
    assert engine.wal_is_safe(version) == safe


def test_the_driver_that_is_installed_may_use_a_wal() -> None:
    assert engine.wal_is_safe(driver().sqlite_version_info)


def test_the_engine_is_of_our_driver(database: Database) -> None:
    assert database.engine.dialect.dbapi is not None
    plain = create_engine("sqlite://", module=driver())
    assert database.engine.dialect.loaded_dbapi is plain.dialect.loaded_dbapi


def test_a_damaged_page_is_found_by_the_check(file: Path) -> None:
    opened = existing(file)
    opened.check()
    opened.close()
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(size // 2 // 4096 * 4096)
        raw.write(b"\x5a" * 4096)
    damaged = existing(file)
    with pytest.raises(DatabaseProblem) as caught:
        damaged.check()
    assert caught.value.reason == "corrupt"
    damaged.close()
