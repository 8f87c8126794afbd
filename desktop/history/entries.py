"""The lines of the whole history: each change in words, with its record's name and its door."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from db import text
from db.queries import naming
from desktop import kinds
from desktop.fields import Field
from desktop.pages.history_view import Line, in_words, local_time
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.models.change import Change
    from db.queries.naming import Found
    from desktop.widgets.frame import Frame

PAGES = {
    "unit": "units",
    "visit": "visits",
    "obstacle": "obstacles",
    "action": "actions",
    "loan": "loans",
    "jihadi_group": "groups",
    "exercise": "exercises",
}
OF_PROGRAMME = ("programme", "milestone")
# What every record has, and not every screen shows.
COMMON = {
    "archived_on": Field("archived_on", "روز بایگانی", kinds.DAY),
    "archive_reason": Field("archive_reason", "دلیل بایگانی", kinds.TEXT),
}
# A bulk entry says what was made, not which field was changed.
BULK = {
    "units": Field("units", "شمار واحدهای ساخته‌شده", kinds.COUNT),
    "seed": Field("seed", "عدد آغاز نمونه", kinds.COUNT),
}


@dataclass(frozen=True)
class Entry(Line):
    """`door` leads to the record, if it has a page."""

    change_id: int
    door: Door | None

    @cached_property
    def key(self) -> str:
        """What a search looks in: worked out when there is one."""
        words = (self.at, self.actor, self.record, self.field, self.before, self.after)
        return text.search_key("\n".join(words))


def entries(session: Session, frame: Frame, found: Sequence[Change]) -> list[Entry]:
    """A line for each field of each change, in the order given."""
    names = naming.names(session, {(each.record, each.record_id) for each in found})
    words = _Words(session)
    made: list[Entry] = []
    for change in found:
        named = names.get((change.record, change.record_id))
        made += _of_change(frame, words, change, named)
    return made


class _Words:
    """Values as their fields show them; a county's name is asked once, not once a line."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._links: dict[tuple[str, Any], str] = {}

    def of(self, field: Field, value: Any) -> str:
        if not isinstance(field.kind, kinds.Link) or value is None:
            return in_words(self._session, field, value)
        key = (field.kind.source, value)
        if key not in self._links:
            self._links[key] = in_words(self._session, field, value)
        return self._links[key]


def _of_change(frame: Frame, words: _Words, change: Change, named: Found | None) -> Iterator[Entry]:
    word, own = frame.fields_of(change.record)
    record = f"{word}: {named.title}" if named else word
    at, door = local_time(change.at), _door(change, named)
    for field, (before, after) in _shown(change, own):
        told = (field.label, words.of(field, before), words.of(field, after))
        yield Entry(
            at, change.actor, record, change.record_id, change.operation, *told, change.id, door
        )


def _shown(change: Change, own: Mapping[str, Field]) -> list[tuple[Field, Any]]:
    """The fields that have a name on some screen; if none has, all of them, by their own names."""
    known = BULK if change.operation == "bulk" else {**COMMON, **own}
    told = [(known[name], pair) for name, pair in change.fields.items() if name in known]
    return told or [(Field(n, n, kinds.TEXT), pair) for n, pair in change.fields.items()]


def _door(change: Change, named: Found | None) -> Door | None:
    if change.record in OF_PROGRAMME:
        return Door("programme")
    if named is None or named.record not in PAGES:
        return None
    return Door(PAGES[named.record], record=named.id)
