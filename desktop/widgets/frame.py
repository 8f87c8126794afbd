"""What a page may ask of the window around it; the window itself is put together elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from db.database import Database
    from desktop.drafts import Drafts
    from desktop.fields import Field
    from desktop.widgets.steps import Steps


@dataclass(frozen=True)
class Door:
    """Where a figure leads: a list with these filters, or one record of it.

    `returns`: from the record one comes back through it, not to the list of its kind.
    """

    page: str
    filters: Mapping[str, Any] = field(default_factory=dict)
    record: int | None = None
    returns: bool = False


class Frame(Protocol):
    """The window, as a page sees it."""

    @property
    def database(self) -> Database:
        """The open file."""

    def as_of(self) -> date | None:
        """The day asked for by «تا تاریخ»; None is today."""

    def go(self, door: Door) -> None:
        """Show the list or record behind a figure."""

    def went_back(self) -> None:
        """A record was closed to go back: through the door it was opened by, if that returns."""

    def new(self, page: str, values: Mapping[str, Any], *, unsaved: bool = False) -> None:
        """Begin a new record of a page with these values already in it; `unsaved`: as if typed."""

    def panel(self, page: str, filters: Mapping[str, Any]) -> QWidget:
        """A list of another feature, to be shown inside a record's page."""

    def fields_of(self, record: str) -> tuple[str, Mapping[str, Field]]:
        """The word for a kind of record, and its fields by name."""

    def toast(self, sentence: str, tone: str = "good", *, undo: bool = False) -> None:
        """A passing word that something was done; `undo` offers to take it back."""

    @property
    def steps(self) -> Steps:
        """What was done to the open file, for Ctrl+Z."""

    @property
    def drafts(self) -> Drafts:
        """What is being written to the open file and not saved yet."""

    def status(self, words: str) -> None:
        """What the bottom line says of the page: rows, chosen, sums."""

    def in_record(self, inside: bool) -> None:
        """A record is open: its own «ذخیره» is the main action now."""

    def trouble(self, error: Exception) -> None:
        """The machine's trouble in a sentence; anything else is our bug and goes on."""

    def remembered(self, key: str) -> Any:
        """What `remember` was given, in this or an earlier run; None if nothing."""

    def remember(self, key: str, value: Any) -> None:
        """Keep a plain value (JSON) for the next run."""
