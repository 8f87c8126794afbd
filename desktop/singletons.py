"""Keeps Python alive under PySide6 6.12 on Python 3.11.

Its wheels are built for the stable ABI of a Python whose `None` is immortal (3.12 on): on 3.11
every Qt call that returns nothing takes one reference of `None` away, and after some thousands of
calls the process ends with «none_dealloc». `tests/desktop/test_singletons.py` measures it.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40


def protect() -> None:
    """Give the shared objects of the interpreter more references than can ever be lost."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > _PLENTY:
        return
    for shared in (None, True, False, NotImplemented, ...):
        # The reference count is the first word of every object in CPython.
        ctypes.c_ssize_t.from_address(id(shared)).value += _PLENTY
