"""The documents tab: files dropped on it, seen, saved again unchanged, put away with their cost."""

from __future__ import annotations

import os
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QThreadPool, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QWidget
from sqlalchemy import text as sql

from db import file_bytes
from db.calendar import from_jalali
from db.commands import documents as commands
from db.errors import DatabaseProblem
from db.queries import documents as queries
from db.queries import units
from desktop.documents import transfer
from desktop.documents.add_dialog import AddDialog
from desktop.documents.panel import DocumentsPanel
from desktop.documents.picked import Picked, look, suggested_kind
from desktop.documents.pictures import decode
from desktop.documents.preview import PictureDialog
from desktop.documents.transfer import add_all, can_be_opened, open_copy, save_copy
from desktop.documents.words import second_line, size
from desktop.pages.part_editor import PartDialog
from desktop.progress import Cancelled, unwatched
from desktop.units.page import UnitsPage
from tests.desktop.driving import Answers, click, fill, present, pressing
from tests.desktop.pictures_of import picture
from tests.desktop.records import add_return, add_unit
from tests.desktop.test_dialogs import reasoning

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from db.queries.documents import DocumentRow
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
MOST = 20 * 2**20
PDF = b"%PDF-1.7\n" + b"x" * 500


@pytest.fixture
def unit_id(database: Database) -> int:
    return add_unit(database)


@pytest.fixture
def panel(qtbot: QtBot, frame: FakeFrame, unit_id: int) -> DocumentsPanel:
    return present(qtbot, DocumentsPanel(frame, {"unit_id": [unit_id]}))


def settle() -> None:
    """Until what goes on elsewhere is done and shown."""
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def store(database: Database, unit_id: int, data: bytes = PDF, **values: Any) -> int:
    with database.write() as session:
        given = {"file_name": "سند.pdf", **values}
        return commands.add(session, unit_id, data, given).id


def rows(database: Database, unit_id: int) -> list[DocumentRow]:
    with database.read() as session:
        return queries.of_unit(session, unit_id)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def drop(widget: QWidget, *paths: Path) -> None:
    """As a file manager does it: it enters, then it is let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        widget, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none)
    )
    QApplication.processEvents()
    QTest.qWait(1)


def filling(values: dict[str, str], press: str) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        fill(dialog, values)
        click(dialog, press)

    return act


def hearing(told: list[str], press: str) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        told.append(said(dialog))
        click(dialog, press)

    return act


def said(dialog: QWidget) -> str:
    if isinstance(dialog, QMessageBox):
        return dialog.text()
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


# adding


def test_a_file_is_dropped_described_and_kept(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    add_return(frame.database, unit_id, "1402/05/01", shown=False)
    path = write(tmp_path, "فهرست_بیمه.pdf", PDF)
    typed = {"title": "فهرست مرداد", "day": "1402/05/20", "heads": "12", "capacity": "۶۰"}
    with Answers(filling(typed, "افزودن")):
        drop(panel, path)
    settle()
    (row,) = rows(frame.database, unit_id)
    assert (row.title, row.file_name, row.kind) == ("فهرست مرداد", "فهرست_بیمه.pdf", "other")
    assert (row.day, row.heads, row.capacity) == (from_jalali("1402/05/20"), 12, 60)
    assert frame.toasts == [("۱ سند افزوده شد.", "good")]
    assert [each.id for each in panel.shelf.documents()] == [row.id]
    assert [step.words for step in frame.steps._done] == ["افزودن ۱ سند"]
    with frame.database.read() as session:
        assert units.stage(session, unit_id, from_jalali("1402/09/15")) == "counted"


def test_a_file_dropped_anywhere_on_the_page_of_a_unit_is_for_its_documents(
    qtbot: QtBot, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    page = present(qtbot, UnitsPage(frame))
    page.start()
    page.open(unit_id)
    record: Any = page.record
    assert record.tabs.tabText(record.tabs.currentIndex()) == "شناسنامه"
    with Answers(pressing("افزودن")):
        drop(record, write(tmp_path, "پروانه.pdf", PDF))
    settle()
    assert [each.title for each in rows(frame.database, unit_id)] == ["پروانه"]
    assert record.tabs.tabText(record.tabs.currentIndex()) == "اسناد"
    assert len(record.tabs.currentWidget().shelf.documents()) == 1


def test_several_files_keep_their_own_names(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    paths = [write(tmp_path, f"عکس {n}.png", picture(color=f"#33669{n}")) for n in range(3)]
    add_return(frame.database, unit_id, "1402/05/01", shown=False)
    with Answers(pressing("افزودن")):
        drop(panel, *paths)
    settle()
    found = rows(frame.database, unit_id)
    assert {row.title for row in found} == {"عکس 0", "عکس 1", "عکس 2"}
    assert {row.kind for row in found} == {"photo_after"}  # the unit has returned
    frame.steps.undo()  # all of them in one step
    settle()
    assert rows(frame.database, unit_id) == []
    frame.steps.redo()
    settle()
    assert len(rows(frame.database, unit_id)) == 3


def test_what_cannot_be_added_is_told_before_anything_is_read(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    huge = tmp_path / "فیلم.mp4"
    with huge.open("wb") as file:
        file.truncate(2 * 2**30)
    told: list[str] = []

    start = time.perf_counter()
    with Answers(hearing(told, "فهمیدم")):
        drop(panel, huge, tmp_path, write(tmp_path, "خالی.pdf", b""), tmp_path / "نیست.pdf")
    assert time.perf_counter() - start < 3
    for part in ("۲٬۰۴۸ مگابایت", "پوشه است", "خالی است", "خوانده نشد"):
        assert part in told[0], part
    assert rows(frame.database, unit_id) == []

    with Answers(hearing(told, "انصراف")):
        drop(panel, huge, write(tmp_path, "نامه.pdf", PDF))
    assert "این‌ها افزوده نمی‌شود" in told[1]
    assert "۲٬۰۴۸ مگابایت" in told[1]
    assert rows(frame.database, unit_id) == []


@pytest.mark.parametrize("data", [PDF, b"\x89PNG\r\n\x1a\n" + b"no picture at all"])
def test_a_photo_that_is_no_picture_is_refused_beside_its_kind(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path, data: bytes
) -> None:
    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, AddDialog)
        dialog.form.editor("kind").set_value("photo_before")
        click(dialog, "افزودن")
        assert "عکس نیست" in dialog.form.complaint("kind")
        click(dialog, "انصراف")

    with Answers(answer):
        drop(panel, write(tmp_path, "عکس.png", data))
    settle()
    assert rows(frame.database, unit_id) == []


def test_what_a_document_proves_is_said_beside_its_capacity(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    add_return(frame.database, unit_id, "1402/05/01", shown=False)

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, AddDialog)
        fill(dialog, {"day": "1402/05/20", "capacity": "50"})
        assert "گواه احیای این واحد است (بازگشت ۱۴۰۲/۰۵/۰۱)" in dialog.form.complaint("capacity")
        fill(dialog, {"capacity": "49"})
        assert "از آستانهٔ احیا (۵۰ درصد) کمتر است" in dialog.form.complaint("capacity")
        fill(dialog, {"day": "", "capacity": "49"})
        click(dialog, "افزودن")
        assert "کدام روز" in dialog.form.complaint("day")
        click(dialog, "انصراف")

    with Answers(answer):
        drop(panel, write(tmp_path, "نامه.pdf", PDF))


def test_the_same_file_is_not_added_to_the_unit_twice(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    store(frame.database, unit_id)
    told: list[str] = []
    with Answers(pressing("افزودن"), hearing(told, "فهمیدم")):
        drop(panel, write(tmp_path, "همان.pdf", PDF))
        settle()
    assert "همان.pdf" in told[0]
    assert "دوباره افزوده نشد" in told[0]
    assert len(rows(frame.database, unit_id)) == 1


def test_large_files_are_added_while_the_window_lives(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [write(tmp_path, f"{n}.bin", os.urandom(15 * 2**20)) for n in range(4)]
    beats = [time.perf_counter()]
    pulse = QTimer()
    pulse.setInterval(5)
    pulse.timeout.connect(lambda: beats.append(time.perf_counter()))
    with Answers(pressing("افزودن")):
        drop(panel, *paths)
    pulse.start()
    beats[:] = [time.perf_counter()]
    qtbot.waitUntil(lambda: len(panel.shelf.documents()) == 4, timeout=60_000)
    pulse.stop()
    assert len(beats) > 20
    # Half a second, where two loaded cores may give the window none at all for a while.
    assert max(now - before for before, now in pairwise(beats)) < 0.5


def test_stopped_in_the_middle_what_is_whole_stays(
    database: Database, unit_id: int, tmp_path: Path
) -> None:
    paths = [write(tmp_path, f"{n}.bin", os.urandom(3 * 2**20)) for n in range(3)]
    picked, _ = look(paths, MOST)

    def stop(done: int, total: int) -> None:
        assert total == 9 * 2**20
        if done > 4 * 2**20:
            raise Cancelled

    with pytest.raises(Cancelled):
        add_all(database, unit_id, picked, {"kind": "other"}, stop)
    (row,) = rows(database, unit_id)
    assert row.title == "0"
    with database.read() as session:
        assert list(queries.damaged(session)) == []


def test_a_file_that_goes_away_meanwhile_is_told_and_the_others_stay(
    database: Database, unit_id: int, tmp_path: Path
) -> None:
    paths = [write(tmp_path, f"{n}.pdf", PDF + bytes([n])) for n in range(3)]
    picked, _ = look(paths, MOST)
    paths[1].unlink()
    found = add_all(database, unit_id, picked, {"kind": "other"}, unwatched)
    assert (found.count, [each.name for each in found.refused]) == (2, ["1.pdf"])
    assert "خوانده نشد" in found.refused[0].why


def test_a_full_disk_is_one_sentence_and_nothing_is_half(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path
) -> None:
    path = write(tmp_path, "بزرگ.bin", os.urandom(5 * 2**20))
    with frame.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 300}")
    with Answers(pressing("افزودن")):
        drop(panel, path)
    settle()
    assert [error.reason for error in frame.troubles if isinstance(error, DatabaseProblem)] == [
        "full"
    ]
    assert rows(frame.database, unit_id) == []


def test_a_file_that_may_not_be_written_into_is_one_sentence(
    database: Database, unit_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked, _ = look([write(tmp_path, "a.pdf", PDF)], MOST)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(DatabaseProblem, match="read_only"):
        add_all(database, unit_id, picked, {"kind": "other"}, unwatched)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    assert rows(database, unit_id) == []


def test_the_kind_that_is_offered() -> None:
    photo, paper = (Picked(Path("a"), 1, kind) for kind in ("image/png", "application/pdf"))
    assert suggested_kind([photo, photo], returned=False) == "photo_before"
    assert suggested_kind([photo], returned=True) == "photo_after"
    assert suggested_kind([photo, paper], returned=True) == "other"


# out again


@pytest.mark.parametrize("data", [b"x", PDF, bytes(range(256)) * 9000])
def test_a_copy_is_the_very_bytes(
    database: Database, unit_id: int, tmp_path: Path, data: bytes
) -> None:
    number = store(database, unit_id, data)
    path = save_copy(database, number, tmp_path / "بیرون.bin")
    assert path.read_bytes() == data
    with pytest.raises(DatabaseProblem, match="no_folder"):
        save_copy(database, number, tmp_path / "نیست" / "a.bin")


def test_damaged_bytes_are_not_handed_out(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    number = store(frame.database, unit_id)
    panel.refresh()
    with frame.database.engine.begin() as connection:
        connection.execute(sql("UPDATE content SET data = :x"), {"x": PDF + b"!"})
    out = tmp_path / "بیرون.pdf"
    out.write_bytes(b"before")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    panel.shelf.go_to(number)
    click(panel, "ذخیره در…")
    settle()
    (trouble,) = frame.troubles
    assert isinstance(trouble, DatabaseProblem)
    assert trouble.reason == "damaged_document"
    assert out.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir() if ".part" in each.name] == []


def test_a_document_is_saved_where_one_likes(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    number = store(frame.database, unit_id, file_name="نامهٔ بانک.pdf")
    panel.refresh()
    asked: list[str] = []

    def place(_parent: QWidget, _title: str, offered: str) -> tuple[str, str]:
        asked.append(offered)
        return str(tmp_path / "کپی.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", place)
    panel.shelf.go_to(number)
    click(panel, "ذخیره در…")
    settle()
    assert asked[0].endswith("نامهٔ بانک.pdf")
    assert (tmp_path / "کپی.pdf").read_bytes() == PDF
    assert frame.toasts == [("«کپی.pdf» ذخیره شد.", "good")]


def test_only_what_is_known_is_opened_and_by_its_own_ending(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    store(frame.database, unit_id, b"MZ an executable", file_name="نامه.pdf")
    store(frame.database, unit_id, PDF, file_name="program.exe")
    panel.refresh()
    for row in panel.shelf.documents():
        panel.see(row)
    settle()
    (path,) = opened
    assert Path(path).name == "program.exe.pdf"
    assert Path(path).read_bytes() == PDF
    assert frame.toasts[0][1] == "warn"
    (unknown,) = [row for row in panel.shelf.documents() if not can_be_opened(row)]
    assert unknown.media_type == "application/octet-stream"


def test_a_copy_that_is_looked_at_stands_apart(database: Database, unit_id: int) -> None:
    store(database, unit_id)
    (row,) = rows(database, unit_id)
    first, second = open_copy(database, row), open_copy(database, row)
    assert first != second
    assert first.read_bytes() == second.read_bytes() == PDF
    assert first.is_relative_to(transfer._folder())


# pictures


def test_small_pictures_come_by_and_by_and_are_kept(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(frame.database, unit_id, picture(1600, 400), kind="photo_before", file_name="a.png")
    broken = b"\x89PNG\r\n\x1a\n" + b"no picture"
    store(frame.database, unit_id, broken, file_name="b.png")
    store(frame.database, unit_id, PDF)
    panel.refresh()
    found = {row.file_name: row for row in panel.shelf.documents()}
    for row in found.values():
        panel.thumbnails.of(row)
    settle()
    small = panel.thumbnails.of(found["a.png"])
    assert small is not None
    assert (small.width(), small.height()) == (160, 40)
    assert panel.thumbnails.broken == {found["b.png"].sha256}
    assert panel.thumbnails.of(found["سند.pdf"]) is None
    monkeypatch.setattr(queries, "content", lambda *_: pytest.fail("read again"))
    assert panel.thumbnails.of(found["a.png"]) is not None
    settle()


def test_a_picture_is_never_larger_than_memory_bears() -> None:
    assert decode(picture(900, 300), 300).size().toTuple() == (300, 100)
    assert decode(picture(90, 30), 300).size().toTuple() == (90, 30)
    assert decode(b"no picture").isNull()


def test_pictures_are_seen_inside_the_program(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int, qtbot: QtBot
) -> None:
    for number, color in enumerate(("#aa0000", "#00aa00")):
        store(frame.database, unit_id, picture(2000, 1500, color), kind="photo_before",
              file_name="a.png", title=f"عکس {number}")  # fmt: skip
    store(frame.database, unit_id, PDF)
    panel.refresh()
    first = next(row for row in panel.shelf.documents() if row.title == "عکس 1")
    panel.see(first)
    dialog = panel.window().findChild(PictureDialog)
    assert dialog is not None
    settle()
    assert dialog.windowTitle() == "عکس 1"
    assert dialog.view.has_picture()
    whole = dialog.view.scale_now()
    assert whole < 0.7
    QTest.keyClick(dialog, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    dialog.view.zoom(2)
    assert dialog.view.scale_now() > whole
    dialog.resize(700, 500)
    assert dialog.view.scale_now() > whole  # what one chose stays
    click(dialog, "اندازهٔ خود عکس")
    assert dialog.view.scale_now() == 1
    click(dialog, "اندازهٔ پنجره")
    assert dialog.view.scale_now() < whole
    QTest.keyClick(dialog, Qt.Key.Key_Left)  # on, in a window from right to left
    settle()
    assert dialog.windowTitle() == "عکس 0"
    dialog.close()


# describing, putting away


def test_what_is_said_of_a_document_is_changed(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int
) -> None:
    store(frame.database, unit_id, title="نام اول")
    panel.refresh()
    dialog = panel.edit(panel.shelf.documents()[0])
    assert isinstance(dialog, PartDialog)
    fill(dialog, {"title": "پروانه شهریور"})
    dialog.accept()
    assert rows(frame.database, unit_id)[0].title == "پروانه شهریور"
    assert panel.shelf.documents()[0].title == "پروانه شهریور"
    with frame.database.read() as session:
        assert queries.content(session, rows(frame.database, unit_id)[0].id) == PDF


def test_the_cost_of_a_document_is_said_before_and_after(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int
) -> None:
    add_return(frame.database, unit_id, "1402/05/01", shown=False)
    number = store(frame.database, unit_id, title="فهرست مرداد", kind="insured_list",
                   day=from_jalali("1402/05/20"), capacity=60)  # fmt: skip
    panel.refresh()
    assert not panel.lost.isVisible()
    panel.shelf.go_to(number)
    heard: list[str] = []

    def answer(dialog: QWidget) -> None:
        heard.append(said(dialog))
        reasoning("سند مال واحد دیگری بود", "بایگانی")(dialog)

    with Answers(answer):
        QTest.keyClick(panel.shelf, Qt.Key.Key_Delete)
    assert "گواه احیای شمرده‌شدهٔ این واحد است؛ با بایگانی آن واحد دیگر شمرده نمی‌شود" in heard[0]
    assert frame.toasts == [("واحد دیگر در شمار احیا نیست: گواه فعالیت آن بایگانی شد.", "warn")]
    assert panel.lost.isVisible()
    assert "«فهرست مرداد» بایگانی شده است" in panel.lost.label.text()
    with frame.database.read() as session:
        assert units.stage(session, unit_id, from_jalali("1402/09/15")) == "claimed"
    assert panel.shelf.documents() == []

    panel.archived.click()
    (row,) = panel.shelf.documents()
    assert "بایگانی: سند مال واحد دیگری بود" in second_line(row)
    panel.shelf.go_to(number)
    click(panel, "بازگرداندن")
    panel.archived.click()
    assert not panel.lost.isVisible()
    assert [each.id for each in panel.shelf.documents()] == [number]
    with frame.database.read() as session:
        assert units.stage(session, unit_id, from_jalali("1402/09/15")) == "counted"


def test_a_document_that_proves_nothing_goes_quietly(
    panel: DocumentsPanel, frame: FakeFrame, unit_id: int
) -> None:
    number = store(frame.database, unit_id, title="نامه")
    panel.refresh()
    panel.shelf.go_to(number)
    with Answers(reasoning("دو بار بود", "بایگانی")):
        panel.archive()
    assert frame.toasts == [("«نامه» بایگانی شد.", "good")]


def test_as_of_an_earlier_day(panel: DocumentsPanel, frame: FakeFrame, unit_id: int) -> None:
    store(frame.database, unit_id, day=from_jalali("1402/06/01"))
    frame.day = from_jalali("1402/05/31")
    panel.refresh()
    assert panel.shelf.documents() == []
    frame.day = None
    panel.refresh()
    assert len(panel.shelf.documents()) == 1


def test_the_tab_is_read_when_it_is_looked_at(
    qtbot: QtBot, frame: FakeFrame, unit_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(frame.database, unit_id)
    made = DocumentsPanel(frame, {"unit_id": [unit_id]})
    qtbot.addWidget(made)
    made.start()
    made.refresh()
    assert made.shelf.documents() == ()
    present(qtbot, made)
    assert len(made.shelf.documents()) == 1


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "۰ بایت"), (1023, "۱٬۰۲۳ بایت"), (1024, "۱ کیلوبایت"), (2**20 - 600, "۱٬۰۲۳ کیلوبایت"),
        (2**20, "۱ مگابایت"), (int(2.3 * 2**20), "۲٫۳ مگابایت"), (MOST, "۲۰ مگابایت"),
    ],
)  # fmt: skip
def test_a_size_in_words(count: int, words: str) -> None:
    assert size(count) == words


def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.pdf")
    try:
        path = write(tmp_path, name, PDF)
    except OSError:
        pytest.skip("this system knows no such names")
    picked, refused = look([path], MOST)
    assert (len(picked), refused) == (1, [])
    assert file_bytes.read(path, MOST).name == "--.pdf"
