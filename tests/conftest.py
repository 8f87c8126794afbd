"""Fixtures for every test: a real file of today's schema, and the real Persian application."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent

from desktop import singletons

singletons.protect()

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from db.database import Database

# Two loaded cores make any deadline a coin toss.
settings.register_profile("house", deadline=None, max_examples=60)
settings.load_profile("house")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the user gets it: right to left, Persian buttons, our style."""
    from desktop.app import make_application

    return make_application(["tests"])


@pytest.fixture(scope="session")
def _blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme of the article's figures with its lists, made once and copied."""
    from db.commands.programme import DEFAULTS, create_file

    file = tmp_path_factory.mktemp("blank") / "blank.ehya"
    create_file(file, {**DEFAULTS, "baseline_on": date(2023, 3, 20)})
    return file


@pytest.fixture
def file(tmp_path: Path, _blank: Path) -> Path:
    """A programme file: baseline 110 units and 700 jobs by 1401/12/29, target 400."""
    target = tmp_path / "test.ehya"
    target.write_bytes(_blank.read_bytes())
    return target


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    from db.database import existing

    opened = existing(file)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _bury_widgets(request: pytest.FixtureRequest) -> Iterator[None]:
    """Really delete what the test deleted later: PySide crashes if it dies with the interpreter."""
    yield
    if "qapp" in request.fixturenames or "qtbot" in request.fixturenames:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
