"""A window in which a unit is being typed, to be killed; run by `test_drafts` in its own process.

Arguments: the data file, the folder of the drafts, the number of the unit (0: a new one).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from db.database import existing
from desktop import paths
from desktop.app import make_application
from desktop.main_window import MainWindow
from desktop.settings import Settings
from tests.desktop.typing import type_in

TYPED = {"name": "ریسندگی زاگرس", "owner": "زهرا علوی", "registered_on": "1402/0",
         "note": "یک یادداشت"}  # fmt: skip


def main(file: Path, folder: Path, number: int) -> None:
    paths.draft_folder = lambda: folder
    app = make_application(["typist"])
    window = MainWindow(Settings(folder / "settings.json"))
    window.show()
    window.set_database(existing(file), "units")
    page = window.pages["units"]
    if number:
        page.open(number)
    else:
        page.new()
    for name, typed in TYPED.items():
        type_in(page.record, name, typed)
    QTimer.singleShot(0, lambda: print("typed", flush=True))  # noqa: T201 - its parent waits for it
    sys.exit(app.exec())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
