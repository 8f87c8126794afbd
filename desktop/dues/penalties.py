"""The penalties (وجه التزام) of the loans of a list: they grow day by day, and no table has them.

Settled anew, about a millisecond a loan: for what is printed and exported, not for a screen.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from db import repaid
from db.rules import plans, settling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from db.queries.listing import Listing, Reading
    from desktop.progress import Progress

BATCH: Final = 200  # loans at a time


class WithPenalty:
    """A row of the call list; `penalty` in rial is what is left of it."""

    def __init__(self, row: Any, penalty: int) -> None:
        self._row, self.penalty = row, penalty

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def penalties(session: Session, loan_ids: list[int], as_of: date) -> dict[int, int]:
    """Rial that are left to pay by the end of a day, of each loan that has instalments."""
    found = {}
    for number, of in repaid.on_record(session.connection(), loan_ids).items():
        facts = plans.facts(of, as_of)
        if facts is not None:
            found[number] = settling.state(facts, as_of).penalty_left
    return found


def with_penalties(session: Session, rows: Iterable[Any], as_of: date) -> Iterator[WithPenalty]:
    """The rows of the call list, each with its penalty."""
    rest = iter(rows)
    while some := list(islice(rest, BATCH)):
        known = penalties(session, [row.id for row in some], as_of)
        yield from (WithPenalty(row, known.get(row.id, 0)) for row in some)


class PenaltyListing:
    """A call list as an export takes it."""

    def __init__(self, listing: Listing, reading: Reading, as_of: date) -> None:
        self._listing, self._reading, self._as_of = listing, reading, as_of

    def __len__(self) -> int:
        return len(self._listing)

    def every_row(self) -> Iterator[WithPenalty]:
        with self._reading() as session:
            yield from with_penalties(session, self._listing.every_row(), self._as_of)


def told(reading: Reading, rows: list[Any], as_of: date, progress: Progress) -> list[WithPenalty]:
    """Of rows already fetched, told of to a progress."""
    found: list[WithPenalty] = []
    with reading() as session:
        for each in with_penalties(session, rows, as_of):
            found.append(each)
            progress(len(found), len(rows))
    return found
