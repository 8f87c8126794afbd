"""The field work on the dashboard: it is fetched, and built, when the rest is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from db.rules.standing import STAGES
from desktop import choices
from desktop.dashboard import charts_of, doors, facts
from desktop.dashboard.board import BARS, GAP, USUAL, around
from desktop.widgets.charts.bars import Bar, Bars
from desktop.widgets.figure_cells import FigureGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.field import FieldFigures, Obstacles
    from db.queries.progress import Figures
    from desktop.widgets.frame import Door

GROUPS: Final = (
    (("visits", 1), ("visits_due", 1), ("obstacles", 1), ("actions", 1)),
    (("units", 1), ("groups", 1), ("exercises", 1), ("median", 1)),
)
NO_OBSTACLES: Final = "هنوز مانعی ثبت نشده است."
OPEN_OF_ALL: Final = ("باز", "همهٔ مانع‌ها")


class FieldSection(QWidget):
    """Figures of the field work over the bars of stages, obstacles, agencies and groups."""

    chosen = Signal(object)  # the Door behind what was clicked

    def __init__(self) -> None:
        super().__init__()
        self.groups = [FigureGroup(shares, facts.waiting) for shares in GROUPS]
        self.cells = {key: cell for group in self.groups for key, cell in group.cells.items()}
        self.stages, self.kinds, self.agencies, self.teams = Bars(), Bars(), Bars(), Bars()
        self.cards = [
            around(self.stages, "مرحلهٔ واحدها"),
            around(self.teams, "گروه‌های جهادی"),
            around(self.kinds, "مانع‌ها"),
            around(self.agencies, "مانع‌ها نزد دستگاه‌ها"),
        ]
        self._grid = QGridLayout()
        self._build()

    def _build(self) -> None:
        self.stages.setAccessibleName("واحدها در هر مرحله")
        self.teams.setAccessibleName("واحدهای احیاشدهٔ هر گروه")
        self.kinds.setAccessibleName("مانع‌ها به نوع")
        self.agencies.setAccessibleName("مانع‌ها نزد هر دستگاه")
        self._grid.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for group in self.groups:
            column.addWidget(group)
        column.addLayout(self._grid)
        for cell in self.cells.values():
            cell.clicked.connect(lambda _checked=False, c=cell: self._go(c.door))
        for chart, page, name in (
            (self.stages, "units", "stage"),
            (self.kinds, "obstacles", "kind_id"),
            (self.agencies, "obstacles", "agency_id"),
        ):
            chart.chosen.connect(lambda key, p=page, n=name: self._go(doors.of(p, n, key)))
        self.teams.chosen.connect(lambda key: self._go(doors.counted(group_id=[key])))

    def _go(self, door: Door | None) -> None:
        if door is not None:
            self.chosen.emit(door)

    def show_figures(self, figures: Figures, field: FieldFigures) -> None:
        """Both of the same day."""
        for fact in facts.field_facts(figures, field):
            self.cells[fact.key].show_fact(fact)
        stages = [
            Bar(stage, choices.UNIT_STAGE.show(stage), figures.stages.get(stage, 0))
            for stage in STAGES
        ]
        self.stages.set_data(stages if figures.units else [], ("واحد",))
        self.teams.set_data(*charts_of.bars(figures, figures.group_shares))
        self._show_obstacles(self.kinds, field.kinds)
        self._show_obstacles(self.agencies, field.agencies)

    def _show_obstacles(self, chart: Bars, shares: Sequence[Obstacles]) -> None:
        chart.set_empty(NO_OBSTACLES)
        bars = [
            Bar(each.id, each.name or charts_of.NOT_GIVEN, each.open, each.open + each.removed)
            for each in shares
        ]
        chart.set_data(bars, OPEN_OF_ALL)

    def fit(self, *, beside: bool, roomy: bool) -> None:
        """Side by side in pairs, or one over the other."""
        scale = QFontInfo(self.font()).pixelSize() / USUAL
        for group in self.groups:
            group.set_roomy(roomy)
        for number, each in enumerate(self.cards):
            each.setFixedHeight(round(BARS * scale))
            self._grid.addWidget(each, *(divmod(number, 2) if beside else (number, 0)))
