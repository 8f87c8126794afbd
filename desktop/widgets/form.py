"""The one data-entry form: sections of fields, with the complaint under each editor."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import RuleError, Violation
from db.history import plain
from desktop.kinds import Link
from desktop.messages import sentence
from desktop.theme import SPACE
from desktop.widgets import editors
from desktop.widgets.common import Card, label, set_role, tool_button

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.fields import Field
    from desktop.widgets.editors import Editor

PIN_KEYS = "Ctrl+P"
PIN_SIZE = QSize(14, 14)
CELL_WIDTH = 250  # a cell never gets narrower: fewer columns instead
_UNREADABLE = {"day": "unreadable_day", "rial": "unreadable_number",
               "number": "unreadable_number", "choice": "unreadable_choice",
               "link": "unreadable_choice"}  # fmt: skip


class Cell(QWidget):
    """A field: its label above the editor, the complaint or hint under it."""

    def __init__(self, parent: QWidget, field: Field, editor: Editor, *, pin: bool = False) -> None:
        super().__init__(parent)
        self.field, self.editor = field, editor
        self.pin = _pin() if pin else None
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
        if self.pin is None:
            column.addWidget(title)
        else:
            row = QHBoxLayout()
            row.addWidget(title)
            row.addWidget(self.pin)
            row.addStretch(1)
            column.addLayout(row)
        for part in (editor, self.complaint):
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


def _pin() -> QToolButton:
    """Beside the label; Tab goes by it, from field to field."""
    made = tool_button("برای ردیف بعدی نگه دار", "pin")
    made.setToolTip(f"{made.text()} ({PIN_KEYS})")
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setIconSize(PIN_SIZE)
    set_role(made, "pin")
    return made


class _Section(QWidget):
    """Cells in as many columns as the width allows; a wide one takes a whole line."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: Sequence[Cell] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE[3])
        self._grid.setVerticalSpacing(SPACE[2])

    def fill(self, cells: Sequence[Cell], width: int) -> None:
        self._cells = cells
        self._lay_out(_columns_in(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(_columns_in(self.width()))

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


def _columns_in(width: int) -> int:
    return max(1, min(3, width // CELL_WIDTH))


class FieldForm(QWidget):
    """`load` never emits `edited`; nothing is saved until the page asks for `values`.

    `check` gives the complaints about a set of values; those of a field are shown when it is left,
    by an `eager` form on each `recheck`. `width` is what it will have: it asks for the height then.
    `suggest` offers earlier values to the fields it names, for what is typed so far. Beside the
    fields of `pins` stands a pin, for their value to be kept for the next form.
    """

    edited = Signal()
    finished = Signal()  # Enter in the last field
    pinned = Signal(str, bool)  # the user pinned a field, or took the pin out

    def __init__(
        self,
        sections: Mapping[str, Sequence[Field]],
        check: Callable[[dict[str, Any]], Sequence[Violation]] = lambda values: (),
        *,
        cards: bool = True,
        suggest: Mapping[str, Callable[[str], list[str]]] | None = None,
        pins: Collection[str] = (),
        eager: bool = False,
        width: int = 2 * CELL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._check = check
        self._suggest = suggest or {}
        self._pins = pins
        self._eager = eager
        self._cells: dict[str, Cell] = {}
        self._left: set[str] = set()
        self._loaded: dict[str, Any] = {}
        self._other: dict[str, Any] = {}  # values the check needs but the form does not show
        self.changed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        for title, fields in sections.items():
            section = _Section()
            if cards:
                card = Card(title)
                column.addWidget(card)
                card.body.addWidget(section)
            else:
                column.addWidget(section)
            # Last: what gets a new parent is styled once more with all that is in it.
            section.fill([self._cell(section, field) for field in fields], width)
        column.addStretch(1)
        if pins:
            key = QShortcut(QKeySequence(PIN_KEYS), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self._pin_current)

    def _cell(self, section: QWidget, field: Field) -> Cell:
        name = field.name
        editor = editors.make(field, self._suggest.get(name))
        editor.edited.connect(self._on_edited)
        editor.left.connect(lambda: self._on_left(name))
        editor.accepted.connect(lambda: self._on_accepted(name))
        cell = self._cells[name] = Cell(section, field, editor, pin=name in self._pins)
        if cell.pin is not None:
            cell.pin.clicked.connect(lambda on: self.pinned.emit(name, on))
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

    def readable(self) -> dict[str, Any]:
        """The values so far; a field whose letters cannot be read yet is left out."""
        return self._read()[0]

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

    def draft(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Every field's value in the plain form of the history, or the letters of it."""
        values, unreadable = self._read()
        typed = {each.field: self.editor(each.field).typed() for each in unreadable}
        return {n: plain(v) for n, v in values.items() if n in self._cells}, typed

    def load_draft(
        self, stored: Mapping[str, Any], values: Mapping[str, Any], typed: Mapping[str, str]
    ) -> None:
        """What `draft` told, as unsaved work over what is stored."""
        self.load({**stored, **values}, changed=True)
        for name, letters in typed.items():
            if name in self._cells:
                self.editor(name).type_in(letters)

    def typed_values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Plain values in the types of their fields; what another version wrote is left out."""
        found = {}
        for name, value in values.items():
            # Not to be read as the field is now, if at all: it stays as the record has it.
            with suppress(KeyError, ValueError, ArithmeticError):
                found[name] = self._cells[name].field.typed(value)
        return found

    def text_of(self, name: str) -> str:
        """What stands in a field that is typed into; empty if there is none."""
        return self._cells[name].editor.typed() if name in self._cells else ""

    def loaded(self, name: str) -> Any:
        """What a field held before the user came."""
        return self._loaded.get(name)

    def set_pinned(self, names: Collection[str]) -> None:
        for name in self._pins:
            pin = self._cells[name].pin
            assert pin is not None
            pin.setChecked(name in names)

    def _pin_current(self) -> None:
        """By the keys: the pin of the field one is in."""
        focus = QApplication.focusWidget()
        for name in self._pins:
            cell = self._cells[name]
            if focus is not None and cell.pin is not None and cell.isAncestorOf(focus):
                cell.pin.click()

    def set_other(self, **values: Any) -> None:
        self._other.update(values)

    def editor(self, name: str) -> Editor:
        return self._cells[name].editor

    def value_of(self, name: str) -> Any:
        """What is in one field, if it can be read; of one that is not shown what was loaded."""
        cell = self._cells.get(name)
        with suppress(ValueError):
            return self._other.get(name) if cell is None else cell.editor.value()
        return None

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
            self._go_to(hard[0], Qt.FocusReason.OtherFocusReason)

    def recheck(self) -> list[Violation]:
        """Complain about the fields left so far, as they stand now; all that is found, of any."""
        values, unreadable = self._read()
        known = {violation.field for violation in unreadable}
        found = [*unreadable, *(v for v in self._check(values) if v.field not in known)]
        self.complain([each for each in found if self._eager or each.field in self._left])
        return found

    # the user

    def focus_first(self) -> None:
        next(iter(self._cells.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to(self, name: str, reason: Qt.FocusReason) -> None:
        """Into a field, and it into sight: Qt itself scrolls only for Tab."""
        cell = self._cells[name]
        cell.editor.setFocus(reason)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(cell, 0, SPACE[2])

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
            self._go_to(names[place], Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()
