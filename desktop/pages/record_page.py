"""The page of one record: its title and state, its form, and saving without losing anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from db.commands.saving import values_of
from db.errors import ConflictError, DatabaseProblem, RuleError
from db.queries import lookups
from desktop.drafts import Place
from desktop.pages import links
from desktop.pages.drafting import Drafting
from desktop.pages.part_editor import resume_part
from desktop.pages.pins import Pins
from desktop.theme import SPACE
from desktop.widgets.common import label, primary_button, scroll_area, set_role, title, tool_button
from desktop.widgets.dialogs import ConflictDialog, ask_unsaved
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from db.errors import Violation
    from db.models.base import Record
    from desktop.drafts import Draft
    from desktop.fields import Field
    from desktop.widgets.frame import Frame


class _Later(QWidget):
    """Stands for a tab that nobody has looked at."""

    def __init__(self, make: Callable[[], QWidget], parts: Sequence[str]) -> None:
        super().__init__()
        self.make, self.parts = make, parts


class RecordPage(QWidget):
    """A subclass says its sections, how to fetch, check and save; this does the rest.

    `record_id` is None until a new record is saved for the first time.
    """

    closed = Signal()  # the user wants to go back to the list
    saved = Signal(int)

    SECTIONS: Mapping[str, Sequence[Field]]
    NEW_TITLE: str
    FORM_TAB = "شناسنامه"
    HAS_LIST = True  # there is a list to go back to
    # Fields whose last saved value may be kept for the next new record.
    PINNED: Sequence[Field] = ()
    # Fields whose earlier values are offered as one types, and the columns they come from.
    SUGGESTED: Sequence[InstrumentedAttribute[str]] = ()

    def __init__(
        self,
        frame: Frame,
        record_id: int | None,
        values: Mapping[str, Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.frame, self.record_id = frame, record_id
        self.version: int | None = None
        suggest = {column.key: partial(self._earlier, column) for column in self.SUGGESTED}
        self._known: dict[str, list[str]] = {}
        self.title = title("")
        self.state = label("", "state")
        self.unsaved = label("ذخیره نشده", "warning")
        self.save_button = primary_button("ذخیره", "save")
        self.head, self.under = QHBoxLayout(), QVBoxLayout()  # the title's line, and below it
        self.tabs = QTabWidget()
        area = scroll_area()
        self._lay_out(area)
        self.form = FieldForm(
            self.SECTIONS, self._check, suggest=suggest,
            pins=[field.name for field in self.PINNED], parent=area.viewport(),
        )  # fmt: skip
        area.setWidget(self.form)
        self.page = ""  # the page of the window it is of, once it is there
        self.drafting = Drafting(self.form, frame.drafts, self._describe)
        self.pins = Pins(self.form, frame, self.PINNED)
        self._given = dict(values)
        self._build()
        self.reload()

    # what a subclass says

    def fetch(self, session: Session, record_id: int) -> Record:
        raise NotImplementedError

    def check(self, session: Session, values: dict[str, Any]) -> Sequence[Violation]:
        raise NotImplementedError

    def save_record(self, session: Session, values: dict[str, Any]) -> Record:
        raise NotImplementedError

    def heading(self, record: Record) -> str:
        return str(getattr(record, "name", ""))

    def new_values(self) -> dict[str, Any]:
        """What a new form has in it at the start, besides the columns' own defaults."""
        return {}

    def suffix(self, session: Session, record: Record) -> tuple[str, str]:
        """A word beside the title, and its tone."""
        return "", ""

    def beside_state(self) -> Sequence[QWidget]:
        """What stands beside that word: asked for once, while the page is built."""
        return ()

    def after_load(self) -> None:
        """More of the page to bring up to date."""

    # building

    def _lay_out(self, area: QWidget) -> None:
        """Before the form is made: widgets are styled again each time they get a new parent."""
        back = tool_button("بازگشت به فهرست (Esc)", "back")
        back.clicked.connect(self.leave)
        if not self.HAS_LIST:
            back.hide()
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addLayout(self.head)
        column.addLayout(self.under)
        self.head.setSpacing(SPACE[2])
        for part in (back, self.title, self.state, *self.beside_state()):
            self.head.addWidget(part)
        self.head.addStretch(1)
        self.head.addWidget(self.unsaved)
        self.head.addWidget(self.save_button)
        column.addWidget(self.tabs, 1)  # after the title's line, in the order of Tab too
        self.tabs.addTab(area, self.FORM_TAB)
        self.tabs.setDocumentMode(True)
        self.unsaved.hide()

    def _build(self) -> None:
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.setAutoDefault(True)  # Enter presses it when the form has led there
        self.save_button.clicked.connect(self.save)
        self._column.insertWidget(self._column.indexOf(self.tabs), self.drafting.banner)
        before: QWidget = self.save_button
        for each in self.drafting.banner.findChildren(QAbstractButton):
            self.setTabOrder(before, each)  # it came after the form, and stands above it
            before = each
        self.tabs.currentChanged.connect(self._bring)
        self.drafting.resumed.connect(self.resume)
        self.form.edited.connect(self._show_changed)
        self.form.finished.connect(self.save_button.setFocus)

    def add_later(self, make: Callable[[], QWidget], title: str, *parts: str) -> None:
        """A tab that is made when it is first looked at: a record is on the screen sooner.

        `parts` are the tables of what is written in it.
        """
        self.tabs.addTab(_Later(make, parts), title)

    def bring_part(self, part: str) -> None:
        """The tab in which that part is written, made now if nobody has looked at it yet."""
        for place in range(self.tabs.count()):
            later = self.tabs.widget(place)
            if isinstance(later, _Later) and part in later.parts:
                self._bring(place)

    def made_tab(self, title: str) -> QWidget:
        """The tab of that title, made now if nobody has looked at it yet."""
        place = next(n for n in range(self.tabs.count()) if self.tabs.tabText(n) == title)
        self._bring(place)
        made = self.tabs.widget(place)
        assert made is not None
        return made

    def _bring(self, place: int) -> None:
        later, current = self.tabs.widget(place), self.tabs.currentIndex()
        if not isinstance(later, _Later):
            return
        made, title = later.make(), self.tabs.tabText(place)
        self.tabs.blockSignals(True)
        self.tabs.removeTab(place)
        self.tabs.insertTab(place, made, title)
        self.tabs.setCurrentIndex(current)
        self.tabs.blockSignals(False)
        later.deleteLater()

    # reading

    def reload(self) -> None:
        """Show the record as it is stored, or an empty form."""
        with self.frame.database.read() as session:
            record = self.fetch(session, self.record_id) if self.record_id else None
            values = values_of(record) if record else self._first_values()
            self.version = record.version if record else None
            links.fill(self.form, self.frame, session, values)
            word, tone = self.suffix(session, record) if record else ("", "")
        self.form.load(values)
        self.title.setText(self.heading(record) if record else self.NEW_TITLE)
        self.state.setText(word)
        self.state.setVisible(bool(word))
        set_role(self.state, "state", tone)
        self.drafting.forget()
        self.after_load()
        self._show_changed()

    def _first_values(self) -> dict[str, Any]:
        return {**self.new_values(), **self.pins.values(), **self._given}

    def _earlier(self, column: InstrumentedAttribute[str], _typed: str) -> list[str]:
        """What was written in the column before; read from the file once a page."""
        if column.key not in self._known:
            with self.frame.database.read() as session:
                self._known[column.key] = lookups.written(session, column)
        return self._known[column.key]

    def take_as_typed(self) -> None:
        """What the new form began with is the user's work: leaving asks about it."""
        self.form.changed = True
        self.drafting.touch()
        self._show_changed()

    # what was left unfinished

    def settle(self, page: str) -> None:
        """It is on a page of the window now: what was left of it there can be offered."""
        self.page = page
        self.drafting.offer()

    def _describe(self) -> tuple[Place | None, str, int | None]:
        title = self.title.text()
        if self.record_id is None and (name := self.form.text_of("name")):
            title = f"{title}: {name}"
        return Place(self.page, self.record_id) if self.page else None, title, self.version

    def resume(self, draft: Draft) -> None:
        """As unsaved work, on the version it was begun on: what came since is still told of."""
        if draft.place.part:
            resume_part(self, draft)
            return
        with self.frame.database.read() as session:
            record = self.fetch(session, self.record_id) if self.record_id else None
            stored = values_of(record) if record else self._first_values()
            values = self.form.typed_values(draft.values)
            links.fill(self.form, self.frame, session, values)
        self.version = draft.version
        self.drafting.take(draft)
        self.form.load_draft(stored, values, draft.typed)
        self.drafting.touch()
        self._show_changed()

    def refresh(self) -> None:
        """Something was saved elsewhere: show it, unless the user is in the middle of writing."""
        if self.form.changed:
            self.after_load()
        else:
            self.reload()

    # writing

    def _check(self, values: dict[str, Any]) -> Sequence[Violation]:
        with self.frame.database.read() as session:
            return self.check(session, values)

    def save(self) -> bool:
        """True if the record is stored now; otherwise the complaint is on the screen."""
        try:
            return self._store(self.form.values(), self.version)
        except RuleError as error:
            self.form.complain(error.violations, go=True)
        except ConflictError as conflict:
            return self._settle(conflict)
        except DatabaseProblem as problem:
            self.frame.trouble(problem)
        return False

    def _store(self, values: dict[str, Any], version: int | None) -> bool:
        self.version = version
        self.form.changed = False  # the commit makes every watching page look at its record
        try:
            with self.frame.database.write() as session:
                record = self.save_record(session, values)
                number, heading = record.id, self.heading(record)
        except BaseException:
            self.form.changed = True
            raise
        if self.record_id is None:
            self.pins.saved(values)
        done = "ثبت" if self.record_id is None else "ویرایش"
        self.frame.steps.did(f"{done} «{heading}»", session.info["changes"])
        self.record_id = number
        self.reload()
        self.saved.emit(number)
        self.frame.toast("ذخیره شد.")
        return True

    def _settle(self, conflict: ConflictError) -> bool:
        mine = self.form.values()
        fields = [field for group in self.SECTIONS.values() for field in group]
        dialog = ConflictDialog(
            self, fields, mine, conflict.theirs,
            lambda field, value: links.words(self.frame, field, value),
        )  # fmt: skip
        if not dialog.exec():
            return False
        try:
            return self._store(dialog.merged(), conflict.version)
        except RuleError as error:
            self.form.load(dialog.merged(), changed=True)
            self.form.complain(error.violations, go=True)
        return False

    # leaving

    def in_form(self) -> bool:
        """Whether the form is what one looks at, or holds unsaved work."""
        return self.form.changed or self.tabs.currentIndex() == 0

    def can_leave(self) -> bool:
        """True when nothing unsaved is lost by leaving; asks if there is."""
        if not self.form.changed:
            return True
        answer = ask_unsaved(self.window(), self.title.text())
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.reload()  # the page may stay: what was thrown away must not stand in it
        return answer == "discard"

    def leave(self) -> None:
        if self.can_leave():
            self.closed.emit()

    def _show_changed(self) -> None:
        self.unsaved.setVisible(self.form.changed)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
