"""The choices of the links in a form, brought from the open file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from db.queries import lookups
from desktop.kinds import Link
from desktop.widgets.editors.link import LinkEditor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from desktop.fields import Field
    from desktop.widgets.form import FieldForm
    from desktop.widgets.frame import Frame


def fill(form: FieldForm, frame: Frame, session: Session, values: Mapping[str, Any]) -> None:
    """Give every link its choices; a list too long for that is searched as one types."""
    for name, source in form.links().items():
        editor = form.editor(name)
        assert isinstance(editor, LinkEditor)
        current = values.get(name)
        if source in lookups.LONG:
            editor.set_search(partial(_search, form, frame, source))
            given = [(current, lookups.label(session, source, current))] if current else []
            editor.set_options(given)
        else:
            editor.set_options(_options(session, source, current))


def _search(form: FieldForm, frame: Frame, source: str, typed: str) -> list[tuple[int, str]]:
    unit_id = form.value_of("unit_id") if source in lookups.OF_UNIT else None
    with frame.database.read() as session:
        return lookups.options(session, source, typed, limit=30, unit_id=unit_id)


def _options(session: Session, source: str, current: int | None) -> list[tuple[int, str]]:
    """The choices of a list, and the present one even if it was archived meanwhile."""
    found = lookups.options(session, source)
    if current is not None and all(number != current for number, _ in found):
        found.append((current, lookups.label(session, source, current)))
    return found


def words(frame: Frame, field: Field, value: Any) -> str:
    """A value as its field shows it; a link by the name of its row."""
    if value in (None, ""):
        return ""
    if isinstance(field.kind, Link):
        with frame.database.read() as session:
            return lookups.label(session, field.kind.source, value)
    return field.kind.show(value)
