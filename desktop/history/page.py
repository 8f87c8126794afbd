"""The history of everything: who changed what, and the proof that nobody rewrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from db import history, models, text
from db.errors import DatabaseProblem
from db.models.change import Change
from db.queries import changes
from desktop import tasks, theme
from desktop.history.entries import entries
from desktop.pages.history_view import HistoryView, local_time
from desktop.theme import SPACE
from desktop.widgets.common import Banner, EmptyState, button, muted
from desktop.widgets.inner_table import Few

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.database import Database
    from desktop.history.entries import Entry
    from desktop.widgets.frame import Frame

AT_ONCE = 200  # changes fetched at a time: of 24 fields each (new units) they take 0.1 s
WAIT_MS = 60  # keys that come faster than this are searched together
WIDTHS = (22, 11, 13, 28, 25, 18, 18)  # digits wide: all seven columns in a window of usual width
NOTHING_YET = "هنوز چیزی ثبت یا ویرایش نشده است."
NOTHING_FOUND = "چیزی با این جستجو یافت نشد."
NOT_AMONG_THESE = "در ثبت‌هایی که آمده است یافت نشد؛ «بیشتر» ثبت‌های کهنه‌تر را هم می‌آورد."
SOUND = "تاریخچه دست‌نخورده است: همهٔ ثبت‌ها، تا شمارهٔ {0}، پشت سر هم درست درآمد."
BROKEN = (
    "تاریخچه دست خورده است: ثبت شمارهٔ {0} ({1}، {2}) با آنچه پیش از آن است جور نیست؛ همان یا "
    "ثبتی پیش از آن را بیرون از برنامه دگرگون کرده یا برداشته‌اند. از پرونده رونوشتی نگه دارید "
    "و آن را با نسخهٔ پشتیبان بسنجید."
)


@dataclass(frozen=True)
class Verdict:
    """What checking the chain has shown; `broken` is the first change that does not fit."""

    newest: int
    broken: Change | None


def verify(database: Database) -> Verdict:
    """Go through the whole chain: seconds in a large file."""
    with database.read() as session:
        newest = changes.latest(session, 1)
        number = history.first_broken(session.connection())
        broken = None if number is None else session.get_one(Change, number)
    return Verdict(newest[0].id if newest else 0, broken)


class AllChanges(HistoryView):
    """The newest changes of all records, older ones when asked for, narrowed by a search."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame, lambda session: changes.latest(session, AT_ONCE))
        self.nothing.hide()  # the page has its own words for what is not found
        self._entries: list[Entry] = []
        self._terms: list[str] = []
        self._oldest: int | None = None
        self._fetched = 0
        self.has_more = False
        digit = self.table.fontMetrics().horizontalAdvance("۰")
        for place, letters in enumerate(WIDTHS):
            self.table.setColumnWidth(place, letters * digit)

    def refresh(self) -> None:
        """From the newest, as many as were there before."""
        wanted = max(AT_ONCE, self._fetched)
        self._entries, self._oldest, self._fetched = [], None, 0
        self._fetch_more(wanted)

    def more(self) -> None:
        """Continue below the oldest one shown."""
        self._fetch_more(AT_ONCE)

    def narrow(self, typed: str) -> None:
        """Show only the lines in which every word typed is found."""
        self._terms = text.search_terms(typed)
        self._show()

    def __len__(self) -> int:
        return self.table.rows.rowCount()

    def _fetch_more(self, wanted: int) -> None:
        with self._frame.database.read() as session:
            found = changes.latest(session, wanted, self._oldest)
            self._entries += entries(session, self._frame, found)
        self._oldest = found[-1].id if found else self._oldest
        self._fetched += len(found)
        self.has_more = len(found) == wanted
        self._show()

    def _show(self) -> None:
        current, scrolled = self.table.current(), self.table.verticalScrollBar().value()
        shown = [line for line in self._entries if all(term in line.key for term in self._terms)]
        self.table.rows.set_rows(Few(shown))
        if current is not None and current in shown:
            self.table.go_to(shown.index(current))
        self.table.verticalScrollBar().setValue(scrolled)


class HistoryPage(QWidget):
    """Enter or a double click leads to the record that was changed."""

    TITLE = "تاریخچه"
    models.load_all()
    WATCHES = frozenset(models.Base.metadata.tables)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.search_edit = QLineEdit()
        self.check_button = button("وارسی زنجیره", "check")
        self.banner = Banner()
        self.changes = AllChanges(frame)
        self.empty = EmptyState("history", NOTHING_YET)
        self.more_button = button("بیشتر", "down")
        self.older = muted("ثبت‌های کهنه‌تر هنوز نیامده است.")
        self._timer = QTimer(self)
        self._build()

    def _build(self) -> None:
        self.search_edit.setPlaceholderText("جستجو در تاریخچه (Ctrl+F)")
        self.search_edit.setAccessibleName("جستجو در تاریخچه")
        self.search_edit.setClearButtonEnabled(True)
        self.search_edit.setMinimumWidth(300)
        self.search_edit.addAction(
            theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.check_button.setToolTip("آیا کسی تاریخچه را بیرون از برنامه دگرگون کرده است؟")
        self.banner.hide()
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.search_edit)
        top.addStretch(1)
        top.addWidget(self.check_button)
        bottom.addWidget(self.more_button)
        bottom.addWidget(self.older, 1)
        self._over = QStackedWidget()  # a layout without a parent would flash them as windows
        self._over.addWidget(self.changes)
        self._over.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self._over, 1)
        column.addLayout(bottom)
        self._connect()

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.search)
        self.search_edit.textChanged.connect(lambda _text: self._timer.start())
        self.more_button.clicked.connect(lambda: self._fetch(self.changes.more))
        self.check_button.clicked.connect(self.check)
        self.changes.table.opened.connect(self._open)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self._focus_search),
            (QKeySequence.StandardKey.Refresh, self.refresh),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # what the window asks

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        self._fetch(self.changes.refresh)

    def can_leave(self) -> bool:
        return True

    # what the user does

    def search(self) -> None:
        self.changes.narrow(self.search_edit.text())
        self._tell()

    def check(self) -> None:
        """«وارسی زنجیره»: read it all again, off the window's thread."""
        self.check_button.setEnabled(False)
        self.banner.say("در حال وارسی تاریخچه …")
        self.banner.show()
        database = self.frame.database
        tasks.in_background(lambda: verify(database), self._checked, self._not_checked)

    def _checked(self, verdict: Verdict) -> None:
        self.check_button.setEnabled(True)
        change = verdict.broken
        if change is None:
            self.banner.say(SOUND.format(text.grouped(verdict.newest)), "good")
        else:
            told = (text.grouped(change.id), local_time(change.at), change.actor)
            self.banner.say(BROKEN.format(*told), "bad")

    def _not_checked(self, error: Exception) -> None:
        self.check_button.setEnabled(True)
        self.banner.hide()
        self.frame.trouble(error)

    def _open(self, entry: Any) -> None:
        if entry.door is not None:
            self.frame.go(entry.door)

    def _focus_search(self) -> None:
        self.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_edit.selectAll()

    def _fetch(self, how: Any) -> None:
        try:
            how()
        except DatabaseProblem as problem:
            self.frame.trouble(problem)
        self._tell()

    def _tell(self) -> None:
        lines, more = len(self.changes), self.changes.has_more
        for part in (self.more_button, self.older):
            part.setVisible(more)
        self._over.setCurrentIndex(0 if lines else 1)
        if not lines:
            searched = bool(self.search_edit.text().strip())
            unseen = NOT_AMONG_THESE if more else NOTHING_FOUND
            self.empty.say(unseen if searched else NOTHING_YET)
        self.frame.status(f"{text.grouped(lines)} ردیف")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search_edit.text():
            self.search_edit.clear()
        else:
            super().keyPressEvent(event)
