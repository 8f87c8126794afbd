"""Copies of a live file that are whole: made online, checked, then given their name."""

from __future__ import annotations

from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.driver import driver
from db.errors import DatabaseProblem

if TYPE_CHECKING:
    from pathlib import Path


def copy(path: Path, folder: Path, label: str) -> Path:
    """A checked copy of the file at `path` in `folder`; raises DatabaseProblem.

    A plain file copy would lack what is still in the WAL; all pages go in one step, because a
    copy in steps starts again at each commit of another program.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{path.stem}-{label}-{stamp}{path.suffix}"
    partial = target.with_suffix(".partial")
    module = driver()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            closing(module.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as source,
            closing(module.connect(partial)) as into,
        ):
            source.backup(into)
            sound = into.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not sound:
            raise DatabaseProblem("corrupt", str(path))
        partial.replace(target)
    except (OSError, module.Error) as error:
        raise DatabaseProblem("no_backup", str(folder)) from error
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):  # of a copy that failed half-way
            with suppress(OSError):
                partial.with_name(partial.name + ending).unlink()
    return target
