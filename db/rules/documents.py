"""What may be said of a document: what its bytes are, and what it shows of which day."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from db.errors import Violation
from db.models.document import Document
from db.rules.columns import check_columns
from db.rules.common import check_not_future, check_range
from db.rules.units import MOST_JOBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

PHOTOS: Final = frozenset({"photo_before", "photo_after"})
UNKNOWN: Final = "application/octet-stream"
_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_BMP_HEADERS: Final = frozenset({12, 40, 52, 56, 64, 108, 124})
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
# By the ending, where the first bytes are those of a family of files.
_ZIPPED: Final = {
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
}
_OLD: Final = {".doc": "application/msword", ".xls": "application/vnd.ms-excel"}
_PLAIN: Final = {".txt": "text/plain", ".csv": "text/csv"}


def media_type(head: bytes, file_name: str) -> str:
    """What a file is by its first bytes (32 are enough), and by its ending among its like."""
    for start, found in _STARTS:
        if head.startswith(start):
            return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    ending = PurePath(file_name).suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(ending, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _OLD.get(ending, UNKNOWN)
    return _PLAIN.get(ending, UNKNOWN)


def is_picture(media: str) -> bool:
    return media.startswith("image/")


def check_document(
    values: Mapping[str, Any],
    threshold: Decimal | int,
    returns: Sequence[tuple[date, date | None]] = (),
) -> Iterator[Violation]:
    """Every complaint; `threshold` (percent) is the programme's, `returns` are the unit's as
    (returned_on, stopped_on). What the document proves is told as a warning.
    """
    yield from check_columns(Document, values)
    yield from check_range(values, "heads", 0, MOST_JOBS)
    yield from check_range(values, "capacity", 0, 100)
    yield from check_not_future(values, "day")
    if values.get("kind") in PHOTOS and not is_picture(values.get("media_type") or ""):
        yield Violation("kind", "not_a_picture")
    given = [values.get(name) for name in ("heads", "capacity")]
    if values.get("day") is None and any(each is not None for each in given):
        yield Violation("day", "shown_without_day")
    yield from _told_proof(values, threshold, returns)


def _told_proof(
    values: Mapping[str, Any],
    threshold: Decimal | int,
    returns: Sequence[tuple[date, date | None]],
) -> Iterator[Violation]:
    """Whether what it shows is evidence of a return, and of which."""
    day, capacity = values.get("day"), values.get("capacity")
    if day is None or capacity is None:
        return
    of = [first for first, end in returns if first <= day and (end is None or day <= end)]
    if capacity < threshold and of:
        yield Violation("capacity", "below_evidence", (threshold,), warning=True)
    elif capacity >= threshold and of:
        yield Violation("capacity", "is_evidence", (of[-1],), warning=True)
    elif capacity >= threshold:
        yield Violation("capacity", "evidence_without_return", warning=True)
