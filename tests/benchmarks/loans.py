"""Loans in full: what falls due, what they amount to, the page of one, a payment, the proof."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QEvent
from sqlalchemy import func, select

from db import calendar, repaid
from db.calendar import LAST_DAY as END
from db.calendar import from_jalali
from db.commands.repayment import save_payment
from db.models import Instalment, Payment, Position
from db.queries import due_figures, dues, owed, portfolio
from db.queries.listing import Source, View
from db.sample import LAST_DAY
from tests.benchmarks.figure import Figure, milliseconds
from tests.benchmarks.lists import first_page
from tests.benchmarks.raw import Driver, heard

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.database import Database
    from tests.benchmarks.raw import Statement
    from tests.desktop.fake_frame import FakeFrame

MOST: Final = 300.0  # ms: the due calendar, and what the loans amount to
MOST_PAGE: Final = 50.0  # ms
MOST_SAVE: Final = 1.5  # times the bare commit
LOANS: Final = 20
SAVES: Final = 120
DAYS: Final = {"today": None, "the last day": LAST_DAY, "in the middle": from_jalali("1402/06/31")}
WINDOWS: Final[tuple[dict[str, Any], ...]] = (
    {"window": ["this_week"]},
    {"window": ["this_month"]},
    {"window": ["overdue"]},
    {"window": ["this_month"], "bank_id": [4]},
    {"window": ["this_month"], "group_id": [5]},
    {"window": ["overdue"], "county_id": [7]},
)


def run(database: Database) -> list[Figure]:
    return [
        *due_calendar(database),
        *amounts(database),
        *page(database),
        *saved(database),
        *proved(database),
    ]


def due_calendar(database: Database) -> list[Figure]:
    """The head, the month, and the first page of both lists with its count and sum."""
    first, last = calendar.month_range(*calendar.month_of(LAST_DAY))
    pages = {
        " ".join(f"{name} {value}" for name, value in filters.items()): opened(
            database, dues.SOURCE, View(filters, as_of=LAST_DAY)
        )
        for filters in WINDOWS
    }
    return [
        worst("due calendar: first page and its sum", pages),
        Figure("due calendar: the call list", opened(database, dues.CALLS, View(as_of=LAST_DAY)),
               "ms", MOST),
        Figure("due calendar: its head",
               read(database, lambda s: due_figures.figures(s, LAST_DAY)), "ms", MOST),
        Figure("due calendar: a month, day by day",
               read(database, lambda s: due_figures.by_day(s, first, last, LAST_DAY)), "ms", MOST),
    ]  # fmt: skip


def opened(database: Database, source: Source, view: View) -> float:
    return timed(partial(first_page, database, source, view))


def timed(work: Any) -> float:
    work()  # the statements are compiled once in the life of the program
    return milliseconds(work, 5)[0]


def worst(name: str, found: dict[str, float], most: float = MOST) -> Figure:
    slowest = max(found, key=found.__getitem__)
    middle = median(found.values())
    return Figure(f"{name}, worst of {len(found)}", found[slowest], "ms", most,
                  f"{slowest}; median {middle:.0f} ms")  # fmt: skip


def amounts(database: Database) -> list[Figure]:
    """The ageing with all else of the portfolio; what the dashboard tells of repayment."""
    found = []
    for name, told in (
        ("portfolio: ageing and all its tables", portfolio.portfolio),
        ("dashboard: repaid, outstanding, overdue", owed.owed),
    ):
        took = {
            when: read(database, lambda s, of=told, at=day or calendar.today(): of(s, at))
            for when, day in DAYS.items()
        }
        found.append(worst(name, took))
    return found


def read(database: Database, query: Any) -> float:
    def work() -> None:
        with database.read() as session:
            query(session)

    return timed(work)


# The page of a loan


def page(database: Database) -> list[Figure]:
    """Of loans with the most payments, as the double click opens them."""
    from PySide6.QtWidgets import QApplication

    from desktop.app import make_application
    from tests.desktop.fake_frame import FakeFrame

    application = QApplication.instance() or make_application(["bench"])
    frame = FakeFrame(database)
    took = [shown(frame, number) for number in busiest(database)][1:]  # the first one imports
    application.processEvents()
    return [
        Figure("loan: its page opens, median", median(took), "ms", MOST_PAGE, f"{len(took)} loans"),
        Figure("loan: its page opens, worst", max(took), "ms"),
    ]


def shown(frame: FakeFrame, number: int) -> float:
    from desktop.loans.record import LoanPage

    took, made = milliseconds(lambda: LoanPage(frame, number, {}), 1)
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return took


def busiest(database: Database) -> list[int]:
    many = func.count().desc()
    query = select(Payment.loan_id).group_by(Payment.loan_id).order_by(many, Payment.loan_id)
    with database.read() as session:
        return list(session.scalars(query.limit(LOANS + 1)))


# A payment saved


class Enough(Exception):  # noqa: N818 - it takes back what was only tried
    """So that the rows of a save are known and nothing of it stays."""


def saved(database: Database) -> list[Figure]:
    """By the command and by the driver in turns, each on a loan of its own, with the same rows."""
    driver = Driver(database)
    ours, bare = [], []
    for place, (number, amount) in enumerate(paying(database)):
        statements = written(database, number, amount)
        if place % 2:
            ours.append(milliseconds(partial(save, database, number, amount), 1)[0])
        else:
            bare.append(milliseconds(partial(driver.run, statements), 1)[0])
    driver.close()
    rows = f"{median(ours):.2f} ms to {median(bare):.2f} ms, {len(statements) - 2} statements"
    return [
        Figure("save of a payment to the bare commit of the same rows",
               median(ours) / median(bare), "x", MOST_SAVE, rows),
    ]  # fmt: skip


def paying(database: Database) -> list[tuple[int, int]]:
    """(loan, rial of its next instalment) from all over the file, with no entry on the last day."""
    left = Instalment.principal + Instalment.profit - Position.oldest_paid
    query = (
        select(Position.loan_id, left)
        .join(Instalment, Instalment.loan_id == Position.loan_id)
        .where(Position.until == END, Position.since < LAST_DAY)
        .where(Instalment.until == END, Instalment.due_on == Position.oldest_due_on)
        .order_by(Position.loan_id)
    )
    with database.read() as session:
        found = session.execute(query).all()
    return [(number, amount) for number, amount in found[:: len(found) // (2 * SAVES)]][: 2 * SAVES]


def save(database: Database, number: int, amount: int) -> None:
    with database.write() as session:
        enter(session, number, amount)


def enter(session: Session, number: int, amount: int) -> None:
    values = {"day": LAST_DAY, "amount": amount, "receipt_no": f"B{number}", "note": ""}
    save_payment(session, number, None, values)


def written(database: Database, number: int, amount: int) -> list[Statement]:
    """What a save writes, as it reaches the driver; nothing of it stays."""
    with heard(database) as statements, suppress(Enough), database.write() as session:
        enter(session, number, amount)
        repaid.settle(session)
        raise Enough
    kept = [each for each in statements if each[0].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    return [("BEGIN IMMEDIATE", ()), *kept, ("COMMIT", ())]


def proved(database: Database) -> list[Figure]:
    with database.read() as session:
        rows = session.scalar(select(func.count()).select_from(Instalment)) or 0
        start = perf_counter()
        differing = repaid.differing(session.connection())
        took = perf_counter() - start
    return [
        Figure("loans whose instalments or positions differ", len(differing), "", 0),
        Figure("proof of all instalments and positions, as ehya check", took, "s",
               note=f"{rows} instalments"),
    ]  # fmt: skip
