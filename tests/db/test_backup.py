"""Copies of a file in use: whole, with the newest commits, or none at all."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from db import backup, history
from db.database import Database, existing
from db.driver import driver
from db.errors import DatabaseProblem
from db.models import Unit
from tests.db.making import add_revival, add_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


def refused(path: Path, folder: Path) -> tuple[str, str]:
    with pytest.raises(DatabaseProblem) as caught:
        backup.copy(path, folder, "x")
    return caught.value.reason, caught.value.detail


def count(path: Path) -> int:
    opened = existing(path)
    with opened.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert history.first_broken(connection) is None
        units = session.scalar(select(func.count()).select_from(Unit)) or 0
        assert connection.exec_driver_sql("SELECT count(*) FROM revival").scalar() == units
    opened.close()
    return units


def add(database: Database, number: int) -> None:
    with database.write() as session:
        unit = add_unit(session, name=f"واحد {number}", county_id=1 + number % 37)
        add_revival(session, unit.id)


@pytest.fixture
def writing(database: Database) -> Iterator[list[int]]:
    """Commits without end meanwhile; the numbers of those that came back."""
    done: list[int] = []
    enough = Event()

    def write() -> None:
        while not enough.is_set():
            add(database, len(done))
            done.append(len(done))

    thread = Thread(target=write)
    thread.start()
    while len(done) < 5 and thread.is_alive():
        time.sleep(0.01)
    yield done
    enough.set()
    thread.join()


def test_copies_made_while_others_write_are_whole_and_new(
    writing: list[int], database: Database, tmp_path: Path
) -> None:
    copies = []
    for _ in range(8):
        saved = len(writing)
        copies.append((saved, backup.copy(database.path, tmp_path / "copies", "x")))
    for saved, copy in copies:
        assert count(copy) >= saved
    assert len({copy.name for _, copy in copies}) == 8
    assert sorted((tmp_path / "copies").iterdir()) == sorted(copy for _, copy in copies)


def test_a_copy_has_what_is_still_in_the_wal(database: Database, tmp_path: Path) -> None:
    add(database, 1)
    wal = database.path.with_name(database.path.name + "-wal")
    assert wal.stat().st_size
    copy = backup.copy(database.path, tmp_path / "copies", "before-0002")
    assert count(copy) == 1
    assert copy.name.startswith("test-before-0002-")
    assert copy.suffix == ".ehya"
    add(database, 2)
    assert count(copy) == 1


def test_a_copy_leaves_the_file_as_it_was(file: Path, tmp_path: Path) -> None:
    content = file.read_bytes()
    copy = backup.copy(file, tmp_path / "a" / "b", "x")
    assert file.read_bytes() == content
    assert count(copy) == 0
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


@pytest.mark.parametrize("name", ["پروندهٔ من", "a#b?c", "a%20b", "a.b"])
def test_any_name_can_be_copied(file: Path, tmp_path: Path, name: str) -> None:
    moved = file.rename(tmp_path / f"{name}.ehya")
    copy = backup.copy(moved, tmp_path / f"پوشهٔ {name}", "x")
    assert copy.name.startswith(f"{name}-x-")
    assert count(copy) == 0


def test_a_copy_waits_for_nobody_who_only_holds_the_lock(
    database: Database, tmp_path: Path
) -> None:
    other = driver().connect(database.path, isolation_level=None)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE county SET name='x'")
        copy = backup.copy(database.path, tmp_path / "copies", "x")
        other.execute("ROLLBACK")
    assert count(copy) == 0


# places that fail


def test_a_place_that_is_a_file_is_told(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "copies"
    place.write_text("not a folder")
    assert refused(file, place) == ("no_backup", str(place))
    assert refused(file, place / "below") == ("no_backup", str(place / "below"))
    assert place.read_text() == "not a folder"


def test_a_copy_that_cannot_get_its_name_leaves_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise PermissionError(13, "held by a scanner", str(target))

    monkeypatch.setattr(Path, "replace", fail)
    assert refused(file, tmp_path / "copies")[0] == "no_backup"
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.ehya", tmp_path / "copies")[0] == "no_backup"
    assert not (tmp_path / "no.ehya").exists()
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_file_is_told_and_gives_no_copy(database: Database, tmp_path: Path) -> None:
    for number in range(40):
        add(database, number)
    database.close()
    content = bytearray(database.path.read_bytes())
    for page in range(4096, len(content), 4096):
        if content[page] == 0x0A:  # a leaf of an index
            content[page + 8 : page + 4096] = b"\xff" * 4088
    database.path.write_bytes(content)
    reason, _ = refused(database.path, tmp_path / "copies")
    assert reason in ("corrupt", "no_backup")
    assert list((tmp_path / "copies").iterdir()) == []
    assert database.path.read_bytes() == content


FULL = """
import resource, sys
from pathlib import Path
from db import backup
from db.errors import DatabaseProblem
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    backup.copy(Path(sys.argv[1]), Path(sys.argv[2]), "x")
except DatabaseProblem as problem:
    sys.exit(problem.reason)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no quota to set there")
def test_a_full_place_is_told_and_nothing_half_is_left(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "copies"
    run: Any = subprocess.run(
        [sys.executable, "-c", FULL, str(file), str(place)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stderr.strip() == "no_backup"
    assert list(place.iterdir()) == []
    assert count(file) == 0
