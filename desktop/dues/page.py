"""«سررسیدها»: what falls due and has to be collected, as a list, a call list, and a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from db import calendar
from desktop import tasks
from desktop.dues.head import DueHead
from desktop.dues.lists import CALL_KEYS, CHOOSE_FIRST, CallRows, DueRows, InstalmentRows
from desktop.dues.month import HINT, MonthView
from desktop.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.database import Database
    from db.queries.due_figures import Figures
    from desktop.widgets.frame import Frame

AT_FIRST: Final = {"window": ["this_week"]}
# Filters that only the call list has.
_OF_CALLS: Final = frozenset({"behind", "again", "again_on", "last_call", "oldest_due_on"})


class DuesPage(QWidget):
    """A tab for each; the head stands over all of them."""

    WATCHES = frozenset({"loan", "tranche", "payment", "waiver", "rescheduling", "correction",
                         "call", "holiday", "unit", "bank", "county", "jihadi_group"})  # fmt: skip
    filled = Signal()  # the figures of the head are there

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.head = DueHead()
        self.instalments, self.calls = InstalmentRows(frame), CallRows(frame)
        self.month = MonthView(frame)
        self.tabs = QTabWidget()
        self._stale: set[QWidget] = {self.instalments, self.calls, self.month}
        self._asked = 0
        self._build()

    def _build(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setProperty("role", "pages")
        for made, title in (
            (self.instalments, "قسط‌ها"),
            (self.calls, "فهرست تماس"),
            (self.month, "تقویم ماه"),
        ):
            self.tabs.addTab(made, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        self.head.wanted.connect(self.show_filters)
        self.month.chosen.connect(self.show_day)
        self.tabs.currentChanged.connect(self._changed)
        for page in (self.instalments, self.calls):
            page.bar.changed.connect(self._mark_door)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self.focus_search),
            (QKeySequence.StandardKey.Refresh, self.refresh),
            (CALL_KEYS, self.new),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def current(self) -> DueRows | MonthView:
        shown = self.tabs.currentWidget()
        assert isinstance(shown, DueRows | MonthView)
        return shown

    # what the window asks

    def start(self) -> None:
        self.instalments.bar.show_view("", AT_FIRST)
        self.instalments.view = self.instalments.view.having(filters=dict(AT_FIRST))
        self.refresh()

    def refresh(self) -> None:
        self._stale = {self.instalments, self.calls, self.month}
        self._count()
        self._bring()

    def _changed(self) -> None:
        self._bring()
        if not self.tabs.tabBar().hasFocus():  # there one goes on from tab to tab
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self) -> None:
        """What is looked at, if it is not as fresh as the file."""
        page = self.current
        if page in self._stale:
            self._stale.discard(page)
            if isinstance(page, MonthView) and not page.title.text():
                page.start()
            else:
                page.refresh()
        elif isinstance(page, DueRows):
            page.tell()
        if isinstance(page, MonthView):
            self.frame.status(HINT)
        self._mark_door()

    def show_filters(self, filters: Mapping[str, Any]) -> None:
        """Exactly the rows behind a figure."""
        page: DueRows = self.calls if _OF_CALLS & filters.keys() else self.instalments
        self._stale.discard(page)
        page.show_filters(filters)
        self.tabs.setCurrentWidget(page)
        self._mark_door()
        page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date) -> None:
        self.show_filters({"due_on": [day.isoformat(), day.isoformat()]})

    def new(self) -> None:
        """«تماس گرفته شد»."""
        if isinstance(self.current, DueRows):
            self.current.call()
        else:
            self.frame.toast(CHOOSE_FIRST, "")

    def focus_search(self) -> None:
        if isinstance(self.current, MonthView):
            self.tabs.setCurrentWidget(self.instalments)
        if isinstance(self.current, DueRows):
            self.current.focus_search()

    def export(self) -> None:
        if isinstance(self.current, DueRows):
            self.current.export()

    def close_record(self) -> None:
        """The page of a loan is another one."""

    def can_leave(self) -> bool:
        return True

    # the head

    def _mark_door(self) -> None:
        page = self.current
        shown = page.bar.filters if isinstance(page, DueRows) and not page.bar.search else {}
        self.head.show_open(shown)

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
