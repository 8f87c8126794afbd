"""The journey of a unit through the real windows: found, diagnosed, helped, revived, stopped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db import calendar, standing
from db.calendar import from_jalali
from desktop import choices, paths
from tests.desktop.driving import Answers, click, fill, keys, pressing
from tests.desktop.story import choose, front, new_file, pick, settle, start, stop
from tests.desktop.typing import focus_of, press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import Program

TODAY = date(2024, 3, 10)  # 1402/12/20


@pytest.fixture(autouse=True)
def _a_day_near_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: TODAY)
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    (tmp_path / "data").mkdir()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    made = start(qapp, tmp_path / "settings.json", qtbot)
    new_file(made, tmp_path / "a.ehya")
    yield made
    stop(made)


class Office:
    """What the people of the office do, page by page."""

    def __init__(self, program: Program) -> None:
        self.program, self.window = program, program.window
        self.unit = 0

    def page(self, key: str) -> Any:
        self.window.show_page(key)
        front(self.window)
        return self.window.pages[key]

    def new(self, key: str) -> Any:
        page = self.page(key)
        if page.record is not None:
            page.back()
        keys(self.window, Qt.Key.Key_N)
        settle()
        return page.record

    def save(self) -> None:
        keys(self.window, Qt.Key.Key_S)
        settle()

    def found_group(self) -> None:
        record = self.new("groups")
        fill(record.form, {"name": "گروه جهادی شهید چمران"})
        self.save()

    def registers_unit(self) -> None:
        record = self.new("units")
        fill(record.form, {"name": "نساجی کویر"})
        choose(record.form, "county_id", "جهرم")
        choose(record.form, "group_id", "چمران")
        fill(record.form, {"registered_on": "1402/01/10"})
        pick(record.form, "found_state", "ر")
        fill(record.form, {"found_jobs": "2"})
        self.save()
        self.unit = record.record_id

    def visits(self, day: str, kind: int, state: int, heads: str, capacity: str) -> Any:
        """`kind` and `state` are so many rows down their lists; the visit is accepted."""
        record = self.new("visits")
        choose(record.form, "unit_id", "نساجی")
        fill(record.form, {"day": day})
        for name, downs in (("kind", kind), ("state_seen", state)):
            box = focus_of(record.form, name)
            box.setFocus()
            for _ in range(downs):
                press(box, Qt.Key.Key_Down)
        fill(record.form, {"heads": heads, "capacity": capacity})
        click(record, "ذخیره و پذیرش")
        settle()
        assert record.state.text() == "پذیرفته"
        return record

    def returns(self, day: str) -> None:
        page = self.page("units")
        page.open(self.unit)
        settle()
        dialog = front(page.record.returns.open(None))
        fill(dialog.form, {"returned_on": day, "jobs_after": "14", "capacity_after": "60"})
        dialog.accept()
        assert not dialog.isVisible()
        front(self.window)

    def stage(self) -> str:
        """As the unit's own page says it; the board and the list agree."""
        page = self.page("units")
        page.open(self.unit)
        settle()
        word: str = page.record.state.text()
        page.back()
        settle()
        row = page.table.rows.row_at(0)
        assert choices.UNIT_STAGE.show(row.stage) == word
        board = self.page("board")
        settle()
        full = [s for s, column in board.columns.items() if column.list.count()]
        assert [choices.UNIT_STAGE.show(stage) for stage in full] == [word]
        return word

    def figures(self) -> tuple[int, int, int, int]:
        """Claimed, counted, sustained, still running, as the dashboard has them."""
        page = self.page("dashboard")
        settle()
        found = page.figures
        return found.claimed, found.revived, found.sustained, found.running


MONITORING, SHALLOW, DEEP, FOLLOW_UP = range(4)
STAGNANT, SEMI, ACTIVE = range(1, 4)


def test_a_unit_from_finding_to_lasting_and_back_to_a_stop(program: Program) -> None:
    office = Office(program)
    office.found_group()
    office.registers_unit()
    assert office.stage() == "ثبت‌شده"
    office.visits("1402/01/20", MONITORING, STAGNANT, "2", "0")
    assert office.stage() == "پایش‌شده"

    # the diagnosis, with the obstacle it finds
    record = office.visits("1402/02/01", DEEP, STAGNANT, "2", "0")
    click(record.found, "ثبت مانع")
    dialog = front(QApplication.activeModalWidget())
    fill(dialog, {"kind_id": "نقدینگی"})
    main = focus_of(dialog, "main")
    main.setFocus()
    press(main, Qt.Key.Key_Space, " ")
    click(dialog, "ذخیره")
    front(program.window)
    assert office.stage() == "عارضه‌یابی‌شده"

    # what is done about it, by when
    record = office.new("actions")
    choose(record.form, "unit_id", "نساجی")
    fill(record.form, {"what": "معرفی به بانک برای سرمایه در گردش", "decided_on": "1402/02/05",
                       "due_on": "1402/02/20"})  # fmt: skip
    office.save()
    assert office.stage() == "در حمایت"

    # it returns; the count waits until that is shown
    office.returns("1402/04/01")
    assert office.stage() == "احیای اعلام‌شده"
    assert office.figures() == (111, 110, 0, 110)
    office.visits("1402/04/20", FOLLOW_UP, ACTIVE, "12", "40")
    assert office.stage() == "احیای اعلام‌شده", "below the programme's fifty percent"
    office.visits("1402/05/01", FOLLOW_UP, ACTIVE, "14", "60")
    assert office.stage() == "احیای شمرده‌شده"
    assert office.figures() == (111, 111, 0, 111)

    # three months of good follow-ups after the weak one
    office.visits("1402/06/15", FOLLOW_UP, ACTIVE, "14", "65")
    assert office.stage() == "احیای شمرده‌شده"
    office.visits("1402/08/01", FOLLOW_UP, ACTIVE, "15", "70")
    assert office.stage() == "احیای پایدار"
    assert office.figures() == (111, 111, 1, 111)

    # a later visit finds it stagnant; the program proposes, a person confirms
    with Answers(pressing("ثبت توقف")):
        office.visits("1402/11/01", MONITORING, STAGNANT, "3", "0")
    assert office.stage() == "بازایستاده"
    assert office.figures() == (111, 111, 0, 110), "ever revived, no longer running"

    # each earlier day says what it said then
    said = {"1402/01/15": "ثبت‌شده", "1402/04/10": "احیای اعلام‌شده",
            "1402/07/01": "احیای شمرده‌شده", "1402/10/01": "احیای پایدار"}  # fmt: skip
    for day, word in said.items():
        program.window.set_as_of(from_jalali(day))
        assert office.stage() == word
    with program.window.database.read() as session:
        assert standing.differing(session.connection()) == []
