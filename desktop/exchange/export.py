"""The dialogs around writing an Excel file: where to, how far, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from db import calendar
from desktop import tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.fields import Field
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame


def export_list(
    parent: QWidget,
    frame: Frame,
    title: str,
    fields: Sequence[Field],
    listing: Any,
    filters: Sequence[str],
) -> None:
    """Ask for a place and write what a list shows: its filter, order and columns."""
    as_of = frame.as_of() or calendar.today()
    heading = [title, f"تا پایان {calendar.long_jalali(as_of)}", *filters]

    def write(path: Path, progress: Progress) -> None:
        from desktop.excel.tables import Table, write_table  # openpyxl only when it is needed

        rows = listing.every_row()
        write_table(path, Table(title, fields, rows, len(listing), heading), progress)

    save_as(parent, frame, title, write)


@dataclass(frozen=True)
class FileKind:
    """What is written: its word, the dialog's title and filter, and how its name ends."""

    word: str
    title: str
    filter: str
    suffix: str


EXCEL = FileKind("اکسل", "خروجی اکسل", "اکسل (*.xlsx)", ".xlsx")
PDF = FileKind("PDF", "چاپ / PDF", "PDF (*.pdf)", ".pdf")


def save_as(
    parent: QWidget,
    frame: Frame,
    title: str,
    write: Callable[[Path, Progress], Any],
    kind: FileKind = EXCEL,
) -> None:
    """Ask for a file name and let `write` make it, with progress and cancel."""
    folder = Path(frame.remembered("export/folder") or Path.home())
    name = f"{title} {calendar.to_jalali(frame.as_of() or calendar.today()).replace('/', '-')}"
    chosen, _ = QFileDialog.getSaveFileName(
        parent.window(), kind.title, str(folder / f"{_plain(name)}{kind.suffix}"), kind.filter
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() != kind.suffix:
        path = path.with_name(path.name + kind.suffix)
    frame.remember("export/folder", str(path.parent))
    tasks.run_with_dialog(
        parent.window(),
        f"ساختن پروندهٔ {kind.word}",
        lambda progress: write(path, progress),
        lambda _result: _done(parent.window(), path, kind),
        frame.trouble,
    )


def _plain(name: str) -> str:
    """A title as the name of a file: without the signs that some systems do not take."""
    return "".join(" " if letter in '\\/:*?"<>|' else letter for letter in name)


def _done(parent: QWidget, path: Path, kind: FileKind) -> None:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(kind.title)
    box.setText(f"پروندهٔ {kind.word} ساخته شد:\n{path}")
    show = box.addButton("باز کردن", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("بستن", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is show:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
