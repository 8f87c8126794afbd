"""What is being written and is not saved: kept in small files, so that a killed program loses a
second of it. No Qt here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path

logger = logging.getLogger(__name__)


class Place(NamedTuple):
    """Whose form it is: the page of the window, its record, and the part of that, if it is one."""

    page: str
    record: int | None = None
    part: str = ""  # the table of the part
    part_id: int | None = None


class Draft(NamedTuple):
    """`values` are plain as in the history; `typed` are the letters of what cannot be read yet."""

    name: str  # of its file
    place: Place
    title: str
    version: int | None  # the record's when the writing began
    at: str  # UTC
    values: dict[str, Any]
    typed: dict[str, str]


def new_name() -> str:
    return os.urandom(16).hex()


def now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


class Drafts:
    """Those of one data file. `left` are the ones an earlier run has left, the newest first."""

    def __init__(self, folder: Path, file: Path) -> None:
        named = str(file).encode("utf-8", "surrogateescape")
        self.folder = folder / hashlib.sha256(named).hexdigest()[:16]
        self.left = self._read()
        self.on_left: list[Callable[[], object]] = []
        self._writer: ThreadPoolExecutor | None = None

    def of(self, place: Place) -> Draft | None:
        return next((draft for draft in self.left if draft.place == place), None)

    def take(self, draft: Draft) -> None:
        """It is being written on: it no longer waits for an answer."""
        if draft in self.left:
            self.left.remove(draft)
            for listener in self.on_left:
                listener()

    def write(self, draft: Draft) -> None:
        """Put it into its file, in a moment and in another thread."""
        self._later(lambda: self._put(draft))

    def drop(self, name: str) -> None:
        """It was saved or thrown away."""
        self._later(lambda: self._path(name).unlink(missing_ok=True))

    def close(self) -> None:
        """Wait until all is in its file."""
        if self._writer is not None:
            self._writer.shutdown()
            self._writer = None

    def _later(self, act: Callable[[], object]) -> None:
        """One after the other, or what was dropped could be written again."""
        from concurrent.futures import ThreadPoolExecutor

        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "drafts")
        self._writer.submit(_carefully, act)

    def _put(self, draft: Draft) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(draft.name)
        partial = path.with_suffix(".partial")
        plain = {**draft._asdict(), "place": draft.place._asdict()}
        partial.write_text(json.dumps(plain), "ascii")
        partial.replace(path)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _read(self) -> list[Draft]:
        found = [draft for path in self.folder.glob("*.json") if (draft := _load(path))]
        return sorted(found, key=lambda draft: draft.at, reverse=True)


def _carefully(act: Callable[[], object]) -> None:
    try:
        act()
    except OSError as error:
        logger.info("draft not kept: %s", error)


def _load(path: Path) -> Draft | None:
    """None for a file that is damaged or of another version."""
    try:
        loaded = json.loads(path.read_text("utf-8"))
        draft = Draft(**{**loaded, "name": path.stem, "place": Place(**loaded["place"])})
        datetime.fromisoformat(draft.at)
    except (OSError, ValueError, TypeError, KeyError) as error:
        logger.warning("draft %s not read: %s", path.name, error)
        return None
    return draft if _is_whole(draft) else None


def _is_whole(draft: Draft) -> bool:
    kinds = {"title": str, "values": dict, "typed": dict}
    whole = all(isinstance(getattr(draft, name), kind) for name, kind in kinds.items())
    if not whole or not isinstance(draft.place.page, str):
        logger.warning("draft %s not read: not of this shape", draft.name)
        return False
    return True
