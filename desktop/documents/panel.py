"""The documents of a unit: dragged in or chosen, seen, saved elsewhere, described, put away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db import text
from db.commands import documents as commands
from db.errors import DatabaseProblem, RuleError
from db.models import Document
from db.queries import documents as queries
from db.queries import units
from db.rules.documents import is_picture
from desktop import tasks
from desktop.documents import fields, transfer
from desktop.documents.add_dialog import AddDialog
from desktop.documents.picked import look, suggested_kind, told
from desktop.documents.pictures import Thumbnails
from desktop.documents.preview import PictureDialog
from desktop.documents.shelf import Shelf
from desktop.documents.words import LOSSES, LOST
from desktop.messages import sentence
from desktop.pages.panel import Panel
from desktop.pages.part_editor import PartDialog
from desktop.theme import SPACE
from desktop.widgets.common import Banner, EmptyState, button, chip, muted, primary_button
from desktop.widgets.dialogs import ask_reason, tell_trouble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from db.errors import Violation
    from db.queries.documents import DocumentRow
    from desktop.documents.transfer import Added
    from desktop.fields import Field
    from desktop.widgets.frame import Frame

EMPTY = (
    "هنوز سندی افزوده نشده است؛ پروانه، فهرست بیمه‌شدگان یا عکس‌ها را به اینجا بکشید "
    "یا «افزودن…» را بزنید."
)
ARCHIVED = "از فهرست و شمار بیرون می‌رود و در بایگانی می‌ماند؛ می‌توان بازش گرداند."


class DocumentsPanel(Panel):
    """Given `{"unit_id": [id]}`. It is what the dialog of a document stands over (`Parts`)."""

    TITLE = "سند"
    NEW = "افزودن سند"
    FORM: Mapping[str, Sequence[Field]] = fields.FORM
    WIDTH = 620
    FORETOLD: Sequence[Field] = ()
    # «فهرست بیمه‌شدگان» is written month after month.
    SUGGESTED: Sequence[InstrumentedAttribute[str]] = (Document.title,)

    def __init__(self, frame: Frame, filters: Mapping[str, Any]) -> None:
        super().__init__(frame)
        (self.unit_id,) = filters["unit_id"]
        self.thumbnails = Thumbnails(self, frame)
        self.shelf = Shelf(self.thumbnails)
        self.empty = EmptyState("document", EMPTY, "افزودن…")
        self.lost = Banner()
        self.hint = muted("")
        self.archived = chip("بایگانی", "archive")
        self.add_button = primary_button("افزودن…", "add")
        self._see = button("دیدن", "eye")
        self._save = button("ذخیره در…", "save")
        self._edit = button("ویرایش", "edit")
        self._archive = button("بایگانی", "archive")
        self._restore = button("بازگرداندن", "restore")
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._choose(None)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for each in (self.add_button, self._see, self._save, self._edit, self._archive,
                     self._restore):  # fmt: skip
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.archived)
        holder = QWidget()
        self._over = QStackedLayout(holder)
        self._over.addWidget(self.shelf)
        self._over.addWidget(self.empty)
        self.lost.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[1], 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self.lost)
        column.addLayout(row)
        column.addWidget(holder, 1)
        column.addWidget(self.hint)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.choose_files)
        self.empty.pressed.connect(self.choose_files)
        self._see.clicked.connect(lambda: self.see(self.shelf.current()))
        self._save.clicked.connect(lambda: self.save_copy(self.shelf.current()))
        self._edit.clicked.connect(lambda: self.edit(self.shelf.current()))
        self._archive.clicked.connect(self.archive)
        self._restore.clicked.connect(self.restore)
        self.archived.toggled.connect(lambda _on: self.refresh())
        self.shelf.opened.connect(self.see)
        self.shelf.chosen.connect(self._choose)

    # showing

    def load(self) -> None:
        as_of = self.frame.as_of()
        with self.frame.database.read() as session:
            rows = queries.of_unit(session, self.unit_id, as_of, archived=self.archived.isChecked())
            lost = queries.withdrawn_proof(session, self.unit_id, as_of)
            most = text.grouped(queries.largest(session) // 2**20)
        self.shelf.show_documents(rows)
        if self.archived.isChecked():
            self.empty.say("سندی بایگانی نشده است.")
        else:
            self.empty.say(EMPTY, "افزودن…")
        self._over.setCurrentIndex(0 if rows else 1)
        self.lost.setVisible(bool(lost))
        self.lost.say(
            f"بازگشت این واحد شمرده نمی‌شود: گواه آن «{lost}» بایگانی شده است و گواه دیگری نیست.",
            "warn",
        )
        self.hint.setText(f"پرونده‌ها را می‌توان از پوشه به اینجا کشید؛ هر کدام تا {most} مگابایت.")

    def _choose(self, row: DocumentRow | None) -> None:
        there, archived = row is not None, self.archived.isChecked()
        for each in (self._see, self._save):
            each.setEnabled(there)
        for each in (self._edit, self._archive):
            each.setEnabled(there)
            each.setVisible(not archived)
        self._restore.setEnabled(there)
        self._restore.setVisible(archived)
        picture = row is not None and is_picture(row.media_type)
        self._see.setText("باز کردن" if there and not picture else "دیدن")

    # adding

    def choose_files(self) -> None:
        folder = str(self.frame.remembered("documents/folder") or Path.home())
        chosen, _ = QFileDialog.getOpenFileNames(self.window(), "افزودن سند", folder)
        if chosen:
            self.frame.remember("documents/folder", str(Path(chosen[0]).parent))
            self.add_files([Path(each) for each in chosen])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Ask what they are and add them off the window's thread."""
        with self.frame.database.read() as session:
            most = queries.largest(session)
            returned = bool(units.revivals(session, self.unit_id))
        picked, refused = look(paths, most)
        if not picked:
            tell_trouble(self.window(), told(refused))
            return
        kind = suggested_kind(picked, returned=returned)
        dialog = AddDialog(self.window(), self.frame, self.unit_id, picked, refused, kind)
        if not dialog.exec():
            return
        database, unit_id, values = self.frame.database, self.unit_id, dialog.values
        task = tasks.run_with_dialog(
            self.window(),
            "افزودن اسناد",
            lambda progress: transfer.add_all(database, unit_id, picked, values, progress),
            self._added,
            self.frame.trouble,
        )
        task.signals.finished.connect(self.refresh)  # stopped or not, some may be there

    def _added(self, found: Added) -> None:
        words = f"{text.grouped(found.count)} سند"
        for changes in found.changes:
            self.frame.steps.did(f"افزودن {words}", changes)
        if found.count:
            self.frame.toast(f"{words} افزوده شد.")
        lines = [f"\u2068{name}\u2069: در اسناد این واحد هست و دوباره افزوده نشد."
                 for name in found.known]  # fmt: skip
        if found.refused:
            lines.append(told(found.refused))
        if lines:
            tell_trouble(self.window(), "\n".join(lines))

    # one document

    def see(self, row: DocumentRow | None) -> None:
        """A picture inside the program, anything else in the program it belongs to."""
        if row is None:
            return
        if not is_picture(row.media_type):
            self.open_copy(row)
            return
        rows = [each for each in self.shelf.documents() if is_picture(each.media_type)]
        dialog = PictureDialog(self.window(), self.frame, rows, row)
        dialog.open_asked.connect(self.open_copy)
        dialog.save_asked.connect(self.save_copy)
        dialog.open()

    def open_copy(self, row: DocumentRow) -> None:
        if not transfer.can_be_opened(row):
            self.frame.toast("این گونه پرونده اینجا باز نمی‌شود؛ آن را ذخیره کنید.", "warn")
            return
        database = self.frame.database
        tasks.in_background(
            lambda: transfer.open_copy(database, row), self._opened, self.frame.trouble
        )

    def _opened(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.frame.toast("برنامه‌ای برای این پرونده نیست؛ آن را ذخیره کنید.", "warn")

    def save_copy(self, row: DocumentRow | None) -> None:
        if row is None:
            return
        folder = Path(self.frame.remembered("documents/folder") or Path.home())
        chosen, _ = QFileDialog.getSaveFileName(
            self.window(), "ذخیره در…", str(folder / row.file_name)
        )
        if not chosen:
            return
        self.frame.remember("documents/folder", str(Path(chosen).parent))
        database = self.frame.database
        tasks.run_with_dialog(
            self.window(),
            "ذخیرهٔ سند",
            lambda _progress: transfer.save_copy(database, row.id, Path(chosen)),
            self._saved,
            self.frame.trouble,
        )

    def _saved(self, path: Path) -> None:
        self.frame.toast(f"«{path.name}» ذخیره شد.")

    def edit(self, row: DocumentRow | None) -> PartDialog | None:
        if row is None:
            return None
        with self.frame.database.read() as session:
            document = session.get_one(Document, row.id)
        dialog = PartDialog(self, document)
        dialog.accepted.connect(self.refresh)
        dialog.open()
        return dialog

    def archive(self) -> None:
        """Said before: what the count loses; and after: why it has."""
        row = self.shelf.current()
        if row is None:
            return
        with self.frame.database.read() as session:
            loss = queries.loss(session, row.id)
        said = f"{LOSSES[loss]}\n{ARCHIVED}" if loss else f"«{row.title}» {ARCHIVED}"
        reason = ask_reason(self.window(), f"بایگانی «{row.title}»", said)
        if reason is None or not self._write(
            f"بایگانی «{row.title}»", lambda s: commands.archive(s, row.id, reason)
        ):
            return
        self.frame.toast(LOST[loss] if loss else f"«{row.title}» بایگانی شد.",
                         "warn" if loss else "good")  # fmt: skip
        self.refresh()

    def restore(self) -> None:
        row = self.shelf.current()
        if row is not None and self._write(
            f"بازگرداندن «{row.title}»", lambda s: commands.restore(s, row.id)
        ):
            self.frame.toast(f"«{row.title}» بازگردانده شد.")
            self.refresh()

    def _write(self, words: str, act: Any) -> bool:
        try:
            with self.frame.database.write() as session:
                act(session)
            self.frame.steps.did(words, session.info["changes"])
        except RuleError as error:
            self.frame.toast(sentence(error.violations[0]), "bad")
            return False
        except DatabaseProblem as problem:
            self.frame.trouble(problem)
            return False
        return True

    # what its dialog asks

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check(session, self.unit_id, record_id, values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Document:
        assert record_id is not None
        return commands.save(session, record_id, values, version)

    def around(self) -> dict[str, Any]:
        return {}

    def foretell(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[tuple[str, dict[str, Any]]]:
        return ()

    def foretell_rows(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Any]:
        return ()

    def new_values(self) -> dict[str, Any]:
        return {}

    @property
    def word(self) -> str:
        return self.TITLE

    def place_of(self, record_id: int | None) -> None:
        """Its few words are not kept as a draft."""

    def title_of(self, title: str) -> str:
        return title

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            # Later: the file manager waits until this call is done, and a question may come.
            QTimer.singleShot(0, self, lambda: self.add_files(paths))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self.archived.isChecked():
            self.archive()
        else:
            super().keyPressEvent(event)


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
