"""Fields whose last saved value the next new form begins with, while they are pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.history import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.fields import Field
    from desktop.widgets.form import FieldForm
    from desktop.widgets.frame import Frame


class Pins:
    """Kept by data file: the numbers of groups and counties mean others in another file."""

    def __init__(self, form: FieldForm, frame: Frame, fields: Sequence[Field]) -> None:
        self._form, self._frame = form, frame
        self._names = {field.name for field in fields}
        model = next((field.model for field in fields), "")
        self._key = f"pins/{frame.database.path}/{model}"
        self._kept: dict[str, Any] = {}
        if fields:
            found = frame.remembered(self._key)
            self._kept = dict(found) if isinstance(found, dict) else {}
            form.set_pinned(self._kept)
            form.pinned.connect(self._pinned)

    def values(self) -> dict[str, Any]:
        """What a new form begins with."""
        known = {n: v for n, v in self._kept.items() if n in self._names and v is not None}
        return self._form.typed_values(known)

    def saved(self, values: Mapping[str, Any]) -> None:
        """A new record was stored with these."""
        if self._kept:
            self._kept = {name: plain(values.get(name)) for name in self._kept}
            self._frame.remember(self._key, dict(self._kept))

    def _pinned(self, name: str, on: bool) -> None:
        if on:
            # Of a record that is being written nothing is saved yet.
            self._kept[name] = None if self._form.changed else plain(self._form.loaded(name))
        else:
            self._kept.pop(name, None)
        self._frame.remember(self._key, dict(self._kept))
