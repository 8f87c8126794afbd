"""The dashboard (پیشخوان): how far, will we make it, where; every number a door to its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.calendar import long_jalali, today
from db.errors import DatabaseProblem
from desktop import outlook, tasks
from desktop.dashboard import charts_of, doors, facts
from desktop.dashboard.board import Board
from desktop.dashboard.fetch import fetch, fetch_rest
from desktop.widgets.common import scrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.queries.progress import Figures, Share
    from desktop.dashboard.fetch import Rest
    from desktop.dashboard.news import News
    from desktop.widgets.charts.bars import Bars
    from desktop.widgets.frame import Door, Frame


class DashboardPage(QWidget):
    """Shows the figures of the frame's day. `start` fetches them, `refresh` fetches them anew."""

    TITLE = "پیشخوان"
    WATCHES = frozenset(
        {"unit", "visit", "obstacle", "action", "revival", "loan", "tranche", "document",
         "exercise", "programme", "milestone", "county", "industry", "jihadi_group", "agency",
         "obstacle_kind"}
    )  # fmt: skip

    filled = Signal()  # figures are on the screen
    completed = Signal()  # and the field work and the latest changes below them
    report = Signal()  # «گزارش پیشرفت» was pressed

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.figures: Figures | None = None
        self.board = Board()
        self._asked = 0  # fetches begun: what an older one brings is not shown
        self._task: tasks.Task[Any] | None = None
        self._area = scrolled(self.board)
        self._build()

    def _build(self) -> None:
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.board.header.report.connect(self.report)
        self.board.banner.pressed.connect(lambda: self.frame.new("units", {}))
        for cell in self.board.cells.values():
            cell.clicked.connect(lambda _checked=False, c=cell: self._go(c.door))
        self.board.news.chosen.connect(self._go)
        self.board.gauge.chosen.connect(self._gauge_chosen)
        self.board.burn_up.chosen.connect(self._month_chosen)
        self.board.counties.chosen.connect(lambda key: self._share_chosen("county_id", key))
        self.board.industries.chosen.connect(lambda key: self._share_chosen("industry_id", key))

    # the figures

    def start(self) -> None:
        """Fetch off the window's thread, and show: first what is seen first."""
        self._asked += 1
        database, as_of = self.frame.database, self.frame.as_of()
        self._fetch(lambda: fetch(database, as_of), self._take)

    def _fetch(self, get: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """`take` is handed what `get` brings, unless something newer was asked for meanwhile."""
        asked = self._asked

        def work() -> tuple[int, Callable[[Any], None], Any]:
            try:
                return asked, take, get()
            except DatabaseProblem as problem:
                return asked, self.frame.trouble, problem

        if self._task is not None:
            self._task.cancel()
        # Methods of the page, so that nobody is told when it is gone.
        self._task = tasks.in_background(work, self._arrived, self._failed)

    def _arrived(self, found: tuple[int, Callable[[Any], None], Any]) -> None:
        asked, take, brought = found
        if asked == self._asked:
            self._task = None
            take(brought)

    def refresh(self) -> None:
        self.start()

    def can_leave(self) -> bool:
        return True

    def _take(self, figures: Figures) -> None:
        self.show_figures(figures)
        database, day = self.frame.database, figures.as_of
        self._fetch(lambda: fetch_rest(database, day), self.show_rest)

    def _failed(self, error: Exception) -> None:
        self.frame.trouble(error)

    def show_figures(self, figures: Figures) -> None:
        """Put figures on the screen."""
        self.figures = figures
        self.board.header.say(outlook.sentences(figures), _days(figures))
        self._show_banner(figures)
        for fact in facts.facts(figures):
            self.board.cells[fact.key].show_fact(fact)
        self._show_charts(figures)
        self._fit()
        self.filled.emit()

    def show_rest(self, rest: Rest) -> None:
        """What is below the figures that are on the screen, of their day."""
        if self.figures is None:
            return
        section = self.board.field
        if section is None:
            from desktop.dashboard.field import FieldSection  # the rest is on the screen sooner

            section = FieldSection()
            section.chosen.connect(self._go)
            self.board.add_field(section)
        section.show_figures(self.figures, rest.field)
        self._show_news(self.figures, rest.news)
        self._fit()
        self.completed.emit()

    def _fit(self) -> None:
        self.board.fit(self._area.viewport().size())

    def _show_banner(self, figures: Figures) -> None:
        if figures.as_of < today():
            self.board.banner.say(outlook.NO_UNITS_BY_THEN)
        else:
            self.board.banner.say(outlook.NO_UNITS, "", "ثبت نخستین واحد")
        self.board.banner.setVisible(figures.units == 0)

    def _show_charts(self, figures: Figures) -> None:
        board, wait = self.board, charts_of.before_baseline(figures)
        board.gauge.set_empty(f"شمارش {wait}")
        board.gauge.set_data(charts_of.reading(figures))
        board.burn_up.set_empty(f"نمودار {wait}")
        board.burn_up.set_data(charts_of.course(figures))
        self._show_bars(board.counties, figures, figures.counties)
        self._show_bars(board.industries, figures, figures.industries)

    def _show_bars(self, chart: Bars, figures: Figures, shares: Sequence[Share]) -> None:
        chart.set_empty(outlook.NO_UNITS)
        chart.set_data(*charts_of.bars(figures, shares))

    def _show_news(self, figures: Figures, changes: Sequence[News]) -> None:
        from desktop.dashboard.news import in_words, when  # the rest is on the screen sooner

        card = self.board.news
        card.till_now.setVisible(figures.as_of < today())
        for row, change in zip(card.make_rows(len(changes)), changes, strict=True):
            word, fields = self.frame.fields_of(change.record)
            row.show_news(when(change), in_words(change, word, fields), change.actor, change.door)

    # the doors

    def _go(self, door: Door | None) -> None:
        if door is not None:
            self.frame.go(door)

    def _gauge_chosen(self, key: str) -> None:
        if self.figures is None:
            return
        if key in ("value", "recorded"):
            self._go(doors.counted())
        elif key == "baseline":
            self.frame.toast(
                f"{facts.without_rows(self.figures)}: پیش از آغاز ثبت شمرده شده‌اند.", ""
            )
        else:
            self.frame.toast("این عدد ردیفی ندارد: از هدف و برنامه به دست می‌آید.", "")

    def _month_chosen(self, month: tuple[int, int]) -> None:
        if self.figures is not None:
            self._go(doors.of_month(self.figures, *month))

    def _share_chosen(self, name: str, number: int | None) -> None:
        if self.figures is not None:
            self._go(doors.of_share(self.figures, name, number))

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # of the viewport
            self._fit()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


def _days(figures: Figures) -> str:
    day = "امروز، " if figures.as_of == today() else ""
    return f"تا پایان {day}{long_jalali(figures.as_of)}"
