"""What the rows of a report come to, counted while they are written: the control's second sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from desktop import kinds
from desktop.excel.shares import NOT_GIVEN
from desktop.excel.tables import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.excel.tables import Table

PLACES: Final = ("county", "industry", "group")
YES: Final = kinds.FLAG.show(True)


class UnitTally:
    """Sums of the units' sheet; `of` has for each place (units, counted units)."""

    def __init__(self, table: Table) -> None:
        self.units = self.claimed = self.counted = self.sustained = self.stopped = self.jobs = 0
        self.of: dict[str, dict[str, Counter[str]]] = {
            name: {"units": Counter(), "revived": Counter()}
            for name in ("county", "industry", "group")
        }
        self.table = replace(table, rows=self._seen(table))

    def _seen(self, table: Table) -> Iterator[object]:
        claimed, counted, sustained, stopped = (
            reader_of(table, name) for name in ("claimed", "counted", "sustained", "stopped")
        )
        jobs = reader_of(table, "jobs_created")
        places = [(self.of[name], reader_of(table, name)) for name in self.of]
        for row in table.rows:
            counts = counted(row) == YES
            self.units += 1
            self.claimed += claimed(row) == YES
            self.counted += counts
            self.sustained += counts and sustained(row) == YES
            self.stopped += counts and stopped(row) == YES
            self.jobs += (jobs(row) or 0) if counts else 0
            for kinds_of, read in places:
                name = read(row) or NOT_GIVEN
                kinds_of["units"][name] += 1
                kinds_of["revived"][name] += counts
            yield row


SUMMED = ("approved_standing", "paid", "repaid", "balance", "overdue")


class LoanTally:
    """Sums of the loans' sheet, in whole rial."""

    def __init__(self, table: Table) -> None:
        self.loans = 0
        self.sums = dict.fromkeys(SUMMED, 0)
        self.table = replace(table, rows=self._seen(table))

    def _seen(self, table: Table) -> Iterator[object]:
        readers = {name: reader_of(table, name) for name in self.sums}
        for row in table.rows:
            self.loans += 1
            for name, read in readers.items():
                self.sums[name] += read(row) or 0
            yield row
