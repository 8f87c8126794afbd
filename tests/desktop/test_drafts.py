"""What is typed and not saved outlives the program; what is pinned is there in the next form."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget

from db.calendar import from_jalali
from db.commands import units as commands
from db.commands.saving import values_of
from db.database import existing
from db.models import Unit
from db.queries import units as queries
from desktop import paths
from desktop.drafts import Draft, Drafts, Place, new_name, now
from desktop.main_window import MainWindow
from desktop.pages import drafting
from desktop.pages.drafting import DraftBanner
from desktop.pages.part_editor import PartDialog
from desktop.settings import Settings
from desktop.units.page import UnitsPage
from desktop.units.record import UnitPage
from desktop.widgets.dialogs import ConflictDialog
from tests.desktop.driving import Answers, click, fill, key, keys, present, pressing
from tests.desktop.killed_typist import TYPED
from tests.desktop.records import add_group, add_return, add_unit, number_of
from tests.desktop.typing import focus_of, press, type_in, type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], MainWindow]:
    """The window on the file, as at a start of the program."""
    monkeypatch.setattr(drafting, "WAIT_MS", 1)

    def make() -> MainWindow:
        made = MainWindow(Settings(tmp_path / "settings.json"))
        qtbot.addWidget(made, before_close_func=lambda w: w.drop_database())
        present(qtbot, made)
        made.set_database(database, "units")
        QApplication.processEvents()
        return made

    return make


def killed(window: MainWindow) -> None:
    """Nothing is asked and nothing is tidied, but what was under way reaches its file."""
    wait(window)
    window.drafts.close()
    window.hide()
    window.pages["units"].record.form.changed = False


def wait(window: MainWindow) -> None:
    """For the second to pass; here it is a thousandth."""
    deadline = monotonic() + 5
    record = window.pages["units"].record
    while record.drafting._timer.isActive() and monotonic() < deadline:
        QApplication.processEvents()


def files(database: Database) -> list[Path]:
    return sorted(Drafts(paths.draft_folder(), database.path).folder.glob("*"))


def page_of(window: MainWindow) -> UnitsPage:
    page = window.pages["units"]
    assert isinstance(page, UnitsPage)
    return page


def record_of(window: MainWindow) -> UnitPage:
    record = page_of(window).record
    assert isinstance(record, UnitPage)
    return record


def banner_of(window: MainWindow) -> DraftBanner:
    """The one that is on the screen."""
    QApplication.processEvents()
    (shown,) = [each for each in window.findChildren(DraftBanner) if each.isVisible()]
    return shown


def has_banner(window: QWidget) -> bool:
    QApplication.processEvents()
    return any(each.isVisible() for each in window.findChildren(DraftBanner))


def typed(record: UnitPage) -> dict[str, str]:
    return {name: focus_of(record, name).property("text") for name in ("name", "owner")}


# --- kill -9 --------------------------------------------------------------------------------------


def kill_while_typing(database: Database, number: int = 0) -> None:
    """Type in another process, and kill it a moment after the last second has passed."""
    folder = paths.draft_folder()
    run = [sys.executable, "-m", "tests.desktop.killed_typist"]
    with subprocess.Popen(
        [*run, str(database.path), str(folder), str(number)], cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, text=True,
    ) as typist:  # fmt: skip
        assert typist.stdout is not None
        assert typist.stdout.readline() == "typed\n"
        deadline = monotonic() + 20
        while not any(file.suffix == ".json" for file in files(database)):
            assert monotonic() < deadline, "nothing was kept"
        os.kill(typist.pid, signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 needs another kind of system")
def test_a_new_unit_is_there_after_kill_9(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    kill_while_typing(database)
    window = open_window()
    told = banner_of(window).label.text()
    assert told.startswith("نوشتهٔ ناتمامِ «واحد تازه: ریسندگی زاگرس» از ")
    click(banner_of(window), "ادامه")
    record = record_of(window)
    assert not has_banner(window)
    assert typed(record) == {name: TYPED[name] for name in ("name", "owner")}
    note = focus_of(record, "note")
    assert note.toPlainText() == TYPED["note"]  # type: ignore[attr-defined]  # several lines
    assert focus_of(record, "registered_on").property("text") == "۱۴۰۲/۰"
    assert record.unsaved.isVisible()
    type_in(record, "registered_on", "1402/05/01")
    fill(record, {"county_id": "شیراز", "found_jobs": "3"})
    focus_of(record, "found_state").setFocus()
    type_text(focus_of(record, "found_state"), "را")
    assert record.save()
    window.drafts.close()
    assert files(database) == []
    with database.read() as session:
        assert session.query(Unit).one().name == TYPED["name"]


def test_an_edited_unit_whose_stored_version_moved_on(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    number = add_unit(database, "پارس نخ")
    kill_while_typing(database, number)
    other = existing(database.path)
    with other.write() as session:
        values = values_of(session.get_one(Unit, number))
        commands.save_unit(session, number, {**values, "name": "نام دیگری", "found_jobs": 9})
    other.close()
    window = open_window()
    click(banner_of(window), "ادامه")
    record = record_of(window)
    assert record.version == 1
    type_in(record, "registered_on", "1402/01/10")

    def settle(dialog: QWidget) -> None:
        assert isinstance(dialog, ConflictDialog)
        assert {"name", "found_jobs", "owner"} <= set(dialog._groups)
        dialog.choose("found_jobs", mine=False)
        click(dialog, "ذخیرهٔ برگزیده‌ها")

    with Answers(settle):
        assert record.save()
    with database.read() as session:
        unit = session.get_one(Unit, number)
        assert (unit.name, unit.owner, unit.found_jobs) == (TYPED["name"], "زهرا علوی", 9)


# --- while one types ------------------------------------------------------------------------------


def test_it_is_written_once_a_second_and_not_at_each_letter(
    open_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    monkeypatch.setattr(drafting, "WAIT_MS", 1000)
    page_of(window).new()
    written: list[Draft] = []
    monkeypatch.setattr(window.drafts, "write", written.append)
    type_in(record_of(window), "name", "ریسندگی زاگرس نو")
    assert written == []
    record_of(window).drafting._timer.setInterval(0)
    record_of(window).drafting.write()
    assert [draft.values["name"] for draft in written] == ["ریسندگی زاگرس نو"]
    record_of(window).form.changed = False


@pytest.mark.parametrize("end", ["save", "discard"])
def test_what_is_saved_or_thrown_away_leaves_nothing(
    open_window: Callable[[], MainWindow], database: Database, end: str
) -> None:
    number = add_unit(database, "پارس نخ")
    window = open_window()
    page_of(window).open(number)
    type_in(record_of(window), "name", "پارس نخ نو")
    wait(window)
    if end == "save":
        keys(window, Qt.Key.Key_S)
    else:
        focus_of(record_of(window), "name").setFocus()
        with Answers(pressing("دور انداختن")):
            key(window, Qt.Key.Key_Escape)
    window.drafts.close()
    assert files(database) == []


def test_a_form_offers_what_was_left_in_it(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    number = add_unit(database, "پارس نخ")
    first = open_window()
    page_of(first).open(number)
    type_in(record_of(first), "owner", "علوی")
    killed(first)
    window = open_window()
    page_of(window).open(number)
    assert banner_of(window).label.text().startswith("نوشتهٔ ناتمامِ «پارس نخ  (۱۰۰۰۰۱)» از ")
    click(banner_of(window), "ادامه")
    assert typed(record_of(window)) == {"name": "پارس نخ", "owner": "علوی"}
    keys(window, Qt.Key.Key_S)
    key(window, Qt.Key.Key_Escape)
    assert not has_banner(window)
    window.drafts.close()
    assert files(database) == []


def test_thrown_away_it_is_not_offered_again(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    first = open_window()
    page_of(first).new()
    type_in(record_of(first), "name", "ناتمام")
    killed(first)
    window = open_window()
    click(banner_of(window), "دور انداختن")
    assert not has_banner(window)
    page_of(window).new()
    assert not has_banner(window)
    window.drafts.close()
    assert files(database) == []


def test_writing_something_else_keeps_what_was_left(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    for name in ("یکم", "دوم"):
        window = open_window()
        page_of(window).new()
        type_in(record_of(window), "name", name)
        assert not has_banner(window)  # not to be pressed over what is being written
        killed(window)
    assert len(files(database)) == 2
    window = open_window()
    assert "دوم" in banner_of(window).label.text()
    click(banner_of(window), "دور انداختن")
    assert "یکم" in banner_of(window).label.text()
    page_of(window).new()
    assert "یکم" in banner_of(window).label.text()
    page_of(window).back()
    assert "یکم" in banner_of(window).label.text()


def test_a_duplicate_is_kept_before_a_key_is_pressed(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    add_unit(database, "پارس نخ")
    window = open_window()
    page_of(window).table.go_to(0)
    keys(window, Qt.Key.Key_D)
    killed(window)
    assert len(files(database)) == 1


def test_a_part_is_kept_and_resumed_where_it_was(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    number = add_unit(database, "پارس نخ")
    add_return(database, number, "1402/05/01")
    first = open_window()
    page_of(first).open(number)
    returns = record_of(first).returns
    assert returns is not None
    dialog = returns.open(returns.table.rows.row_at(0))
    type_in(dialog, "jobs_after", "31")
    dialog.drafting._timer.stop()
    dialog.drafting.write()
    dialog.form.changed = False
    first.drafts.close()
    dialog.hide()
    first.hide()
    window = open_window()
    told = banner_of(window).label.text()
    assert "«بازگشت به تولید، پارس نخ  (۱۰۰۰۰۱)»" in told
    click(banner_of(window), "ادامه")
    QApplication.processEvents()
    again = window.findChild(PartDialog)
    assert again is not None
    assert focus_of(again, "jobs_after").property("text") == "۳۱"
    again.accept()
    with database.read() as session:
        assert queries.revivals(session, number)[0].jobs_after == 31
    window.drafts.close()
    assert files(database) == []


def test_the_programme_and_its_steps_are_kept_too(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    first = open_window()
    first.show_page("programme")
    page = first.pages["programme"]
    type_in(page, "target_units", "450")
    page.drafting.write()
    page.form.changed = False
    dialog = page._milestones.open(None)
    type_in(dialog, "units", "200")
    dialog.drafting.write()
    dialog.form.changed = False
    dialog.hide()
    first.drafts.close()
    first.hide()
    window = open_window()
    assert len(window.drafts.left) == 2
    for _ in range(2):
        place = window.drafts.left[0].place
        banner = next(b for b in window.findChildren(DraftBanner) if b.isVisible())
        click(banner, "ادامه")
        QApplication.processEvents()
        if place.part == "milestone":
            again = window.findChild(PartDialog)
            assert again is not None
            assert focus_of(again, "units").property("text") == "۲۰۰"
            again.form.changed = False
            again.reject()
        else:
            assert focus_of(window.pages["programme"], "target_units").property("text") == "۴۵۰"
    window.pages["programme"].form.changed = False


# --- damaged and foreign --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "5", "null", '{"place": {}}', '{"place": {"page": 5}}', "\xff\x00"]
)
def test_a_damaged_draft_is_ignored(
    open_window: Callable[[], MainWindow], database: Database, content: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    folder = Drafts(paths.draft_folder(), database.path).folder
    folder.mkdir(parents=True)
    (folder / "x.json").write_bytes(content.encode("latin-1"))
    with caplog.at_level(logging.WARNING):
        window = open_window()
    assert "x.json not read" in caplog.text
    assert not has_banner(window)


def left(database: Database, place: Place, **values: Any) -> None:
    drafts = Drafts(paths.draft_folder(), database.path)
    drafts.write(Draft(new_name(), place, "پارس نخ", 1, now(), values, {}))
    drafts.close()


@pytest.mark.parametrize(
    "place", [Place("units", 99), Place("nowhere"), Place("lookups/none"),
              Place("units", 1, "revival", 7), Place("units", 1, "nothing", 7)],
)  # fmt: skip
def test_what_cannot_be_resumed_does_no_harm(
    open_window: Callable[[], MainWindow], database: Database, place: Place
) -> None:
    add_unit(database, "پارس نخ")
    left(database, place, name="نام")
    window = open_window()
    click(banner_of(window), "ادامه")
    assert len(window.drafts.left) == 1


def test_values_of_another_version_are_left_out(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    number = add_unit(database, "پارس نخ")
    left(database, Place("units", number), name="نام نو", gone="چیزی", registered_on="نه")
    window = open_window()
    click(banner_of(window), "ادامه")
    assert typed(record_of(window))["name"] == "نام نو"
    record_of(window).form.changed = False


def test_the_lists_keep_theirs(open_window: Callable[[], MainWindow], database: Database) -> None:
    left(database, Place("lookups/bank", 1), name="بانک نو")
    window = open_window()
    click(banner_of(window), "ادامه")
    record = window.pages["lookups"].current.record
    assert focus_of(record, "name").property("text") == "بانک نو"
    record.form.changed = False


def test_another_file_has_its_own(tmp_path: Path, database: Database) -> None:
    left(database, Place("units"), name="نام")
    other = Drafts(paths.draft_folder(), tmp_path / "other.ehya")
    assert other.left == []
    assert len(Drafts(paths.draft_folder(), database.path).left) == 1


def test_where_nothing_can_be_written_work_goes_on(
    open_window: Callable[[], MainWindow], database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    folder = paths.draft_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in the place of the folder")
    window = open_window()
    page_of(window).new()
    type_in(record_of(window), "name", "نام")
    with caplog.at_level(logging.INFO):
        wait(window)
        window.drafts.close()
    assert "draft not kept" in caplog.text
    record_of(window).form.changed = False


def test_a_draft_is_plain_json(database: Database) -> None:
    left(database, Place("units", 3), name="نام")
    (path,) = files(database)
    loaded = json.loads(path.read_text("ascii"))
    assert loaded["place"] == {"page": "units", "record": 3, "part": "", "part_id": None}


# --- pins -----------------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot: QtBot, frame: FakeFrame) -> UnitsPage:
    add_group(frame.database, "گروه رجایی")
    return begin(qtbot, frame)


def begin(qtbot: QtBot, frame: FakeFrame) -> UnitsPage:
    made = frame.page = present(qtbot, UnitsPage(frame))
    made.start()
    return made


@pytest.fixture
def again(qtbot: QtBot, frame: FakeFrame) -> Callable[[], UnitsPage]:
    """The page as the next run of the program finds it."""
    return lambda: begin(qtbot, frame)


def form_of(page: UnitsPage) -> UnitPage:
    if page.record is None:
        page.new()
    assert isinstance(page.record, UnitPage)
    QApplication.processEvents()
    return page.record


def pin(record: UnitPage, name: str) -> QToolButton:
    found = record.form._cells[name].pin
    assert found is not None
    return found


def register(page: UnitsPage, name: str, **more: str) -> None:
    record = form_of(page)
    fill(record, {"name": name, "found_jobs": "3", **more})
    focus_of(record, "found_state").setFocus()
    type_text(focus_of(record, "found_state"), "را")
    assert record.save()
    page.back()


def test_what_is_pinned_is_in_the_next_form(
    page: UnitsPage, frame: FakeFrame, again: Callable[[], UnitsPage]
) -> None:
    record = form_of(page)
    assert pin(record, "county_id").toolTip().startswith("برای ردیف بعدی نگه دار")
    pin(record, "county_id").click()
    pin(record, "registered_on").click()
    register(page, "یکم", county_id="فسا", group_id="رجایی", registered_on="1402/03/04")
    other = again()
    record = form_of(other)
    values = record.form._read()[0]
    fasa = number_of(frame.database, "county", "فسا")
    assert values["county_id"] == fasa
    assert values["registered_on"] == from_jalali("1402/03/04")
    assert values["group_id"] is None
    assert pin(record, "county_id").isChecked()
    assert not pin(record, "group_id").isChecked()
    assert not record.form.changed, "nothing was typed yet"
    pin(record, "county_id").click()
    register(other, "دوم", county_id="شیراز")
    record = form_of(other)
    assert record.form._read()[0]["county_id"] is None
    assert record.form._read()[0]["registered_on"] == from_jalali("1402/03/04")


def test_a_stored_row_is_pinned_as_it_is(page: UnitsPage, frame: FakeFrame) -> None:
    fasa = number_of(frame.database, "county", "فسا")
    page.open(add_unit(frame.database, "پارس نخ", county_id=fasa))
    record = form_of(page)
    focus_of(record, "county_id").setFocus()
    keys(page, Qt.Key.Key_P)
    assert pin(record, "county_id").isChecked()
    page.back()
    assert form_of(page).form._read()[0]["county_id"] == fasa


def test_editing_another_row_does_not_move_the_pin(page: UnitsPage, frame: FakeFrame) -> None:
    pin(form_of(page), "county_id").click()
    register(page, "یکم", county_id="فسا")
    page.open(add_unit(frame.database, "پارس نخ"))  # of شیراز
    type_in(form_of(page), "owner", "علوی")
    assert form_of(page).save()
    page.back()
    fasa = number_of(frame.database, "county", "فسا")
    assert form_of(page).form._read()[0]["county_id"] == fasa


def test_tab_goes_by_the_pins(page: UnitsPage) -> None:
    record = form_of(page)
    focus_of(record, "county_id").setFocus()
    press(focus_of(record, "county_id"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is focus_of(record, "estate_id")


@pytest.mark.parametrize("kept", [None, 5, [], {"county_id": None}, {"gone": 3}])
def test_strange_pins_do_no_harm(page: UnitsPage, frame: FakeFrame, kept: Any) -> None:
    frame.kept[f"pins/{frame.database.path}/Unit"] = kept
    assert form_of(page).form._read()[0]["county_id"] is None


def test_the_banner_is_reached_before_the_form(
    open_window: Callable[[], MainWindow], database: Database
) -> None:
    window = open_window()
    page_of(window).open(add_unit(database, "پارس نخ"))
    record = record_of(window)
    after = record.save_button.nextInFocusChain()
    passed: list[QWidget] = []
    while after is not None and after is not record.tabs and len(passed) < 50:
        passed.append(after)
        after = after.nextInFocusChain()
    buttons = record.drafting.banner.findChildren(QAbstractButton)
    assert [each for each in passed if each in buttons] == buttons
    assert not any(record.form.isAncestorOf(each) for each in passed)
