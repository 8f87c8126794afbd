"""Every icon is sharp, in the colour of its meaning and turned to the reader; the font is ours."""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QImage, QPainter, QPixmap, QRawFont
from PySide6.QtWidgets import QPushButton

from desktop import fonts, icons, theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

NAMES = sorted(file.stem for file in icons.DRAWINGS.glob("*.svg"))
LINES = [name for name in NAMES if name != "ehya"]
WANTED = """
dashboard units visits actions loans dues groups exercises reports import settings lists history
search add save edit archive restore excel export filter close check warning error info help
calendar back forward up down menu sidebar refresh columns star phone user file-new file-open
sample sun moon copy more target jobs money province calculator ehya
"""


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    direction = qapp.layoutDirection()
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")
    qapp.setLayoutDirection(direction)


def inks(image: QImage) -> set[str]:
    """The colours of the pixels that are wholly inked."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def distance(one: QColor, other: QColor) -> int:
    return max(
        abs(one.red() - other.red()),
        abs(one.green() - other.green()),
        abs(one.blue() - other.blue()),
    )


def drawn(name: str, color: QColor, pixels: int = 48) -> QImage:
    return icons.pixmap(name, QSize(pixels, pixels), color).toImage()


def test_every_icon_asked_for_is_there() -> None:
    assert set(WANTED.split()) <= set(NAMES)
    assert set(NAMES) >= icons.MIRRORED


@pytest.mark.parametrize("name", LINES)
def test_an_icon_is_of_one_colour_and_has_room_around_it(name: str, qapp: QApplication) -> None:
    svg = icons.drawing(name).decode()
    assert 'viewBox="0 0 24 24"' in svg
    assert not re.search(r"#[0-9a-fA-F]{3}", svg)
    image = drawn(name, theme.color("bad"))
    far = [ink for ink in inks(image) if distance(QColor(ink), theme.color("bad")) > 2]
    assert far == []
    edge = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 1, 46, 47)]
    edge += [image.pixelColor(x, y).alpha() for y in range(48) for x in (0, 1, 46, 47)]
    assert max(edge) == 0


@pytest.mark.parametrize("name", LINES)
def test_only_what_points_along_the_reading_is_mirrored(name: str, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    left = drawn(name, theme.color("text"))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = drawn(name, theme.color("text"))
    if name in icons.MIRRORED:
        assert right == left.flipped(Qt.Orientation.Horizontal)
        assert right != left
    else:
        assert right == left


def test_an_unknown_icon_is_told_where_it_is_asked_for() -> None:
    with pytest.raises(KeyError):
        theme.icon("unicorn")


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_pixels_of_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = theme.icon("units").pixmap(QSize(20, 20), ratio)
    assert pixmap.size() == QSize(20, 20) * ratio
    assert pixmap.devicePixelRatio() == ratio


def test_modes_have_their_colours(qapp: QApplication) -> None:
    def ink(mode: QIcon.Mode, state: QIcon.State, meaning: str = "text") -> set[str]:
        return inks(theme.icon("menu", meaning).pixmap(QSize(48, 48), mode, state).toImage())

    off, on = QIcon.State.Off, QIcon.State.On
    assert ink(QIcon.Mode.Normal, off) == {theme.color("text").name()}
    assert ink(QIcon.Mode.Disabled, off) == {theme.color("faint").name()}
    assert ink(QIcon.Mode.Selected, off) == {theme.color("accent").name()}
    assert ink(QIcon.Mode.Normal, on) == {theme.color("accent").name()}
    assert ink(QIcon.Mode.Selected, on, "bad") == {theme.color("bad").name()}


def test_an_icon_already_on_a_button_follows_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(theme.icon("menu"))
    button.setIconSize(QSize(24, 24))
    for shade in ("dark", "light"):
        theme.apply(qapp, "dark" if shade == "dark" else "light")
        assert theme.color("text").name() in inks(button.grab().toImage())


def test_an_icon_survives_being_copied_and_changed(qapp: QApplication) -> None:
    copy = QIcon(theme.icon("menu"))
    copy.addPixmap(QPixmap(8, 8))  # makes Qt clone the engine
    gc.collect()
    assert copy.pixmap(QSize(16, 16)).size() == QSize(16, 16)
    assert copy.name() == "menu"


def test_an_icon_can_be_painted_where_one_likes(qapp: QApplication) -> None:
    image = QImage(40, 20, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    theme.icon("menu", "good").paint(painter, QRect(20, 0, 20, 20))
    painter.end()
    assert inks(image) <= {theme.color("good").name()}
    assert inks(image.copy(0, 0, 20, 20)) == set()
    assert inks(image) != set()


def test_qt_finds_the_icons_by_name_on_a_bare_machine(qapp: QApplication) -> None:
    assert QIcon.fallbackThemeName() == "ehya"
    assert QIcon.hasThemeIcon("exercises")


def test_the_mark_of_the_program_can_be_seen_small_and_large(qapp: QApplication) -> None:
    for size in (16, 32, 256):
        assert len(inks(theme.program_icon().pixmap(QSize(size, size)).toImage())) >= 3


def test_the_font_is_ours_and_its_digits_are_of_one_width(qapp: QApplication) -> None:
    before = qapp.font()
    fonts.load(qapp, 11)
    try:
        font = qapp.font()
        assert font.pointSizeF() == 11
        raw = QRawFont.fromFont(font)
        assert raw.familyName() == fonts.FAMILY
        assert raw.fontTable("fvar").size() > 0  # an installed Noto is not variable
        metrics = QFontMetricsF(font)
        widths = {metrics.horizontalAdvance(digit) for digit in "۰۱۲۳۴۵۶۷۸۹0123456789"}
        assert len(widths) == 1
        assert all(raw.supportsCharacter(ord(mark)) for mark in "پچژگکی«»؟؛،٬٫٪aZ@")
    finally:
        qapp.setFont(before)


def test_loading_the_font_again_only_changes_its_size(qapp: QApplication) -> None:
    before = qapp.font()
    fonts.load(qapp)
    assert qapp.font().pointSizeF() == fonts.SIZE
    fonts.load(qapp, 13)
    assert qapp.font().pointSizeF() == 13
    qapp.setFont(before)
