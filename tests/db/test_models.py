"""A record is read when it is asked for, and a write knows of all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from db import models

if TYPE_CHECKING:
    from db.database import Database

FILES = {path.stem for path in Path(models.__file__).parent.glob("*.py")} - {"__init__", "base"}


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_no_record_is_forgotten() -> None:
    models.load_all()
    every = {*models.Record.__subclasses__(), *models.Base.__subclasses__()}
    assert {model.__name__ for model in every} <= set(models.__all__)
    assert {model.__module__.rpartition(".")[2] for model in every} - {"base"} == FILES


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError):
        models.Nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_list_of_units_reads_only_the_records_it_shows() -> None:
    run("import sys, desktop.units.page as _; sys.exit('db.models.report_run' in sys.modules)")


def test_a_write_knows_records_that_nobody_has_asked_for(database: Database) -> None:
    run(f"""
from pathlib import Path
from db.database import existing
from db.models import Estate
with existing(Path({str(database.path)!r})).write() as session:
    session.add(Estate(name="شهرک", county_id=1))
""")
    with database.read() as session:
        newest = select(models.Estate.county_id).order_by(models.Estate.id.desc()).limit(1)
        assert session.scalar(newest) == 1
