"""One window at a time on a file; what a killed program left is no obstacle."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import DatabaseProblem
from desktop.file_lock import FileLock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from desktop.file_lock import FileLock
lock = FileLock(Path({file!r}))
print("held", flush=True)
sys.stdin.read()
"""


def reason(file: Path) -> str:
    with pytest.raises(DatabaseProblem) as caught:
        FileLock(file)
    return caught.value.reason


def holder(file: Path) -> subprocess.Popen[str]:
    """Another program that has the file, until it is ended."""
    code = HOLD.format(root=str(ROOT), file=str(file))
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def end(other: subprocess.Popen[str]) -> None:
    other.kill()
    other.communicate()


def test_a_second_window_is_told_so(file: Path) -> None:
    first = FileLock(file)
    assert reason(file) == "in_use"
    first.release()
    FileLock(file).release()
    assert list(file.parent.glob("*.lock")) == []


def test_another_program_is_told_so_until_it_ends(file: Path) -> None:
    other = holder(file)
    try:
        assert reason(file) == "in_use"
    finally:
        end(other)
    FileLock(file).release()  # it was killed and left its lock, which is taken over at once


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.ehya") == "missing"
    assert list(tmp_path.iterdir()) == []


def test_two_files_are_no_matter_of_each_other(file: Path) -> None:
    other = file.with_name("other.ehya")
    other.write_bytes(file.read_bytes())
    locks = [FileLock(file), FileLock(other)]
    for lock in locks:
        lock.release()
