"""Opening a file: today's at once, an older one upgraded with a copy, anything else refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db import migrate
from db.errors import DatabaseProblem
from desktop.opening import open_current, open_upgraded

if TYPE_CHECKING:
    from pathlib import Path


def reason(file: Path) -> str:
    with pytest.raises(DatabaseProblem) as caught:
        open_current(file).close()
    return caught.value.reason


def set_version(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()


def leftovers(file: Path) -> list[str]:
    return sorted(each.name for each in file.parent.iterdir() if each != file)


def test_a_file_of_today_opens_and_closes_as_one_file(file: Path) -> None:
    opened = open_current(file)
    with opened.read() as session:
        from db.queries import progress

        assert progress.programme(session).target_units == 400
    opened.close()
    assert leftovers(file) == []


def test_a_file_of_a_later_version_is_refused_and_untouched(file: Path) -> None:
    set_version(file, "9999")
    before = file.read_bytes()
    assert reason(file) == "newer"
    with pytest.raises(DatabaseProblem) as caught:
        open_upgraded(file, file.parent / "backups")
    assert caught.value.reason == "newer"
    assert file.read_bytes() == before
    assert leftovers(file) == []


def test_an_older_file_is_upgraded_after_a_copy(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is only one version yet: today's file plays the older one of a later program."""
    asked: list[tuple[Path, Path]] = []

    def upgrade(path: Path, backups: Path) -> None:
        asked.append((path, backups))
        set_version(path, "later")

    monkeypatch.setattr(migrate, "HEAD", "later")
    monkeypatch.setattr(migrate, "upgrade", upgrade)
    assert reason(file) == "older"
    opened = open_upgraded(file, file.parent / "backups")
    opened.close()
    assert asked == [(file, file.parent / "backups")]


def test_what_is_no_programme_file(tmp_path: Path, file: Path) -> None:
    whole = file.read_bytes()
    for name, content, why in (
        ("text.ehya", b"\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85" * 200, "not_a_database"),
        ("cut.ehya", whole[: len(whole) // 2], "corrupt"),
    ):
        other = tmp_path / name
        other.write_bytes(content)
        assert reason(other) == why
        assert other.read_bytes() == content
    assert reason(tmp_path / "gone.ehya") == "missing"
    assert reason(tmp_path) == "missing"


def test_a_database_of_another_program(tmp_path: Path) -> None:
    other = tmp_path / "other.ehya"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    assert reason(other) == "foreign"
    assert leftovers(other) == []


def test_an_empty_file_is_not_taken_for_a_programme(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ehya"
    empty.touch()
    assert reason(empty) == "corrupt"
    assert empty.read_bytes() == b""
