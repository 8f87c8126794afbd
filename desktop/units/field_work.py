"""What the field work says at the top of a unit's page: what holds it back, whether it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db import calendar, text
from db.commands import visits as commands
from db.errors import DatabaseProblem
from db.queries import obstacles, visits
from desktop.widgets.common import Banner, link_button

if TYPE_CHECKING:
    from db.queries.obstacles import Open
    from desktop.widgets.frame import Frame

OBSTACLES = "موانع"
SEEN = "از {} در پایش راکد دیده شده است و هنوز «در حال کار» شمرده می‌شود؛ توقف آن ثبت شود؟"


class Holds(QWidget):
    """«۳ مانع باز؛ مانع اصلی: کمبود نقدینگی (بانک‌ها)», leading to them; nothing if none is."""

    pressed = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self.button = link_button("", "obstacle")
        self.button.setToolTip("دیدن موانع این واحد")
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        row.addStretch(1)
        self.hide()

    def show_unit(self, unit_id: int | None) -> None:
        if unit_id is not None:
            day = self._frame.as_of() or calendar.today()
            with self._frame.database.read() as session:
                found = obstacles.open_in(session, unit_id, day)
            self.button.setText(_told(found))
        self.setVisible(unit_id is not None and found.count > 0)


def _told(found: Open) -> str:
    told = f"{text.grouped(found.count)} مانع باز"
    if not found.main:
        return f"{told}؛ مانع اصلی برگزیده نشده است"
    agency = f" ({found.agency})" if found.agency else ""
    return f"{told}؛ مانع اصلی: {found.main}{agency}"


class StopBanner(Banner):
    """Stays until a person confirms the stop that a visit shows, or a visit sees it at work."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._visit_id = 0
        self.pressed.connect(self.confirm)
        self.hide()

    def show_unit(self, unit_id: int | None) -> None:
        visit = None
        if unit_id is not None:
            with self._frame.database.read() as session:
                visit = visits.stagnant_since(session, unit_id)
        self.setVisible(visit is not None)
        if visit is not None:
            self._visit_id = visit.id
            self.say(SEEN.format(calendar.long_jalali(visit.day)), "warn", "ثبت توقف")

    def confirm(self) -> None:
        """«ثبت توقف»."""
        try:
            with self._frame.database.write() as session:
                commands.stop(session, self._visit_id)
        except DatabaseProblem as problem:
            self._frame.trouble(problem)
            return
        self._frame.steps.did("ثبت توقف واحد", session.info["changes"])
        self._frame.toast("توقف واحد ثبت شد.", undo=True)
