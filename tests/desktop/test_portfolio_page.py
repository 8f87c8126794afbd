"""The portfolio: each row opens exactly its loans, by any day; nothing yet is said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from db.calendar import from_jalali
from db.commands import repayment as commands
from db.queries import dues, loans
from db.queries.listing import Listing, View
from desktop.portfolio.page import EMPTY, NOTHING_DUE, PortfolioPage
from desktop.widgets.frame import Door
from tests.desktop.driving import present
from tests.desktop.records import TODAY, add_loan, add_return, add_tranche, add_unit, approved

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.desktop.fake_frame import FakeFrame

pytestmark = pytest.mark.usefixtures("fixed_today")
MILLIARD = 1_000_000_000


@pytest.fixture
def lent(frame: FakeFrame) -> list[int]:
    """Three loans: behind and not revived, paid in time and revived, only asked for."""
    made = []
    for number, method in enumerate(("annuity", "flat_2400")):
        unit = add_unit(frame.database, f"واحد {'یکم' if number == 0 else 'دوم'}")
        loan = add_loan(
            frame.database, unit, **approved(MILLIARD), method=method, rate=18, months=12,
            first_due_on=from_jalali("1402/05/01"), jobs_promised=5,
        )  # fmt: skip
        add_tranche(frame.database, loan, "1402/04/02", MILLIARD)
        made.append(loan)
        if number:
            add_return(frame.database, unit, "1402/08/01")
            values = {"day": from_jalali("1402/09/10"), "amount": MILLIARD // 2}
            with frame.database.write() as session:
                commands.save_payment(session, loan, None, values)
    made.append(add_loan(frame.database, add_unit(frame.database, "سوم")))
    return made


def show(qtbot: QtBot, frame: FakeFrame) -> PortfolioPage:
    page = frame.page = PortfolioPage(frame)
    present(qtbot, page)
    with qtbot.waitSignal(page.filled):
        page.start()
    QApplication.processEvents()
    return page


def behind(frame: FakeFrame, door: Door) -> Listing:
    source = {"loans": loans.SOURCE, "dues": dues.SOURCE}[door.page]
    return Listing(frame.database.read, source, View(filters=door.filters, as_of=frame.day))


def rows(table: Any) -> list[Any]:
    return [table.rows.row_at(place) for place in range(table.rows.rowCount())]


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize("day", [None, "1402/07/15", "1402/03/15"])
def test_each_row_opens_its_loans(qtbot: QtBot, frame: FakeFrame, day: str | None) -> None:
    frame.day = from_jalali(day) if day else None
    page = show(qtbot, frame)
    assert len(page.tables) == 4
    for table in page.tables.values():
        for row in rows(table):
            if row.name == "بی‌قسط":
                continue
            found = list(behind(frame, Door(*row.leads_to)).every_row())
            assert len(found) == row.loans, row.name
            assert sum(each.overdue or 0 for each in found) == row.overdue
            assert sum(each.balance or 0 for each in found) == row.outstanding
            assert sum(each.paid for each in found) == row.paid_out
    for row in rows(page.to_come):
        found = list(behind(frame, Door(*row.leads_to)).every_row())
        assert (len(found), sum(each.left for each in found)) == (row.instalments, row.left)


def test_a_row_leads_to_the_list(qtbot: QtBot, frame: FakeFrame, lent: list[int]) -> None:
    page = show(qtbot, frame)
    table = next(iter(page.tables.values()))
    table.opened.emit(rows(table)[0])
    assert frame.doors[-1].page == "loans"
    assert frame.doors[-1].filters == {"loan_class": ["current"]}
    page.lost.click()
    found = behind(frame, frame.doors[-1])
    assert list(found.ids) == [lent[0]]
    page.late.chosen.emit("past_due")
    assert list(behind(frame, frame.doors[-1]).ids) == [lent[0]]


@pytest.mark.usefixtures("lent")
def test_the_figures_are_told(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    assert page.values["paid_out"].text() == "۲٬۰۰۰٬۰۰۰٬۰۰۰ ریال"
    assert page.values["promised"].text() == "۱۰ نفر"
    assert page.values["made"].text() == "۹ نفر"  # twelve at work where three were found
    assert page.values["rate"].text().endswith("درصد")
    assert page.found is not None
    assert page.found.as_of == TODAY


def test_nothing_yet(qtbot: QtBot, frame: FakeFrame) -> None:
    page = show(qtbot, frame)
    assert page.empty.isVisible()
    assert page.empty.text() == EMPTY
    assert page.values["rate"].text() == NOTHING_DUE
    assert not page.lost.isEnabled()
