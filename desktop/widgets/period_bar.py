"""A period chosen in the Jalali calendar: everything, a year, a season, a month, or free days."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from db import calendar, text
from desktop.theme import SPACE
from desktop.widgets.common import chip
from desktop.widgets.filter_bar import range_words

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = {
    "all": "از آغاز", "year": "سال", "season": "فصل", "month": "ماه", "days": "روزهای دلخواه",
}  # fmt: skip
SEASONS: Final = ("بهار", "تابستان", "پاییز", "زمستان")
PARTS: Final = {"season": SEASONS, "month": calendar.MONTHS}
YEARS: Final = 12  # offered, back from the present one


@dataclass(frozen=True)
class Period:
    """`part` is a season (1 to 4) or a month of the Jalali `year`; free days are ISO text."""

    kind: str = "all"
    year: int = 1402
    part: int = 1
    first: str | None = None
    last: str | None = None

    def days(self) -> tuple[date | None, date | None]:
        """First and last day, both included; None is open."""
        match self.kind:
            case "year":
                return calendar.year_range(self.year)
            case "season":
                return calendar.quarter_range(self.year, self.part)
            case "month":
                return calendar.month_range(self.year, self.part)
            case "days":
                return _day(self.first), _day(self.last)
        return None, None

    def words(self) -> str:
        year = text.to_persian_digits(str(self.year))
        match self.kind:
            case "year":
                return f"سال {year}"
            case "season" | "month":
                return f"{PARTS[self.kind][self.part - 1]} {year}"
            case "days" if self.first or self.last:
                return range_words([self.first, self.last])
        return KINDS["all"]


def period_of(kept: Any, today: date) -> Period:
    """What was remembered, or the year of today if it does not hold."""
    usual = Period("year", calendar.month_of(today)[0])
    if not isinstance(kept, dict):
        return usual
    try:
        found = Period(**kept)
        found.days()
        found.words()
    except (TypeError, ValueError, LookupError):
        return usual
    return found if found.kind in KINDS else usual


class PeriodBar(QWidget):
    """`changed` when the user has chosen another period."""

    changed = Signal()

    def __init__(self, period: Period) -> None:
        super().__init__()
        self.period = period
        self.kind, self.part, self.year = QComboBox(), QComboBox(), QComboBox()
        self.days = chip("", "calendar", checkable=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[1])
        for box, name in ((self.kind, "دوره"), (self.part, "فصل یا ماه"), (self.year, "سال")):
            box.setAccessibleName(name)
            box.setMaxVisibleItems(12)
            row.addWidget(box)
        row.addWidget(self.days)
        for code, word in KINDS.items():
            self.kind.addItem(word, code)
        self.kind.activated.connect(lambda _: self._choose(kind=self.kind.currentData()))
        self.part.activated.connect(lambda row: self._choose(part=row + 1))
        self.year.activated.connect(lambda _: self._choose(year=self.year.currentData()))
        self.days.clicked.connect(self.ask_days)
        self.show_period(period)

    def show_period(self, period: Period) -> None:
        """Without telling anyone."""
        self.period = period
        with self._quiet():
            self.kind.setCurrentIndex(self.kind.findData(period.kind))
            self._fill_years()
            parts = PARTS.get(period.kind, ())
            self.part.clear()
            self.part.addItems(list(parts))
            self.part.setCurrentIndex(period.part - 1 if parts else -1)
        self.part.setVisible(bool(parts))
        self.year.setVisible(period.kind in ("year", *PARTS))
        self.days.setVisible(period.kind == "days")
        given = period.first or period.last
        self.days.setText(period.words() if given else "روزها را بگویید")

    def ask_days(self) -> None:
        from desktop.widgets.pick_dialog import RangeDialog  # every editor with it

        dialog = RangeDialog(self, KINDS["days"], [self.period.first, self.period.last])
        if dialog.exec():
            first, last = dialog.chosen() or (None, None)
            self._choose(first=first, last=last)

    def kept(self) -> dict[str, Any]:
        """To be remembered."""
        return asdict(self.period)

    def _choose(self, **changes: Any) -> None:
        period = replace(self.period, **changes)
        if period.kind != self.period.kind:
            period = replace(period, part=1)
        if period != self.period:
            self.show_period(period)
            self.changed.emit()

    def _fill_years(self) -> None:
        now = calendar.month_of(calendar.today())[0]
        years = range(max(now, self.period.year), min(now - YEARS, self.period.year - 1), -1)
        self.year.clear()
        for year in years:
            self.year.addItem(text.to_persian_digits(str(year)), year)
        self.year.setCurrentIndex(self.year.findData(self.period.year))

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        boxes = (self.kind, self.part, self.year)
        before = [box.blockSignals(True) for box in boxes]
        yield
        for box, blocked in zip(boxes, before, strict=True):
            box.blockSignals(blocked)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
