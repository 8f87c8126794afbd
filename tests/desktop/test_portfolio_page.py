"""The portfolio: each figure opens exactly its rows, by any day; nothing yet is said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.commands import repayment as commands
from db.queries import dues, loans
from db.queries.listing import Listing, View
from desktop import kinds
from desktop.portfolio import facts, rows
from desktop.portfolio.page import (
    EMPTY,
    NO_INSTALMENT,
    NOTHING_LATE,
    NOTHING_LENT,
    NOTHING_TO_COME,
    NOTHING_YET,
    PortfolioPage,
)
from tests.desktop.driving import key, present
from tests.desktop.records import (
    TODAY,
    add_loan,
    add_return,
    add_tranche,
    add_unit,
    approved,
    number_of,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.portfolio.section import Section
    from desktop.widgets.frame import Door
    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
MILLIARD = 1_000_000_000
DAYS = [None, "1402/07/15", "1402/05/01", "1402/03/15"]


def lend(frame: FakeFrame, unit: int, **more: Any) -> int:
    """A milliard rial in twelve instalments from 1402/05/01 on, paid out a month before."""
    values = {
        **approved(MILLIARD), "method": "annuity", "rate": 18, "months": 12,
        "first_due_on": from_jalali("1402/05/01"), "jobs_promised": 5, **more,
    }  # fmt: skip
    loan = add_loan(frame.database, unit, **values)
    add_tranche(frame.database, loan, "1402/04/02", MILLIARD)
    return loan


def pay(frame: FakeFrame, loan: int, day: str, amount: int) -> None:
    values = {"day": from_jalali(day), "amount": amount}
    with frame.database.write() as session:
        commands.save_payment(session, loan, None, values)


@pytest.fixture
def lent(frame: FakeFrame) -> list[int]:
    """Behind and not revived; paid ahead, and revived; without instalments; only asked for."""
    behind = lend(frame, add_unit(frame.database, "واحد یکم"))
    pay(frame, behind, "1402/05/10", 100_000_000)
    county = number_of(frame.database, "county", "مرودشت")
    unit = add_unit(frame.database, "واحد دوم", county_id=county)
    ahead = lend(frame, unit, method="flat_2400", bank_id=2)
    pay(frame, ahead, "1402/09/10", MILLIARD * 6 // 10)
    add_return(frame.database, unit, "1402/08/01")
    unscheduled = lend(frame, add_unit(frame.database, "واحد سوم"), first_due_on=None)
    asked = add_loan(frame.database, add_unit(frame.database, "واحد چهارم"))
    return [behind, ahead, unscheduled, asked]


def show(qtbot: QtBot, frame: FakeFrame, width: int = 1200) -> PortfolioPage:
    page = frame.page = PortfolioPage(frame)
    present(qtbot, page, width)
    with qtbot.waitSignal(page.completed):
        page.start()
    QApplication.processEvents()
    return page


def behind(frame: FakeFrame, door: Door) -> list[Any]:
    """The rows of the list that a door opens."""
    source = {"loans": loans.SOURCE, "dues": dues.SOURCE}[door.page]
    view = View(filters=door.filters, as_of=frame.day or TODAY)
    return list(Listing(frame.database.read, source, view).every_row())


def rows_of(section: Section) -> list[Any]:
    model = section.table.rows
    return [model.row_at(place) for place in range(model.rowCount())]


def opened(frame: FakeFrame, section: Section, place: int, column: str) -> list[Any]:
    """Double click on a cell, and what it opens."""
    names = [field.name for field in section.table.rows.fields]
    section.table.setCurrentIndex(section.table.rows.index(place, names.index(column)))
    section.table.open_current()
    return behind(frame, frame.doors[-1])


SUMMED = {
    "loans": len,
    "approved": lambda found: sum(row.approved_standing for row in found),
    "paid_out": lambda found: sum(row.paid for row in found),
    "due": lambda found: sum(row.due or 0 for row in found),
    "overdue": lambda found: sum(row.overdue or 0 for row in found),
    "outstanding": lambda found: sum(row.balance or 0 for row in found),
}


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize("day", DAYS)
def test_each_figure_of_a_share_opens_its_loans(
    qtbot: QtBot, frame: FakeFrame, day: str | None
) -> None:
    frame.day = from_jalali(day) if day else None
    page = show(qtbot, frame)
    for way in page.shares.chips.values():
        way.click()
        for place, row in enumerate(rows_of(page.shares)):
            for column, summed in SUMMED.items():
                found = opened(frame, page.shares, place, column)
                assert summed(found) == getattr(row, column), (row.name, column)
    for place, row in enumerate(rows_of(page.ages)):
        for column in ("loans", "overdue", "outstanding") if row.loans is not None else ():
            found = opened(frame, page.ages, place, column)
            assert SUMMED[column](found) == getattr(row, column), (row.name, column)


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize("day", DAYS)
def test_each_month_opens_its_rows(qtbot: QtBot, frame: FakeFrame, day: str | None) -> None:
    frame.day = from_jalali(day) if day else None
    page = show(qtbot, frame)
    for place, row in enumerate(rows_of(page.months)):
        approved_then = opened(frame, page.months, place, "approved")
        assert sum(loan.approved_standing for loan in approved_then) == row.approved
        paid = opened(frame, page.months, place, "paid_out")  # each in one go
        assert sum(loan.paid for loan in paid) == row.paid_out
        late = opened(frame, page.months, place, "overdue")
        assert sum(instalment.left for instalment in late) == row.overdue
        assert bool(opened(frame, page.months, place, "due")) == bool(row.due)
        assert bool(opened(frame, page.months, place, "received")) == bool(row.received)
    for place, row in enumerate(rows_of(page.inflow)):
        found = opened(frame, page.inflow, place, "left")
        assert sum(instalment.left for instalment in found) == row.left, row.name
        assert row.instalments in (None, len(found))


@pytest.mark.parametrize("day", DAYS)
def test_each_fact_opens_its_rows(
    qtbot: QtBot, frame: FakeFrame, lent: list[int], day: str | None
) -> None:
    frame.day = from_jalali(day) if day else None
    page = show(qtbot, frame)
    assert page.found is not None
    for name in ("approved", "paid_out", "due", "overdue", "outstanding"):
        fact = page.cells[name].fact
        page.cells[name].click()
        assert fact.value == kinds.RIAL.show(SUMMED[name](behind(frame, frame.doors[-1])))
    lost = page.cells["lost"]
    if day in (None, "1402/07/15"):
        lost.click()
        told = behind(frame, frame.doors[-1])
        assert lost.fact.value == kinds.COUNT.show(len(told))
        assert lent[0] in {row.id for row in told}


def test_the_jobs_of_a_county_open_its_loans(
    qtbot: QtBot, frame: FakeFrame, lent: list[int]
) -> None:
    page = show(qtbot, frame)
    told = rows_of(page.jobs)
    assert [row.name for row in told] == ["شیراز", "مرودشت", rows.ALL]
    assert [(row.promised, row.seen, row.made, row.lost) for row in told] == [
        (10, 0, 0, 2), (5, 1, 9, 0), (15, 1, 9, 2),
    ]  # fmt: skip
    assert [row.id for row in opened(frame, page.jobs, 1, "made")] == [lent[1]]
    assert {row.id for row in opened(frame, page.jobs, 0, "lost")} == {lent[0], lent[2]}
    page.jobs.chart.chosen.emit(told[1].key)
    assert [row.id for row in behind(frame, frame.doors[-1])] == [lent[1]]
    assert page.cells["made"].fact.value == "۹"
    assert page.cells["made"].fact.tone == "good"
    assert page.cells["per_job"].fact.value == "۱۱۱٬۱۱۱٬۱۱۱"


def test_a_bar_opens_what_it_shows(qtbot: QtBot, frame: FakeFrame, lent: list[int]) -> None:
    page = show(qtbot, frame)
    late = next(row for row in rows_of(page.ages) if row.key and row.overdue)
    page.ages.chart.chosen.emit(late.key)
    assert [row.id for row in behind(frame, frame.doors[-1])] == [lent[0]]
    page.inflow.chart.chosen.emit((1402, 12))
    found = behind(frame, frame.doors[-1])
    assert {row.loan_id for row in found} == {lent[0], lent[1]}
    page.shares.chart.chosen.emit(2)
    assert [row.id for row in behind(frame, frame.doors[-1])] == [lent[1]]
    page.months.chart.chosen.emit((1402, 6))
    assert frame.doors[-1].filters == {"fell_due_on": ["2023-08-23", "2023-09-22"]}


def test_what_has_no_instalments_is_said(qtbot: QtBot, frame: FakeFrame, lent: list[int]) -> None:
    page = show(qtbot, frame)
    assert page.banner.isVisible()
    assert page.banner.label.text().startswith("۱ تسهیلات")
    page.banner.button.click()
    assert [row.id for row in behind(frame, frame.doors[-1])] == [lent[2]]
    page.shares.chips["class"].click()
    unscheduled = rows_of(page.shares)[-2]
    assert (unscheduled.name, unscheduled.loans, unscheduled.paid_out) == ("بی‌قسط", 2, MILLIARD)


@pytest.mark.usefixtures("lent")
def test_amounts_are_short_and_told_whole(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    model = page.shares.table.rows
    names = [field.name for field in model.fields]
    cell = model.index(model.rowCount() - 1, names.index("paid_out"))
    assert cell.data() == "۳٬۰۰۰"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "۳٬۰۰۰٬۰۰۰٬۰۰۰ ریال"


def test_one_loan_that_is_paid_in_time(qtbot: QtBot, frame: FakeFrame) -> None:
    loan = lend(frame, add_unit(frame.database))
    pay(frame, loan, "1402/05/01", 900_000_000)
    page = show(qtbot, frame)
    assert page.cells["rate"].fact.value == "۱۰۰"
    assert (page.cells["overdue"].fact.value, page.cells["overdue"].fact.tone) == ("۰", "good")
    assert page.ages.chart.accessibleDescription() == NOTHING_LATE
    assert page.cells["made"].fact.note == facts.NO_FOLLOW_UP


def test_nothing_is_due_yet(qtbot: QtBot, frame: FakeFrame) -> None:
    lend(frame, add_unit(frame.database))
    frame.day = from_jalali("1402/04/10")
    page = show(qtbot, frame)
    assert page.cells["rate"].fact.note == facts.NOTHING_DUE
    assert page.cells["rate"].door is None
    assert len(rows_of(page.inflow)) == 16


def test_a_loan_that_is_only_asked_for(qtbot: QtBot, frame: FakeFrame) -> None:
    add_loan(frame.database, add_unit(frame.database))
    page = show(qtbot, frame)
    told = {
        page.ages: NO_INSTALMENT,
        page.months: NOTHING_YET,
        page.inflow: NOTHING_TO_COME,
        page.jobs: NOTHING_LENT,
    }
    for section, sentence in told.items():
        assert section.nothing.isVisible()
        assert section.nothing.text() == sentence
        assert not section.table.isVisible()
    assert len(rows_of(page.shares)) == 2
    assert page.cells["lost"].fact.note == facts.NOTHING_LENT


def test_no_loan_at_all(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    assert page.empty.isVisible()
    assert page.empty.label.text() == EMPTY
    assert not page.shares.isVisible()
    page.empty.button.click()
    assert frame.wanted == [("loans", {})]


def test_the_main_action_is_the_report(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    with qtbot.waitSignal(page.report):
        page.new()


@pytest.mark.usefixtures("lent")
def test_it_is_fetched_anew(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    lend(frame, add_unit(frame.database, "پنجم"))
    with qtbot.waitSignal(page.completed):
        key(page, Qt.Key.Key_F5)
    assert page.cells["paid_out"].fact.value == kinds.RIAL.show(4 * MILLIARD)


@pytest.mark.usefixtures("lent")
def test_charts_stand_beside_their_tables_where_there_is_room(
    qtbot: QtBot, frame: FakeFrame
) -> None:
    page = show(qtbot, frame)
    assert page.ages.chart.y() == page.ages.table.y()
    assert page.jobs.chart.y() < page.jobs.table.y()  # that has many columns
    for section in page.sections:
        assert section.table.horizontalScrollBar().maximum() == 0
    page.resize(700, 600)
    QApplication.processEvents()
    assert page.ages.chart.y() < page.ages.table.y()
    page.resize(1200, 760)
    QApplication.processEvents()
    assert page.ages.chart.y() == page.ages.table.y()
