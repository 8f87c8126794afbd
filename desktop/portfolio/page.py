"""«پرتفوی تسهیلات»: what the loans amount to by the day, how late they are, what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import calendar, text
from db.errors import DatabaseProblem
from desktop import tasks
from desktop.portfolio import facts, fields, rows
from desktop.portfolio.section import ChoiceSection, Section
from desktop.theme import SPACE
from desktop.widgets.charts.bars import Bar
from desktop.widgets.common import Banner, EmptyState, scrolled, set_role
from desktop.widgets.figure_cells import FigureGroup
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from db.queries.jobs import Jobs
    from db.queries.portfolio import Portfolio
    from desktop.widgets.frame import Frame

EMPTY: Final = "تا این روز تسهیلاتی ثبت نشده است."
NO_INSTALMENT: Final = "هنوز تسهیلاتی با برنامهٔ قسط پرداخت نشده است."
NOTHING_YET: Final = "تا این روز چیزی تصویب، پرداخت یا سررسید نشده است."
NOTHING_TO_COME: Final = "مانده‌ای نیست: قسط پرداخت‌نشده‌ای در پیش نیست."
NOTHING_LENT: Final = "هنوز تسهیلاتی پرداخت نشده است."
NOTHING_LATE: Final = "هیچ قسطی پس نیفتاده است."
UNSCHEDULED: Final = "{0} تسهیلات پرداخت‌شده روز نخستین قسط ندارد و در مانده و معوقه نیست."
TOLD_MONTHS: Final = 12
MILLION: Final = 1_000_000
USUAL: Final = 13.0  # pixels of the font for which the widths below are meant
ROOMY: Final = 620  # from this width on a row of figures is one row
WAYS: Final = {"bank": "بانک", "method": "روش", "stage": "مرحله", "class": "طبقه"}
_ROWS: Final[dict[str, Callable[[Portfolio], list[rows.ShareRow]]]] = {
    "bank": rows.bank_rows,
    "method": rows.method_rows,
    "stage": rows.stage_rows,
    "class": rows.class_rows,
}
IN_MILLIONS: Final = "میلیون ریال"


class PortfolioPage(QWidget):
    """Fetched off the window's thread, the jobs after the rest; each figure opens its rows."""

    TITLE = "پرتفوی تسهیلات"
    WATCHES = frozenset(
        {"loan", "tranche", "payment", "waiver", "rescheduling", "correction", "unit", "bank",
         "visit", "revival", "document", "programme", "county"}
    )  # fmt: skip

    filled = Signal()  # the loans are on the screen
    completed = Signal()  # and the jobs
    report = Signal()  # «گزارش پرتفوی» was pressed

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.found: Portfolio | None = None
        self._asked = 0
        self.groups = [FigureGroup(shares, facts.waiting) for shares in facts.GROUPS]
        self.cells = {key: cell for group in self.groups for key, cell in group.cells.items()}
        self.banner = Banner()
        self.empty = EmptyState("loans", EMPTY, "تسهیلات تازه")
        self.ages = _section("سن معوقات", fields.AGES, "دیرکرد", "overdue", NO_INSTALMENT)
        self.months = _section("سررسید و وصول ماه‌ها", fields.MONTHS, "ماه", "due", NOTHING_YET)
        self.inflow = _section(
            "مانده و دریافت‌های پیش رو", fields.INFLOW, "سررسید", "left", NOTHING_TO_COME
        )
        self.shares = ChoiceSection(
            f"به تفکیک ({IN_MILLIONS})", fields.short(fields.SHARES, "بانک"), "outstanding",
            EMPTY, WAYS,
        )  # fmt: skip
        self.jobs = Section(
            f"اشتغال شهرستان‌ها (مبلغ‌ها به {IN_MILLIONS})", fields.short(fields.JOBS, "شهرستان"),
            "promised", NOTHING_LENT,
        )  # fmt: skip
        self.sections: tuple[Section, ...] = (
            self.ages, self.months, self.inflow, self.shares, self.jobs,
        )  # fmt: skip
        self._parts = QWidget()
        self._area = scrolled(self._build())
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def _build(self) -> QWidget:
        inner = QWidget()
        set_role(inner, "page")
        set_role(self._parts, "page")
        whole, column = QVBoxLayout(inner), QVBoxLayout(self._parts)
        whole.setContentsMargins(SPACE[1], 0, 1, SPACE[1])  # at the left there is the scroll bar
        whole.addWidget(self.empty)
        whole.addWidget(self._parts)
        whole.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.banner)
        for part in (*self.groups, *self.sections):
            column.addWidget(part)
        self.empty.hide()
        self.banner.hide()
        self.empty.pressed.connect(lambda: self.frame.new("loans", {}))
        self.banner.pressed.connect(lambda: self.frame.go(Door("loans", {"unscheduled": True})))
        for cell in self.cells.values():
            cell.clicked.connect(lambda _checked=False, c=cell: self._go(c.fact.door))
        for section in self.sections:
            section.wanted.connect(self._go)
        self.shares.chosen.connect(lambda _way: self._show_shares())
        return inner

    def _go(self, door: Door | None) -> None:
        if door is not None:
            self.frame.go(door)

    # what is fetched

    def start(self) -> None:
        self._asked += 1
        database, day = self.frame.database, self.frame.as_of() or calendar.today()

        def get() -> Portfolio:
            from db.queries.portfolio import portfolio

            with database.read() as session:
                return portfolio(session, day)

        self._fetch(get, self.show_portfolio)

    def _fetch(self, get: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """`take` is handed what `get` brings, unless something newer was asked for meanwhile."""
        asked = self._asked

        def work() -> tuple[int, Callable[[Any], None], Any]:
            try:
                return asked, take, get()
            except DatabaseProblem as problem:
                return asked, self.frame.trouble, problem

        tasks.in_background(work, self._arrived, self._failed)

    def _arrived(self, found: tuple[int, Callable[[Any], None], Any]) -> None:
        asked, take, brought = found
        if asked == self._asked:
            take(brought)

    def _failed(self, error: Exception) -> None:
        self.frame.trouble(error)

    # what is shown

    def show_portfolio(self, found: Portfolio) -> None:
        """Put the sums on the screen, and ask for the jobs."""
        self.found = found
        self.empty.setVisible(not found.sums.loans)
        self._parts.setVisible(found.sums.loans > 0)
        for fact in facts.facts(found):
            self.cells[fact.key].show_fact(fact)
        self._show_banner(found.unscheduled.loans)
        self._show_ages(found)
        self._show_months(found)
        self._show_inflow(found)
        self._show_shares()
        self.frame.status(f"{text.grouped(found.sums.loans)} فقره تسهیلات")
        self.filled.emit()
        database, day = self.frame.database, found.as_of

        def get() -> Jobs:
            from db.queries.jobs import jobs

            with database.read() as session:
                return jobs(session, day)

        self._fetch(get, self.show_jobs)

    def _show_banner(self, unscheduled: int) -> None:
        self.banner.say(UNSCHEDULED.format(text.grouped(unscheduled)), "warn", "نمایش")
        self.banner.setVisible(unscheduled > 0)

    def _show_ages(self, found: Portfolio) -> None:
        """The bars are those of the late: beside what is not, they would not be seen."""
        shown = rows.age_rows(found)
        late = [
            Bar(row.key, row.name, _millions(row.overdue), _millions(row.outstanding or 0))
            for row in shown if row.key and row.overdue
        ]  # fmt: skip
        self.ages.show_rows(shown, late, ("معوقه", "ماندهٔ همین تسهیلات") if late else ())
        if shown and not late:
            self.ages.chart.set_empty(NOTHING_LATE)

    def _show_months(self, found: Portfolio) -> None:
        """The newest first, as many as a year has."""
        shown = rows.month_rows(found)[: -TOLD_MONTHS - 1 : -1]
        bars = [
            Bar(row.key, row.name, _millions(row.collected), _millions(row.due)) for row in shown
        ]
        self.months.show_rows(shown, bars, ("وصول‌شده", "سررسیدشده"))

    def _show_inflow(self, found: Portfolio) -> None:
        shown = rows.balance_rows(found)
        bars = [Bar(row.key, row.name, _millions(row.left)) for row in shown if row.key]
        self.inflow.show_rows(shown, bars, ())

    def _show_shares(self) -> None:
        if self.found is None:
            return
        shown = _ROWS[self.shares.way](self.found)
        self.shares.table.rows.fields = fields.short(fields.SHARES, WAYS[self.shares.way])
        bars = [
            Bar(row.key, row.name, _millions(row.sums.overdue), _millions(row.sums.outstanding))
            for row in shown if row.key is not None
        ]  # fmt: skip
        self.shares.show_rows(shown, bars, ("معوقه", "مانده"))

    def show_jobs(self, found: Jobs) -> None:
        """Of the day whose loans are on the screen."""
        for fact in facts.job_facts(found.sums):
            self.cells[fact.key].show_fact(fact)
        shown = rows.county_rows(found)
        bars = [
            Bar(row.key, row.name, row.sums.made, row.sums.seen_promised)
            for row in shown if row.key is not None
        ]  # fmt: skip
        self.jobs.show_rows(shown, bars, ("پدیدآمده", "تعهد واحدهای پایش‌شده"))
        self.completed.emit()

    # what the window asks

    def new(self) -> None:
        """The page's main action."""
        self.report.emit()

    def refresh(self) -> None:
        self.start()

    def can_leave(self) -> bool:
        return True

    def _fit(self) -> None:
        scale = QFontInfo(self.font()).pixelSize() / USUAL
        width = self._area.viewport().width()
        for group in self.groups:
            group.set_roomy(width >= ROOMY * scale)
        for section in self.sections:
            section.fit(width, scale)

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # of the viewport
            self._fit()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self.refresh()
        else:
            super().keyPressEvent(event)


def _section(
    title: str, columns: Sequence[Any], name: str, figure: str, nothing: str
) -> Section:  # fmt: skip
    return Section(
        f"{title} ({IN_MILLIONS})", fields.short(tuple(columns), name), figure, nothing
    )  # fmt: skip


def _millions(rials: int) -> int:
    return (2 * rials + MILLION) // (2 * MILLION)
