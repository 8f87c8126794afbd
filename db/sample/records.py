"""All the rows that a made-up unit leaves behind, table by table."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Final

from db.models import (
    Action,
    Base,
    Content,
    Document,
    Loan,
    Obstacle,
    Revival,
    Standing,
    Tranche,
    Unit,
    Visit,
)
from db.sample.documents import DocumentMaker
from db.sample.loans import LoanMaker
from db.sample.obstacles import ObstacleMaker
from db.sample.stood import standings
from db.sample.units import UnitMaker, returns
from db.sample.visits import VisitMaker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.sample.dice import Dice
    from db.sample.story import Fate
    from db.sample.units import Lists, Row

# In the order in which they are written: each after those it points to.
MODELS: Final[tuple[type[Base], ...]] = (
    Unit, Revival, Loan, Tranche, Visit, Obstacle, Action, Content, Document, Standing,
)  # fmt: skip
Rows = dict[type[Base], list["Row"]]


class RecordMaker:
    """Makes the records of one unit after another; only a small file has `documents`."""

    def __init__(self, dice: Dice, lists: Lists, *, documents: bool) -> None:
        self._dice = dice
        self._units, self._loans = UnitMaker(dice, lists), LoanMaker(dice, lists)
        self._visits, self._obstacles = VisitMaker(dice, lists), ObstacleMaker(dice, lists)
        self._documents = DocumentMaker(dice) if documents else None
        self._returns, self._standings = count(1), count(1)

    def records(self, number: int, fate: Fate) -> Rows:
        """Of the `number`-th unit, counted from 1."""
        found: Rows = defaultdict(list)
        unit = self._units.row(number, fate)
        found[Unit] = [unit]
        found[Revival] = list(_numbered(self._returns, returns(self._dice, unit, fate)))
        for _ in range(fate.loans):
            loan, tranches = self._loans.loan(unit, fate)
            found[Loan].append(loan)
            found[Tranche] += tranches
        found[Visit] = self._visits.visits(unit, fate, found[Revival])
        found[Obstacle], found[Action] = self._obstacles.made(fate, found[Visit])
        if self._documents is not None:
            papers = self._documents.made(unit, fate, found[Revival], found[Visit])
            found[Document], found[Content] = papers
        found[Standing] = list(_numbered(self._standings, standings(unit, found)))
        return found


def _numbered(numbers: Iterator[int], rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        row["id"] = next(numbers)
        yield row
