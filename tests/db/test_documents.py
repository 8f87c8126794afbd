"""Documents: bytes in and out unchanged, stored once; what they prove, what taking one costs."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from db import calendar, file_bytes, history, standing
from db.commands import documents as commands
from db.commands.programme import save_programme
from db.database import existing
from db.errors import DatabaseProblem, RuleError
from db.models import Change, Content, Document, Standing
from db.queries import documents, units
from db.rules.documents import media_type
from tests.db.making import DAY, add_revival, add_unit, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from db.database import Database

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
PDF = b"%PDF-1.7\n" + b"x" * 3000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROOF: dict[str, Any] = {
    "kind": "insured_list",
    "day": DAY + timedelta(days=3),
    "capacity": 60,
    "heads": 9,
}
MOST = 20 * 2**20


def add(session: Session, unit_id: int, data: bytes = PDF, **values: Any) -> Document:
    return commands.add(session, unit_id, data, {"file_name": "سند.pdf", **values})


@pytest.fixture
def unit_id(database: Database) -> int:
    with database.write() as session:
        return add_unit(session).id


def complaints(act: Callable[..., object], *given: Any, **values: Any) -> list[tuple[str, str]]:
    with pytest.raises(RuleError) as caught:
        act(*given, **values)
    return told(caught.value.violations)


# bytes


def test_the_same_bytes_are_stored_once(database: Database, unit_id: int) -> None:
    with database.write() as session:
        other = add_unit(session, name="واحد دیگر").id
        first, second = add(session, unit_id), add(session, other, file_name="نام دیگر.pdf")
        third = add(session, unit_id, PNG)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Content)) == 2
        assert first.sha256 == second.sha256 == hashlib.sha256(PDF).hexdigest() != third.sha256
        assert documents.content(session, second.id) == PDF
        assert documents.with_bytes(session, other, first.sha256) == ["نام دیگر"]
        assert [row.size for row in documents.of_unit(session, unit_id)] == [len(PNG), len(PDF)]


@given(st.binary(min_size=1, max_size=3 * file_bytes.BLOCK // 2).filter(bool))
def test_any_bytes_come_out_as_they_went_in(tmp_path_factory: Any, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    taken = file_bytes.read(path, MOST)
    assert (taken.data, taken.sha256) == (data, hashlib.sha256(data).hexdigest())


def test_a_file_of_many_blocks_is_watched_and_whole(
    database: Database, unit_id: int, tmp_path: Path
) -> None:
    data = os.urandom(3 * file_bytes.BLOCK + 17)
    path = tmp_path / "عکس بزرگ.bin"
    path.write_bytes(data)
    heard: list[tuple[int, int]] = []
    taken = file_bytes.read(path, MOST, lambda done, total: heard.append((done, total)))
    assert heard[-1] == (len(data), len(data))
    assert len(heard) == 4
    with database.write() as session:
        number = commands.add(session, unit_id, taken, {}).id
    with database.read() as session:
        assert documents.content(session, number) == data
        assert documents.get(session, number).file_name == "عکس بزرگ.bin"
        assert documents.get(session, number).title == "عکس بزرگ"


def test_a_file_of_two_gigabytes_is_refused_without_reading_it(
    database: Database, unit_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.mp4"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    monkeypatch.setattr(type(path), "open", lambda *_: pytest.fail("it was opened"))
    start = time.perf_counter()
    with database.write() as session, pytest.raises(RuleError) as caught:
        commands.add(session, unit_id, path, {})
    assert time.perf_counter() - start < 0.2
    (violation,) = caught.value.violations
    assert (violation.code, violation.detail) == ("file_too_large", (2048, 20))


def test_the_limit_is_the_programmes(database: Database, unit_id: int) -> None:
    with database.write() as session:
        save_programme(session, {"document_mebibytes": 1}, None)
        assert documents.largest(session) == 2**20
        add(session, unit_id, b"x" * 2**20)
        big = b"x" * (2**20 + 1)
        assert complaints(add, session, unit_id, big) == [("file_name", "file_too_large")]
        taken = file_bytes.FileBytes("x", big, "0")
        assert complaints(commands.add, session, unit_id, taken, {}) == [
            ("file_name", "file_too_large")
        ]
        assert complaints(save_programme, session, {"document_mebibytes": 0}, None) == [
            ("document_mebibytes", "too_small")
        ]


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert complaints(file_bytes.read, tmp_path / "empty", MOST) == [("file_name", "empty_file")]
    assert complaints(file_bytes.read, tmp_path, MOST) == [("file_name", "not_a_file")]
    with pytest.raises(DatabaseProblem, match="unreadable"):
        file_bytes.read(tmp_path / "gone.pdf", MOST)
    with pytest.raises(DatabaseProblem, match="unreadable"):
        file_bytes.head(tmp_path / "gone.pdf")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert complaints(file_bytes.read, tmp_path / "pipe", MOST) == [("file_name", "not_a_file")]


def test_a_file_that_grows_past_the_limit_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"x" * 2 * file_bytes.BLOCK)

    def grow(done: int, total: int) -> None:
        if done == file_bytes.BLOCK:
            with path.open("ab") as file:
                file.write(b"x" * 2 * file_bytes.BLOCK)

    assert complaints(file_bytes.read, path, 3 * file_bytes.BLOCK, grow) == [
        ("file_name", "file_too_large")
    ]


def test_stored_bytes_that_changed_are_told_and_not_handed_out(
    database: Database, unit_id: int
) -> None:
    with database.write() as session:
        whole, hurt = add(session, unit_id, PNG).id, add(session, unit_id)
        sha256 = hurt.sha256
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE content SET data = :data WHERE sha256 = :sha256"),
            {"data": PDF[:-1] + b"y", "sha256": sha256},
        )
    with database.read() as session:
        assert documents.content(session, whole) == PNG
        assert list(documents.damaged(session)) == [sha256]
        with pytest.raises(DatabaseProblem, match="damaged_document"):
            documents.content(session, hurt.id)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("عکس.jpg", "عکس.jpg"),
        ("a/b\\c.pdf", "c.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("con\x00trol\n.pdf", "control.pdf"),
        ('<a>:"b"|?*.pdf', "-a---b----.pdf"),
        ("\udcff.pdf", "?.pdf".replace("?", "-")),
        ("..", "file"),
    ],
)
def test_a_name_is_one_that_any_system_takes(given_name: str, kept: str) -> None:
    assert file_bytes.clean_name(given_name) == kept


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        (PNG, "x.pdf", "image/png"),
        (JPEG, "x", "image/jpeg"),
        (b"GIF89a..", "x.gif", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x.webp", "image/webp"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "x.bmp", "image/bmp"),
        (b"BMW 320i, a car and no picture", "x.bmp", "application/octet-stream"),
        (PDF, "x.png", "application/pdf"),
        (b"PK\x03\x04", "x.XLSX", XLSX),
        (b"PK\x03\x04", "x.jpg", "application/zip"),
        (b"\xd0\xcf\x11\xe0", "x.doc", "application/msword"),
        (b"a,b", "x.csv", "text/csv"),
        (b"MZ", "photo.jpg", "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_type_is_told_by_the_content(head: bytes, name: str, found: str) -> None:
    assert media_type(head, name) == found


# rules


@pytest.mark.parametrize("kind", ["photo_before", "photo_after"])
def test_a_photo_that_is_not_a_picture(database: Database, unit_id: int, kind: str) -> None:
    with database.write() as session:
        assert complaints(add, session, unit_id, PDF, kind=kind, file_name="a.jpg") == [
            ("kind", "not_a_picture")
        ]
        letter = add(session, unit_id, PDF, kind="letter")
        assert complaints(commands.save, session, letter.id, {"kind": kind}) == [
            ("kind", "not_a_picture")
        ]
        assert add(session, unit_id, JPEG, kind=kind).media_type == "image/jpeg"


def test_what_a_document_may_say(database: Database, unit_id: int) -> None:
    tomorrow = calendar.today() + timedelta(days=1)
    with database.write() as session:
        for values, wrong in (
            ({"day": tomorrow}, ("day", "future")),
            ({"heads": 3}, ("day", "shown_without_day")),
            ({"day": DAY, "capacity": 101}, ("capacity", "too_large")),
            ({"day": DAY, "capacity": -1}, ("capacity", "too_small")),
            ({"day": DAY, "heads": 10_000}, ("heads", "too_large")),
            ({"title": "x" * 121}, ("title", "too_long")),
            ({"visit_id": 77}, ("visit_id", "of_other_unit")),
        ):
            assert wrong in complaints(add, session, unit_id, **values), values
        other = add_revival(session, add_unit(session, name="واحد دیگر").id)
        assert complaints(add, session, unit_id, revival_id=other.id) == [
            ("revival_id", "of_other_unit")
        ]
        own = add_revival(session, unit_id)
        assert add(session, unit_id, revival_id=own.id).revival_id == own.id


def test_it_is_said_what_a_document_proves(database: Database, unit_id: int) -> None:
    with database.write() as session:
        number = add(session, unit_id).id

    def said(**values: Any) -> list[tuple[str, str]]:
        with database.read() as session:
            given = {"kind": "letter", "title": "نامه", "file_name": "a", **values}
            return told(commands.check(session, unit_id, number, given))

    assert said(day=DAY, capacity=60) == [("capacity", "?evidence_without_return")]
    with database.write() as session:
        add_revival(session, unit_id, stopped_on=DAY + timedelta(days=30))
    assert said(day=DAY, capacity=60) == [("capacity", "?is_evidence")]
    assert said(day=DAY, capacity=50) == [("capacity", "?is_evidence")]
    assert said(day=DAY, capacity=49) == [("capacity", "?below_evidence")]
    after = DAY + timedelta(days=31)
    assert said(day=after, capacity=60) == [("capacity", "?evidence_without_return")]
    assert said(day=after, capacity=20) == said(day=DAY) == []


# what hangs on a document


def stage(database: Database, unit_id: int) -> tuple[str, bool, str]:
    with database.read() as session:
        last = session.scalars(
            select(Standing).where(Standing.unit_id == unit_id).order_by(Standing.since.desc())
        ).first()
        assert last is not None
        assert standing.differing(session.connection()) == []
        return last.stage, last.counted, last.missing


def test_taking_a_document_from_under_a_counted_revival(database: Database, unit_id: int) -> None:
    with database.write() as session:
        add_revival(session, unit_id)
    assert stage(database, unit_id) == ("claimed", False, "evidence")
    with database.write() as session:
        proof, letter = add(session, unit_id, **PROOF), add(session, unit_id, PNG)
    assert stage(database, unit_id) == ("counted", True, "")
    with database.read() as session:
        assert documents.loss(session, proof.id) == "counted"
        assert documents.loss(session, letter.id) == ""
        assert documents.loss(session, proof.id, {**PROOF, "capacity": 50}) == ""
        lower = {**PROOF, "title": "فهرست", "file_name": "a", "capacity": 10}
        said = told(commands.check(session, unit_id, proof.id, lower))
        assert said == [("capacity", "?takes_count"), ("capacity", "?below_evidence")]
        assert documents.withdrawn_proof(session, unit_id) == ""
    with database.write() as session:
        commands.archive(session, proof.id, "سند اشتباه بود")
    assert stage(database, unit_id) == ("claimed", False, "evidence")
    with database.read() as session:
        assert documents.loss(session, proof.id) == ""
        assert documents.withdrawn_proof(session, unit_id) == "سند"
        assert [row.id for row in documents.of_unit(session, unit_id)] == [letter.id]
        (gone,) = documents.of_unit(session, unit_id, archived=True)
        assert (gone.id, gone.archive_reason) == (proof.id, "سند اشتباه بود")
        assert documents.content(session, proof.id) == PDF
    with database.write() as session:
        commands.restore(session, proof.id)
    assert stage(database, unit_id) == ("counted", True, "")


def test_taking_the_document_that_shows_it_has_lasted(database: Database, unit_id: int) -> None:
    with database.write() as session:
        add_revival(session, unit_id)
        add(session, unit_id, **PROOF)
        late = add(session, unit_id, PNG, day=calendar.add_months(DAY, 4), capacity=70)
    assert stage(database, unit_id) == ("sustained", True, "")
    with database.read() as session:
        assert documents.loss(session, late.id) == "sustained"
        values = {"day": None, "capacity": None, "title": "a", "file_name": "a"}
        said = told(commands.check(session, unit_id, late.id, values))
        assert said == [("capacity", "?takes_lasting")]


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100)), min_size=1, max_size=4),
    st.data(),
)
def test_a_loss_is_what_the_count_then_loses(
    tmp_path_factory: Any, papers: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Told before, then done: the standing kept by the commit says the same."""
    database = _copy(tmp_path_factory)
    try:
        with database.write() as session:
            unit = add_unit(session, name="آزمون").id
            add_revival(session, unit)
            made = [
                add(session, unit, day=DAY + timedelta(days=late), capacity=capacity).id
                for late, capacity in papers
            ]
        taken = data.draw(st.sampled_from(made))
        before, counted, _ = stage(database, unit)
        with database.write() as session:
            told_before = documents.loss(session, taken)
            commands.archive(session, taken, "آزمون")
        after, still, _ = stage(database, unit)
        expected = ""
        if counted and not still:
            expected = "counted"
        elif before == "sustained" != after:
            expected = "sustained"
        assert told_before == expected
    finally:
        database.close()


def _copy(tmp_path_factory: Any) -> Database:
    from tests.desktop.fake_frame import _new_file  # a file made once

    path = tmp_path_factory.mktemp("loss") / "a.ehya"
    path.write_bytes(_new_file())
    return existing(path)


def test_as_of_leaves_out_what_speaks_of_a_later_day(database: Database, unit_id: int) -> None:
    with database.write() as session:
        undated = add(session, unit_id, PNG).id
        early = add(session, unit_id, PDF, day=DAY).id
        late = add(session, unit_id, JPEG, day=DAY + timedelta(days=9)).id
    with database.read() as session:
        listed = documents.of_unit(session, unit_id)
        assert [row.id for row in listed] == [late, early, undated]
        listed = documents.of_unit(session, unit_id, DAY)
        assert [row.id for row in listed] == [early, undated]


# history


def test_the_history_names_the_bytes_and_does_not_hold_them(
    database: Database, unit_id: int
) -> None:
    """A document's change carries the SHA-256; the chain proves that, and it proves the bytes."""
    with database.write() as session:
        number = add(session, unit_id, PNG).id
    with database.read() as session:
        (change,) = session.scalars(
            select(Change).where(Change.record == "document", Change.record_id == number)
        )
        assert change.fields["sha256"] == [None, hashlib.sha256(PNG).hexdigest()]
        assert len(json.dumps(change.fields)) < 500
        assert not session.scalars(select(Change).where(Change.record == "content")).all()
        assert history.first_broken(session.connection()) is None
    with database.engine.begin() as connection:
        other = hashlib.sha256(PDF).hexdigest()
        changed = json.dumps({**change.fields, "sha256": [None, other]})
        connection.execute(
            text("UPDATE change SET fields = :fields WHERE id = :id"),
            {"fields": changed, "id": change.id},
        )
        assert history.first_broken(connection) == change.id


def test_a_document_is_changed_by_one_at_a_time(database: Database, unit_id: int) -> None:
    from db.errors import ConflictError

    with database.write() as session:
        number, version = (made := add(session, unit_id)).id, made.version
    with database.write() as session:
        commands.save(session, number, {"title": "پروانه", "sha256": "0" * 64}, version)
    with database.write() as session, pytest.raises(ConflictError):
        commands.save(session, number, {"title": "دیگر"}, version)
    with database.read() as session:
        assert documents.get(session, number).title == "پروانه"
        assert documents.content(session, number) == PDF
        assert units.get(session, unit_id).id == unit_id


# killed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs another kind of system")
@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_killed_while_adding_nothing_is_half_there(file: Path, unit_file: int, wait: float) -> None:
    data = os.urandom(15 * 2**20)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            database = existing(file)
            os.write(writing, b"go")
            while True:
                with database.write() as session:
                    add(session, unit_file, data + os.urandom(8))
        finally:
            os._exit(1)
    os.read(reading, 2)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for end in (reading, writing):
        os.close(end)
    database = existing(file)
    with database.read() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        count = session.scalar(select(func.count()).select_from(Document))
        assert session.scalar(select(func.count()).select_from(Content)) == count
        assert list(documents.damaged(session)) == []
        assert history.first_broken(session.connection()) is None
    database.close()


@pytest.fixture
def unit_file(file: Path) -> int:
    database = existing(file)
    with database.write() as session:
        number = add_unit(session).id
    database.close()
    return number
