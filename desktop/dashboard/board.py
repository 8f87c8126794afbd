"""The parts of the dashboard and where they stand at each width of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.dashboard.cells import NewsRow
from desktop.dashboard.facts import waiting
from desktop.theme import SPACE
from desktop.widgets.charts.bars import Bars
from desktop.widgets.charts.burn_up import BurnUp
from desktop.widgets.charts.gauge import Gauge
from desktop.widgets.common import (
    TONE_ICONS,
    Banner,
    Card,
    IconView,
    card,
    label,
    primary_button,
    set_role,
)
from desktop.widgets.figure import WAITING
from desktop.widgets.figure_cells import FigureGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.dashboard.field import FieldSection
    from desktop.outlook import Sentences

# Each row of figures is a card; the numbers are the shares of its width.
GROUPS: Final = (
    (("remaining", 1), ("days_left", 1), ("pace", 1), ("forecast", 1)),
    (("claimed", 1), ("counted", 1), ("sustained", 1), ("running", 1)),
    (("jobs", 2), ("loans", 2), ("approved", 3), ("paid_out", 3)),
)
USUAL: Final = 13.0  # pixels of the font for which the widths below are meant
BESIDE: Final = 740  # from this width on, the gauge stands beside the figures
ROOMY: Final = 460  # from this width on, a row of figures is one row
GAUGE: Final = (230, 348)
BURN_UP: Final = (180, 330)
STACKED: Final = {"gauge": 210, "burn_up": 260}  # heights, where the page is scrolled anyway
BARS: Final = 372
GAP: Final = SPACE[2]


class Header(QWidget):
    """How far in one line, what follows in the next; the report's button at the far side."""

    report = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.how_far, self.outlook, self.days = label("", "title"), label(""), label("", "muted")
        self.icon = IconView("info", 18, "muted")
        self.button = primary_button("گزارش پیشرفت", "excel")
        self.button.setToolTip("ساختن گزارش اکسل از همین عددها")
        self.button.clicked.connect(self.report)
        for words in (self.how_far, self.outlook):
            words.setWordWrap(True)
        told = QHBoxLayout()
        told.setSpacing(SPACE[1])
        told.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        told.addWidget(self.outlook, 1)
        right, whole = QVBoxLayout(), QHBoxLayout(self)
        right.setSpacing(0)
        right.addWidget(self.how_far)
        right.addLayout(told)
        left = QVBoxLayout()
        left.setSpacing(SPACE[0])
        left.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTrailing)
        left.addWidget(self.days, 0, Qt.AlignmentFlag.AlignTrailing)
        left.addStretch(1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE[3])
        whole.addLayout(right, 1)
        whole.addLayout(left)
        self.wait()

    def height_at(self, width: int) -> int:
        """In pixels, with long sentences in as many lines as they need."""
        own = self.layout()
        assert own is not None
        own.activate()
        return max(own.heightForWidth(width), own.minimumSize().height())

    def wait(self) -> None:
        self.how_far.setText(WAITING)
        self.outlook.setText(WAITING)
        self.days.setText(WAITING)

    def say(self, sentences: Sentences, days: str) -> None:
        self.how_far.setText(sentences.how_far)
        self.outlook.setText(sentences.outlook)
        set_role(self.outlook, "", sentences.tone)
        self.icon.set_icon(TONE_ICONS[sentences.tone], sentences.tone or "muted")
        self.days.setText(days)


class NewsCard(Card):
    """The latest changes, a row each, made when they are known."""

    chosen = Signal(object)  # the door of a row

    def __init__(self) -> None:
        super().__init__("تازه‌ترین تغییرها")
        self.rows: list[NewsRow] = []
        self.empty = label("هنوز چیزی ثبت نشده است.", "muted")
        self.empty.hide()
        self.till_now = label("تا امروز، نه تا روز برگزیده", "muted")
        self.till_now.hide()
        self.head.addWidget(self.till_now)
        self.body.setSpacing(0)
        self.body.addWidget(self.empty)
        self.body.addStretch(1)

    def make_rows(self, count: int) -> Sequence[NewsRow]:
        """So many rows to be filled; those left over are hidden."""
        self.empty.setVisible(not count)
        while len(self.rows) < count:
            row = NewsRow()
            row.clicked.connect(lambda _checked=False, r=row: self.chosen.emit(r.door))
            self.body.insertWidget(self.body.count() - 1, row)
            self.rows.append(row)
        for number, row in enumerate(self.rows):
            row.setVisible(number < count)
        return self.rows[:count]


class Board(QWidget):
    """Everything below one another; `fit` puts what finds room side by side."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "page")
        self.header = Header()
        self.banner = Banner()
        self.banner.hide()
        self.gauge, self.burn_up, self.counties, self.industries = Gauge(), BurnUp(), Bars(), Bars()
        self.groups = [FigureGroup(shares, waiting) for shares in GROUPS]
        self.cells = {key: cell for group in self.groups for key, cell in group.cells.items()}
        self.news = NewsCard()
        self.field: FieldSection | None = None
        self.gauge_card = around(self.gauge)
        self.burn_card = around(self.burn_up)
        self.county_card = around(self.counties, "شهرستان‌ها")
        self.industry_card = around(self.industries, "رشته‌ها")
        self._top, self._places = QBoxLayout(_ACROSS), QBoxLayout(_ACROSS)
        self._build()

    def _build(self) -> None:
        self.gauge.setAccessibleName("پیشرفت تا هدف")
        self.burn_up.setAccessibleName("واحدهای احیاشده، ماه‌به‌ماه")
        self.counties.setAccessibleName("واحدهای احیاشده در شهرستان‌ها")
        self.industries.setAccessibleName("واحدهای احیاشده در رشته‌ها")
        for chart in (self.gauge, self.burn_up, self.counties, self.industries):
            chart.set_empty(WAITING)
        figures = QVBoxLayout()
        figures.setSpacing(SPACE[1])
        for group in self.groups:
            figures.addWidget(group)
        self._top.addWidget(self.gauge_card)
        self._top.addLayout(figures, 1)
        self._places.addWidget(self.county_card, 1)
        self._places.addWidget(self.industry_card, 1)
        for box in (self._top, self._places):
            box.setSpacing(GAP)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[1], 0, 1, GAP)  # at the left there is the scroll bar
        column.setSpacing(GAP)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(self._top)
        column.addWidget(self.burn_card)
        column.addLayout(self._places)
        column.addWidget(self.news)
        column.addStretch(1)

    def add_field(self, section: FieldSection) -> None:
        """The field work, below the line of months."""
        self.field = section
        self._column.insertWidget(self._column.indexOf(self.news), section)

    def fit(self, seen: QSize) -> None:
        """Place everything for a viewport of this size in pixels."""
        scale = QFontInfo(self.font()).pixelSize() / USUAL
        beside = seen.width() >= BESIDE * scale
        for box in (self._top, self._places):
            box.setDirection(_ACROSS if beside else _DOWN)
        room = self._fit_gauge(seen.width(), beside, scale)
        for group in self.groups:
            group.set_roomy(room >= ROOMY * scale)
        if self.field is not None:
            self.field.fit(beside=beside, roomy=seen.width() >= ROOMY * scale)
        for places in (self.county_card, self.industry_card):
            places.setFixedHeight(round(BARS * scale))
        left = seen.height() - self._above(seen.width())
        stacked = round(STACKED["burn_up"] * scale)
        self.burn_card.setFixedHeight(_between(left, BURN_UP, scale) if beside else stacked)

    def _fit_gauge(self, width: int, beside: bool, scale: float) -> int:
        """The gauge's size; gives the width left for the figures."""
        card = self.gauge_card
        card.setMinimumHeight(0 if beside else round(STACKED["gauge"] * scale))
        if not beside:
            card.setMinimumWidth(0)
            card.setMaximumWidth(_ANY)
            return width
        wanted = _between(width * 0.32, GAUGE, scale)
        card.setFixedWidth(wanted)
        return width - wanted - GAP

    def _above(self, width: int) -> int:
        """What stands over the line of months, in pixels."""
        header = self.header.height_at(width - SPACE[1] - 1)
        self.header.setFixedHeight(header)
        banner = self.banner.heightForWidth(width) + GAP if self.banner.isVisibleTo(self) else 0
        return header + banner + self._top.minimumSize().height() + 3 * GAP


_ACROSS: Final = QBoxLayout.Direction.LeftToRight  # mirrored with the window: from the right
_DOWN: Final = QBoxLayout.Direction.TopToBottom
_ANY: Final = 16_777_215  # Qt's own «no limit»


def around(chart: QWidget, title: str = "") -> Card:
    made = card(title)
    made.body.addWidget(chart, 1)
    whole = made.layout()
    assert whole is not None
    whole.setContentsMargins(SPACE[2], SPACE[1], SPACE[2], SPACE[1])
    return made


def _between(wanted: float, bounds: tuple[int, int], scale: float) -> int:
    least, most = (round(bound * scale) for bound in bounds)
    return max(least, min(round(wanted), most))
