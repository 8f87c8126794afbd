"""The printed file of a unit: its pages looked at as pictures, and its PDF as a file."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog

from db.calendar import from_jalali, to_persian_date
from db.errors import DatabaseProblem
from db.queries import unit_file
from desktop import cli
from desktop.page_list import fields_of
from desktop.paper.layout import MARGIN, PAGE, POINT, Paper, Words, letters
from desktop.paper.preview import PreviewDialog
from desktop.paper.printing import write_pdf
from desktop.paper.sheet import Sheet
from desktop.unit_file.facts import LONG, _parts, gather
from desktop.unit_file.panel import UnitFilePanel
from desktop.unit_file.printing import material, printed
from desktop.unit_file.sheet import UnitFile, lay_out
from tests.db.rich_unit import LAST, add_rich_unit
from tests.desktop.driving import present
from tests.desktop.pictures_of import picture
from tests.desktop.records import add_unit

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("qapp")
WIDE = 595  # pixels of a page drawn here: one for a point
LONGEST = "شرکت تعاونی تولیدی و صنعتی نخ‌ریسی و بافندگی " * 3


@pytest.fixture
def photos() -> tuple[bytes, ...]:
    return (picture(400, 300, "#ff0000"), picture(300, 400, "#0000ff"))


@pytest.fixture
def rich(database: Database, photos: tuple[bytes, ...]) -> int:
    with database.write() as session:
        return add_rich_unit(session, photos=photos)


def make_sheet(database: Database, unit_id: int, as_of: date | None = None) -> UnitFile:
    return lay_out(material(database, unit_id, as_of, fields_of))


def drawn(sheet: Sheet, number: int, width: int = WIDE) -> QImage:
    image = QImage(width, round(width * PAGE.height() / PAGE.width()), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    sheet.draw_page(painter, number, float(width))
    painter.end()
    return image


def of_paper(paper: Paper, number: int = 0) -> QImage:
    image = QImage(WIDE, round(WIDE * PAGE.height() / PAGE.width()), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(WIDE / PAGE.width(), WIDE / PAGE.width())
    for draw in paper.pages[number]:
        draw(painter)
    painter.end()
    return image


def ink(image: QImage, top: int = 0, bottom: int | None = None) -> tuple[int, int]:
    """The leftmost and rightmost column of a band that is not white."""
    white = QColor("white").rgb()
    rows = range(top, image.height() if bottom is None else bottom)
    found = [x for x in range(image.width()) if any(image.pixel(x, y) != white for y in rows)]
    return found[0], found[-1]


def text_of(sheet: UnitFile) -> str:
    """All the words of its facts."""
    facts = sheet.facts
    parts = [facts.name, facts.code, facts.stage, facts.revival, *facts.evidence, *facts.note]
    parts += [word for pair in (*facts.identity, *facts.found) for word in pair]
    for table in (facts.returns, facts.obstacles, facts.actions, facts.loans, facts.documents,
                  facts.events):  # fmt: skip
        parts += [*table.heads, *(cell for row in table.rows for cell in row)]
    return "\n".join(parts)


# right to left


def test_a_paragraph_begins_at_the_right_margin() -> None:
    paper = Paper()
    paper.paragraph("نام واحد")
    left, right = ink(of_paper(paper))
    margin = MARGIN / PAGE.width() * WIDE
    assert abs(right - (WIDE - margin)) < 4
    assert left > WIDE / 2


def test_a_table_runs_from_right_to_left_and_a_label_stands_right_of_its_value() -> None:
    paper = Paper()
    paper.table(("روز", "شرح"), (1, 3), [("الف", "ب")], {(0, 0): "bad", (0, 1): "good"})
    image = of_paper(paper)
    red, green = list[int](), list[int]()
    for x in range(WIDE):
        for y in range(300):
            color = image.pixelColor(x, y)
            if color.red() > color.green() + 40:
                red.append(x)
            elif color.green() > color.red() + 20:
                green.append(x)
    assert red
    assert green
    assert min(red) > WIDE * 0.715 > max(green)
    paper = Paper()
    paper.pairs([("نام", "گلستان")])
    image = of_paper(paper)
    left, right = ink(image, 0, 119)
    assert right > WIDE * 0.9
    assert left > WIDE / 2


def test_punctuation_stands_where_persian_puts_it() -> None:
    """A full stop is left of its sentence, and a number keeps its own direction."""
    plain, stopped = (Words(text, letters(20), 4000.0) for text in ("سلام", "سلام."))
    assert stopped._layout.lineAt(0).naturalTextWidth() > plain._layout.lineAt(0).naturalTextWidth()
    paper = Paper()
    paper.paragraph("سلام", 20)
    bare = ink(of_paper(paper))
    paper = Paper()
    paper.paragraph("سلام.", 20)
    dotted = ink(of_paper(paper))
    assert dotted[0] < bare[0]
    assert abs(dotted[1] - bare[1]) <= 1


# pages


def test_the_pages_of_a_unit_of_which_much_is_known(database: Database, rich: int) -> None:
    sheet = make_sheet(database, rich, LAST)
    assert 3 <= sheet.page_count <= 6
    margin = MARGIN / PAGE.width() * WIDE
    for number in range(sheet.page_count):
        image = drawn(sheet, number)
        left, right = ink(image)
        assert left >= margin - 3
        assert right <= WIDE - margin + 3
        foot = ink(image, round(image.height() - margin - 20), round(image.height() - margin + 6))
        assert foot[0] < WIDE / 2 < foot[1]


def test_the_photos_stand_side_by_side_before_at_the_right(database: Database, rich: int) -> None:
    sheet = make_sheet(database, rich, LAST)
    reds, blues = list[int](), list[int]()
    for number in range(sheet.page_count):
        image = drawn(sheet, number)
        for y in range(0, image.height(), 5):
            for x in range(0, image.width(), 5):
                color = image.pixelColor(x, y)
                if color == QColor("#ff0000"):
                    reds.append(x)
                elif color == QColor("#0000ff"):
                    blues.append(x)
    assert len(reds) > 100
    assert len(blues) > 100
    assert min(reds) > WIDE / 2 > max(blues)


def test_a_photo_that_is_damaged_does_not_keep_the_rest_from_the_paper(
    database: Database, rich: int
) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE content SET data = x'00' WHERE size > 100")
    sheet = make_sheet(database, rich, LAST)
    assert sheet.page_count >= 3


def test_a_new_unit_takes_one_page(database: Database) -> None:
    sheet = make_sheet(database, add_unit(database))
    assert sheet.page_count == 1
    assert "بازگشتی به تولید ثبت نشده است" in text_of(sheet)
    assert sheet.facts.stage == "ثبت‌شده"


def test_the_longest_words_stay_between_the_margins(database: Database) -> None:
    number = add_unit(
        database, LONGEST[:120], owner="س" * 120, address="و" * 300, product="۱" * 120,
        note="\n".join(["توضیح بلند " * 20] * 8)[:2000],
    )  # fmt: skip
    sheet = make_sheet(database, number)
    margin = MARGIN / PAGE.width() * WIDE
    for page in range(sheet.page_count):
        left, right = ink(drawn(sheet, page))
        assert left >= margin - 3
        assert right <= WIDE - margin + 3


@settings(max_examples=15)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=90))
def test_every_row_of_a_table_is_on_some_page_and_none_below_the_foot(lines: list[int]) -> None:
    paper = Paper()
    rows = [("الف ب " * (10 * count), str(number)) for number, count in enumerate(lines)]
    paper.table(("متن", "شمار"), (5, 1), rows, {})
    assert paper.y <= PAGE.height() - MARGIN
    tall = sum(Words(text, letters(8.5), paper.width * 5 / 6 - 8 * POINT).height
               for text, _ in rows)  # fmt: skip
    assert len(paper.pages) >= tall / PAGE.height()
    for number in range(len(paper.pages)):
        image = of_paper(paper, number)
        assert ink(image, 0, image.height() - 40)
        white = QColor("white").rgb()
        below = range(image.height() - 40, image.height())
        assert all(image.pixel(x, y) == white for y in below for x in range(0, WIDE, 7))


@given(st.text(alphabet="ابپ ۱\n", max_size=3000), st.integers(20, 800))
def test_a_text_in_pieces_loses_nothing(text: str, most: int) -> None:
    parts = _parts(text, most)
    assert all(0 < len(part) <= most for part in parts)
    assert "".join(parts).replace(" ", "") == "".join(text.split())


# what it says


def test_the_sheet_says_everything_that_is_known(database: Database, rich: int) -> None:
    sheet = make_sheet(database, rich, LAST)
    told = text_of(sheet)
    for part in (
        "نخ‌ریسی گلستان فارس", "احیای شمرده‌شده", "گروه جهادی شهید رجایی", "۱۴۰۲/۰۶/۰۱",
        "قطعی گاز زمستان", "(اصلی)", "رفع‌شده ۱۴۰۲/۰۵/۳۰", "باز", "دیرشده",
        "انجام‌شده ۱۴۰۲/۰۳/۱۹", "انجام‌نشده ۱۴۰۲/۰۴/۳۰",
        "۱۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال", "ردشده", "پرداخت‌شده", "فهرست بیمه‌شدگان شهریور",
        "نخستین بازگشت ۱ شهریور ۱۴۰۲",
    ):  # fmt: skip
        assert part in told, part
    for row in sheet.facts.documents.rows:
        told = told.replace(row[-1], "")  # a fingerprint is read by machines
    assert not re.search("[0-9]", told)
    with database.read() as session:
        days = {to_persian_date(e.day) for e in unit_file.entries(session, rich, LAST)}
    assert days <= {row[0] for row in sheet.facts.events.rows}


def test_the_evidence_is_what_the_count_rests_on(database: Database, rich: int) -> None:
    with database.read() as session:
        facts = gather(session, rich, LAST, fields_of)
        early = gather(session, rich, from_jalali("1402/06/10"), fields_of)
    assert [line[:10] for line in facts.evidence] == ["۱۴۰۲/۰۶/۲۰", "۱۴۰۲/۰۶/۳۱"]
    assert early.evidence == []
    assert early.stage == "احیای اعلام‌شده"
    assert "کم دارد: گواه فعالیت" in early.revival


def test_as_of_a_day_nothing_later_is_said(database: Database, rich: int) -> None:
    day = from_jalali("1402/04/01")
    sheet = make_sheet(database, rich, day)
    told = text_of(sheet)
    assert "در حمایت" in told
    for later in ("۱۴۰۲/۰۵", "۱۴۰۲/۰۶", "مصوب\n۱۰٬", "قطعی گاز"):
        assert later not in told
    assert all(row[3:5] == ("", "") for row in sheet.facts.loans.rows)  # neither approved nor paid


def test_an_archived_unit_can_be_printed_still(database: Database, rich: int) -> None:
    from db.commands import units

    with database.write() as session:
        units.archive_unit(session, rich, "دو بار ثبت شده بود")
    sheet = make_sheet(database, rich)
    assert sheet.facts.stage == "بایگانی"


# the file


def pdf_facts(path: Path) -> tuple[int, bytes]:
    """How many pages, and every stream of the file unpacked."""
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    plain = data
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            plain += zlib.decompress(stream)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", plain)), plain


def test_the_pdf_has_its_pages_of_a4_and_its_own_letters(
    database: Database, rich: int, tmp_path: Path
) -> None:
    path = tmp_path / "شناسنامه.pdf"
    told = write_pdf(printed(database, rich, LAST, fields_of).lay_out, path)
    count, plain = pdf_facts(path)
    assert count == told == make_sheet(database, rich, LAST).page_count
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^]]*)\]", plain)}
    ((left, top, width, height),) = boxes
    assert (left, top) == (0, 0)
    assert abs(width - 595) < 1
    assert abs(height - 842) < 1
    assert b"/FontFile2" in plain  # the letters themselves are in it
    assert b"NotoSansArabic" in plain
    assert path.stat().st_size < 2_000_000


def test_a_pdf_is_whole_or_not_there(database: Database, rich: int, tmp_path: Path) -> None:
    of = printed(database, rich, LAST, fields_of).lay_out
    with pytest.raises(DatabaseProblem, match="no_folder"):
        write_pdf(of, tmp_path / "نیست" / "a.pdf")
    kept = tmp_path / "a.pdf"
    kept.write_bytes(b"before")

    def fail(*_: object) -> None:
        raise DatabaseProblem("no_printer")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sheet, "draw", fail)
        with pytest.raises(DatabaseProblem, match="no_printer"):
            write_pdf(of, kept)
    assert kept.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".~")] == []


def test_it_is_made_from_the_window(
    qtbot: QtBot, frame: FakeFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QDesktopServices

    with frame.database.write() as session:
        number = add_rich_unit(session)
    panel = present(qtbot, UnitFilePanel(frame, {"unit_id": [number]}))
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    target = tmp_path / "واحد"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    panel.print.save_pdf()
    for _ in range(6):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()
    made = tmp_path / "واحد.pdf"
    assert pdf_facts(made)[0] >= 3
    assert frame.toasts == [("«واحد.pdf» ساخته شد.", "good")]
    assert opened == [str(made)]


def test_the_preview_shows_the_pages_as_they_are_printed(qtbot: QtBot, frame: FakeFrame) -> None:
    with frame.database.write() as session:
        number = add_rich_unit(session)
    panel = present(qtbot, UnitFilePanel(frame, {"unit_id": [number]}))
    panel.print.preview()
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()
    dialog = panel.window().findChild(PreviewDialog)
    assert dialog is not None
    assert len(dialog.pages) == dialog._sheet.page_count
    page = dialog.pages[0]
    assert page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32) == drawn(
        dialog._sheet, 0, page.width()
    )
    before = page.width()
    dialog.zoom(1)
    assert page.width() > before
    for _ in range(9):
        dialog.zoom(-1)
    assert page.width() == round(before / 2)
    dialog.close()


def test_the_command_line_makes_it_without_a_screen(
    database: Database, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from db.models import ReportRun

    with database.write() as session:
        add_rich_unit(session)
    out = tmp_path / "unit.pdf"
    run = ["export", "--file", str(file), "--report", "unit", "--output", str(out)]
    assert cli.main([*run, "--unit", "۱۰۰۰۰۱", "--as-of", "1402/11/20"]) == 0
    count, _ = pdf_facts(out)
    with database.read() as session:
        (kept,) = session.query(ReportRun).all()
        assert (kept.report, kept.figures, kept.filters) == (
            "unit", {"pages": count}, {"unit": "100001"}
        )  # fmt: skip
    for wrong, told in (
        (["--unit", "77"], "واحدی با کد «77» نیست"),
        ([], "--unit"),
        (["--unit", "100001", "--county", "شیراز"], "--county"),
    ):
        assert cli.main([*run, *wrong]) == 2
        assert told in capsys.readouterr().err
    assert cli.main(["export", "--file", str(file), "--report", "units", "--output",
                     str(out), "--unit", "1"]) == 2  # fmt: skip
    nowhere = tmp_path / "نیست" / "unit.pdf"
    assert cli.main([*run[:-1], str(nowhere), "--unit", "100001"]) == 1


def test_long_findings_are_told_whole(database: Database) -> None:
    from db.models import Visit

    number = add_unit(database)
    findings = " ".join(f"یافتهٔ{n}" for n in range(180))
    with database.write() as session:
        session.add(Visit(unit_id=number, day=from_jalali("1402/02/01"), kind="monitoring",
                          state_seen="stagnant", heads=1, capacity=0, review="accepted",
                          findings=findings))  # fmt: skip
    sheet = make_sheet(database, number)
    rows = sheet.facts.events.rows
    assert all(len(row[-1]) <= LONG for row in rows)
    assert findings in " ".join(row[-1] for row in rows)
