"""All the rows that a made-up unit leaves behind, table by table."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from db.models import (
    Action,
    Base,
    Call,
    Content,
    Correction,
    Document,
    Instalment,
    Loan,
    Obstacle,
    Payment,
    Position,
    Rescheduling,
    Revival,
    Standing,
    Tranche,
    Unit,
    Visit,
    Waiver,
)
from db.sample.documents import DocumentMaker
from db.sample.loans import LoanMaker
from db.sample.obstacles import ObstacleMaker
from db.sample.stood import standings
from db.sample.units import UnitMaker, returns
from db.sample.visits import VisitMaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.sample.dice import Dice
    from db.sample.repaying import RepaymentMaker
    from db.sample.story import Fate
    from db.sample.units import Lists, Row

# In the order in which they are written: each after those it points to.
MODELS: Final[tuple[type[Base], ...]] = (
    Unit, Revival, Visit, Obstacle, Action, Loan, Tranche, Payment, Waiver, Rescheduling,
    Correction, Call, Instalment, Position, Content, Document, Standing,
)  # fmt: skip
Rows = dict[type[Base], list[Any]]
_TROUBLED: Final = {"back": 11, "waiting": 26, "stopped": 50}  # percent of the loans not paid on


class RecordMaker:
    """Makes the records of one unit after another; only a small file has `documents`."""

    def __init__(
        self, dice: Dice, lists: Lists, repayments: RepaymentMaker, *, documents: bool
    ) -> None:
        self._dice = dice
        self._repayments = repayments
        self._units, self._loans = UnitMaker(dice, lists), LoanMaker(dice, lists)
        self._visits, self._obstacles = VisitMaker(dice, lists), ObstacleMaker(dice, lists)
        self._documents = DocumentMaker(dice) if documents else None
        self._returns = count(1)

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
        self._repay(unit, found)
        found[Obstacle], found[Action] = self._obstacles.made(fate, found[Visit])
        if self._documents is not None:
            papers = self._documents.made(unit, fate, found[Revival], found[Visit])
            found[Document], found[Content] = papers
        found[Standing] = standings(unit, found)
        return found

    def _repay(self, unit: Row, found: Rows) -> None:
        tranches: dict[int, list[Row]] = defaultdict(list)
        for each in found[Tranche]:
            each["visit_id"] = _allowed_by(each["day"], found[Visit])
            tranches[each["loan_id"]].append(each)
        troubled = _TROUBLED[_course(found[Revival])]
        for loan in found[Loan]:
            if of_loan := tranches.get(loan["id"]):
                made = self._repayments.made(unit, loan, of_loan, troubled)
                for model, rows in made.items():
                    found[model] += rows


def _course(revivals: list[Row]) -> str:
    if not revivals:
        return "waiting"
    return "back" if revivals[-1]["stopped_on"] is None else "stopped"


def _allowed_by(day: date, visits: list[Row]) -> int | None:
    """The last look at the works before the money for them was paid."""
    seen = [each["id"] for each in visits if each["day"] <= day and each["review"] == "accepted"]
    return seen[-1] if seen else None


def _numbered(numbers: Iterator[int], rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        row["id"] = next(numbers)
        yield row
