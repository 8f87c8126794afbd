"""What can be done with the chosen rows of a list: archive, restore, duplicate, and its batches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence

from desktop import theme
from desktop.pages.batch import BatchBar
from desktop.pages.row_acts import RowActs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QMenu
    from sqlalchemy.orm import Session

    from desktop.pages.batch import Batch
    from desktop.pages.list_page import ListPage

GOES = "از فهرست‌ها و همهٔ عددها بیرون می‌رود و در بایگانی می‌ماند؛ می‌توان بازش گرداند."


class RowActions(RowActs):
    """Each is one step that Ctrl+Z takes back, whether one row is chosen or many."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._list, self._spec = page, page.SPEC
        self.live = BatchBar([*self._batches(), ("بایگانی…", "archive", self.archive)])
        self.stored = BatchBar([("بازگرداندن", "restore", self.restore)])
        self.bars = (self.live, self.stored)

    def _batches(self) -> list[tuple[str, str, Callable[[], object]]]:
        return [(b.title, b.icon, partial(self.batch, b)) for b in self._spec.batch]

    def bar(self) -> BatchBar:
        return self.stored if self._page.view.archived else self.live

    def fill_menu(self, menu: QMenu) -> None:
        """What the table offers beside opening and copying."""
        if not self.chosen():
            return
        menu.addSeparator()
        offered: list[tuple[str, str, Callable[[], object], str]]
        if self._page.view.archived:
            offered = [("بازگرداندن", "restore", self.restore, "")]
        else:
            offered = [
                (f"{self._spec.new_title} مانند این", "copy", self.duplicate, "Ctrl+D"),
                *((title, icon, act, "") for title, icon, act in self._batches()),
                ("بایگانی…", "archive", self.archive, "Delete"),
            ]
        for title, icon, act, keys in offered:
            made = menu.addAction(theme.icon(icon), title)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutVisibleInContextMenu(True)
            made.triggered.connect(act)

    # what the user does

    def archive(self) -> None:
        """Archive the chosen rows, with one reason."""
        from desktop.widgets.dialogs import ask_reason

        ids = self.chosen()
        if not ids or self._page.view.archived:
            return
        words = self.words(ids)
        told = f"{words} {GOES} {self._used(ids)}".strip()
        reason = ask_reason(self._page.window(), "بایگانی", told)
        if reason is not None:
            self._do(ids, f"بایگانی {words}", f"{words} بایگانی شد.",
                     lambda session, some: self._spec.archive(session, some, reason))  # fmt: skip

    def _used(self, ids: Sequence[int]) -> str:
        if self._spec.used is None:
            return ""
        with self._frame.database.read() as session:
            return self._spec.used(session, ids)

    def restore(self) -> None:
        ids = self.chosen()
        if ids and self._page.view.archived:
            words = self.words(ids)
            self._do(ids, f"بازگرداندن {words}", f"{words} بازگردانده شد.", self._restore)

    def _restore(self, session: Session, ids: Sequence[int]) -> None:
        for number in ids:
            self._spec.restore(session, number)

    def batch(self, batch: Batch) -> None:
        """Ask for one value and give it to all chosen rows."""
        ids = self.chosen()
        if not ids or self._page.view.archived:
            return
        words = self.words(ids)
        from desktop.pages.value_dialog import ValueDialog  # with every editor of a form

        dialog = ValueDialog(self._page.window(), self._frame, batch, f"برای {words}")
        if dialog.exec():
            value, done = dialog.value(), batch.words.format(words)
            self._do(ids, done, f"{done} انجام شد.",
                     lambda session, some: batch.command(session, some, value))  # fmt: skip

    def _do(self, ids: Sequence[int], words: str, told: str, act: Any) -> None:
        self._frame.steps.do(words, act, ids, lambda: self._frame.toast(told, undo=True))

    def duplicate(self) -> None:
        """A new record like the current row, but for what is of that one only."""
        row = self._page.table.current()
        if row is None or self._page.record is not None:
            return
        from db.commands.saving import KEPT, values_of

        own = {"code", *KEPT, *(field.name for field in self._spec.own)}
        with self._frame.database.read() as session:
            values = values_of(session.get_one(self._spec.source.record, row.id))
        like = {name: value for name, value in values.items() if name not in own}
        self._list.new_with(like, unsaved=True)
