"""What the rows of a report come to, counted while they are written: the control's second sum."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from desktop import kinds
from desktop.excel.shares import NOT_GIVEN
from desktop.excel.tables import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


SUMMED: Final = ("approved_standing", "paid", "due", "repaid", "balance", "overdue")
MEASURES: Final = {  # of a sum of loans: the column of the loans' sheet it is taken from
    "loans": "",
    "approved": "approved_standing",
    "paid_out": "paid",
    "due": "due",
    "overdue": "overdue",
    "repaid": "repaid",
    "outstanding": "balance",
}


class LoanTally:
    """Sums of the loans' sheet, in whole rial; `of` has for each column and word of `grouped`
    those of its loans, `lent` counts the loans that were paid out, and their jobs.
    """

    def __init__(self, table: Table, grouped: Sequence[str] = ()) -> None:
        self.loans = 0
        self.sums = dict.fromkeys(SUMMED, 0)
        self.of: dict[str, dict[str, Counter[str]]] = {
            column: defaultdict(Counter) for column in grouped
        }
        self.lent: Counter[str] = Counter()
        self.table = replace(table, rows=self._seen(table))

    def _seen(self, table: Table) -> Iterator[object]:
        readers = {name: reader_of(table, name) for name in self.sums}
        words = {column: reader_of(table, column) for column in self.of}
        lent = _LentReader(table) if self.of else None
        for row in table.rows:
            self.loans += 1
            values = {name: read(row) or 0 for name, read in readers.items()}
            for name, value in values.items():
                self.sums[name] += value
            for column, read in words.items():
                group = self.of[column][read(row) or ""]
                group["loans"] += 1
                for name, of in MEASURES.items():
                    group[name] += values.get(of, 0)
            if lent is not None:
                lent.count(row, values["paid"], self.lent)
            yield row


class _LentReader:
    """Of a loan that was paid out: what it promised, and whether its unit is revived."""

    def __init__(self, table: Table) -> None:
        self._promised, self._made, self._revived = (
            reader_of(table, name) for name in ("jobs_promised", "jobs_counted", "revived")
        )

    def count(self, row: object, paid: int, lent: Counter[str]) -> None:
        lent["made"] += self._made(row) or 0
        if paid > 0:
            lent["loans"] += 1
            lent["promised"] += self._promised(row) or 0
            lent["lost"] += self._revived(row) != YES
