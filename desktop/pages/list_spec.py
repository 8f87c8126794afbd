"""What a list page is made of, said once by each feature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from db.queries.listing import Source
    from desktop.fields import Field
    from desktop.pages.batch import Batch
    from desktop.pages.record_page import RecordPage
    from desktop.widgets.filter_bar import Fixed
    from desktop.widgets.frame import Frame


@dataclass(frozen=True, kw_only=True)
class RowsSpec:
    """The rows of a list: what is shown of them, and what they may be filtered by."""

    page: str  # the key of the page in the window
    title: str
    icon: str
    empty: str  # one sentence for a list without rows
    source: Source
    table: Sequence[Field]
    shown: Sequence[Field]
    card: Sequence[Field]
    name: Field  # the title of the card
    new_title: str = ""  # «واحد تازه»
    filters: Sequence[Field] = ()
    fixed: Sequence[Fixed] = ()
    sums: Sequence[Field] = ()
    newest_first: bool = False  # by the source's own order, from its end
    word: str = ""  # for one row, if it is not that of its record


@dataclass(frozen=True, kw_only=True)
class ListSpec(RowsSpec):
    """Rows that are records: `make_record` builds the page of one (None: a new one)."""

    new_title: str
    make_record: Callable[[Frame, int | None, Mapping[str, Any], QWidget], RecordPage]
    archive: Callable[[Session, Sequence[int], str], None]
    restore: Callable[[Session, int], None]
    batch: Sequence[Batch] = ()  # what is done to several rows, beside archiving them
    own: Sequence[Field] = ()  # what is of one record only: a duplicate begins without it
    # What still names some rows, in a sentence: said before they are archived.
    used: Callable[[Session, Sequence[int]], str] | None = None
    new_first: Mapping[str, Any] = field(default_factory=dict)
