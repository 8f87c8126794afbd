"""The painted charts: what is pointed at is what is painted, from the right, in Persian digits."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from desktop import theme
from desktop.widgets.charts.bars import MORE, Bar, Bars
from desktop.widgets.charts.burn_up import BurnUp, Course, Point, at, month_label, place, round_step
from desktop.widgets.charts.canvas import LEFT, MIDDLE, RIGHT, Canvas, number
from desktop.widgets.charts.gauge import Gauge, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.widgets.charts.base import Chart, Mark

LONGEST = "کارگاه تولید مصالح ساختمانی و فرآوری سنگ‌های تزیینی شهرک صنعتی بزرگ شیراز"
CORNER = QPointF(3, 3)  # corners are rounded by as much
READING = Reading(170, 400, baseline=110, planned=230)
COUNTIES = [Bar(i, f"شهرستان {number(i)}", 40 - i, 80 - i) for i in range(37)]


def course(months: int = 12, known: int = 6) -> Course:
    points = [
        Point((1401 + i // 12, i % 12 + 1), month_label(1401 + i // 12, i % 12 + 1), count)
        for i in range(months)
        for count in (110 + 10 * i if i < known else None,)
    ]
    reached = 110 + 10 * (known - 1)
    return Course(
        tuple(points),
        400,
        110,
        plan=((0, 110), (months, 400)),
        forecast=((known - 0.5, reached), (months, 300)),
        as_of=known - 0.5,
        deadline=months - 0.5,
    )


def gauge(reading: Reading | None = READING) -> Gauge:
    chart = Gauge()
    chart.set_data(reading)
    return chart


def burn_up(shown: Course | None) -> BurnUp:
    chart = BurnUp()
    chart.set_data(shown)
    return chart


def bars(shown: list[Bar], tones: tuple[str, ...] = ("احیاشده", "همهٔ واحدها")) -> Bars:
    chart = Bars()
    chart.set_data(shown, tones)
    return chart


def every_chart() -> list[Chart]:
    return [gauge(), burn_up(course()), bars(COUNTIES)]


@pytest.fixture
def charts(qtbot: QtBot) -> Iterator[list[Chart]]:
    made = every_chart()
    for chart in made:
        qtbot.addWidget(chart)
        chart.resize(480, 320)
        chart.show()
    yield made
    for chart in made:
        chart.close()


def inside(mark: Mark) -> QPoint:
    """A point on the mark: the middle of a shape's box may lie beside the shape."""
    box = mark.rect.toAlignedRect()
    grid = [QPoint(x, y) for x in range(1, box.width(), 3) for y in range(1, box.height(), 3)]
    places = [box.topLeft() + step for step in grid]
    on_it = [spot for spot in places if mark.outline().contains(QPointF(spot))]
    return on_it[len(on_it) // 2]


def spots(image: QImage, colour: QColor) -> list[QPointF]:
    """Where a colour stands in a picture."""
    wanted = colour.rgb()
    across, down = range(image.width()), range(image.height())
    return [QPointF(x, y) for y in down for x in across if image.pixel(x, y) == wanted]


def press(chart: Chart, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(chart, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def hover(chart: Chart, where: QPoint) -> None:
    """Moved by an event of its own: the windows of a test lie on one another."""
    button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    spot, at_all = QPointF(where), QPointF(chart.mapToGlobal(where))
    event = QMouseEvent(QEvent.Type.MouseMove, spot, at_all, button, button, keys)
    QApplication.sendEvent(chart, event)


def come_by_tab(chart: Chart) -> None:
    QApplication.sendEvent(chart, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))


def shown_key(chart: Chart) -> object:
    mark = chart.current()
    assert mark is not None
    return mark.key


def test_a_click_on_each_mark_emits_its_key(charts: list[Chart], qtbot: QtBot) -> None:
    for chart in charts:
        for mark in chart.marks():
            if mark.key is not MORE:
                with qtbot.waitSignal(chart.chosen) as said:
                    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=inside(mark))
                assert said.args == [mark.key]


def test_a_click_beside_the_marks_or_with_another_button_does_nothing(
    charts: list[Chart], qtbot: QtBot
) -> None:
    chart = charts[0]
    with qtbot.assertNotEmitted(chart.chosen, wait=20):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=inside(chart.marks()[0]))


def test_a_press_that_is_let_go_elsewhere_does_nothing(charts: list[Chart], qtbot: QtBot) -> None:
    first, second = charts[1].marks()[:2]
    with qtbot.assertNotEmitted(charts[1].chosen, wait=20):
        qtbot.mousePress(charts[1], Qt.MouseButton.LeftButton, pos=inside(first))
        qtbot.mouseRelease(charts[1], Qt.MouseButton.LeftButton, pos=inside(second))


def test_the_parts_of_the_gauge_are_where_they_are_painted(qtbot: QtBot) -> None:
    chart = gauge(Reading(170, 400, baseline=110))
    qtbot.addWidget(chart)
    chart.resize(400, 130)  # too low for a legend, which has the same colours
    image = chart.to_image(QSize(400, 130), 1)
    found = {mark.key: mark for mark in chart.marks()}
    tones = {"recorded": chart.tone("accent"), "baseline": chart.tone("accent", 0.5)}
    for key, colour in tones.items():
        painted = spots(image, colour)
        assert len(painted) > 300
        strays = [
            spot
            for spot in painted
            if not found[key].outline().intersects(QRectF(spot - CORNER, spot + CORNER))
        ]
        assert len(strays) < len(painted) / 50  # a smoothed edge may hit the same colour by chance


def test_each_bar_is_painted_in_its_own_row(qtbot: QtBot) -> None:
    chart = bars([Bar("a", "شیراز", 30), Bar("b", "فسا", 15), Bar("c", "جهرم", 0)], ())
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    painted = spots(chart.to_image(QSize(400, 160), 1), chart.tone("accent"))
    lengths = []
    for mark in chart.marks():
        columns = [spot.x() for spot in painted if mark.rect.contains(spot)]
        lengths.append(max(columns) - min(columns) if columns else 0)
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=3)
    assert lengths[2] == 0
    assert all(any(mark.rect.contains(spot) for mark in chart.marks()) for spot in painted)


def test_bars_start_at_the_same_right_edge(qtbot: QtBot) -> None:
    chart = bars([Bar("a", "شیراز", 30), Bar("b", "فسا", 15)], ())
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    painted = spots(chart.to_image(QSize(400, 160), 1), chart.tone("accent"))
    edges = [max(p.x() for p in painted if mark.rect.contains(p)) for mark in chart.marks()]
    assert edges[0] == edges[1] > 200


def test_the_gauge_fills_from_the_right(qtbot: QtBot) -> None:
    chart = gauge(Reading(100, 400))
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    found = {mark.key: mark.rect for mark in chart.marks()}
    assert found["recorded"].left() > 200 > found["remaining"].left()


def test_time_grows_to_the_left(qtbot: QtBot) -> None:
    chart = burn_up(course())
    qtbot.addWidget(chart)
    chart.resize(480, 320)
    lefts = [mark.rect.left() for mark in chart.marks()]
    assert lefts == sorted(lefts, reverse=True)
    assert len(lefts) == 6  # months to come cannot be opened


def test_the_line_runs_through_the_columns_of_its_months(qtbot: QtBot) -> None:
    chart = burn_up(course())
    qtbot.addWidget(chart)
    chart.resize(480, 140)  # too low for a legend
    columns = [mark.rect for mark in chart.marks()]
    painted = spots(chart.to_image(QSize(480, 140), 1), chart.tone("accent_soft"))
    right, left = columns[0].right(), columns[-1].center().x()  # as_of is the middle of the last
    assert max(spot.x() for spot in painted) == pytest.approx(right, abs=3)
    assert min(spot.x() for spot in painted) == pytest.approx(left, abs=3)


def test_the_arrow_keys_walk_through_the_marks_and_enter_opens(
    charts: list[Chart], qtbot: QtBot
) -> None:
    for chart in charts:
        keys = [mark.key for mark in chart.marks()]
        come_by_tab(chart)
        assert shown_key(chart) == keys[0]
        press(chart, Qt.Key.Key_Left)
        press(chart, Qt.Key.Key_Down)
        assert shown_key(chart) == keys[2]
        press(chart, Qt.Key.Key_Right)
        assert shown_key(chart) == keys[1]
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            with qtbot.waitSignal(chart.chosen) as said:
                press(chart, key)
            assert said.args == [keys[1]]
        press(chart, Qt.Key.Key_End)
        press(chart, Qt.Key.Key_Left)
        assert shown_key(chart) == keys[-1]
        press(chart, Qt.Key.Key_Home)
        press(chart, Qt.Key.Key_Up)
        assert shown_key(chart) == keys[0]


def test_a_screen_reader_hears_each_mark_the_keys_reach(
    charts: list[Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    come_by_tab(charts[1])
    press(charts[1], Qt.Key.Key_Left)
    assert heard[0] == "فروردین ۰۱: ۱۱۰ واحد\nبرنامه: ۱۳۴"
    assert heard[1].startswith("اردیبهشت ۰۱: ۱۲۰ واحد")


def test_a_letter_is_not_for_the_chart(charts: list[Chart]) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0x0634, Qt.KeyboardModifier.NoModifier, "ش")
    QApplication.sendEvent(charts[0], event)
    assert not event.isAccepted()
    assert charts[0].current() is None


def test_the_focus_can_be_seen_on_every_mark(charts: list[Chart], qtbot: QtBot) -> None:
    chart = charts[2]
    chart.activateWindow()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chart.hasFocus)
    seen = []
    for _ in chart.marks():
        seen.append(chart.grab().toImage())
        press(chart, Qt.Key.Key_Left)
    assert all(one != other for one, other in combinations(seen, 2))


def test_what_is_under_the_mouse_shows_its_words_until_it_leaves(charts: list[Chart]) -> None:
    for chart in charts:
        before = chart.grab().toImage()
        hover(chart, inside(chart.marks()[1]))
        assert chart.current() == chart.marks()[1]
        assert chart.cursor().shape() == Qt.CursorShape.PointingHandCursor
        assert chart.grab().toImage() != before
        QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
        assert chart.current() is None
        assert chart.grab().toImage() == before


def test_figures_are_said_in_persian_digits(charts: list[Chart]) -> None:
    for chart in charts:
        texts = [chart.accessibleName(), chart.accessibleDescription()]
        texts += [text for mark in chart.marks() for text in (mark.title, mark.value)]
        assert all(texts)
        assert not [text for text in texts if re.search("[0-9]", text)]
    said = [chart.accessibleDescription() for chart in charts]
    assert "احیاشده: ۱۷۰ از ۴۰۰ واحد ۴۲٫۵" in said[0]
    assert "مانده تا هدف: ۲۳۰ واحد" in said[0]
    assert "فروردین ۰۱: ۱۱۰ واحد، برنامه: ۱۳۴" in said[1]
    assert said[2].count("؛") == 36  # also those there is no room for


@pytest.mark.parametrize(
    ("value", "text"), [(0, "۰"), (1250, "۱٬۲۵۰"), (42.5, "۴۲٫۵"), (99.96, "۱۰۰"), (0.25, "۰٫۲")]
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_without_data_there_is_one_sentence(qtbot: QtBot) -> None:
    for chart in (gauge(None), burn_up(None), bars([], ())):
        qtbot.addWidget(chart)
        before = chart.to_image(QSize(300, 200), 1)
        chart.set_empty("هنوز واحدی ثبت نشده است.")
        assert chart.to_image(QSize(300, 200), 1) != before
        assert chart.accessibleDescription() == "هنوز واحدی ثبت نشده است."
        assert chart.marks() == []
        assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus
        press(chart, Qt.Key.Key_Return)
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton)


def test_new_data_replaces_the_old(qtbot: QtBot) -> None:
    chart = gauge(None)
    qtbot.addWidget(chart)
    chart.set_data(READING)
    assert chart.focusPolicy() == Qt.FocusPolicy.StrongFocus
    chart.set_data(Reading(171, 400))
    assert "۱۷۱" in chart.accessibleDescription()
    assert [mark.key for mark in chart.marks()] == ["value", "recorded", "remaining"]


@pytest.mark.parametrize(
    "reading",
    [Reading(0, 400), Reading(420, 400, 110, 400), Reading(17, 0), Reading(5, 400, 110, 900)],
)
def test_the_gauge_at_its_limits(qtbot: QtBot, reading: Reading) -> None:
    chart = gauge(reading)
    qtbot.addWidget(chart)
    chart.resize(320, 220)
    image = chart.to_image(QSize(320, 220), 1)
    reached = reading.value >= reading.target > 0
    assert bool(spots(image, chart.tone("good"))) == reached
    whole = QRectF(0, 0, 320, 220)
    assert all(whole.contains(mark.rect) for mark in chart.marks())


def test_a_picture_has_the_dots_asked_for(charts: list[Chart]) -> None:
    for chart in charts:
        image = chart.to_image(QSize(300, 200), 2)
        assert (image.width(), image.height()) == (600, 400)
        colours = {image.pixel(x, y) for x in range(0, 600, 3) for y in range(0, 400, 3)}
        assert len(colours) > 3


def test_a_page_of_paper_is_light_and_of_the_same_proportions(
    charts: list[Chart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "color", theme.colors("dark").__getitem__)
    asked: list[tuple[QColor, QSize]] = []
    plain = Bars.draw

    def draw(self: Bars, painter: QPainter, area: QRectF) -> None:
        asked.append((self.tone("text"), area.size().toSize()))
        plain(self, painter, area)

    monkeypatch.setattr(Bars, "draw", draw)
    path = tmp_path / "chart.pdf"
    writer = QPdfWriter(str(path))
    writer.setResolution(1200)
    dots = 1200 / charts[2].logicalDpiX()
    with QPainter(writer) as painter:
        for chart in charts:
            chart.paint(painter, QRectF(0, 0, 400 * dots, 300 * dots))
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_size > 5000
    assert asked == [(theme.colors("light")["text"], QSize(400, 300))]
    assert charts[2].tone("text").name() == theme.colors("dark")["text"].name()


def test_the_colours_are_asked_when_it_is_painted(
    charts: list[Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [chart.to_image(QSize(300, 200), 1) for chart in charts]
    other = "light" if theme.color("raised") == theme.colors("dark")["raised"] else "dark"
    monkeypatch.setattr(theme, "color", theme.colors(other).__getitem__)
    after = [chart.to_image(QSize(300, 200), 1) for chart in charts]
    assert all(one != two for one, two in zip(before, after, strict=True))


def test_what_has_no_room_is_counted_and_a_page_further(charts: list[Chart], qtbot: QtBot) -> None:
    chart = charts[2]
    seen: list[object] = []
    while len(seen) < len(COUNTIES):
        *rows, last = chart.marks()
        seen += [mark.key for mark in rows]
        left = len(COUNTIES) - len(seen)
        assert last.title == (f"… و {number(left)} مورد دیگر" if left else "بازگشت به آغاز")
        with qtbot.assertNotEmitted(chart.chosen, wait=1):
            qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=inside(last))
    assert seen == [bar.key for bar in COUNTIES]
    assert chart.marks()[0].key == 0


def test_all_rows_are_shown_where_they_fit(qtbot: QtBot) -> None:
    chart = bars(COUNTIES)
    qtbot.addWidget(chart)
    chart.resize(400, 1000)
    assert [mark.key for mark in chart.marks()] == [bar.key for bar in COUNTIES]


def test_only_a_shortened_name_has_a_tip(qtbot: QtBot) -> None:
    chart = bars([Bar(1, LONGEST, 5), Bar(2, "فسا", 8)])
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    assert [(mark.tip, mark.title) for mark in chart.marks()] == [(True, LONGEST), (False, "فسا")]


TEXT_SIZES = [(150, 110), (180, 100), (220, 130), (320, 240), (640, 300), (1200, 700)]


@pytest.mark.parametrize(("width", "height"), TEXT_SIZES)
def test_no_two_texts_overlap_at_any_size(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, height: int
) -> None:
    written: list[tuple[str, QRectF]] = []
    plain = Canvas.write

    def write(
        self: Canvas,
        painter: QPainter,
        rect: QRectF,
        text: str,
        meaning: str = "text",
        align: Qt.AlignmentFlag = RIGHT,
        factor: float = 1,
        *,
        bold: bool = False,
    ) -> None:
        plain(self, painter, rect, text, meaning, align, factor, bold=bold)
        ink = QRectF(0, 0, min(self.wide(text, factor, bold=bold), rect.width()), 0)
        ink.setHeight(self.sized(factor).pixelSize())
        ink.moveCenter(rect.center())
        if align != MIDDLE:
            ink.moveLeft(rect.left() if align == LEFT else rect.right() - ink.width())
        written.append((text, ink))

    monkeypatch.setattr(Canvas, "write", write)
    several = [burn_up(course(*months)) for months in ((1, 1), (12, 6), (24, 20), (60, 58))]
    names = [Bar(i, f"{LONGEST} {i}", 1250000 + i, 9000000) for i in range(37)]
    for chart in (gauge(), gauge(Reading(99999, 99999, 5)), *several, bars(names), bars(COUNTIES)):
        qtbot.addWidget(chart)
        written.clear()
        chart.to_image(QSize(width, height), 1)
        whole = QRectF(-1, -1, width + 2, height + 2)
        assert [text for text, ink in written if ink.width() and not whole.contains(ink)] == []
        clashes = [
            (one, other)
            for (one, ink), (other, ink2) in combinations(written, 2)
            if ink.adjusted(0, 2, 0, -2).intersects(ink2.adjusted(0, 2, 0, -2))
        ]
        assert clashes == []


def test_places_on_the_axis_of_months() -> None:
    assert place(from_jalali("1402/12/29"), (1402, 1)) == 12
    assert place(from_jalali("1402/01/31"), (1402, 1)) == 1
    assert place(from_jalali("1403/01/31"), (1402, 12)) == 2
    assert 5 < place(from_jalali("1402/06/01"), (1402, 1)) < 5.1
    assert month_label(1400, 1) == "فروردین ۰۰"


def test_a_milestone_bends_the_plan() -> None:
    plan = ((0.0, 110.0), (6.0, 200.0), (12.0, 400.0))
    assert at(plan, 3) == 155
    assert at(plan, 9) == 300
    assert at(plan, 13) is None
    assert at((), 1) is None


def test_round_steps() -> None:
    assert [round_step(x) for x in (0.2, 1, 3, 11, 80, 501)] == [1, 1, 5, 20, 100, 1000]
