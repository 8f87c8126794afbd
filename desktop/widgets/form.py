"""The one data-entry form: sections of fields, with the complaint under each editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from db.errors import RuleError, Violation
from desktop.kinds import Link
from desktop.messages import sentence
from desktop.theme import SPACE
from desktop.widgets import editors
from desktop.widgets.common import Card, label, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.fields import Field
    from desktop.widgets.editors import Editor

CELL_WIDTH = 250  # a cell never gets narrower: fewer columns instead
_UNREADABLE = {"day": "unreadable_day", "rial": "unreadable_number",
               "number": "unreadable_number", "choice": "unreadable_choice",
               "link": "unreadable_choice"}  # fmt: skip


class Cell(QWidget):
    """A field: its label above the editor, the complaint or hint under it."""

    def __init__(self, field: Field, editor: Editor) -> None:
        super().__init__()
        self.field, self.editor = field, editor
        is_long = field.width >= 50 or (field.max_length or 0) >= 300
        self.wide = is_long or field.kind.editor == "note"
        self.complaint = QLabel()
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        title = label(f"{field.label} *" if field.required else field.label, "field")
        title.setBuddy(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (title, editor, self.complaint):
            column.addWidget(part)
        column.addStretch(1)

    def complain(self, violation: Violation | None) -> None:
        self.complaint.setVisible(violation is not None)
        if violation is None:
            self.editor.set_tone("")
            return
        tone = "warn" if violation.warning else "bad"
        self.editor.set_tone(tone)
        set_role(self.complaint, "warning" if violation.warning else "complaint")
        self.complaint.setText(sentence(violation))


class _Section(QWidget):
    """Cells in as many columns as the width allows; a wide one takes a whole line."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self._cells = list(cells)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE[3])
        self._grid.setVerticalSpacing(SPACE[2])
        self._lay_out(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(max(1, min(3, self.width() // CELL_WIDTH)))

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        row = column = 0
        for cell in self._cells:
            if cell.wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(cell, row, column, 1, columns if cell.wide else 1)
            column += columns if cell.wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for number in range(3):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)


class FieldForm(QWidget):
    """`load` never emits `edited`; nothing is saved until the page asks for `values`.

    `check` gives the complaints about a set of values; those of a field are shown when it is left.
    `suggest` offers earlier values to the fields it names, for what is typed so far.
    """

    edited = Signal()
    finished = Signal()  # Enter in the last field

    def __init__(
        self,
        sections: Mapping[str, Sequence[Field]],
        check: Callable[[dict[str, Any]], Sequence[Violation]] = lambda values: (),
        *,
        cards: bool = True,
        suggest: Mapping[str, Callable[[str], list[str]]] | None = None,
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._check = check
        self._suggest = suggest or {}
        self._cells: dict[str, Cell] = {}
        self._left: set[str] = set()
        self._loaded: dict[str, Any] = {}
        self._other: dict[str, Any] = {}  # values the check needs but the form does not show
        self.changed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        for title, fields in sections.items():
            section = _Section([self._cell(field) for field in fields])
            if cards:
                card = Card(title)
                card.body.addWidget(section)
                column.addWidget(card)
            else:
                column.addWidget(section)
        column.addStretch(1)

    def _cell(self, field: Field) -> Cell:
        name = field.name
        editor = editors.make(field, self._suggest.get(name))
        editor.edited.connect(self._on_edited)
        editor.left.connect(lambda: self._on_left(name))
        editor.accepted.connect(lambda: self._on_accepted(name))
        cell = self._cells[name] = Cell(field, editor)
        return cell

    # what is in it

    def load(self, values: Mapping[str, Any], *, changed: bool = False) -> None:
        """Show values; those without a field are kept for the check."""
        self._loaded = dict(values)
        self._other = {name: value for name, value in values.items() if name not in self._cells}
        for name, cell in self._cells.items():
            value = values.get(name, cell.field.empty)
            cell.editor.set_value(None if value == "" else value)
        self._left.clear()
        self.complain([])
        self.changed = changed

    def values(self) -> dict[str, Any]:
        """What is typed, as values; what is empty as the column wants it. Raises RuleError."""
        values, violations = self._read()
        if violations:
            known = {violation.field for violation in violations}
            # All at once: one should not mend a field only to be told of the next.
            violations += [
                each for each in self._check(values) if each.field not in known and not each.warning
            ]
            self._left.update(violation.field for violation in violations)
            raise RuleError(violations)
        return values

    def _read(self) -> tuple[dict[str, Any], list[Violation]]:
        values, violations = dict(self._other), list[Violation]()
        for name, cell in self._cells.items():
            try:
                value = cell.editor.value()
            except ValueError:
                kind = cell.field.kind.editor
                violations.append(Violation(name, _UNREADABLE.get(kind, "unreadable")))
            else:
                values[name] = cell.field.empty if value is None else value
        return values, violations

    def set_other(self, **values: Any) -> None:
        self._other.update(values)

    def editor(self, name: str) -> Editor:
        return self._cells[name].editor

    def complaint(self, name: str) -> str:
        """What stands beside a field now; empty if nothing."""
        shown = self._cells[name].complaint
        return "" if shown.isHidden() else shown.text()

    def links(self) -> dict[str, str]:
        """Field name → the list its choices come from."""
        return {
            name: cell.field.kind.source
            for name, cell in self._cells.items()
            if isinstance(cell.field.kind, Link)
        }

    def show_field(self, name: str, visible: bool) -> None:
        self._cells[name].setVisible(visible)

    # complaints

    def complain(self, violations: Sequence[Violation], *, go: bool = False) -> None:
        """Show each complaint under its field; `go` moves the focus to the first."""
        first_of: dict[str, Violation] = {}
        for violation in sorted(violations, key=lambda v: v.warning):
            first_of.setdefault(violation.field, violation)
        for name, cell in self._cells.items():
            cell.complain(first_of.get(name))
        hard = [name for name in self._cells if name in first_of and not first_of[name].warning]
        if go and hard:
            self._left.update(first_of)
            self.editor(hard[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def recheck(self) -> None:
        """Complain about the fields left so far, as they stand now."""
        values, unreadable = self._read()
        known = {violation.field for violation in unreadable}
        found = [*unreadable, *(v for v in self._check(values) if v.field not in known)]
        self.complain([violation for violation in found if violation.field in self._left])

    # the user

    def focus_first(self) -> None:
        next(iter(self._cells.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self.changed = True
        self.edited.emit()

    def _on_left(self, name: str) -> None:
        self._left.add(name)
        self.recheck()

    def _on_accepted(self, name: str) -> None:
        names = [each for each, cell in self._cells.items() if not cell.isHidden()]
        place = names.index(name) + 1
        if place < len(names):
            self.editor(names[place]).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
