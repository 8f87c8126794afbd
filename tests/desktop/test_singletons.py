"""PySide6 6.12 on Python 3.11 wears away the references of None; the program outlives it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRect, Signal

from desktop import singletons

ROOT = Path(__file__).parents[2]
MANY = 10_000
UNPROTECTED = """
import ctypes, sys
from PySide6.QtCore import QRect
ctypes.c_ssize_t.from_address(id(None)).value += 1_000_000  # lest it dies while it is measured
rect, before = QRect(0, 0, 5, 5), sys.getrefcount(None)
for _ in range(1000):
    rect.setLeft(1)
print(before - sys.getrefcount(None))
"""


class Sender(QObject):
    """Signals emitted from Python cost a reference of True each."""

    told = Signal(int)


def test_ten_thousand_calls_wear_nothing_away() -> None:
    singletons.protect()
    rect, sender = QRect(0, 0, 10, 10), Sender()
    heard: list[int] = []
    sender.told.connect(heard.append)
    for number in range(MANY):
        rect.setLeft(number)
        sender.setObjectName("x")
        sender.told.emit(number)
    assert len(heard) == MANY
    for shared in (None, True, False, NotImplemented, ...):
        assert sys.getrefcount(shared) > 1 << 30
    sender.deleteLater()


def test_protecting_twice_is_once() -> None:
    singletons.protect()
    before = sys.getrefcount(None)
    singletons.protect()
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_the_guard_is_still_needed() -> None:
    """When this fails, PySide6 was mended: `desktop/singletons.py` may go."""
    told = subprocess.run(
        [sys.executable, "-c", UNPROTECTED], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert int(told.stdout) >= 900


def test_the_application_and_the_tests_protect_themselves() -> None:
    for name in ("desktop/app.py", "tests/conftest.py"):
        assert "singletons.protect()" in (ROOT / name).read_text("utf-8")
