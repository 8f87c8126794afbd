"""A window made of nothing: it keeps what a page asked of it, over a real file."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QWidget

from db import calendar, database
from db.commands.programme import DEFAULTS, create_file
from desktop import page_list, singletons
from desktop.drafts import Drafts
from desktop.widgets.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from db.database import Database
    from desktop.fields import Field
    from desktop.widgets.frame import Door

singletons.protect()

BASELINE_ON = calendar.from_jalali("1402/03/31")


class FakeFrame:
    """What a page asks for is granted and written down; `page` hears of every commit."""

    def __init__(self, opened: Database) -> None:
        self.database = opened
        self.doors: list[Door] = []
        self.backs = 0  # records closed to go back
        self.wanted: list[tuple[str, dict[str, Any]]] = []  # new records asked for
        self.toasts: list[tuple[str, str]] = []
        self.told = ""
        self.troubles: list[Exception] = []
        self.kept: dict[str, Any] = {}
        self.day: date | None = None
        self.inside = False  # a record is open
        self.page: Any = None
        self.undo_offered = False
        self.steps = Steps(self)
        self.drafts = Drafts(opened.path.parent / "drafts", opened.path)
        opened.on_commit.append(self._committed)

    def as_of(self) -> date | None:
        return self.day

    def go(self, door: Door) -> None:
        self.doors.append(door)

    def went_back(self) -> None:
        self.backs += 1

    def new(self, page: str, values: Mapping[str, Any], *, unsaved: bool = False) -> None:
        self.wanted.append((page, dict(values)))

    def panel(self, page: str, filters: Mapping[str, Any]) -> QWidget:
        if page not in page_list.BY_KEY:
            return QLabel(page)
        made = page_list.BY_KEY[page].load()(self, filters)
        made.start()
        assert isinstance(made, QWidget)
        return made

    def fields_of(self, record: str) -> tuple[str, Mapping[str, Field]]:
        return page_list.fields_of(record)

    def toast(self, sentence: str, tone: str = "good", *, undo: bool = False) -> None:
        self.toasts.append((sentence, tone))
        self.undo_offered = undo

    def status(self, words: str) -> None:
        self.told = words

    def in_record(self, inside: bool) -> None:
        self.inside = inside

    def trouble(self, error: Exception) -> None:
        self.troubles.append(error)

    def remembered(self, key: str) -> Any:
        return self.kept.get(key)

    def remember(self, key: str, value: Any) -> None:
        self.kept[key] = value

    def _committed(self, tables: frozenset[str]) -> None:
        if self.page is not None and self.page.WATCHES & tables:
            self.page.refresh()


@cache
def _new_file() -> bytes:
    """A file takes half a second to make and a moment to copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.ehya"
        create_file(path, {**DEFAULTS, "baseline_on": BASELINE_ON})
        return path.read_bytes()


@contextmanager
def fake_frame(folder: Path) -> Iterator[FakeFrame]:
    """Over a new file of the announcement's programme in `folder`."""
    path = folder / "برنامه.ehya"
    path.write_bytes(_new_file())
    opened = database.existing(path)
    try:
        yield FakeFrame(opened)
    finally:
        opened.close()
