"""«چاپ شناسنامه»: the printed file of a unit, read from the file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from db.errors import DatabaseProblem
from db.queries import documents
from desktop.paper.printing import Printed
from desktop.unit_file.facts import gather
from desktop.unit_file.sheet import Material, lay_out

if TYPE_CHECKING:
    from datetime import date

    from db.database import Database
    from desktop.unit_file.facts import FieldsOf

LARGEST: Final = 1400  # pixels a side of a photo: 300 of them an inch on the page


def printed(database: Database, unit_id: int, as_of: date | None, fields_of: FieldsOf) -> Printed:
    """Ready for paper. Raises DatabaseProblem."""
    of = material(database, unit_id, as_of, fields_of)
    return Printed(f"شناسنامه {of.facts.code} {of.facts.name}", partial(lay_out, of))


def material(database: Database, unit_id: int, as_of: date | None, fields_of: FieldsOf) -> Material:
    """Read what is printed, in any thread. Raises DatabaseProblem."""
    with database.read() as session:
        facts = gather(session, unit_id, as_of, fields_of)
    photos = {row.sha256: _photo(database, row.id) for row in (*facts.before, *facts.after)}
    return Material(facts, {sha256: image for sha256, image in photos.items() if image})


def _photo(database: Database, document_id: int) -> QImage | None:
    """None for one that cannot be shown: the rest of the file is printed all the same."""
    try:
        with database.read() as session:
            data = documents.content(session, document_id)
    except DatabaseProblem as problem:
        if problem.reason != "damaged_document":
            raise
        return None
    device = QBuffer()
    device.setData(QByteArray(data))
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST:
        factor = LARGEST / max(size.width(), size.height())
        reader.setScaledSize(size * factor)
    image = reader.read()
    return None if image.isNull() else image
