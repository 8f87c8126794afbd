"""A file taken whole into memory with its SHA-256: within a limit, and never by mistake."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import DatabaseProblem, RuleError, Violation

if TYPE_CHECKING:
    from collections.abc import Callable

MEBIBYTE: Final = 2**20
BLOCK: Final = 2**20
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class FileBytes:
    """`name` is that of the file, without its folder."""

    name: str
    data: bytes
    sha256: str

    @classmethod
    def of(cls, data: bytes, name: str, most: int) -> FileBytes:
        """Bytes that are in memory already. Raises RuleError if empty or above `most` bytes."""
        check_size(len(data), most)
        return cls(clean_name(name), data, hashlib.sha256(data).hexdigest())


def check_size(size: int, most: int) -> None:
    """Both in bytes. Raises RuleError."""
    if not size:
        raise RuleError([Violation("file_name", "empty_file")])
    if size > most:
        shown = -(-size // MEBIBYTE)  # rounded up: one byte too many is not «20 of 20»
        raise RuleError([Violation("file_name", "file_too_large", (shown, most // MEBIBYTE))])


def measure(path: Path, most: int) -> int:
    """The size in bytes, asked without reading. Raises RuleError, DatabaseProblem("unreadable")."""
    try:
        told = path.stat()
    except (OSError, ValueError) as error:
        raise DatabaseProblem("unreadable", clean(str(path))) from error
    if not stat.S_ISREG(told.st_mode):  # a folder, or a device that never ends
        raise RuleError([Violation("file_name", "not_a_file")])
    check_size(told.st_size, most)
    return told.st_size


def head(path: Path, count: int = 64) -> bytes:
    """The first bytes, to tell what it is. Raises DatabaseProblem("unreadable")."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise DatabaseProblem("unreadable", clean(str(path))) from error


def read(
    path: Path, most: int, watch: Callable[[int, int], None] = lambda done, total: None
) -> FileBytes:
    """All of a file of at most `most` bytes; `watch` hears (bytes read, bytes in all).

    Raises RuleError, DatabaseProblem("unreadable"), and what `watch` raises to stop it.
    """
    total, blocks, done, digest = measure(path, most), list[bytes](), 0, hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                done += len(block)
                check_size(done, most)  # it may grow while it is read
                digest.update(block)
                blocks.append(block)
                watch(done, max(done, total))
    except OSError as error:
        raise DatabaseProblem("unreadable", clean(str(path))) from error
    check_size(done, most)
    return FileBytes(clean_name(path.name), b"".join(blocks), digest.hexdigest())


def clean(name: str) -> str:
    """A name whose bytes are no letters, told all the same."""
    return name.encode("utf-8", "replace").decode()


def clean_name(name: str) -> str:
    """A file's name that any system takes and the column holds; its ending stays."""
    plain = "".join(char for char in clean(name) if char.isprintable() or char == "\u200c")
    plain = plain.replace("\\", "/").rsplit("/", 1)[-1].strip(" .") or "file"
    for char in '<>:"|?*':
        plain = plain.replace(char, "-")
    if len(plain) <= LONGEST_NAME:
        return plain
    ending = Path(plain).suffix[:12]
    return plain[: LONGEST_NAME - len(ending)] + ending
