"""The questions the program asks: why, what of unsaved work, mine or theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QRadioButton, QWidget

from db.calendar import from_jalali
from desktop.units import fields
from desktop.widgets.dialogs import (
    ConflictDialog,
    ReasonDialog,
    ask_reason,
    ask_unsaved,
    tell_trouble,
)
from tests.desktop.driving import Answers, button, click, key, present, pressing
from tests.desktop.typing import type_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.fields import Field


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


# --- the reason of archiving ----------------------------------------------------------------------


def reasoning(typed: str, words: str) -> Callable[[QWidget], None]:
    def act(dialog: QWidget) -> None:
        edit = dialog.findChild(QLineEdit)
        assert edit is not None
        edit.setFocus()
        type_text(edit, typed)
        click(dialog, words)

    return act


def test_a_reason_is_brought_back_clean(ground: QWidget) -> None:
    with Answers(reasoning("  دو بار  ثبت شده بود ي", "بایگانی")):
        assert ask_reason(ground, "بایگانی", "«نساجی»") == "دو بار ثبت شده بود ی"


def test_one_may_think_better_of_it(ground: QWidget) -> None:
    with Answers(reasoning("دلیل", "انصراف")):
        assert ask_reason(ground, "بایگانی", "") is None


def test_nothing_is_archived_without_a_reason(qtbot: QtBot, ground: QWidget) -> None:
    dialog = present(qtbot, ReasonDialog(ground, "بایگانی", "چرا؟"), 420, 160)
    edit = dialog.findChild(QLineEdit)
    assert edit is not None
    assert edit.hasFocus()
    assert not button(dialog, "بایگانی").isEnabled()
    type_text(edit, "   ")
    key(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not button(dialog, "بایگانی").isEnabled()
    type_text(edit, "تعطیل کامل")
    key(dialog, Qt.Key.Key_Return)
    assert dialog.result() == ReasonDialog.DialogCode.Accepted
    assert dialog.reason() == "تعطیل کامل"


def test_a_reason_is_no_longer_than_its_column(qtbot: QtBot, ground: QWidget) -> None:
    dialog = present(qtbot, ReasonDialog(ground, "بایگانی", "چرا؟"), 420, 160)
    edit = dialog.findChild(QLineEdit)
    assert edit is not None
    edit.insert("ن" * 500)
    assert len(dialog.reason()) == fields.ARCHIVE_REASON.max_length


# --- unsaved work ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answer"),
    [("ذخیره و ادامه", "save"), ("دور انداختن", "discard"), ("ماندن در این صفحه", "stay")],
)
def test_unsaved_work_has_three_answers(ground: QWidget, words: str, answer: str) -> None:
    with Answers(pressing(words)):
        assert ask_unsaved(ground, "واحد تازه") == answer


def test_escape_stays_and_enter_saves(ground: QWidget) -> None:
    with Answers(lambda dialog: key(dialog, Qt.Key.Key_Escape)):
        assert ask_unsaved(ground, "واحد تازه") == "stay"
    with Answers(lambda dialog: key(dialog, Qt.Key.Key_Return)):
        assert ask_unsaved(ground, "واحد تازه") == "save"


def test_a_name_in_the_question_is_no_markup(ground: QWidget) -> None:
    def look(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        assert "<b>نساجی</b>" in box.text()
        assert box.textFormat() == Qt.TextFormat.PlainText
        click(box, "دور انداختن")

    with Answers(look):
        ask_unsaved(ground, "<b>نساجی</b>")


def test_a_trouble_is_told_in_one_sentence(ground: QWidget) -> None:
    def look(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        assert box.text() == "جای خالی نمانده است."
        assert box.textFormat() == Qt.TextFormat.PlainText
        click(box, "فهمیدم")

    with Answers(look):
        tell_trouble(ground, "جای خالی نمانده است.")


# --- mine and theirs ------------------------------------------------------------------------------

FIELDS = (fields.NAME, fields.FOUND_JOBS, fields.REGISTERED_ON, fields.OWNER)
MINE = {"name": "نساجی", "found_jobs": 4, "registered_on": from_jalali("1402/01/01"), "owner": ""}
THEIRS = {"name": "ریسندگی", "found_jobs": 9, "registered_on": from_jalali("1402/01/01"),
          "owner": "علوی", "version": 3}  # fmt: skip


def words(field: Field, value: Any) -> str:
    return "" if value in (None, "") else field.kind.show(value)


@pytest.fixture
def conflict(qtbot: QtBot, ground: QWidget) -> ConflictDialog:
    return present(qtbot, ConflictDialog(ground, FIELDS, MINE, THEIRS, words), 600, 300)


def test_only_what_differs_is_shown_in_words(conflict: ConflictDialog) -> None:
    told = {label.text() for label in conflict.findChildren(QLabel)}
    assert {"نام واحد", "شاغلان هنگام شناسایی", "مالک", "نوشتهٔ من", "نوشتهٔ دیگری"} <= told
    assert "روز ثبت" not in told
    radios = [radio.text() for radio in conflict.findChildren(QRadioButton)]
    assert radios == ["نساجی", "ریسندگی", "۴", "۹", "—", "علوی"]


def test_mine_stays_unless_theirs_is_chosen(conflict: ConflictDialog) -> None:
    assert conflict.merged() == MINE
    conflict.choose("found_jobs", mine=False)
    click(conflict, "علوی")
    assert conflict.merged() == {**MINE, "found_jobs": 9, "owner": "علوی"}
    conflict.choose("found_jobs", mine=True)
    assert conflict.merged() == {**MINE, "owner": "علوی"}


@pytest.mark.parametrize(
    ("words", "code"),
    [("ذخیرهٔ برگزیده‌ها", ConflictDialog.DialogCode.Accepted),
     ("بازگشت به ویرایش", ConflictDialog.DialogCode.Rejected)],
)  # fmt: skip
def test_the_conflict_is_settled_or_left(
    conflict: ConflictDialog, words: str, code: ConflictDialog.DialogCode
) -> None:
    click(conflict, words)
    assert conflict.result() == code
