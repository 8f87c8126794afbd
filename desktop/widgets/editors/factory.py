"""The right editor for a field: the one place where kinds of value meet widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.kinds import Choice
from desktop.widgets.editors.choice import ChoiceEditor, FlagEditor
from desktop.widgets.editors.day import DayEditor
from desktop.widgets.editors.link import LinkEditor
from desktop.widgets.editors.numbers import NumberEditor, RialEditor
from desktop.widgets.editors.text import LineEditor, NoteEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.fields import Field
    from desktop.widgets.editors.base import Editor


def make(field: Field, suggestions: Callable[[str], list[str]] | None = None) -> Editor:
    """An empty editor called by the field's name, for `findChild` and for a screen reader."""
    editor = _make(field, suggestions)
    editor.setObjectName(field.name)
    editor.set_label(field.label)
    return editor


def _make(field: Field, suggestions: Callable[[str], list[str]] | None) -> Editor:
    kind = field.kind
    match kind.editor:
        case "line":
            return LineEditor(kind.read, kind.show, kind.ltr, suggestions)
        case "note":
            return NoteEditor(kind.read, kind.show)
        case "rial":
            return RialEditor(kind.read, kind.show, kind.suffix)
        case "number":
            return NumberEditor(kind.read, kind.show, kind.suffix)
        case "day":
            return DayEditor()
        case "choice":
            assert isinstance(kind, Choice)
            return ChoiceEditor(kind.choices, field.required)
        case "link":
            return LinkEditor()
        case "flag":
            return FlagEditor()
        case other:
            raise ValueError(f"no editor is called {other!r}")
