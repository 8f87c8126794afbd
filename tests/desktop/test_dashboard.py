"""The dashboard: each figure opens exactly the rows it counts, and says what is not known."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db import calendar, sample, standing
from db.calendar import from_jalali, month_of
from db.commands import loans as loan_commands
from db.commands import units as unit_commands
from db.database import existing
from db.errors import DatabaseProblem
from db.models import Unit
from db.queries import loans, progress, units
from db.queries.listing import Listing, View
from db.queries.lookups import SOURCES
from db.rules import pace
from db.text import grouped, to_persian_digits
from desktop import outlook, page_list, theme
from desktop.dashboard import charts_of, doors, facts, news
from desktop.dashboard import page as page_module
from desktop.dashboard.fetch import Rest, fetch, fetch_rest
from desktop.dashboard.page import DashboardPage
from desktop.widgets import figure
from desktop.widgets.charts.bars import MORE
from desktop.widgets.frame import Door
from tests.desktop.driving import present
from tests.desktop.fake_frame import BASELINE_ON, FakeFrame, fake_frame
from tests.desktop.records import add_group, add_loan, add_return, add_tranche, add_unit, approved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.database import Database
    from db.queries.listing import Source
    from db.queries.progress import Figures
    from desktop.dashboard.facts import Fact
    from desktop.widgets.charts.base import Chart
    from desktop.widgets.charts.burn_up import Course

DAYS = ("1401/10/05", "1401/12/29", "1402/01/01", "1402/05/17", "1402/10/30", "1403/02/20", None)
MIDDLE, LATE = "1402/05/17", "1402/10/30"
SEEN = (1114, 600)  # of the page, in a window of 1366 × 768
ARTICLE = {
    "target": 400,
    "deadline": from_jalali("1402/12/29"),
    "baseline_on": from_jalali("1401/12/29"),
    "baseline_units": 110,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A made-up programme with units whose industry is not given, and archived groups."""
    path = tmp_path_factory.mktemp("dashboard") / "sample.ehya"
    sample.make(path, 400, seed=1)
    opened = existing(path)
    with opened.engine.begin() as connection:
        for change in (
            "UPDATE unit SET industry_id = NULL WHERE id % 7 = 0",
            "UPDATE unit SET archived_on = '2023-01-01', archive_reason = 'x' WHERE id % 31 = 0",
            "UPDATE jihadi_group SET active = 0 WHERE id = 3",
            "UPDATE jihadi_group SET archived_on = '2023-01-01' WHERE id = 4",
        ):
            connection.exec_driver_sql(change)
        standing.rebuild(connection)
    yield opened
    opened.close()


@pytest.fixture
def frame(made: Database) -> FakeFrame:
    return FakeFrame(made)


def day_of(text: str | None) -> date | None:
    return None if text is None else from_jalali(text)


def show(qtbot: QtBot, frame: FakeFrame, width: int = SEEN[0], height: int = SEEN[1]) -> Any:
    """The page in a window, its figures on it."""
    page = DashboardPage(frame)
    present(qtbot, page, width, height)
    with qtbot.waitSignals([page.filled, page.completed]):
        page.start()
    QApplication.processEvents()
    return page


def figures_of(database: Database, day: str | None = LATE) -> Figures:
    with database.read() as session:
        return progress.figures(session, day_of(day))


def state(figures: Figures, day: str, counted: int, **more: Any) -> Figures:
    """The figures as they would be on a day with so many units counted beside the baseline."""
    at = {**ARTICLE, **more}
    known = from_jalali(day) >= at["baseline_on"]
    revived = at["baseline_units"] + counted if known else None
    stands = (at["baseline_on"], at["baseline_units"], from_jalali(day), revived or 0,
              at["target"], at["deadline"])  # fmt: skip
    ahead = pace.project(*stands)
    left = None if revived is None else max(0, at["target"] - revived)
    days = (stands[2], at["deadline"])
    months = [
        progress.Month(*month, counted if month == month_of(stands[2]) else 0, revived or 0)
        for month in calendar.months_between(at["baseline_on"], stands[2])
    ]
    return replace(
        figures,
        **at,
        as_of=stands[2],
        revived=revived,
        claimed=revived,
        sustained=0 if known else None,
        running=revived,
        remaining=left,
        percent=None if revived is None else revived * 100 / at["target"],
        days_left=pace.days_left(*days),
        required_per_30_days=None if left is None else pace.required_per_30_days(left, *days),
        pace_per_30_days=ahead.pace_per_30_days if known else None,
        projected_at_deadline=ahead.projected_at_deadline if known else None,
        forecast_date=ahead.forecast_date if known else None,
        direct_jobs=700 if known else None,
        outlook=pace.outlook(*stands),
        months=tuple(months[-1:]) if known else (),
        plan=((at["baseline_on"], at["baseline_units"]), (at["deadline"], at["target"])),
    )


def by_key(figures: Figures) -> dict[str, Fact]:
    return {fact.key: fact for fact in facts.facts(figures)}


# --- each door opens exactly the rows that were counted -------------------------------------------


class Behind:
    """The rows behind a door, as the list it opens would fetch them."""

    SOURCES: dict[str, Source] = {  # noqa: RUF012 - never changed
        "units": units.SOURCE,
        "loans": loans.SOURCE,
        "groups": SOURCES["group"],
    }

    def __init__(self, database: Database, as_of: date | None) -> None:
        self.database, self.as_of = database, as_of

    def listing(self, door: Door | None) -> Listing:
        assert door is not None
        view = View(filters=door.filters, as_of=self.as_of)
        return Listing(self.database.read, self.SOURCES[door.page], view)

    def count(self, door: Door | None) -> int:
        return len(self.listing(door))

    def total(self, door: Door | None, column: str) -> int:
        return sum(getattr(row, column) or 0 for row in self.listing(door).every_row())


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_opens_the_rows_it_counts(made: Database, day: str | None) -> None:
    figures, behind = fetch(made, day_of(day)), Behind(made, day_of(day))
    field = fetch_rest(made, figures.as_of).field
    every = (*facts.facts(figures), *facts.field_facts(figures, field))
    shown = {fact.key: fact for fact in every}
    assert behind.count(shown["units"].door) == figures.units > 0
    assert behind.count(shown["groups"].door) == figures.groups > 0
    assert behind.count(shown["loans"].door) == figures.loans.count
    assert behind.total(shown["approved"].door, "amount_approved") == figures.loans.approved
    assert behind.total(shown["paid_out"].door, "paid") == figures.loans.paid_out
    if figures.revived is None or figures.running is None:
        assert [shown[key].door for key in ("running", "jobs", "pace")] == [None] * 3
        return
    counted = behind.count(doors.counted())
    assert counted == figures.revived - figures.baseline_units
    assert behind.count(shown["running"].door) == figures.running - figures.baseline_units
    assert behind.count(doors.CLAIMED) == (figures.claimed or 0) - figures.baseline_units
    assert behind.count(doors.UNPROVEN) == (figures.claimed or 0) - figures.revived
    assert behind.count(shown["sustained"].door) == figures.sustained
    for stage, many in figures.stages.items():
        assert behind.count(doors.of("units", "stage", stage)) == many
    assert shown["jobs"].door == doors.counted()


@pytest.mark.parametrize("day", DAYS)
def test_every_month_opens_the_units_revived_in_it(made: Database, day: str | None) -> None:
    figures, behind = figures_of(made, day), Behind(made, day_of(day))
    found = [behind.count(doors.of_month(figures, m.year, m.month)) for m in figures.months]
    assert found == [month.revived for month in figures.months]
    course = charts_of.course(figures)
    if course is not None:  # what the chart shows leads to all of them
        keys = [point.key for point in course.months if point.value is not None]
        assert sum(m.revived for m in figures.months if (m.year, m.month) in keys) == sum(found)


@pytest.mark.parametrize("day", DAYS)
def test_every_county_and_industry_opens_its_units(made: Database, day: str | None) -> None:
    figures, behind = figures_of(made, day), Behind(made, day_of(day))
    assert None in [share.id for share in figures.industries]
    for name, shares in (("county_id", figures.counties), ("industry_id", figures.industries)):
        assert len(shares) > 5
        bars, _ = charts_of.bars(figures, shares)
        for bar in bars:
            assert isinstance(bar.key, int | None)
            assert behind.count(doors.of_share(figures, name, bar.key)) == bar.value, bar
        counted = 0 if figures.revived is None else figures.revived - figures.baseline_units
        assert sum(share.revived for share in shares) == counted


def test_jobs_are_those_of_the_rows_behind_them(made: Database) -> None:
    figures, behind = figures_of(made), Behind(made, day_of(LATE))
    rows = behind.listing(doors.counted()).every_row()
    created = sum(max(0, row.jobs_after - row.found_jobs) for row in rows)
    with made.read() as session:
        assert figures.direct_jobs == progress.programme(session).baseline_jobs + created


# --- the page -------------------------------------------------------------------------------------


def test_it_fills_itself_off_the_windows_thread(qtbot: QtBot, frame: FakeFrame) -> None:
    frame.day = from_jalali(LATE)
    page: Any = DashboardPage(frame)
    present(qtbot, page, *SEEN)
    before = {key: cell.geometry() for key, cell in page.board.cells.items()}
    cards = ("gauge_card", "burn_card", "county_card", "industry_card", "header")
    frames = {name: getattr(page.board, name).geometry() for name in cards}
    assert {cell.fact.value for cell in page.board.cells.values()} == {figure.WAITING}
    with qtbot.waitSignal(page.filled):
        page.start()
        early = page.figures
    assert early is None, "nothing was fetched on the window's thread"
    QApplication.processEvents()
    assert {key: cell.geometry() for key, cell in page.board.cells.items()} == before
    assert {name: getattr(page.board, name).geometry() for name in cards} == frames
    figures = figures_of(frame.database)
    assert page.figures == figures
    assert page.board.header.how_far.text() == outlook.sentences(figures).how_far
    assert page.board.cells["remaining"].fact.value == grouped(figures.remaining or 0)


def test_gauge_figures_and_line_are_seen_at_once(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    seen = page.rect()
    for part in (page.board.gauge, *page.board.cells.values(), page.board.burn_up):
        assert seen.contains(part.mapTo(page, QPoint(part.width() - 1, part.height() - 1))), part


@pytest.mark.parametrize("width", [420, 520, 690, 780, 1114, 1700])
def test_nothing_is_cut_at_any_width(qtbot: QtBot, frame: FakeFrame, width: int) -> None:
    frame.day = from_jalali(LATE)
    page = show(qtbot, frame, width)
    for group in page.board.groups:
        rows = {cell.y() for cell in group.cells.values()}
        assert (len(rows) == 1) is (group.width() > 440)
        for cell in group.cells.values():
            assert group.rect().contains(cell.geometry())
    header = page.board.header
    for words in (header.how_far, header.outlook):
        assert words.height() >= words.heightForWidth(words.width())
    beside = page.board.gauge_card.y() == page.board.groups[0].y()
    assert beside is (width >= 760)
    assert page.board.gauge_card.x() + page.board.gauge_card.width() <= page.board.width()


def test_a_figure_is_a_door(qtbot: QtBot, frame: FakeFrame) -> None:
    frame.day = from_jalali(LATE)
    page = show(qtbot, frame)
    for key, cell in page.board.cells.items():
        frame.doors.clear()
        QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
        assert frame.doors == ([cell.fact.door] if cell.fact.door else []), key
    assert [key for key, cell in page.board.cells.items() if cell.door is None] == [
        "remaining", "days_left", "forecast",
    ]  # fmt: skip
    assert page.board.cells["running"].cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert page.board.cells["forecast"].cursor().shape() == Qt.CursorShape.ArrowCursor


def test_every_door_is_reached_and_opened_by_keys(qtbot: QtBot, frame: FakeFrame) -> None:
    frame.day = from_jalali(LATE)
    page = show(qtbot, frame)
    board = page.board
    wanted = [cell for cell in board.cells.values() if cell.door]
    wanted += [board.gauge, board.burn_up, board.counties, board.industries, board.header.button]
    wanted += [row for row in board.news.rows if row.door]
    reached: list[Any] = []
    board.header.button.setFocus()
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused not in reached:
            reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert not [each for each in wanted if each not in reached]
    cell = board.cells["running"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        frame.doors.clear()
        cell.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(cell, key)
        assert frame.doors == [cell.door], key


def test_focus_and_pointing_are_seen(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    cell = page.board.cells["loans"]
    plain = cell.grab().toImage()
    cell.setFocus(Qt.FocusReason.TabFocusReason)
    focused = cell.grab().toImage()
    assert focused != plain
    edge = focused.pixelColor(focused.width() // 2, round(1 * focused.devicePixelRatio()))
    assert edge == theme.color("accent")


def press(chart: Chart, *keys: Qt.Key) -> None:
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    for key in keys:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(chart, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def test_a_month_and_a_bar_are_doors(qtbot: QtBot, frame: FakeFrame) -> None:
    frame.day = from_jalali(LATE)
    page = show(qtbot, frame)
    figures, board = page.figures, page.board
    press(board.burn_up, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert frame.doors.pop() == doors.of_month(figures, 1402, 10)
    place = board.counties.marks()[0].rect.center().toPoint()
    QTest.mouseClick(board.counties, Qt.MouseButton.LeftButton, pos=place)
    assert frame.doors.pop() == doors.of_share(figures, "county_id", figures.counties[0].id)
    board.industries.choose(board.industries.marks()[1])
    assert frame.doors.pop() == doors.of_share(figures, "industry_id", figures.industries[1].id)
    assert board.industries.marks()[-1].key is MORE
    board.industries.choose(board.industries.marks()[-1])  # turns the page, leads nowhere
    assert not frame.doors


def test_the_gauge_leads_to_rows_where_there_are_rows(qtbot: QtBot, frame: FakeFrame) -> None:
    frame.day = from_jalali(LATE)
    page = show(qtbot, frame)
    marks = {mark.key: mark for mark in page.board.gauge.marks()}
    for key in ("value", "recorded"):
        page.board.gauge.choose(marks[key])
        assert frame.doors.pop() == doors.counted()
    for key in ("baseline", "remaining", "plan"):
        page.board.gauge.choose(marks[key])
        assert not frame.doors
        assert "ردیف" in frame.toasts.pop()[0]
    assert "ردیف ندارند" in page.board.cells["running"].toolTip()


def test_another_day_recomputes_all_of_it(qtbot: QtBot, frame: FakeFrame) -> None:
    frame.day = from_jalali(LATE)
    page = show(qtbot, frame)
    frame.day = from_jalali(MIDDLE)
    with qtbot.waitSignal(page.filled):
        page.refresh()
    assert page.figures == figures_of(frame.database, MIDDLE)
    assert calendar.long_jalali(from_jalali(MIDDLE)) in page.board.header.days.text()
    assert page.can_leave()


def test_the_newer_fetch_wins(
    qtbot: QtBot, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, begun = Event(), Event()

    def waiting(database: Database, as_of: date | None) -> Any:
        if as_of == from_jalali(MIDDLE):
            begun.set()
            assert slow.wait(10)
        return fetch(database, as_of)

    monkeypatch.setattr(page_module, "fetch", waiting)
    page: Any = DashboardPage(frame)
    qtbot.addWidget(page)
    frame.day = from_jalali(MIDDLE)
    page.start()
    assert begun.wait(10)
    frame.day = from_jalali(LATE)
    with qtbot.waitSignal(page.filled):
        page.refresh()
    with qtbot.assertNotEmitted(page.filled, wait=150):
        slow.set()
    assert page.figures.as_of == from_jalali(LATE)


def test_trouble_is_told_and_the_figures_stay(
    qtbot: QtBot, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = show(qtbot, frame)
    before = page.figures
    problem = DatabaseProblem("disk")

    def fail(*_: Any) -> Any:
        raise problem

    monkeypatch.setattr(page_module, "fetch", fail)
    page.refresh()
    qtbot.waitUntil(lambda: frame.troubles == [problem])
    assert page.figures is before
    bug = ZeroDivisionError()
    monkeypatch.setattr(page_module, "fetch", lambda *_: (_ for _ in ()).throw(bug))
    page.refresh()
    qtbot.waitUntil(lambda: frame.troubles == [problem, bug])


def test_a_page_that_is_gone_says_nothing(
    qtbot: QtBot, frame: FakeFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, done = Event(), Event()

    def late(*_: Any) -> Any:
        assert gone.wait(10)
        done.set()
        raise ZeroDivisionError

    monkeypatch.setattr(page_module, "fetch", late)
    page = DashboardPage(frame)
    page.start()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gone.set()
    assert done.wait(10)
    qtbot.wait(50)
    assert not frame.troubles


def test_a_save_is_on_the_dashboard_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with fake_frame(tmp_path) as frame:
        page = frame.page = show(qtbot, frame)
        with qtbot.waitSignal(page.completed):
            unit = add_unit(frame.database)
        assert page.board.field.cells["units"].fact.value == to_persian_digits("1")
        add_return(frame.database, unit, "1402/06/01")
        qtbot.waitUntil(lambda: page.figures.revived == 111)
        assert page.figures.revived == 111


def test_the_report_is_asked_for(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    with qtbot.waitSignal(page.report):
        QTest.mouseClick(page.board.header.button, Qt.MouseButton.LeftButton)


def test_the_first_unit_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    with fake_frame(tmp_path) as frame:
        page = show(qtbot, frame)
        banner = page.board.banner
        assert banner.isVisible()
        assert banner.label.text() == outlook.NO_UNITS
        QTest.mouseClick(banner.button, Qt.MouseButton.LeftButton)
        assert frame.wanted == [("units", {})]
        assert page.board.counties.is_empty()
        frame.day = BASELINE_ON + timedelta(days=3)
        add_unit(frame.database, registered_on=from_jalali("1402/05/01"))
        with qtbot.waitSignal(page.filled):
            page.refresh()
        assert banner.label.text() == outlook.NO_UNITS_BY_THEN
        assert not banner.button.isVisible()
        frame.day = None
        with qtbot.waitSignal(page.filled):
            page.refresh()
        assert not banner.isVisible()


@pytest.fixture
def _in_light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


@pytest.mark.usefixtures("_in_light_again")
@pytest.mark.parametrize("shade", ["light", "dark"])
def test_it_is_painted_in_each_theme(
    qapp: QApplication, qtbot: QtBot, frame: FakeFrame, shade: theme.Mode
) -> None:
    page = show(qtbot, frame)
    theme.apply(qapp, shade)
    QApplication.processEvents()
    cell = page.board.cells["approved"]
    image, corner = page.grab().toImage(), cell.mapTo(page, QPoint(3, 3))
    assert image.pixelColor(corner) == theme.color("raised")
    between = page.board.header.mapTo(page, QPoint(40, page.board.header.height() + 4))
    assert image.pixelColor(between) == theme.color("surface")


# --- what the figures say -------------------------------------------------------------------------

STATES = {
    "no_baseline_yet": ("1401/06/01", 0),
    "not_started": ("1401/12/29", 0),
    "no_pace": ("1402/03/01", 0),
    "on_track": ("1402/06/31", 200),
    "behind": ("1402/06/31", 60),
    "missed": ("1403/02/01", 100),
    "reached": ("1402/09/01", 300),
}


@pytest.fixture(params=STATES)
def stood(request: pytest.FixtureRequest, made: Database) -> Figures:
    figures = state(figures_of(made), *STATES[request.param])
    assert figures.outlook == request.param
    return figures


def test_each_outlook_has_its_own_sentence(made: Database) -> None:
    every = [outlook.sentences(state(figures_of(made), *at)) for at in STATES.values()]
    assert len({said.outlook for said in every}) == len(STATES)
    for said in every:
        assert said.how_far
        assert said.outlook.endswith(".")
        for text in (said.how_far, said.outlook):
            assert "None" not in text
            assert not set(text) & set("0123456789")


def test_what_is_not_known_is_no_number(qtbot: QtBot, frame: FakeFrame, stood: Figures) -> None:
    page = DashboardPage(frame)
    present(qtbot, page, *SEEN)
    page.show_figures(stood)
    for key, cell in page.board.cells.items():
        fact = cell.fact
        assert fact.note, key
        if fact.value == figure.UNKNOWN:
            assert fact.tip, f"{key} gives its reason"
            assert fact.tip in cell.toolTip()
            assert fact.door is None
            assert not fact.unit
    unknown = {key for key, fact in by_key(stood).items() if fact.value == figure.UNKNOWN}
    assert unknown == {
        "no_baseline_yet": {
            "remaining",
            "pace",
            "forecast",
            "claimed",
            "counted",
            "sustained",
            "running",
            "jobs",
        },
        "not_started": {"pace", "forecast"},
    }.get(stood.outlook, set())
    known = stood.outlook != "no_baseline_yet"
    assert page.board.gauge.is_empty() is page.board.burn_up.is_empty() is (not known)


def test_the_sentences_of_the_brief(made: Database) -> None:
    figures = figures_of(made)

    def said(day: str, counted: int, **more: Any) -> outlook.Sentences:
        return outlook.sentences(state(figures, day, counted, **more))

    behind = said("1402/06/31", 60)
    assert behind.how_far == "۱۷۰ از ۴۰۰ واحد؛ ۲۳۰ واحد تا ۲۹ اسفند ۱۴۰۲"
    assert behind.outlook == (
        "با آهنگ کنونی تا مهلت ۱۷۳ واحد کم می‌آید و هدف در ۱۳ شهریور ۱۴۰۴ به دست می‌آید."
    )
    assert said("1402/06/31", 200).outlook.endswith("روز پیش از مهلت.")
    assert said("1402/09/01", 290).how_far == "۴۰۰ از ۴۰۰ واحد؛ هدف به دست آمد"
    assert said("1402/09/01", 290).outlook == (
        "هدف در آذر ۱۴۰۲ به دست آمد و ۱۱۹ روز تا مهلت مانده است."
    )
    assert "پس از مهلت" in said("1403/02/01", 290).outlook
    assert said("1403/02/01", 0, baseline_units=410, reached_before=410).outlook == (
        "هدف پیش از روز مبنا به دست آمده بود."
    )
    over = said("1403/02/01", 100)
    assert over.how_far == "۲۱۰ از ۴۰۰ واحد؛ مهلت گذشت و ۱۹۰ واحد ماند"
    assert said("1403/02/01", 0).outlook == (
        "مهلت ۲۹ اسفند ۱۴۰۲ بود؛ از روز مبنا واحدی افزوده نشده است."
    )
    assert "هر ۳۰ روز ۲۸٫۷ واحد لازم است" in said("1402/03/01", 0).outlook
    assert said("1402/12/29", 0).tone == "warn"


def test_a_forecast_beyond_the_calendar_is_no_day(made: Database) -> None:
    figures = state(figures_of(made), "1402/06/31", 1, target=100_000)
    assert figures.forecast_date is None
    assert "None" not in outlook.sentences(figures).outlook
    assert by_key(figures)["forecast"].tip == outlook.TOO_FAR
    late = replace(figures, outlook="missed", projected_at_deadline=None, days_left=0)
    assert by_key(late)["forecast"].value == figure.UNKNOWN
    assert outlook.sentences(late).outlook == "مهلت ۲۹ اسفند ۱۴۰۲ بود."


def test_the_forecast_of_each_outlook(made: Database) -> None:
    figures = figures_of(made)
    told = {name: by_key(state(figures, *at))["forecast"] for name, at in STATES.items()}
    assert told["on_track"].note == "روز رسیدن به هدف"
    assert (told["behind"].value, told["behind"].unit) == ("۲۲۷", "واحد")
    assert told["behind"].note == "در روز مهلت"
    assert told["reached"].value == "آذر ۱۴۰۲"
    assert told["no_pace"].value == "۱۱۰"
    assert told["missed"].note == "اگر آهنگ همین بماند"


# --- the charts -----------------------------------------------------------------------------------


def course_of(figures: Figures) -> Course:
    found = charts_of.course(figures)
    assert found is not None
    return found


def test_the_line_begins_with_the_first_day_that_counts(made: Database) -> None:
    figures = figures_of(made)
    course = course_of(figures)
    assert course.months[0].key == (1402, 1)
    assert course.start == 110
    assert list(course.plan[0]) == [0, 110]
    assert course.real()[-1][1] == figures.revived
    middle = state(figures, "1402/06/31", 60, baseline_on=from_jalali("1402/02/15"))
    assert course_of(middle).months[0].key == (1402, 2)


def test_the_line_goes_as_far_as_it_says_something(made: Database) -> None:
    figures = figures_of(made)

    def last(day: str, counted: int) -> tuple[Any, Any]:
        course = course_of(state(figures, day, counted))
        return course.months[-1].key, course.forecast[-1:]

    behind, (end,) = last("1402/06/31", 60)
    assert behind == (1402, 12)
    assert end == (12, pytest.approx(227, abs=1))
    soon, (end,) = last("1402/10/30", 215)
    assert soon == (1403, 2), "the day it is reached stands on the chart"
    assert end[1] == 400
    assert last("1402/06/31", 200)[0] == (1402, 12)
    assert last("1403/05/01", 100) == ((1403, 5), ())
    assert last("1402/03/01", 0)[1] == ()


def test_before_the_baseline_bars_say_how_many_units_there_are(made: Database) -> None:
    figures = figures_of(made, "1401/10/05")
    bars, legend = charts_of.bars(figures, figures.counties)
    assert legend == ("همهٔ واحدها",)
    assert [bar.value for bar in bars] == sorted((bar.value for bar in bars), reverse=True)
    assert sum(bar.value for bar in bars) == figures.units
    assert all(bar.total is None for bar in bars)


# --- the latest changes ---------------------------------------------------------------------------


@contextmanager
def told(tmp_path: Path) -> Iterator[tuple[FakeFrame, Any]]:
    """`said()` gives the words and the door of the newest changes."""
    with fake_frame(tmp_path) as frame:

        def said() -> list[tuple[str, Door | None]]:
            with frame.database.read() as session:
                found = news.latest(session)
            return [
                (news.in_words(each, *page_list.fields_of(each.record)), each.door)
                for each in found
            ]

        yield frame, said


def test_what_was_done_is_told(tmp_path: Path) -> None:
    with told(tmp_path) as (frame, said):
        database = frame.database
        unit = add_unit(database, "فولاد فارس")
        here = Door("units", record=unit)
        assert said()[0] == ("ثبت واحد «فولاد فارس»", here)
        add_return(database, unit, "1402/06/01", shown=False)
        assert said()[0] == ("ثبت بازگشت به تولید «فولاد فارس»", here)
        loan = add_loan(database, unit, **approved(4_000_000_000))
        assert said()[0] == ("ثبت تسهیلات «فولاد فارس»", Door("loans", record=loan))
        add_tranche(database, loan, "1402/05/01", 1_000_000_000)
        assert said()[0] == ("ثبت پرداخت «فولاد فارس»", Door("loans", record=loan))
        group = add_group(database, "گروه سازندگی")
        assert said()[0] == ("ثبت گروه «گروه سازندگی»", Door("groups", record=group))
        with database.write() as session:
            values = {c.key: getattr(session.get(Unit, unit), c.key) for c in Unit.__table__.c}
            changed = {"product": "میلگرد", "owner": "رضا", "note": "تازه"}
            unit_commands.save_unit(session, unit, {**values, **changed})
        words = said()[0][0]
        assert words.startswith("ویرایش واحد «فولاد فارس»: ")
        assert words.endswith(" و ۱ خانهٔ دیگر")
        with database.write() as session:
            loan_commands.archive_loan(session, loan, "تکراری")
        assert said()[0][0] == "بایگانی تسهیلات «فولاد فارس»"
        with database.write() as session:
            loan_commands.restore_loan(session, loan)
        assert said()[0][0] == "بازگرداندن تسهیلات «فولاد فارس»"
        assert len(said()) == 10, "the newest ten"


def test_a_change_leads_to_its_record(qtbot: QtBot, tmp_path: Path) -> None:
    with fake_frame(tmp_path) as frame:
        unit = add_unit(frame.database, "<b>نام دراز</b> " + "و دراز " * 12)
        page = show(qtbot, frame)
        rows = [row for row in page.board.news.rows if row.isVisible()]
        assert "<b>نام دراز</b>" in rows[0].what
        assert not rows[0].toolTip(), "a name is never markup"
        QTest.mouseClick(rows[0], Qt.MouseButton.LeftButton)
        assert frame.doors == [Door("units", record=unit)]
        bulk = next((row for row in rows if row.door is None), None)
        if bulk is not None:
            QTest.mouseClick(bulk, Qt.MouseButton.LeftButton)
            assert len(frame.doors) == 1


def test_made_up_programmes_are_told_in_one_line(made: Database) -> None:
    with made.read() as session:
        newest = news.latest(session)[0]
    assert news.in_words(newest, "واحد", {}) == "ثبت گروهی ۴۰۰ واحد"
    assert newest.door is None


def test_today_is_called_today() -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    change = news.News(now, "من", "unit", "insert", {})
    assert news.when(change).startswith("امروز  ")
    before = replace(change, at=now - timedelta(days=400))
    assert news.when(before).startswith(to_persian_digits("14"))


def test_an_empty_history_says_so(qtbot: QtBot, frame: FakeFrame, made: Database) -> None:
    page = DashboardPage(frame)
    present(qtbot, page, *SEEN)
    page.show_figures(figures_of(made))
    assert not page.board.news.empty.isVisibleTo(page), "it is not known yet"
    page.show_rest(Rest(fetch_rest(made, figures_of(made).as_of).field, ()))
    assert page.board.news.empty.isVisibleTo(page)
    assert not [row for row in page.board.news.rows if row.isVisibleTo(page)]


def test_it_watches_what_it_shows() -> None:
    told = {"unit", "revival", "loan", "tranche", "programme", "milestone", "jihadi_group"}
    assert told <= DashboardPage.WATCHES
    assert page_list.BY_KEY["dashboard"].title == DashboardPage.TITLE
