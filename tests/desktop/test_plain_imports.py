"""What a start is spared is there all the same when something asks for it."""

from __future__ import annotations

import subprocess
import sys

STARTED = """
import sys
from desktop.__main__ import prepare
prepare()
import desktop.opening
"""
ASKED = """
import asyncio, importlib.metadata
from importlib import metadata
assert asyncio.run(asyncio.sleep(0, "slept")) == "slept"
assert metadata.version("sqlalchemy") == importlib.metadata.version("sqlalchemy")
from sqlalchemy.dialects.sqlite import aiosqlite
assert aiosqlite.dialect.driver == "aiosqlite"
from sqlalchemy.util import langhelpers
assert langhelpers.importlib.metadata.version("alembic")
import alembic.command
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    return done.stdout


def test_a_start_does_not_read_them() -> None:
    told = run(STARTED + "print('ssl' in sys.modules, 'email' in sys.modules)")
    assert told.split() == ["False", "False"]


def test_they_are_whole_when_asked_for() -> None:
    assert not run(STARTED + ASKED)
