"""Light and dark are complete, legible and take effect on windows already open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets import common

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SHADES: tuple[theme.Shade, ...] = ("light", "dark")
GROUNDS = "surface raised sunken hover stripe accent_soft"
TEXTS = {
    "text": f"{GROUNDS} good_soft warn_soft bad_soft",
    "muted": GROUNDS,
    "accent": GROUNDS,
    "good": f"{GROUNDS} good_soft",
    "warn": f"{GROUNDS} warn_soft",
    "bad": f"{GROUNDS} bad_soft",
    "accent_text": "accent accent_hover",
    "tooltip_text": "tooltip",
}
SHAPES = {f"chart.{number}": "surface raised" for number in range(1, 7)} | {
    "edge": "surface raised",
    "accent": "surface raised sunken",  # the focus frame
}


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_weak(shade: theme.Shade, pairs: dict[str, str], least: float) -> list[str]:
    found = theme.colors(shade)
    return [
        f"{front} on {ground}: {contrast(found[front], found[ground]):.2f}"
        for front, grounds in pairs.items()
        for ground in grounds.split()
        if contrast(found[front], found[ground]) < least
    ]


@pytest.mark.parametrize("shade", SHADES)
def test_every_text_can_be_read_on_every_ground(shade: theme.Shade) -> None:
    assert too_weak(shade, TEXTS, 4.5) == []


@pytest.mark.parametrize("shade", SHADES)
def test_every_shape_can_be_told_from_its_ground(shade: theme.Shade) -> None:
    assert too_weak(shade, SHAPES, 3.0) == []


def test_both_themes_name_the_same_colours() -> None:
    assert list(theme.colors("light")) == list(theme.colors("dark"))
    assert all(color.isValid() for shade in SHADES for color in theme.colors(shade).values())


def test_an_unknown_meaning_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.color("mauve")


def test_a_colour_given_out_is_a_copy() -> None:
    theme.color("text").setAlpha(3)
    assert theme.color("text").alpha() == 255


@pytest.mark.parametrize("shade", SHADES)
def test_style_sheet_has_no_marker_left_and_its_drawings_exist(shade: theme.Shade) -> None:
    sheet = theme.style_sheet(shade, 10)
    assert "@" not in sheet
    drawings = re.findall(r"url\(ehya:([^)]+)\)", sheet)
    assert drawings
    assert all((theme.RESOURCES / drawing).is_file() for drawing in drawings)


def test_style_sheet_knows_no_side() -> None:
    # Qt does not mirror a style sheet, so what it says of one side it must say of the other
    sheet = (theme.RESOURCES / "style.qss").read_text(encoding="utf-8")
    assert not re.search(r"(padding|margin|border)-(left|right)", sheet)
    for sides in re.findall(r"(?:padding|margin): \w+ (\w+) \w+ (\w+);", sheet):
        assert sides[0] == sides[1]


@pytest.mark.parametrize("shade", SHADES)
def test_small_drawings_wear_the_colours_of_the_theme(shade: theme.Shade) -> None:
    known = {color.name() for color in theme.colors(shade).values()}
    for file in Path(theme.RESOURCES / "icons" / "controls" / shade).glob("*.svg"):
        assert set(re.findall(r"#[0-9a-f]{6}", file.read_text(encoding="utf-8"))) <= known, file


@pytest.mark.parametrize("shade", SHADES)
def test_palette_is_made_of_meanings(shade: theme.Shade) -> None:
    palette, known = theme.palette(shade), theme.colors(shade)
    for role in QPalette.ColorRole:
        if role in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
            continue
        for group in (
            QPalette.ColorGroup.Active,
            QPalette.ColorGroup.Inactive,
            QPalette.ColorGroup.Disabled,
        ):
            assert palette.color(group, role) in known.values(), (role, group)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == known["faint"]


class Ear(QObject):
    """Hears the events of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[QEvent.Type] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard.add(event.type())
        return False


def test_a_switch_tells_open_widgets(qapp: QApplication, qtbot: QtBot) -> None:
    widget = QLineEdit()
    qtbot.addWidget(widget)
    widget.show()
    ear = Ear()
    widget.installEventFilter(ear)
    theme.apply(qapp, "dark")
    assert theme.is_dark()
    assert {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} <= ear.heard
    assert widget.palette().color(QPalette.ColorRole.Text) == theme.colors("dark")["text"]


def test_system_mode_follows_the_system_and_the_others_do_not(qapp: QApplication) -> None:
    theme.apply(qapp, "system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.is_dark()
    assert theme.mode() == "system"
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not theme.is_dark()
    theme.apply(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme.is_dark()


def focusable() -> list[QWidget]:
    tabs, combo, checked = QTabBar(), QComboBox(), QCheckBox("مانع اصلی")
    tabs.addTab("شناسنامه")
    combo.addItem("شیراز")
    checked.setChecked(True)
    return [
        QPushButton("بستن"),
        common.primary_button("ذخیره", "save"),
        common.link_button("همه را ببین"),
        common.chip("احیاشده"),
        common.tool_button("راهنما", "help"),
        QToolButton(),
        QLineEdit(),
        QPlainTextEdit(),
        QSpinBox(),
        combo,
        checked,
        QCheckBox("برطرف شده"),
        QRadioButton("حقیقی"),
        tabs,
        QListView(),
    ]


@pytest.mark.parametrize("number", range(15))
@pytest.mark.parametrize("shade", SHADES)
def test_focus_is_seen(qapp: QApplication, qtbot: QtBot, shade: theme.Shade, number: int) -> None:
    theme.apply(qapp, shade)
    window, widget, other = QWidget(), focusable()[number], QPushButton("دیگری")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    before, size = window.grab(widget.geometry()).toImage(), widget.sizeHint()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    after = window.grab(widget.geometry()).toImage()
    marks = {theme.color("accent").name(), theme.color("text").name()}
    new = sum(
        after.pixelColor(x, y).name() in marks and before.pixelColor(x, y) != after.pixelColor(x, y)
        for x in range(after.width())
        for y in range(after.height())
    )
    assert new >= 20, type(widget)
    assert widget.sizeHint() == size  # nothing may jump when the focus comes


def test_scaled_font_is_larger_and_heavier(qapp: QApplication) -> None:
    base = qapp.font().pointSizeF()
    assert theme.scaled_font(1.6).pointSizeF() == pytest.approx(base * 1.6)
    assert theme.scaled_font(1, bold=True).variableAxisTags()
    assert not theme.scaled_font(1).variableAxisTags()


def test_a_title_has_its_size_from_the_sheet_and_its_weight_from_the_font(qtbot: QtBot) -> None:
    title = common.title("واحدها")
    qtbot.addWidget(title)
    title.show()
    assert title.font().pointSizeF() == pytest.approx(theme.scaled_font(1.6).pointSizeF(), abs=0.1)
    assert title.font().variableAxisTags()


def test_a_pixmap_is_as_sharp_as_the_screen() -> None:
    pixmap = theme.pixmap("units", 20, "accent", 1.5)
    assert pixmap.size() == QSize(30, 30)
    assert pixmap.devicePixelRatio() == 1.5
