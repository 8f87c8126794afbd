"""The parts of a record (its returns, its tranches): a short table and a dialog for each row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from db.commands.saving import values_of
from db.errors import ConflictError, DatabaseProblem, RuleError
from db.queries import lookups
from desktop import messages
from desktop.drafts import Place
from desktop.pages import links
from desktop.pages.drafting import Drafting
from desktop.pages.part_preview import PartPreview
from desktop.theme import SPACE
from desktop.widgets.common import Card, button, muted, primary_button
from desktop.widgets.dialogs import (
    ARCHIVE,
    ARCHIVE_EXAMPLE,
    ConflictDialog,
    ask_reason,
    ask_unsaved,
)
from desktop.widgets.form import FieldForm
from desktop.widgets.growing_area import GrowingArea
from desktop.widgets.inner_table import InnerTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from db.errors import Violation
    from db.models.base import Record
    from desktop.drafts import Draft
    from desktop.fields import Field
    from desktop.pages.record_page import RecordPage
    from desktop.widgets.frame import Frame

PREVIEW_MS = 150  # after the last key


class Parts(Protocol):
    """What the dialog of a part asks of the list it stands over."""

    frame: Frame
    TITLE: str
    NEW: str

    @property
    def FORM(self) -> Mapping[str, Sequence[Field]]: ...

    @property
    def SUGGESTED(self) -> Sequence[InstrumentedAttribute[str]]: ...

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]: ...

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Record: ...

    def new_values(self) -> dict[str, Any]: ...

    def around(self) -> dict[str, Any]: ...

    def foretell(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[tuple[str, dict[str, Any]]]: ...

    def foretell_rows(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Any]: ...

    @property
    def FORETOLD(self) -> Sequence[Field]: ...

    @property
    def WIDTH(self) -> int: ...

    @property
    def word(self) -> str: ...

    def place_of(self, record_id: int | None) -> Place | None: ...

    def title_of(self, title: str) -> str: ...

    def window(self) -> QWidget: ...


class PartEditor(Card):
    """A subclass says the fields and the commands; this shows, adds, changes and archives."""

    RECORD: str  # the table of the rows
    TITLE: str
    NEW: str  # «ثبت بازگشت»
    HINT: str
    REMOVE, EXAMPLE = ARCHIVE, ARCHIVE_EXAMPLE  # what takes a row out, and why it may be
    TABLE: Sequence[Field]
    NOW_AND_THEN: Sequence[Field] = ()  # those columns that are shown where a row has something
    FORM: Mapping[str, Sequence[Field]]
    WIDTH = 620  # pixels of its dialog
    FORETOLD: Sequence[Field] = ()  # the columns of `foretell_rows`
    # Fields whose earlier values are offered as one types, by the columns they come from.
    SUGGESTED: Sequence[InstrumentedAttribute[str]] = ()

    def __init__(self, frame: Frame, owner_id: int) -> None:
        super().__init__(self.TITLE)
        self.frame, self.owner_id = frame, owner_id
        self._records: dict[int, Record] = {}
        self.table = InnerTable(self.TABLE, now_and_then=self.NOW_AND_THEN)
        self.hint = muted(self.HINT)
        self.new_button = primary_button(self.NEW, "add")
        self._edit, self._archive = button("ویرایش", "edit"), button(self.REMOVE, "archive")
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for each in (self.new_button, self._edit, self._archive):
            row.addWidget(each)
        row.addStretch(1)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.new_button.clicked.connect(lambda: self.open(None))
        self._edit.clicked.connect(lambda: self.open(self.table.current()))
        self._archive.clicked.connect(self.archive)
        self.table.opened.connect(self.open)
        self.table.chosen.connect(lambda row: self._enable(row is not None))

    # what a subclass says

    def fetch(self, session: Session) -> Sequence[Record]:
        raise NotImplementedError

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        raise NotImplementedError

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Record:
        raise NotImplementedError

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        raise NotImplementedError

    def new_values(self) -> dict[str, Any]:
        return {}

    def around(self) -> dict[str, Any]:
        """What of the record around it the choices in its form depend on."""
        return {}

    def foretell(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[tuple[str, dict[str, Any]]]:
        """What the values would do, in lines; each may offer values to be taken."""
        return ()

    def foretell_rows(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Any]:
        """The rows that the values would make, where a table says more than lines."""
        return ()

    def shown(self, session: Session, records: Sequence[Record]) -> Sequence[Any]:
        """The rows of the table: records that link to others are shown by listed rows."""
        return records

    @property
    def word(self) -> str:
        """What one row is called: «پرداخت»."""
        return self.frame.fields_of(self.RECORD)[0]

    # the rest

    def refresh(self) -> None:
        with self.frame.database.read() as session:
            found = self.fetch(session)
            self._records = {record.id: record for record in found}
            self.table.set_rows(self.shown(session, found))
        self._enable(False)

    def _enable(self, on: bool) -> None:
        self._edit.setEnabled(on)
        self._archive.setEnabled(on)

    def resume(self, draft: Draft) -> None:
        """Open the form of the row that was left unfinished."""
        number = draft.place.part_id
        with self.frame.database.read() as session:
            found = {row.id: row for row in self.fetch(session)}
        if number is not None and number not in found:
            self.frame.toast("این ردیف دیگر در فهرست نیست.", "warn")
            return
        self.open(found.get(number) if number is not None else None).resume(draft)

    def place_of(self, record_id: int | None) -> Place | None:
        """Where a form of it is in the window, if it is in one."""
        home = _home(self)
        if home is None or not home.page:
            return None
        return Place(home.page, home.record_id, self.RECORD, record_id)

    def title_of(self, title: str) -> str:
        home = _home(self)
        return f"{title}، {home.title.text()}" if home is not None else title

    def open(self, row: Any) -> PartDialog:
        dialog = PartDialog(self, None if row is None else self._records.get(row.id, row))
        dialog.open()
        return dialog

    def archive(self) -> None:
        row = self.table.current()
        if row is None:
            return
        told = "این ردیف از همهٔ عددها بیرون می‌رود و در تاریخچه می‌ماند."
        reason = ask_reason(self.window(), self.REMOVE, told, self.REMOVE, self.EXAMPLE)
        if reason is None:
            return
        try:
            with self.frame.database.write() as session:
                self.archive_record(session, row.id, reason)
            self.frame.steps.did(f"{self.REMOVE} {self.word}", session.info["changes"])
        except RuleError as error:  # another record needs it
            self.frame.toast(messages.sentence(error.violations[0]), "warn")
        except DatabaseProblem as problem:
            self.frame.trouble(problem)


class PartDialog(QDialog):
    """The form of one part; it closes when it is stored, and asks before losing work."""

    def __init__(self, parts: Parts, record: Record | None) -> None:
        super().__init__(parts.window())
        self._parts = parts
        self._id = record.id if record else None
        self._version = record.version if record else None
        self.setWindowTitle(parts.NEW if record is None else parts.TITLE)
        self.setMinimumWidth(parts.WIDTH)
        suggest = {column.key: partial(self._earlier, column) for column in parts.SUGGESTED}
        self.form = FieldForm(
            parts.FORM, self._check, cards=False, suggest=suggest, width=parts.WIDTH
        )
        self._stored = {**parts.around(), **(values_of(record) if record else parts.new_values())}
        with parts.frame.database.read() as session:
            links.fill(self.form, parts.frame, session, self._stored)
        self.form.load(self._stored)
        self.drafting = Drafting(self.form, parts.frame.drafts, self._describe)
        self.drafting.resumed.connect(self.resume)
        self.preview = PartPreview(parts.FORETOLD)
        buttons = QDialogButtonBox()
        self.save_button = primary_button("ذخیره", "save")
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.form.finished.connect(self.save_button.setFocus)
        self.save_button.setAutoDefault(False)
        self.save_button.setShortcut("Ctrl+S")
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[3])
        column.addWidget(self.drafting.banner)
        column.addWidget(GrowingArea(self._inside()), 1)
        column.addWidget(buttons)
        self._soon = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._soon.timeout.connect(self._tell)
        self.form.edited.connect(self._soon.start)
        self.preview.taken.connect(self._take)
        self._tell()
        self.drafting.offer()
        self.form.focus_first()

    def _inside(self) -> QWidget:
        """What is scrolled on a low screen: the buttons stay in sight."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[3])
        column.addWidget(self.form)
        column.addWidget(self.preview)
        return made

    def _check(self, values: dict[str, Any]) -> Sequence[Violation]:
        with self._parts.frame.database.read() as session:
            return self._parts.check(session, self._id, values)

    def _tell(self) -> None:
        """Of what can be read so far."""
        values = self.form.readable()
        with self._parts.frame.database.read() as session:
            told = self._parts.foretell(session, self._id, values)
            self.preview.say(told, self._parts.foretell_rows(session, self._id, values))

    def _take(self, offered: dict[str, Any]) -> None:
        self.form.load({**self.form.readable(), **offered}, changed=True)
        self.drafting.touch()
        self._tell()

    def _earlier(self, column: InstrumentedAttribute[str], _typed: str) -> list[str]:
        with self._parts.frame.database.read() as session:
            return lookups.written(session, column)

    def accept(self) -> None:
        try:
            self._store(self.form.values(), self._version)
        except RuleError as error:
            self.form.complain(error.violations, go=True)
        except ConflictError as conflict:
            self._settle(conflict)
        except DatabaseProblem as problem:
            self._parts.frame.trouble(problem)

    def _store(self, values: dict[str, Any], version: int | None) -> None:
        with self._parts.frame.database.write() as session:
            self._parts.store(session, self._id, values, version)
        done = "ثبت" if self._id is None else "ویرایش"
        self._parts.frame.steps.did(f"{done} {self._parts.word}", session.info["changes"])
        self.form.changed = False
        self.drafting.forget()
        self._parts.frame.toast("ذخیره شد.")
        super().accept()

    def _describe(self) -> tuple[Place | None, str, int | None]:
        title = self._parts.title_of(self.windowTitle())
        return self._parts.place_of(self._id), title, self._version

    def resume(self, draft: Draft) -> None:
        self._version = draft.version
        self.drafting.take(draft)
        values = self.form.typed_values(draft.values)
        with self._parts.frame.database.read() as session:
            links.fill(self.form, self._parts.frame, session, values)
        self.form.load_draft(self._stored, values, draft.typed)
        self.drafting.touch()

    def _settle(self, conflict: ConflictError) -> None:
        fields = [field for group in self._parts.FORM.values() for field in group]
        dialog = ConflictDialog(
            self, fields, self.form.values(), conflict.theirs,
            lambda field, value: links.words(self._parts.frame, field, value),
        )  # fmt: skip
        if dialog.exec():
            self._version = conflict.version
            self.form.load(dialog.merged(), changed=True)
            self.accept()

    def reject(self) -> None:
        if self.form.changed:
            answer = ask_unsaved(self, self.windowTitle())
            if answer == "save":
                self.accept()
                return
            if answer == "stay":
                return
        self.drafting.forget()
        super().reject()


def _home(part: QWidget) -> RecordPage | None:
    """The page of the record whose part it is."""
    from desktop.pages.record_page import RecordPage

    parent = part.parentWidget()
    while parent is not None and not isinstance(parent, RecordPage):
        parent = parent.parentWidget()
    return parent


def resume_part(page: RecordPage, draft: Draft) -> None:
    """Go on with a part of a record, at the tab it is in."""
    page.bring_part(draft.place.part)
    for editor in page.findChildren(PartEditor):
        if draft.place.part == editor.RECORD:
            shown = [page.tabs.widget(n) for n in range(page.tabs.count())]
            holding = (each for each in shown if each is not None and each.isAncestorOf(editor))
            if (tab := next(holding, None)) is not None:
                page.tabs.setCurrentWidget(tab)
            editor.resume(draft)
            return
