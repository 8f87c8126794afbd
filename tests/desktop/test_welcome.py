"""The first-run page and the dialog of a new file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from db.calendar import from_jalali
from db.database import existing
from db.queries import progress
from desktop.welcome.new_file import NO_PLACE, NewFileDialog
from desktop.welcome.page import WelcomePage
from tests.desktop.driving import fill, keys, present
from tests.desktop.typing import type_in

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_it_is_shown_before_a_database_can_be() -> None:
    told = "import sys, desktop.welcome.page; print('sqlalchemy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_each_choice_says_what_is_wanted(qtbot: QtBot) -> None:
    page = present(qtbot, WelcomePage())
    wanted = (page.new_wanted, page.open_wanted, page.sample_wanted)
    for choice, signal in zip(page.choices, wanted, strict=True):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert not page.recent.isVisible()
    assert not page.banner.isVisible()


def test_no_words_of_a_choice_are_cut(qtbot: QtBot) -> None:
    page = present(qtbot, WelcomePage())
    for width in (1280, 420):
        page.resize(width, 700)
        for choice in page.choices:
            layout = choice.layout()
            assert layout is not None
            assert choice.height() >= layout.heightForWidth(choice.width())


def test_recent_files_open_and_the_missing_cannot(qtbot: QtBot, tmp_path: Path) -> None:
    there, gone = tmp_path / "هست.ehya", tmp_path / "نیست.ehya"
    there.touch()
    page = present(qtbot, WelcomePage([str(there), str(gone)]))
    by_name = {each.text(): each for each in page.recent.findChildren(QPushButton)}
    assert not by_name["نیست"].isEnabled()
    with qtbot.waitSignal(page.recent_wanted) as asked:
        by_name["هست"].click()
    assert asked.args == [str(there)]
    page.show_recent([])
    assert not page.recent.isVisible()


def test_the_trouble_that_led_here_is_told(qtbot: QtBot) -> None:
    page = present(qtbot, WelcomePage())
    page.tell("پروندهٔ پیشین پیدا نشد.")
    assert page.banner.isVisible()
    assert page.banner.label.text() == "پروندهٔ پیشین پیدا نشد."
    page.tell("")
    assert not page.banner.isVisible()


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> NewFileDialog:
    return present(qtbot, NewFileDialog(None, tmp_path / "Ehya"), 900, 680)


def test_it_comes_filled_but_for_the_baseline_day(qtbot: QtBot, dialog: NewFileDialog) -> None:
    assert dialog.path.parent.name == "Ehya"
    assert dialog.path.suffix == ".ehya"
    values = dialog.form._read()[0]
    assert (values["target_units"], values["baseline_units"], values["baseline_jobs"]) == (
        400, 110, 700,
    )  # fmt: skip
    assert values["deadline"] == from_jalali("1402/12/29")
    assert values["baseline_on"] is None
    day = dialog.form.editor("baseline_on").inner
    qtbot.waitUntil(day.hasFocus)
    dialog.make()
    assert dialog.form.complaint("baseline_on")
    assert not dialog.path.exists()


def test_a_file_is_made_by_keyboard(qtbot: QtBot, dialog: NewFileDialog, tmp_path: Path) -> None:
    type_in(dialog, "place", str(tmp_path / "Ehya" / "فارس"))
    fill(dialog.form, {"baseline_on": "۱۴۰۱/۱۲/۲۹", "target_units": "۴۲۰"})
    with qtbot.waitSignal(dialog.accepted):
        keys(dialog, Qt.Key.Key_S)
    assert dialog.path == tmp_path / "Ehya" / "فارس.ehya"
    opened = existing(dialog.path)
    with opened.read() as session:
        assert progress.programme(session).target_units == 420
    opened.close()


def test_a_field_is_checked_when_it_is_left(dialog: NewFileDialog) -> None:
    fill(dialog.form, {"target_units": "0"})
    assert dialog.form.complaint("target_units")
    fill(dialog.form, {"baseline_on": "1402/12/30"})
    assert dialog.form.complaint("baseline_on")


@pytest.mark.parametrize("which", ["empty", "exists", "no folder"])
def test_a_place_that_will_not_do_is_told(
    dialog: NewFileDialog, tmp_path: Path, which: str
) -> None:
    there = tmp_path / "هست.ehya"
    there.write_text("x")
    places = {"empty": "", "exists": str(there), "no folder": str(tmp_path / "نیست" / "a.ehya")}
    fill(dialog.form, {"baseline_on": "1401/12/29"})
    type_in(dialog, "place", places[which])
    dialog.make()
    assert dialog.place_complaint.isVisible()
    assert dialog.place.hasFocus()
    if which == "empty":
        assert dialog.place_complaint.text() == NO_PLACE
    assert there.read_text() == "x"


def test_the_machines_trouble_is_told_and_nothing_is_lost(
    qtbot: QtBot, dialog: NewFileDialog, tmp_path: Path
) -> None:
    (tmp_path / "Ehya").write_text("in the way")  # a file where the folder should be
    fill(dialog.form, {"baseline_on": "1401/12/29"})
    dialog.make()
    assert not dialog.make_button.isEnabled()
    dialog.reject()
    assert dialog.isVisible()  # it is being made
    qtbot.waitUntil(dialog.make_button.isEnabled)
    assert dialog.banner.isVisible()
    assert dialog.form.values()["baseline_on"] == from_jalali("1401/12/29")
    dialog.reject()
    assert not dialog.isVisible()


def test_the_place_can_be_chosen(
    dialog: NewFileDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(tmp_path / "ب.ehya")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (chosen, ""))
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "گشتن…").click()
    assert dialog.path == Path(chosen)


def test_a_name_that_is_free_is_proposed(qtbot: QtBot, tmp_path: Path) -> None:
    first = NewFileDialog(None, tmp_path)
    qtbot.addWidget(first)
    first.path.touch()
    second = NewFileDialog(None, tmp_path)
    qtbot.addWidget(second)
    assert not second.path.exists()
    assert second.path != first.path
