"""The groups that took part in an exercise; several are chosen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import text
from db.commands import exercises as commands
from db.errors import RuleError
from db.models.exercise import Participation
from db.queries import exercises, lookups
from desktop.exercises import fields
from desktop.messages import sentence
from desktop.pages.part_editor import PartDialog, PartEditor
from desktop.widgets.pick_dialog import PickDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.errors import Violation


class GroupsTab(PartEditor):
    """«افزودن گروه‌ها…» lists those that are not there yet."""

    RECORD = "participation"
    TITLE = "گروه‌های شرکت‌کننده"
    NEW = "افزودن گروه‌ها…"
    HINT = "پایش‌های این گروه‌ها در این روزها، در برگهٔ «واحدهای دیده‌شده» پیشنهاد می‌شود."
    TABLE = fields.PART_TABLE
    FORM = fields.PART_FORM

    def fetch(self, session: Session) -> Sequence[Any]:
        return exercises.participants(session, self.owner_id)

    def check(
        self, session: Session, record_id: int | None, values: dict[str, Any]
    ) -> Sequence[Violation]:
        return commands.check_part(values)

    def store(
        self, session: Session, record_id: int | None, values: dict[str, Any], version: int | None
    ) -> Participation:
        assert record_id is not None
        return commands.save_part(session, record_id, values, version)

    def archive_record(self, session: Session, record_id: int, reason: str) -> None:
        commands.remove_group(session, record_id, reason)

    def archive(self) -> None:
        try:
            super().archive()
        except RuleError as error:
            self.frame.toast(sentence(error.violations[0]), "bad")

    def open(self, record: Any) -> Any:
        if record is None:
            return self.choose()
        with self.frame.database.read() as session:
            part = session.get_one(Participation, record.id)
        dialog = PartDialog(self, part)
        dialog.open()
        return dialog

    def choose(self) -> None:
        """Several groups in one step."""
        with self.frame.database.read() as session:
            known = set(exercises.group_ids(session, self.owner_id))
            offered = [each for each in lookups.options(session, "group") if each[0] not in known]
        if not offered:
            self.frame.toast("همهٔ گروه‌ها در فهرست هستند.", "")
            return
        dialog = PickDialog(self.window(), "گروه‌های شرکت‌کننده", offered, None, "افزودن")
        if not dialog.exec() or not (chosen := dialog.chosen()):
            return
        words = f"افزودن {text.grouped(len(chosen))} گروه"
        self.frame.steps.do(
            words,
            lambda session, ids: commands.add_groups(session, self.owner_id, ids),
            chosen,
            lambda: self.frame.toast(f"{text.grouped(len(chosen))} گروه افزوده شد.", undo=True),
        )
