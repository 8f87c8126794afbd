"""What the calculator has reckoned: the sums, the schedule, the same loan by each method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from desktop.calculator import sheets
from desktop.kinds import RIAL
from desktop.pages.schedule import COMPARISON, OFF_DAY, REPAID, SCHEDULE
from desktop.paper.printing import PrintButton
from desktop.theme import SPACE
from desktop.widgets.common import button
from desktop.widgets.editors.numbers import in_toman
from desktop.widgets.figure_strip import FigureStrip
from desktop.widgets.inner_table import FullTable, InnerTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from db.rules.schedule import Cost
    from desktop.calculator.reckoning import Reckoned
    from desktop.paper.printing import Printed
    from desktop.progress import Progress
    from desktop.widgets.frame import Frame

FIGURES = {
    "principal": "مبلغ تسهیلات (ریال)",
    "profit": "سود یا کارمزد (ریال)",
    "total": "جمع بازپرداخت (ریال)",
}
COMPARED = "همین تسهیلات به هر روش؛ هر کدام را برگزینید، با همان حساب می‌شود."
LOW_ROW = 30  # pixels of a row of the comparison: the schedule needs the room
ROOM_FOR_ALL = 640  # pixels of the width below which the comparison leaves out the whole sum


class Results(QWidget):
    """The rows of the comparison are the methods: to choose one is to reckon by it."""

    method_chosen = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._of: Reckoned | None = None
        self.figures = FigureStrip(FIGURES)
        self.schedule = FullTable(SCHEDULE, OFF_DAY)
        self.comparison = InnerTable(COMPARISON, row_height=LOW_ROW)
        self.print_button = PrintButton(frame, "چاپ", self._to_print)
        self.buttons = QWidget()  # for the page to put where there is room
        self._build()
        self.show_reckoned(None)

    def _build(self) -> None:
        copy, excel = button("رونوشت", "copy"), button("اکسل", "excel")
        copy.setToolTip("همهٔ جدول، برای چسباندن در اکسل یا نامه")
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[0])
        for each in (copy, excel, self.print_button):
            row.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        for part in (self.figures, self.schedule, self.comparison):
            column.addWidget(part)
        as_needed = QHeaderView.ResizeMode.ResizeToContents
        self.comparison.horizontalHeader().setSectionResizeMode(as_needed)
        self.schedule.setAccessibleName(sheets.TITLE)
        self.comparison.setAccessibleName(COMPARED)
        self.comparison.setToolTip(COMPARED)
        copy.clicked.connect(self.copy)
        excel.clicked.connect(self.export)
        self.comparison.chosen.connect(self._choose)

    def show_reckoned(self, of: Reckoned | None) -> None:
        """None: there is nothing to be seen or sent."""
        self._of = of
        self.buttons.setEnabled(of is not None)
        if of is None:
            return
        costs = {cost.method: cost for cost in of.costs}
        chosen = costs[of.terms["method"]]
        for key, amount in (
            ("principal", of.terms["principal"]),
            ("profit", chosen.profit),
            ("total", chosen.total),
        ):
            self.figures.say(key, RIAL.show(amount), tip=in_toman(amount))
        self.schedule.set_rows(of.rows)
        self.comparison.blockSignals(True)  # the row it goes to is not the user's choice
        self.comparison.set_rows(of.costs)
        self.comparison.go_to(list(costs).index(chosen.method))
        self.comparison.blockSignals(False)

    def _choose(self, row: Cost | None) -> None:
        if row is not None and self._of is not None and row.method != self._of.terms["method"]:
            self.method_chosen.emit(row.method)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = COMPARISON.index(REPAID)
        self.comparison.setColumnHidden(place, self.width() < ROOM_FOR_ALL)

    # what leaves the program

    def copy(self) -> None:
        """All rows with their headings, as a sheet program takes them."""
        self.schedule.copy_all()
        self._frame.toast("جدول قسط‌ها رونوشت شد؛ در اکسل یا نامه بچسبانید.")

    def export(self) -> None:
        if self._of is not None:
            sheets.save_workbook(self, self._frame, self._of)

    def _to_print(self) -> Callable[[Progress], Printed] | None:
        of, database = self._of, self._frame.database
        return None if of is None else lambda _progress: sheets.printed(database, of)
