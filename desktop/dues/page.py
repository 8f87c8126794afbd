"""«سررسیدها»: what falls due and has to be collected, as a list, a call list, and a month."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db import calendar
from desktop import tasks
from desktop.dues.head import DueHead
from desktop.dues.lists import CALL_KEYS, CHOOSE_FIRST, CallRows, DueRows, InstalmentRows
from desktop.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.database import Database
    from db.queries.due_figures import Figures
    from desktop.dues.month import MonthView
    from desktop.widgets.frame import Frame

W = TypeVar("W", bound=QWidget)
AT_FIRST: Final = {"window": ["this_week"]}
TITLES: Final = ("قسط‌ها", "فهرست تماس", "تقویم ماه")
INSTALMENTS, CALLS, MONTH = range(len(TITLES))
# Filters that only the call list has.
_OF_CALLS: Final = frozenset({"behind", "again", "again_on", "last_call", "oldest_due_on"})


class DuesPage(QWidget):
    """A tab for each, made when it is first looked at; the head stands over all of them."""

    WATCHES = frozenset({"loan", "tranche", "payment", "waiver", "rescheduling", "correction",
                         "call", "holiday", "unit", "bank", "county", "jihadi_group"})  # fmt: skip
    filled = Signal()  # the figures of the head are there

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.head = DueHead()
        self.tabs = QTabWidget()
        self._inner: list[QVBoxLayout] = []
        self._stale = {INSTALMENTS, CALLS, MONTH}
        self._asked = 0
        self._build()

    def _build(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setProperty("role", "pages")
        for title in TITLES:
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            self._inner.append(inner)
            self.tabs.addTab(holder, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self.head.wanted.connect(self.show_filters)
        self.tabs.currentChanged.connect(lambda _: self._changed())
        for keys, act in (
            (QKeySequence.StandardKey.Find, self.focus_search),
            (QKeySequence.StandardKey.Refresh, self.refresh),
            (CALL_KEYS, self.new),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # the tabs

    @cached_property
    def instalments(self) -> InstalmentRows:
        made = InstalmentRows(self.frame)
        made.bar.show_view("", AT_FIRST)
        made.view = made.view.having(filters=dict(AT_FIRST))
        return self._put(INSTALMENTS, made)

    @cached_property
    def calls(self) -> CallRows:
        return self._put(CALLS, CallRows(self.frame))

    @cached_property
    def month(self) -> MonthView:
        from desktop.dues.month import MonthView  # with every editor of a form

        made = MonthView(self.frame)
        made.chosen.connect(self.show_day)
        return self._put(MONTH, made)

    def _put(self, place: int, made: W) -> W:
        self._inner[place].addWidget(made)
        if isinstance(made, DueRows):
            made.bar.changed.connect(self._mark_door)
        return made

    @property
    def rows(self) -> DueRows | None:
        """The list one looks at; None over the month."""
        match self.tabs.currentIndex():
            case 0:
                return self.instalments
            case 1:
                return self.calls
        return None

    @property
    def current(self) -> DueRows | MonthView:
        return self.rows or self.month

    # what the window asks

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        self._stale = {INSTALMENTS, CALLS, MONTH}
        self._count()
        self._bring()

    def _changed(self) -> None:
        self._bring()
        if not self.tabs.tabBar().hasFocus():  # there one goes on from tab to tab
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self) -> None:
        """What is looked at, if it is not as fresh as the file."""
        place, page = self.tabs.currentIndex(), self.current
        is_stale = place in self._stale
        self._stale.discard(place)
        if is_stale:
            page.refresh()
        page.tell()
        self._mark_door()

    def show_filters(self, filters: Mapping[str, Any]) -> None:
        """Exactly the rows behind a figure."""
        place = CALLS if _OF_CALLS & filters.keys() else INSTALMENTS
        page: DueRows = self.calls if place == CALLS else self.instalments
        self._stale.discard(place)
        page.show_filters(filters)
        self.tabs.setCurrentIndex(place)
        self._mark_door()
        page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date) -> None:
        self.show_filters({"due_on": [day.isoformat(), day.isoformat()]})

    def new(self) -> None:
        """«تماس گرفته شد»."""
        if self.rows is not None:
            self.rows.call()
        else:
            self.frame.toast(CHOOSE_FIRST, "")

    def focus_search(self) -> None:
        if self.rows is None:
            self.tabs.setCurrentIndex(INSTALMENTS)
        if self.rows is not None:
            self.rows.focus_search()

    def close_record(self) -> None:
        """The page of a loan is another one."""

    def can_leave(self) -> bool:
        return True

    # the head

    def _mark_door(self) -> None:
        page = self.rows
        self.head.show_open(page.bar.filters if page is not None and not page.bar.search else {})

    def _count(self) -> None:
        self._asked += 1
        asked, database = self._asked, self.frame.database
        as_of = self.frame.as_of() or calendar.today()
        tasks.in_background(lambda: (asked, fetch(database, as_of)), self._arrived, self._failed)

    def _arrived(self, found: tuple[int, Figures]) -> None:
        asked, figures = found
        if asked == self._asked:
            self.head.show_figures(figures)
            self.filled.emit()

    def _failed(self, error: Exception) -> None:
        # A method of the page, so that nobody is told when it is gone.
        self.frame.trouble(error)


def fetch(database: Database, as_of: date) -> Figures:
    """Raises DatabaseProblem."""
    from db.queries import due_figures

    with database.read() as session:
        return due_figures.figures(session, as_of)
