"""The frame: side bar, header, pages, bottom line; it tells pages when their data changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop import actions, paths
from desktop.drafts import Drafts
from desktop.header import Header
from desktop.page_list import BY_KEY, PAGES, fields_of, opening_page
from desktop.side_bar import SideBar
from desktop.theme import SPACE
from desktop.widgets.common import show_toast
from desktop.widgets.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from db.database import Database
    from desktop.actions import Action
    from desktop.drafts import Draft
    from desktop.fields import Field
    from desktop.pages.drafting import DraftBanner
    from desktop.settings import Settings
    from desktop.widgets.frame import Door

DIGITS = 9  # pages that have Alt and a digit
SAVE_SETTINGS_MS = 1500
ROOM_FOR_SIDE = 980  # pixels of the window below which the side bar shows its icons only


class MainWindow(QMainWindow):
    """A Frame for its pages. Built without the database, so that it is painted at once."""

    asked = Signal(str)  # an action of `desktop.actions` that is not the window's own
    shown_first = Signal(str)  # a page was built and is on the screen

    _committed = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.pages: dict[str, Any] = {}
        self.current = ""
        self._came_from = ""  # the page a record leads back to
        self._database: Database | None = None
        self._as_of: date | None = None
        self._stale: set[str] = set()
        self._told: dict[str, str] = {}  # the bottom line of each page
        self._inside: set[str] = set()  # the pages that show a record
        self.steps = Steps(self, self)
        self._drafts: Drafts | None = None
        self._banner: DraftBanner | None = None  # of what an earlier run has left
        self.side = SideBar(PAGES)
        self.header = Header()
        self.content = QStackedWidget()
        self.file_label, self.rows_label = QLabel(), QLabel()
        self._build()
        self._shortcuts()
        self._restore()

    # building

    def _build(self) -> None:
        self.setWindowTitle("احیا")
        self.setMinimumSize(720, 460)  # 1366×768 at 150 %, less the window's own frame
        holder = QWidget()
        holder.setProperty("role", "page")
        column = self._column = QVBoxLayout(holder)
        column.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        column.setSpacing(SPACE[2])
        column.addWidget(self.header)
        column.addWidget(self.content, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(holder, 1)
        self.setCentralWidget(whole)
        bottom = self.statusBar()
        bottom.setSizeGripEnabled(False)
        bottom.addWidget(self.rows_label, 1)
        bottom.addPermanentWidget(self.file_label)
        self.side.wanted.connect(self.show_page)
        self.header.action.connect(self._main_action)
        self.header.asked.connect(self._do)
        self._committed.connect(self._refresh_watchers, Qt.ConnectionType.QueuedConnection)

    def _shortcuts(self) -> None:
        for action in (*filter(None, actions.MENU), *actions.ELSEWHERE):
            if action.keys:
                shortcut = QShortcut(QKeySequence(action.keys), self)
                shortcut.activated.connect(lambda a=action: self._do(a))
        again = QShortcut(QKeySequence("Ctrl+Shift+Z"), self)  # where others have «از نو»
        again.activated.connect(lambda: self._do(actions.REDO))
        for number, entry in enumerate(PAGES[:DIGITS], start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda key=entry.key: self.show_page(key))

    def _restore(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(1280, room.width()), min(760, room.height()))
        geometry = self.settings.get("window/geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self._fold()
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.setInterval(SAVE_SETTINGS_MS)
        self._saver.timeout.connect(self.settings.save)

    # the file

    @property
    def database(self) -> Database:
        assert self._database is not None, "no file is open"
        return self._database

    @property
    def has_file(self) -> bool:
        return self._database is not None

    def set_database(self, database: Database, page: str) -> None:
        """Show a file that was just opened, from a given page on."""
        self.drop_database()
        self._database = database
        database.on_commit.append(self._committed.emit)
        self._drafts = Drafts(paths.draft_folder(), database.path)
        self._drafts.on_left.append(self._offer_draft)
        self.file_label.setText(database.path.name)
        self.file_label.setToolTip(str(database.path))
        self.setWindowTitle(f"{database.path.stem} — احیا")
        self.side.show()
        self.header.show()
        self.show_page(opening_page(page))
        self._offer_draft()

    def drop_database(self) -> Database | None:
        """Take the pages of the open file away; returns it for its owner to close."""
        self.current = ""
        self._as_of = None
        self.header.show_day(None)
        while (page := self.content.widget(0)) is not None:
            self.content.removeWidget(page)
            page.hide()
            _silence(page)
            page.deleteLater()
        self.pages.clear()
        # Not sooner: the field that loses the focus with its page is checked once more.
        before, self._database = self._database, None
        self.steps.clear()
        if self._drafts is not None:
            self._drafts.close()
            self._drafts = None
        for kept in (self._stale, self._told, self._inside):
            kept.clear()
        return before

    def show_alone(self, page: QWidget) -> None:
        """The first-run page: no side bar, no header."""
        self.drop_database()
        self.side.hide()
        self.header.hide()
        self.file_label.clear()
        self.rows_label.clear()
        self.setWindowTitle("احیا")
        self.content.addWidget(page)
        self.content.setCurrentWidget(page)

    # pages

    def show_page(self, key: str) -> bool:
        """False if the user stays with unsaved work."""
        if self._database is None or (key == self.current and key in self.pages):
            return self._database is not None
        if not self.can_leave():
            # Later, when the bar is done with the click that chose another page.
            QTimer.singleShot(0, self.side, lambda: self.side.show_page(self.current))
            return False
        new = key not in self.pages
        if new:
            self.pages[key] = BY_KEY[key].load()(self)
            self.content.addWidget(self.pages[key])
            self._wire(key, self.pages[key])
        self.current, self._came_from = key, ""
        self.rows_label.setText(self._told.get(key, ""))
        self.side.show_page(key)
        self.header.show_entry(BY_KEY[key])
        self._show_main_action()
        self.content.setCurrentWidget(self.pages[key])
        if new:
            self.pages[key].start()
        elif key in self._stale:
            self.pages[key].refresh()
        self._stale.discard(key)
        self._offer_draft()
        self.remember("window/page", key)
        self.shown_first.emit(key)
        return True

    def _wire(self, key: str, page: Any) -> None:
        """What a page asks of the whole program."""
        if key == "dashboard":
            page.report.connect(lambda: self.asked.emit(actions.REPORT.name))
        if key == "portfolio":
            page.report.connect(lambda: self.asked.emit(f"{actions.REPORT.name}:{key}"))
        if key == "preferences":
            page.theme_chosen.connect(lambda mode: self.asked.emit(f"theme:{mode}"))
            page.text_size_chosen.connect(lambda size: self.asked.emit(f"text:{size}"))

    def can_leave(self) -> bool:
        page = self.pages.get(self.current)
        return page is None or bool(page.can_leave())

    # what an earlier run has left

    @property
    def drafts(self) -> Drafts:
        assert self._drafts is not None, "no file is open"
        return self._drafts

    def _offer_draft(self) -> None:
        """Over every list; a form that is open tells of its own."""
        left = self._drafts.left if self._drafts is not None else []
        if self._banner is None and left:
            from desktop.pages.drafting import DraftBanner

            self._banner = DraftBanner()
            self._banner.pressed.connect(lambda: self._resume(self.drafts.left[0]))
            self._banner.dropped.connect(lambda: self._drop_draft(self.drafts.left[0]))
            self._column.insertWidget(1, self._banner)
        if self._banner is not None:
            shown = left[0] if left and self.current not in self._inside else None
            self._banner.offer(shown)

    def _resume(self, draft: Draft) -> None:
        key = draft.place.page.partition("/")[0]
        if key in BY_KEY and self.show_page(key):
            self.pages[key].resume(draft)

    def _drop_draft(self, draft: Draft) -> None:
        self.drafts.drop(draft.name)
        self.drafts.take(draft)

    def _main_action(self) -> None:
        page = self.pages.get(self.current)
        if page is not None and BY_KEY[self.current].action:
            page.new()

    def _do(self, action: Action) -> None:
        match action:
            case actions.FOLD:
                self.remember("window/folded", not self.side.folded)
                self._fold()
            case actions.AS_OF:
                self._ask_day()
            case actions.UNDO | actions.REDO:
                self._take_back(action)
            case actions.QUIT:
                self.close()
            case _:
                self.asked.emit(action.name)

    def _take_back(self, action: Action) -> None:
        """Not from within a form: there the keys are those of the text."""
        page = self.pages.get(self.current)
        if page is None or getattr(page, "in_form", bool)():
            return
        if action is actions.UNDO:
            self.steps.undo()
        else:
            self.steps.redo()

    def _fold(self) -> None:
        """Folded as the user left it; always where the pages need the room."""
        chosen = bool(self.settings.get("window/folded"))
        self.side.fold(chosen or self.width() < ROOM_FOR_SIDE)

    # as of

    def as_of(self) -> date | None:
        return self._as_of

    def set_as_of(self, day: date | None) -> None:
        """All of it recomputed for the end of that day; None is today."""
        self._as_of = day
        self.header.show_day(day)
        self._stale.update(self.pages)
        self._refresh_current()

    def _ask_day(self) -> None:
        from desktop.widgets.pick_dialog import DayDialog

        if self._database is None:
            return
        dialog = DayDialog(self, self._as_of)
        if dialog.exec():
            self.set_as_of(dialog.day)
        self.header.show_day(self._as_of)  # the click has turned the mark of the chip

    # what pages ask for (Frame)

    def go(self, door: Door) -> None:
        before = self.current
        if not self.show_page(door.page):
            return
        page = self.pages[door.page]
        if door.record is not None:
            page.open(door.record)
            self._came_from = before if door.returns else ""
        elif page.can_leave():
            page.close_record()
            page.show_filters(door.filters)

    def went_back(self) -> None:
        before, self._came_from = self._came_from, ""
        if before and self.show_page(before):
            page = self.pages[before]  # on the row, or whatever it was, that had the keys
            (page.focusWidget() or page).setFocus(Qt.FocusReason.OtherFocusReason)

    def new(self, page: str, values: Mapping[str, Any], *, unsaved: bool = False) -> None:
        if self.show_page(page):
            self.pages[page].new_with(values, unsaved=unsaved)

    def panel(self, page: str, filters: Mapping[str, Any]) -> QWidget:
        made = BY_KEY[page].load()(self, filters)
        made.start()
        assert isinstance(made, QWidget)
        return made

    def fields_of(self, record: str) -> tuple[str, Mapping[str, Field]]:
        return fields_of(record)

    def toast(self, sentence: str, tone: str = "good", *, undo: bool = False) -> None:
        toast = show_toast(self, sentence, tone, actions.UNDO.title if undo else "")
        toast.pressed.connect(self.steps.undo)

    def status(self, words: str) -> None:
        self._told[self.current] = words
        self.rows_label.setText(words)

    def in_record(self, inside: bool) -> None:
        if inside:
            self._inside.add(self.current)
        else:
            self._inside.discard(self.current)
        self._show_main_action()
        self._offer_draft()

    def _show_main_action(self) -> None:
        shown = BY_KEY[self.current].action and self.current not in self._inside
        self.header.main.setVisible(bool(shown))

    def trouble(self, error: Exception) -> None:
        from db.errors import DatabaseProblem
        from desktop.messages import problem
        from desktop.widgets.dialogs import tell_trouble

        if not isinstance(error, DatabaseProblem):
            raise error
        tell_trouble(self, problem(error))

    def remembered(self, key: str) -> Any:
        return self.settings.get(key)

    def remember(self, key: str, value: Any) -> None:
        self.settings.set(key, value)
        self._saver.start()

    # news

    def _refresh_watchers(self, tables: frozenset[str]) -> None:
        for key, page in self.pages.items():
            if page.WATCHES & tables:
                self._stale.add(key)
        self._refresh_current()

    def _refresh_current(self) -> None:
        if self.current in self._stale:
            self._stale.discard(self.current)
            self.pages[self.current].refresh()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.can_leave():
            event.ignore()
            return
        geometry = self.saveGeometry().toBase64().data()
        self.settings.set("window/geometry", bytes(geometry).decode())
        self.settings.save()
        event.accept()


def _silence(page: QWidget) -> None:
    """What was brought for a page and waits to be told would find no file any more."""
    told = QEvent.Type.MetaCall.value
    for each in (page, *page.findChildren(QObject)):
        QCoreApplication.removePostedEvents(each, told)
