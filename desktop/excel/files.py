"""A file that appears at its path only when whole, and the sentence for each trouble on the way."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.ETXTBSY: "file_busy",
}


@contextmanager
def problems(path: Path, *, denied: str = "read_only") -> Iterator[None]:
    """Turn OSError into DatabaseProblem; `denied` is the reason when the system forbids it."""
    try:
        yield
    except PermissionError as error:
        raise DatabaseProblem(denied, str(path)) from error
    except OSError as error:
        raise DatabaseProblem(_REASONS.get(error.errno or 0, "disk"), str(path)) from error


def check_place(path: Path) -> None:
    """Before any work: the folder is there, and nobody holds the file that will be replaced."""
    if not path.parent.is_dir():
        raise DatabaseProblem("no_folder", str(path.parent))
    if path.exists():
        # Excel on Windows holds the file it shows; that is better known now than in a minute.
        with problems(path, denied="file_busy"), path.open("r+b"):
            pass


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file to write into; it takes its place at the end, and only if nothing was raised."""
    # The name does not grow with the one asked for, which may be as long as names can be.
    part = path.with_name(f".~{secrets.token_hex(6)}.part")
    try:
        with problems(path):
            file = part.open("xb")
        with file:
            yield file
            with problems(path):
                file.flush()
                os.fsync(file.fileno())
        with problems(path, denied="file_busy"):
            part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """So that the new name, too, outlives a power cut; Windows neither needs nor allows it."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
