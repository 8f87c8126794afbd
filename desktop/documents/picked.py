"""The files a user has dropped or chosen, looked at before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImageReader

from db import file_bytes
from db.errors import DatabaseProblem, RuleError
from db.rules.documents import PHOTOS, UNKNOWN, is_picture, media_type
from desktop.messages import problem, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that may be added; `size` in bytes."""

    path: Path
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not, and the sentence that says why."""

    name: str
    why: str


def look(paths: Sequence[Path], most: int) -> tuple[list[Picked], list[Refused]]:
    """Which may be added, of at most `most` bytes each: asked of the system and 64 bytes."""
    good, refused = list[Picked](), list[Refused]()
    for path in paths:
        try:
            size = file_bytes.measure(path, most)
            good.append(Picked(path, size, _type_of(path)))
        except (RuleError, DatabaseProblem) as error:
            refused.append(Refused(file_bytes.clean(path.name), why(error)))
    return good, refused


def why(error: RuleError | DatabaseProblem) -> str:
    """One sentence, without the path: the name stands before it."""
    if isinstance(error, RuleError):
        return sentence(error.violations[0])
    return problem(DatabaseProblem(error.reason))


def told(refused: Sequence[Refused]) -> str:
    """What became of those that were not added, a line each."""
    return "\n".join(f"\u2068{each.name}\u2069: {each.why}" for each in refused)


def suggested_kind(picked: Sequence[Picked], *, returned: bool) -> str:
    """Photos of a unit that has returned are taken after, others before."""
    if picked and all(is_picture(each.media_type) for each in picked):
        return "photo_after" if returned else "photo_before"
    return "other"


def type_for(picked: Sequence[Picked], kind: str) -> str:
    """The type that the kind is checked against: of several files, the one that breaks it."""
    bad = [p.media_type for p in picked if kind in PHOTOS and not is_picture(p.media_type)]
    return (bad or [each.media_type for each in picked] or [UNKNOWN])[0]


def _type_of(path: Path) -> str:
    found = media_type(file_bytes.head(path), path.name)
    if is_picture(found) and not QImageReader(str(path)).size().isValid():
        return UNKNOWN  # it begins like a picture and is none
    return found
