"""The field work in the report: its lists, what their rows come to, and the control of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop import choices, kinds
from desktop.excel.tables import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.queries.field import FieldFigures
    from desktop.excel.tables import Placed, Table


@dataclass(frozen=True)
class Work:
    """Visits with review and due, obstacles and actions with their state, all of the day."""

    figures: FieldFigures
    visits: Table
    obstacles: Table
    actions: Table

    @property
    def count(self) -> int:
        return self.visits.count + self.obstacles.count + self.actions.count


class Counted(NamedTuple):
    """A figure that is the number of a list's rows with one of some words in a column."""

    key: str
    label: str
    table: str
    column: str
    words: tuple[str, ...]


def _action(*states: str) -> tuple[str, ...]:
    return tuple(choices.ACTION_STATE.show(state) for state in states)


COUNTED: Final = (
    Counted("visits_done", "پایش‌های پذیرفته‌شده", "visits", "review",
            (choices.REVIEW.show("accepted"),)),
    Counted("visits_due", "پایش‌های سررسیدشده", "visits", "due", (kinds.FLAG.show(True),)),
    Counted("obstacles_open", "مانع‌های باز", "obstacles", "state",
            (choices.OBSTACLE_STATE.show("open"),)),
    Counted("obstacles_removed", "مانع‌های رفع‌شده", "obstacles", "state",
            (choices.OBSTACLE_STATE.show("removed"),)),
    Counted("actions_open", "اقدام‌های باز", "actions", "state", _action("late", "open")),
    Counted("actions_late", "اقدام‌های دیرشده", "actions", "state", _action("late")),
)  # fmt: skip
TITLES: Final = {"visits": "پایش‌ها", "obstacles": "مانع‌ها", "actions": "اقدام‌ها"}


class WorkTally:
    """Counts the rows of the three lists while they are written."""

    def __init__(self, work: Work) -> None:
        self.counts = dict.fromkeys((each.key for each in COUNTED), 0)
        self.tables = {name: self._seen(name, getattr(work, name)) for name in TITLES}

    def _seen(self, name: str, table: Table) -> Table:
        wanted = [
            (each.key, reader_of(table, each.column), each.words)
            for each in COUNTED
            if each.table == name
        ]

        def rows() -> Iterator[object]:
            for row in table.rows:
                for key, read, words in wanted:
                    self.counts[key] += read(row) in words
                yield row

        return replace(table, rows=rows())


def formula(of: Counted, places: Mapping[str, Placed]) -> str:
    """Counts the rows again, live, on the sheet they stand on."""
    cells = places[of.table].cells(of.column)
    return "+".join(f'COUNTIF({cells},"{word}")' for word in of.words)
