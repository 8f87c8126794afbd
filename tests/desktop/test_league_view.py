"""The league table in its window: periods, ranks, and the rows behind each figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from db import calendar
from db.calendar import from_jalali
from db.queries.league import MEASURES, Line
from desktop.pages.league_view import FIGURES, TABLE, LeagueView, door
from desktop.widgets.frame import Door
from desktop.widgets.period_bar import KINDS, PARTS, Period, PeriodBar, period_of
from desktop.widgets.pick_dialog import RangeDialog
from tests.desktop.driving import Answers, enter, fill, present, pressing
from tests.desktop.records import TODAY, add_group, add_return, add_unit, add_visit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
YEARS = st.integers(1390, 1410)


@pytest.fixture
def groups(frame: FakeFrame) -> dict[str, int]:
    """One revived two units, two visited twice, three did nothing."""
    made = {name: add_group(frame.database, f"گروه {name}") for name in ("الف", "ب", "پ")}
    for day in ("1402/03/01", "1402/05/01"):
        unit = add_unit(frame.database, f"واحد {day}", group_id=made["الف"])
        add_return(frame.database, unit, day)
        add_visit(frame.database, unit, day, kind="follow_up", group_id=None)
    unit = add_unit(frame.database, "واحد دیگر", group_id=made["ب"])
    for day in ("1402/02/01", "1402/05/05"):
        add_visit(frame.database, unit, day, group_id=made["ب"])
    add_visit(frame.database, unit, "1402/05/06", group_id=made["ب"], review="draft")
    return made


@pytest.fixture
def view(qtbot: QtBot, frame: FakeFrame, groups: dict[str, int]) -> LeagueView:
    made = LeagueView(frame)
    with qtbot.waitSignal(made.brought):
        made.start()
    return present(qtbot, made)


def told(view: LeagueView, *names: str) -> list[tuple[Any, ...]]:
    rows = [view.table.rows.row_at(n) for n in range(view.table.rows.rowCount())]
    return [tuple(getattr(row, name) for name in names) for row in rows]


def choose(qtbot: QtBot, view: LeagueView, **period: Any) -> None:
    with qtbot.waitSignal(view.brought):
        view.bar._choose(**period)


def test_the_year_of_today_ranked_by_revived(view: LeagueView) -> None:
    assert view.bar.period == Period("year", 1402)
    assert told(view, "rank", "name", "revived", "visits", "units") == [
        (1, "گروه الف", 2, 0, 2), (2, "گروه ب", 0, 2, 1), (2, "گروه پ", 0, 0, 0),
    ]  # fmt: skip


def test_a_heading_ranks_by_its_measure_the_most_first(view: LeagueView, frame: FakeFrame) -> None:
    header = view.table.horizontalHeader()
    header.sectionClicked.emit([field.name for field in TABLE].index("visits"))
    assert told(view, "rank", "name", "visits") == [
        (1, "گروه ب", 2), (2, "گروه الف", 0), (2, "گروه پ", 0),
    ]  # fmt: skip
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    assert "پایش‌های پذیرفته" in view.told.text()
    assert frame.kept["league"]["measure"] == "visits"
    header.sectionClicked.emit([field.name for field in TABLE].index("name"))
    assert told(view, "rank", "name")[0] == (2, "گروه الف")  # by name, the ranks stay


@pytest.mark.parametrize(
    ("period", "revived", "visits"),
    [
        ({"kind": "all"}, 2, 2),
        ({"kind": "year", "year": 1401}, 0, 0),
        ({"kind": "season", "part": 1}, 1, 1),
        ({"kind": "season", "part": 2}, 1, 1),
        ({"kind": "month", "part": 3}, 1, 0),
        ({"kind": "month", "part": 5}, 1, 1),
    ],
)
def test_a_period_has_its_own_figures(
    qtbot: QtBot, view: LeagueView, period: dict[str, Any], revived: int, visits: int
) -> None:
    kind = {"kind": period["kind"]}
    if kind["kind"] != view.bar.period.kind:
        choose(qtbot, view, **kind)
    rest = {name: value for name, value in period.items() if name != "kind"}
    if any(getattr(view.bar.period, name) != value for name, value in rest.items()):
        choose(qtbot, view, **rest)
    figures = {name: (r, v) for name, r, v in told(view, "name", "revived", "visits")}
    assert figures["گروه الف"][0] == revived
    assert figures["گروه ب"][1] == visits


def test_free_days_are_asked_for(qtbot: QtBot, view: LeagueView) -> None:
    choose(qtbot, view, kind="days")
    assert view.bar.days.text() == "روزها را بگویید"

    def answer(dialog: Any) -> None:
        assert isinstance(dialog, RangeDialog)
        fill(dialog, {"first": "1402/05/01", "last": "1402/05/05"})
        pressing("پالودن")(dialog)

    with qtbot.waitSignal(view.brought), Answers(answer):
        view.bar.ask_days()
    assert view.bar.period.days() == (from_jalali("1402/05/01"), from_jalali("1402/05/05"))
    assert view.bar.days.text() == "۱۴۰۲/۰۵/۰۱ تا ۱۴۰۲/۰۵/۰۵"
    assert told(view, "name", "revived", "visits")[0] == ("گروه الف", 1, 0)


def test_the_past_has_its_own_table(qtbot: QtBot, view: LeagueView, frame: FakeFrame) -> None:
    frame.day = from_jalali("1402/04/01")
    with qtbot.waitSignal(view.brought):
        view.refresh()
    assert told(view, "name", "revived")[0] == ("گروه الف", 1)


def test_each_figure_opens_its_rows(
    view: LeagueView, frame: FakeFrame, groups: dict[str, int]
) -> None:
    view.table.go_to(0)
    number = groups["الف"]
    year = [day.isoformat() for day in calendar.year_range(1402)]
    doors = {
        "revived": Door("units", {"group_id": [number], "counted": True, "returned_on": year}),
        "units": Door("units", {"group_id": [number], "registered_on": year}),
    }
    for name, expected in doors.items():
        view.card.buttons[name].click()
        assert frame.doors.pop() == expected
    assert not view.card.buttons["visits"].isEnabled()  # nothing is behind a zero
    names = [field.name for field in TABLE]
    index = view.table.rows.index(0, names.index("revived"))
    view.table.setCurrentIndex(index)
    enter(view.table)
    assert frame.doors.pop() == doors["revived"]
    view.table.setCurrentIndex(view.table.rows.index(0, names.index("name")))
    enter(view.table)
    assert frame.doors.pop() == Door("groups", record=number)


LINE = Line(7, "گروه", None, True, 1, 2, 3, 4, 5)


def test_doors_of_all_time_and_of_a_month() -> None:
    month = Period("month", 1402, 5)
    days = [day.isoformat() for day in calendar.month_range(1402, 5)]
    assert door(LINE, "visits", month) == Door(
        "visits", {"group_id": [7], "review": ["accepted"], "day": days}
    )
    assert door(LINE, "obstacles", month) == Door(
        "obstacles", {"group_id": [7], "removed_on": days}
    )
    assert door(LINE, "obstacles", Period()) == Door(
        "obstacles", {"group_id": [7], "removed_on": [None, None]}
    )
    assert door(LINE, "jobs", Period()) == Door("units", {"group_id": [7], "counted": True})
    assert set(FIGURES) == set(MEASURES)


# the period


@given(YEARS, st.sampled_from(["year", "season", "month"]), st.integers(1, 12))
def test_a_period_is_its_days_and_its_words(year: int, kind: str, part: int) -> None:
    part = min(part, len(PARTS[kind])) if kind in PARTS else part
    period = Period(kind, year, part)
    first, last = period.days()
    assert first is not None
    assert last is not None
    assert calendar.jalali_parts(first)[0] == calendar.jalali_parts(last)[0] == year
    months = calendar.months_between(first, last)
    assert len(months) == {"year": 12, "season": 3, "month": 1}[kind]
    assert calendar.jalali_parts(first)[2] == 1
    assert calendar.month_of(last) == months[-1]
    assert period.words().endswith(calendar.month_title(months[0]).split()[-1])


@pytest.mark.parametrize(
    "kept",
    [None, 5, {}, {"kind": "no"}, {"kind": "season", "part": 9}, {"kind": "year", "year": 9999},
     {"kind": "days", "first": "x"}, {"more": 1}, {"kind": "month", "part": "3"}],
)  # fmt: skip
def test_what_was_remembered_wrongly_is_the_year_of_today(kept: Any) -> None:
    found = period_of(kept, TODAY)
    assert found == (Period() if kept == {} else Period("year", 1402))


def test_what_was_remembered_is_chosen_again(frame: FakeFrame, qtbot: QtBot) -> None:
    bar = PeriodBar(Period("season", 1401, 3))
    qtbot.addWidget(bar)
    assert period_of(bar.kept(), TODAY) == bar.period
    assert (bar.kind.currentText(), bar.part.currentText()) == (KINDS["season"], "پاییز")
    assert bar.year.currentText() == "۱۴۰۱"
    assert date(2022, 9, 23) == bar.period.days()[0]
