"""What is asked of the files before they are added: what they are, and what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from db import text
from db.commands import documents as commands
from db.errors import RuleError
from desktop.documents import fields
from desktop.documents.picked import told, type_for
from desktop.documents.words import size
from desktop.theme import SPACE
from desktop.widgets.common import Banner, muted, primary_button
from desktop.widgets.form import FieldForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.errors import Violation
    from desktop.documents.picked import Picked, Refused
    from desktop.widgets.frame import Frame

NAMED = 6  # files: more are counted


class AddDialog(QDialog):
    """`values` hold for all the files; one alone is given its title too."""

    def __init__(
        self,
        parent: QWidget,
        frame: Frame,
        unit_id: int,
        picked: Sequence[Picked],
        refused: Sequence[Refused],
        kind: str,
    ) -> None:
        super().__init__(parent)
        self.values: dict[str, Any] = {}
        self._frame, self._unit_id, self._picked = frame, unit_id, picked
        alone = len(picked) == 1
        self.setWindowTitle("افزودن سند" if alone else "افزودن اسناد")
        self.setMinimumWidth(620)
        self.form = FieldForm(fields.FORM if alone else fields.FORM_OF_MANY, self._check,
                              cards=False)  # fmt: skip
        title = {"title": commands.title_of(picked[0].path.name)} if alone else {}
        self.form.load({"kind": kind, **title})
        buttons = QDialogButtonBox()
        add = primary_button("افزودن", "add")
        add.setAutoDefault(False)
        buttons.addButton(add, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("انصراف", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.form.finished.connect(add.setFocus)
        column = QVBoxLayout(self)
        column.setSpacing(SPACE[3])
        if refused:
            column.addWidget(Banner(f"این‌ها افزوده نمی‌شود:\n{told(refused)}", "warn"))
        column.addWidget(muted(_named(picked)))
        column.addWidget(self.form)
        column.addWidget(buttons)
        self.form.focus_first()

    def _check(self, values: dict[str, Any]) -> Sequence[Violation]:
        kind = values.get("kind") or ""
        given = {**values, "media_type": type_for(self._picked, kind)}
        with self._frame.database.read() as session:
            return commands.check(session, self._unit_id, None, given)

    def accept(self) -> None:
        try:
            values = self.form.values()
            found = [each for each in self._check(values) if not each.warning]
            if found:
                raise RuleError(found)
        except RuleError as error:
            self.form.complain(error.violations, go=True)
            return
        self.values = values
        super().accept()


def _named(picked: Sequence[Picked]) -> str:
    lines = [f"\u2068{each.path.name}\u2069  ({size(each.size)})" for each in picked[:NAMED]]
    if len(picked) > NAMED:
        lines.append(f"و {text.grouped(len(picked) - NAMED)} پروندهٔ دیگر")
    return "\n".join(lines)
