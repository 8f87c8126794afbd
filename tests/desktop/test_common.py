"""The small parts say what they should, go when they should and can be reached without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from desktop import theme
from desktop.widgets import common

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_a_complaint_changes_the_field_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    middle = QPoint(field.width() // 2, field.height() // 2)
    common.set_complaint(field, True)
    assert field.grab().toImage().pixelColor(middle) == theme.color("bad_soft")
    common.set_complaint(field, False)
    assert field.grab().toImage().pixelColor(middle) == theme.color("raised")


def inked(make: Callable[[], QWidget], qapp: QApplication, qtbot: QtBot) -> list[int]:
    """The columns of a right-to-left widget, 400 pixels wide, in which there is text."""
    theme.apply(qapp, "light")
    direction = qapp.layoutDirection()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(400, 80)
    widget = make()
    widget.setParent(ground)
    widget.resize(400, 80)
    image = ground.grab().toImage()
    qapp.setLayoutDirection(direction)
    text = theme.color("text").lightness() + 40
    dark = [
        any(image.pixelColor(x, y).lightness() < text for y in range(3, 77)) for x in range(3, 397)
    ]
    return [x + 3 for x, found in enumerate(dark) if found]


def test_a_number_stands_where_its_words_begin(qapp: QApplication, qtbot: QtBot) -> None:
    # Qt takes digits for left-to-right text, and would put a lone number at the far side
    assert min(inked(lambda: common.figure("۱۱۰"), qapp, qtbot)) > 250


def test_a_note_stands_at_the_right(qapp: QApplication, qtbot: QtBot) -> None:
    def note() -> QWidget:
        made = common.note_edit()
        made.setPlainText("یادداشت")
        return made

    assert min(inked(note, qapp, qtbot)) > 250


def test_text_of_a_record_is_never_markup(qtbot: QtBot) -> None:
    label = common.label("<b>شرکت</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_tool_button_tells_its_name_and_keys(qtbot: QtBot) -> None:
    button = common.tool_button("تازه‌سازی", "refresh", "F5")
    qtbot.addWidget(button)
    plain = button.toolTip().replace("\u202a", "").replace("\u202c", "")  # of Qt's translation
    assert plain == "تازه‌سازی (F5)"
    assert button.accessibleName() == "تازه‌سازی"
    assert button.shortcut().toString() == "F5"
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_buttons_do_what_they_say(qtbot: QtBot) -> None:
    banner = common.Banner("پروندهٔ دیگری باز است.", "warn", "دیدن")
    empty = common.EmptyState("visits", "هنوز پایشی نیست.", "نخستین پایش")
    qtbot.addWidget(banner)
    qtbot.addWidget(empty)
    for part in (banner, empty):
        with qtbot.waitSignal(part.pressed):
            part.button.click()


def test_without_a_button_there_is_none(qtbot: QtBot) -> None:
    banner = common.Banner("ذخیره شد.", "good")
    qtbot.addWidget(banner)
    banner.show()
    assert banner.button.isHidden()
    banner.say("ذخیره نشد.", "bad", "دوباره")
    assert banner.label.text() == "ذخیره نشد."
    assert banner.button.isVisible()
    assert banner.property("tone") == "bad"


def test_a_card_without_a_title_has_no_empty_line(qtbot: QtBot) -> None:
    plain, titled = common.card(), common.card("اشتغال")
    for card in (plain, titled):
        qtbot.addWidget(card)
        card.body.addWidget(QLabel("متن"))
    assert plain.sizeHint().height() < titled.sizeHint().height()
    assert titled.accessibleName() == "اشتغال"


def over(qtbot: QtBot) -> QWidget:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(600, 400)
    ground.show()
    return ground


def test_a_toast_goes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "TOAST_MS", 20)
    toast = common.show_toast(over(qtbot), "ذخیره شد.", "good")
    assert toast.isVisible()
    with qtbot.waitSignal(toast.destroyed):
        pass


def test_a_toast_takes_no_focus_and_goes_when_clicked(qtbot: QtBot) -> None:
    ground = over(qtbot)
    field = QLineEdit(ground)
    field.show()
    field.setFocus()
    toast = common.show_toast(ground, "ذخیره شد.")
    qtbot.waitUntil(field.hasFocus)
    with qtbot.waitSignal(toast.destroyed):
        qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)


def test_a_toast_replaces_the_one_before_it(qtbot: QtBot) -> None:
    ground = over(qtbot)
    first = common.show_toast(ground, "یکم")
    second = common.show_toast(ground, "دوم")
    assert first.isHidden()
    assert second.isVisible()


def test_a_toast_stays_inside_its_window_and_shows_all_its_text(qtbot: QtBot) -> None:
    ground = over(qtbot)
    toast = common.show_toast(ground, "پروندهٔ پشتیبان در پوشهٔ دیگری نوشته شد. " * 6, "warn")
    for width in (600, 320, 800):
        ground.resize(width, 400)
        assert ground.rect().contains(toast.geometry())
        assert abs(toast.geometry().center().x() - ground.rect().center().x()) <= 1
        room = QRect(0, 0, toast.label.width(), 10_000)
        words = toast.label.fontMetrics().boundingRect(
            room, int(Qt.TextFlag.TextWordWrap), toast.label.text()
        )
        assert toast.label.height() >= words.height()


def test_primary_buttons_look_primary(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "dark")
    button: QPushButton = common.primary_button("ذخیره", "save")
    qtbot.addWidget(button)
    image = button.grab().toImage()
    theme.apply(qapp, "light")
    assert image.pixelColor(8, image.height() // 2).name() == theme.colors("dark")["accent"].name()
