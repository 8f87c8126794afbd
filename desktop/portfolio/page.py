"""«پرتفوی تسهیلات»: what the loans amount to by the day, how late they are, what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import calendar, text
from db.errors import DatabaseProblem
from desktop import choices, tasks
from desktop.kinds import RIAL, show_decimal
from desktop.portfolio import fields
from desktop.theme import SPACE
from desktop.widgets.charts.bars import Bar, Bars
from desktop.widgets.common import Card, button, label, scrolled, set_role
from desktop.widgets.frame import Door
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from db.queries.portfolio import Jobs, Portfolio
    from desktop.widgets.frame import Frame

EMPTY: Final = "تا این روز تسهیلاتی ثبت نشده است."
NOTHING_DUE: Final = "هنوز قسطی سررسید نشده است"
NOTHING_TO_COME: Final = "قسط پرداخت‌نشده‌ای در پیش نیست."
NO_JOB: Final = "هنوز شغلی دیده نشده است"
NOTHING_LATE: Final = "تسهیلاتی معوقه ندارد."
MILLION: Final = 1_000_000
MOST_ROWS: Final = 14
FIGURES: Final = {
    "approved": "مصوب",
    "paid_out": "پرداخت‌شدهٔ بانک",
    "repaid": "بازپرداخت‌شده",
    "outstanding": "مانده",
    "overdue": "معوقه",
    "rate": "نرخ وصول",
}
JOBS: Final = {
    "promised": "اشتغال تعهدشده",
    "made": "اشتغال پدیدآمده",
    "rial_per_job": "ریال برای هر شغل",
}


class PortfolioPage(QWidget):
    """Fetched off the window's thread; a row of a table opens exactly its loans."""

    TITLE = "پرتفوی تسهیلات"
    WATCHES = frozenset({"loan", "tranche", "payment", "waiver", "rescheduling", "correction",
                         "unit", "bank"})  # fmt: skip

    filled = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self._asked = 0
        self.found: Portfolio | None = None
        self.values = {key: label("", "heading") for key in (*FIGURES, *JOBS)}
        self.lost = button("", "loans")
        self.empty = label(EMPTY, "muted")
        self.tables: dict[str, InnerTable] = {}
        self.late, self.inflow = Bars(), Bars()
        self.months = InnerTable(fields.MONTHS, MOST_ROWS)
        self.to_come = InnerTable(fields.INFLOW, MOST_ROWS)
        self._cards = QVBoxLayout()
        inner = QWidget()
        set_role(inner, "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE[0], 0, SPACE[0], SPACE[1])
        column.setSpacing(SPACE[2])
        column.addLayout(self._figures(FIGURES))
        jobs = self._figures(JOBS)
        jobs.insertWidget(len(JOBS), self.lost)
        column.addLayout(jobs)
        column.addWidget(self.empty)
        column.addLayout(self._cards)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))
        self._build()

    def _figures(self, words: Mapping[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[4])
        for key, word in words.items():
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label(word, "muted"))
            column.addWidget(self.values[key])
            row.addLayout(column)
        row.addStretch(1)
        return row

    def _build(self) -> None:
        self._cards.setSpacing(SPACE[2])
        self.late.setAccessibleName("معوقه به طبقه")
        self.inflow.setAccessibleName("سررسید ماه‌های آینده")
        self.late.setMinimumHeight(180)
        self.inflow.setMinimumHeight(420)
        self.late.chosen.connect(lambda key: self._go(Door("loans", {"loan_class": [key]})))
        self.inflow.chosen.connect(lambda key: self._go(self._door_of_month(key)))
        self._add("معوقه به طبقه، میلیون ریال", self.late)
        self._add("ماه‌های گذشته", self.months)
        self._add("آنچه در ماه‌های آینده سررسید می‌شود، میلیون ریال", self.inflow)
        self._add("سررسید ۱۲ ماه آینده", self.to_come)
        self.lost.clicked.connect(lambda: self._go(Door("loans", {"not_revived": True})))
        for table in (self.months, self.to_come):
            table.opened.connect(lambda row: self._go(Door(*row.leads_to)))

    def _add(self, title: str, part: QWidget, place: int | None = None) -> None:
        card = Card(title)
        card.body.addWidget(part)
        self._cards.insertWidget(self._cards.count() if place is None else place, card)

    # what is shown

    def start(self) -> None:
        self._asked += 1
        asked, database = self._asked, self.frame.database
        day = self.frame.as_of() or calendar.today()

        def work() -> tuple[int, Any]:
            from db.queries.portfolio import portfolio

            try:
                with database.read() as session:
                    return asked, portfolio(session, day)
            except DatabaseProblem as problem:
                return asked, problem

        tasks.in_background(work, self._arrived, self.frame.trouble)

    def _arrived(self, found: tuple[int, Any]) -> None:
        asked, brought = found
        if asked != self._asked:
            return
        if isinstance(brought, DatabaseProblem):
            self.frame.trouble(brought)
            return
        self.show_portfolio(brought)
        self.filled.emit()

    def show_portfolio(self, found: Portfolio) -> None:
        """Put the sums on the screen."""
        self.found = found
        self.empty.setVisible(not found.sums.loans)
        for key in ("approved", "paid_out", "repaid", "outstanding", "overdue"):
            self.values[key].setText(f"{RIAL.show(getattr(found.sums, key))} ریال")
        set_role(self.values["overdue"], "heading", "bad" if found.sums.overdue else "")
        self.values["rate"].setText(_rate(found))
        self._show_jobs(found.jobs)
        for title, rows in fields.tables(found).items():
            self._table(title).set_rows(rows)
        self.months.set_rows(list(fields.month_rows(found.months)))
        self.to_come.set_rows(list(fields.inflow_rows(found)))
        self._show_bars(found)
        self.frame.status(f"{text.grouped(found.sums.loans)} فقره تسهیلات")

    def _show_jobs(self, jobs: Jobs) -> None:
        self.values["promised"].setText(f"{text.grouped(jobs.promised)} نفر")
        self.values["made"].setText(f"{text.grouped(jobs.made)} نفر")
        each = jobs.rial_per_job
        self.values["rial_per_job"].setText(NO_JOB if each is None else f"{RIAL.show(each)} ریال")
        self.lost.setText(f"پرداخت‌شده و احیانشده: {text.grouped(jobs.not_revived)} فقره")
        self.lost.setEnabled(jobs.not_revived > 0)

    def _table(self, title: str) -> InnerTable:
        """Made once, above the months."""
        if title not in self.tables:
            table = self.tables[title] = InnerTable(fields.SHARES, MOST_ROWS)
            table.opened.connect(lambda row: self._go(Door(*row.leads_to)))
            self._add(title, table, len(self.tables))
        return self.tables[title]

    def _show_bars(self, found: Portfolio) -> None:
        self.late.set_empty(NOTHING_LATE)
        self.late.set_data([
            Bar(share.key, choices.LOAN_CLASS.show(share.key), share.sums.overdue // MILLION)
            for share in found.classes if share.key and share.sums.overdue
        ])  # fmt: skip
        self.inflow.set_empty(NOTHING_TO_COME)
        some = any(each.left for each in found.inflow)
        self.inflow.set_data([
            Bar((each.year, each.month), calendar.month_title((each.year, each.month)),
                each.left // MILLION)
            for each in found.inflow if some
        ])  # fmt: skip

    def _door_of_month(self, key: object) -> Door | None:
        if self.found is None:
            return None
        titles = {row.name: Door(*row.leads_to) for row in fields.inflow_rows(self.found)}
        return titles.get(calendar.month_title(key)) if isinstance(key, tuple) else None

    def _go(self, door: Door | None) -> None:
        if door is not None:
            self.frame.go(door)

    def refresh(self) -> None:
        self.start()

    def can_leave(self) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.refresh()
        else:
            super().keyPressEvent(event)


def _rate(found: Portfolio) -> str:
    from decimal import Decimal

    rate = found.collection_rate
    return NOTHING_DUE if rate is None else f"{show_decimal(Decimal(str(rate)))} درصد"
