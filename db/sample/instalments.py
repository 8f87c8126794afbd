"""Writing instalments: those of a whole plan by one statement, which takes them from its amounts.

Row by row a large file would take ten seconds longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.calendar import LAST_DAY
from db.models import Instalment
from db.rules.positions import Row
from db.sample.repaying import Whole
from db.sample.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from db.sample.plans import Plan

_TABLES = (
    """CREATE TEMP TABLE plan (id INTEGER, number INTEGER, principal INTEGER, profit INTEGER,
    PRIMARY KEY (id, number)) WITHOUT ROWID""",
    """CREATE TEMP TABLE due (first TEXT, number INTEGER, day TEXT,
    PRIMARY KEY (first, number)) WITHOUT ROWID""",
)
_OF_PLAN = """
INSERT INTO instalment (loan_id, number, due_on, principal, profit, by_paper, since, until)
SELECT ?, plan.number, day, principal, profit, 0, ?, ? FROM plan CROSS JOIN due
ON due.number = plan.number WHERE plan.id = ? AND first = ?"""


class InstalmentWriter:
    """Writes whole plans, and single rows of (loan, fields of `db.rules.positions.Row`)."""

    def __init__(self, connection: Connection) -> None:
        for statement in _TABLES:
            connection.exec_driver_sql(statement)
        self._connection = connection
        self._single = Writer(connection, Instalment, ("loan_id", *Row._fields))
        self._plans: dict[Plan, int] = {}
        self._first: set[date] = set()  # first due days whose others are known

    def write(self, rows: Sequence[Whole | tuple[Any, ...]]) -> None:
        self._single.write([row for row in rows if not isinstance(row, Whole)])
        whole = [row for row in rows if isinstance(row, Whole)]
        self._make_known(whole)
        self._run(_OF_PLAN, (
            (row.loan_id, row.since.isoformat(), LAST_DAY.isoformat(), self._plans[row.plan],
             row.due[1].isoformat())
            for row in whole
        ))  # fmt: skip

    def _make_known(self, whole: Sequence[Whole]) -> None:
        plans, due = [], []
        for row in whole:
            if row.plan not in self._plans:
                number = self._plans[row.plan] = len(self._plans)
                plans += [(number, *amounts) for amounts in row.plan.rows]
            first = row.due[1]
            if first not in self._first:
                self._first.add(first)
                due += [(first.isoformat(), n, day.isoformat()) for n, day in enumerate(row.due)]
        self._run("INSERT INTO plan VALUES (?, ?, ?, ?)", plans)
        self._run("INSERT INTO due VALUES (?, ?, ?)", due)

    def _run(self, sql: str, rows: Iterator[tuple[Any, ...]] | list[tuple[Any, ...]]) -> None:
        if many := list(rows):
            self._connection.exec_driver_sql(sql, many)
