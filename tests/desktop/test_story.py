"""The acceptance story: a clerk's first day through the real window, from a new file on."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from db import calendar, sample
from desktop import paths
from desktop.cli import main as command
from desktop.page_list import PAGES
from desktop.widgets.editors.quiet_text import QuietText
from desktop.widgets.frame import Door
from tests.desktop.driving import Answers, fill, key, keys, pressing, show_tab
from tests.desktop.records import add_follow_up
from tests.desktop.story import choose, front, new_file, pick, settle, start, stop
from tests.desktop.typing import focus_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import Program

TODAY = date(2023, 12, 21)  # 1402/09/30


@pytest.fixture(autouse=True)
def _a_day_of_the_programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    (tmp_path / "data").mkdir()


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, settings: Path) -> Iterator[Program]:
    made = start(qapp, settings, qtbot)
    yield made
    stop(made)


def register_unit(program: Program) -> None:
    """By keyboard alone: Ctrl+N, every field left with Enter, Ctrl+S."""
    window = program.window
    window.show_page("units")
    page = window.pages["units"]
    keys(window, Qt.Key.Key_N)
    settle()
    form = page.record.form
    assert focus_of(form, "name").hasFocus()
    fill(form, {"name": "صنايع غذايي گلستان"})  # with Arabic letters
    choose(form, "industry_id", "غذایی")
    fill(form, {"product": "رب گوجه"})
    choose(form, "county_id", "مرودشت")
    fill(form, {"registered_on": "1402/02/10"})
    pick(form, "found_state", "ن")
    fill(form, {"stagnant_since": "1401-03-01", "found_jobs": "۴", "found_capacity": "10"})
    fill(form, {"legal_national_id": "10380285692"})
    assert "شناسهٔ ملی درست نیست" in form.complaint("legal_national_id")
    fill(form, {"legal_national_id": "۱۰۳۸۰۲۸۴۷۹۰", "mobile": "9171234567"})
    assert form.complaint("legal_national_id") == ""
    keys(window, Qt.Key.Key_S)
    assert page.record.record_id is not None
    assert not page.record.form.changed


def revive(program: Program) -> None:
    """The day, the jobs and the capacity after; what cannot be is refused beside its field."""
    record = program.window.pages["units"].record
    show_tab(record, "احیا")
    dialog = front(record.returns.open(None))
    fill(dialog.form, {"returned_on": "1402/01/20", "jobs_after": "12", "capacity_after": "70"})
    dialog.accept()
    assert "پیش از ثبت" in dialog.form.complaint("returned_on")
    fill(dialog.form, {"returned_on": "1403/01/20"})
    assert "هنوز نیامده" in dialog.form.complaint("returned_on")
    fill(dialog.form, {"returned_on": "1402/04/20"})
    dialog.accept()
    assert not dialog.isVisible()
    front(program.window)
    assert record.state.text() == "احیای اعلام‌شده"
    add_follow_up(program.window.database, record.record_id, "1402/04/25")
    settle()
    assert record.state.text() == "احیای شمرده‌شده"


def lend(program: Program) -> None:
    """A loan of the unit from the request to the money, in rial, words and toman."""
    window = program.window
    unit_id = window.pages["units"].record.record_id
    window.new("loans", {"unit_id": unit_id})
    settle()
    page = window.pages["loans"]
    form = page.record.form
    choose(form, "bank_id", "کشاورزی")
    fill(form, {"amount_asked": "1500000000", "applied_on": "1402/03/01"})
    words = [quiet.text for quiet in form.editor("amount_asked").findChildren(QuietText)]
    assert "یکصد و پنجاه میلیون تومان" in words
    keys(window, Qt.Key.Key_S)
    assert page.record.state.text() == "درخواست"
    for name, day, stage in (
        ("introduced_on", "1402/03/05", "معرفی به بانک"),
        ("approved_on", "1402/03/20", "تصویب"),
        ("contract_on", "1402/04/01", "قرارداد"),
    ):
        fill(form, {name: day})
        if name == "approved_on":
            fill(form, {"amount_approved": "۱٬۲۰۰٬۰۰۰٬۰۰۰"})
        keys(window, Qt.Key.Key_S)
        assert page.record.state.text() == stage
    for amount, stage in (("700000000", "پرداخت مرحله‌ای"), ("500000000", "پرداخت‌شده")):
        dialog = front(page.record.editor_of("tranche").open(None))
        fill(dialog.form, {"day": "1402/04/10", "amount": "5000000000"})
        dialog.accept()
        assert "از مبلغ مصوب بیشتر" in dialog.form.complaint("amount")
        fill(dialog.form, {"amount": amount})
        dialog.accept()
        front(window)
        assert page.record.state.text() == stage


def test_the_first_day(
    qapp: QApplication, qtbot: QtBot, settings: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    file = tmp_path / "برنامهٔ فارس.ehya"
    program = start(qapp, settings, qtbot)
    window = program.window
    assert not window.side.isVisible(), "the first-run page stands alone"
    new_file(program, file)
    assert window.current == "dashboard"
    assert window.side.isVisible()

    register_unit(program)
    revive(program)
    lend(program)

    # the dashboard, and what is behind its figures
    window.show_page("dashboard")
    settle()
    figures = window.pages["dashboard"].figures
    assert (figures.revived, figures.remaining, figures.direct_jobs) == (111, 289, 708)
    assert figures.loans.approved == figures.loans.paid_out == 1_200_000_000
    counted = [figures.counted_from.isoformat(), figures.as_of.isoformat()]
    window.go(Door("units", {"returned_on": counted}))
    assert len(window.pages["units"].listing) == 1
    window.set_as_of(calendar.from_jalali("1402/04/24"))
    window.show_page("dashboard")
    settle()
    assert window.pages["dashboard"].figures.revived == 110, "the day before it was shown"
    window.set_as_of(None)

    # the report goes up, and the list as it is shown
    report, units = tmp_path / "گزارش.xlsx", tmp_path / "واحدها.xlsx"
    for path, act in ((report, program.report), (units, lambda: keys(window, Qt.Key.Key_E))):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, path=path: (str(path), ""))
        if path is units:
            window.show_page("units")
            front(window)
        with Answers(pressing("بستن")):
            act()
            qtbot.waitUntil(path.exists)
            settle()
            qtbot.wait(50)
    assert openpyxl.load_workbook(report).sheetnames[0] == "خلاصه"
    listed = list(openpyxl.load_workbook(units).active.iter_rows(values_only=True))
    assert any("صنایع غذایی گلستان" in row for row in listed)

    # closed and opened again: the same file, page, columns and widths
    page = window.pages["units"]
    page.table.setColumnWidth(1, 333)
    page.table._show_column(2, False)
    window.resize(window.width(), 640)
    settle()
    stop(program)
    assert sorted(p.name for p in tmp_path.glob("برنامه*")) == [file.name], "one file is left"
    again = start(qapp, settings, qtbot)
    assert again.window.current == "units"
    table = again.window.pages["units"].table
    assert table.columnWidth(1) == 333
    assert table.isColumnHidden(2)
    assert again.window.size().height() == 640
    assert len(again.window.pages["units"].listing) == 1
    stop(again)

    # and the command line says the same of the file
    assert command(["progress", "--file", str(file), "--as-of", "1402/09/30", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["revived"], told["direct_jobs"], told["groups"]) == (111, 708, 0)


def test_a_relapse_leaves_running_but_not_revived(program: Program, tmp_path: Path) -> None:
    new_file(program, tmp_path / "a.ehya")
    register_unit(program)
    revive(program)
    window = program.window
    record = window.pages["units"].record
    record.returns.table.go_to(0)
    dialog = front(record.returns.open(record.returns.table.current()))
    fill(dialog.form, {"stopped_on": "1402/07/01", "stop_reason": "قطعی گاز"})
    dialog.accept()
    front(window)
    assert record.state.text() == "بازایستاده"
    window.show_page("dashboard")
    settle()
    figures = window.pages["dashboard"].figures
    assert (figures.revived, figures.running) == (111, 110)


def test_unsaved_work_is_asked_about(program: Program, tmp_path: Path) -> None:
    new_file(program, tmp_path / "a.ehya")
    register_unit(program)
    page = program.window.pages["units"]
    fill(page.record.form, {"product": "کنسانتره"})
    with Answers(pressing("ماندن در این صفحه")):
        program.window.show_page("loans")
    assert program.window.current == "units"
    with Answers(pressing("ذخیره و ادامه")):
        program.window.show_page("loans")
    assert program.window.current == "loans"
    program.window.show_page("units")
    assert page.record.form.editor("product").value() == "کنسانتره"
    page.record.setFocus()
    key(page.record, Qt.Key.Key_Escape)
    assert page.record is None
    assert page.table.current().product == "کنسانتره"


def test_a_second_window_is_told_so(
    program: Program, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.ehya"
    new_file(program, file)
    second = start(qapp, tmp_path / "other.json", qtbot)
    assert not second.open(file)
    told: Any = second.window.content.currentWidget()
    assert "در پنجرهٔ دیگری از احیا باز است" in told.banner.label.text()
    stop(second)
    front(program.window)
    register_unit(program)


class WindowWatch(QObject):
    """Writes down every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(repr(watched))
        return False


def test_no_part_of_a_page_flashes_as_a_window(
    program: Program, qapp: QApplication, tmp_path: Path
) -> None:
    """A widget made visible before it has a parent is a window for a moment."""
    file = tmp_path / "a.ehya"
    sample.make(file, 12)
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    try:
        program.open(file)
        for entry in PAGES:
            program.window.show_page(entry.key)
            settle()
        for key_of_page in ("units", "loans", "groups"):
            program.window.show_page(key_of_page)
            page = program.window.pages[key_of_page]
            page = getattr(page, "current", page)
            page.open(page.listing.ids[0])
            settle()
            page.back()
            page.new()
            settle()
    finally:
        qapp.removeEventFilter(watch)
    assert watch.seen == []
