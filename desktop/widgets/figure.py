"""A figure as it is read: what a cell shows of it. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from desktop.widgets.frame import Door

WAITING: Final = "…"
UNKNOWN: Final = "—"


class Figure(Protocol):
    """One figure; `tone` colours its remark. `value` is a dash when it is unknown."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def tip(self) -> str: ...
    @property
    def door(self) -> Door | None: ...
    @property
    def said(self) -> str:
        """The whole of it in one line, for a screen reader."""
