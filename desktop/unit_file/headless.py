"""The printed file of a unit without a window: for the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from db.database import Database
    from desktop.unit_file.facts import FieldsOf


def write(
    database: Database, code: str, path: Path, as_of: date | None, fields_of: FieldsOf
) -> int | None:
    """The number of its pages; None if there is no such unit. Raises DatabaseProblem."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported
    from PySide6.QtGui import QGuiApplication

    from desktop import fonts, singletons
    from desktop.paper.printing import write_pdf
    from desktop.unit_file.facts import number_of
    from desktop.unit_file.printing import printed

    with database.read() as session:
        number = number_of(session, code)
    if number is None:
        return None
    singletons.protect()
    app = QGuiApplication.instance() or QGuiApplication(["ehya"])
    assert isinstance(app, QGuiApplication)
    fonts.load(app)
    return write_pdf(printed(database, number, as_of, fields_of).lay_out, path)
