"""What the calculator makes of terms: the schedule, its sums, the same loan by each method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.calendar import to_persian_date
from db.rules.schedule import Method, compare, instalments
from db.text import grouped
from desktop.pages.schedule import planned, terms_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from db.rules.schedule import Cost
    from desktop.pages.schedule import Planned

    Holidays = Callable[[date, date], Mapping[date, str]]


@dataclass(frozen=True)
class Reckoned:
    """Amounts in rial; `principal` is what the rows repay: with grace profit made principal it is
    more than the loan.
    """

    terms: Mapping[str, Any]
    rows: Sequence[Planned]
    costs: Sequence[Cost]

    @property
    def principal(self) -> int:
        return sum(row.principal for row in self.rows)

    @property
    def profit(self) -> int:
        return sum(row.profit for row in self.rows)

    @property
    def total(self) -> int:
        return self.principal + self.profit

    @property
    def words(self) -> Sequence[str]:
        """The terms in lines, for paper and sheets."""
        terms = self.terms
        known = terms_in_words(
            terms["method"], terms["rate"], terms["months"], terms["grace_months"],
            terms["grace_profit"],
        )  # fmt: skip
        first = to_persian_date(terms["first_due"])
        return (f"مبلغ {grouped(terms['principal'])} ریال؛ {known}", f"نخستین قسط: {first}")


def reckon(terms: Mapping[str, Any], holidays: Holidays) -> Reckoned:
    """`terms` that `check_terms` lets pass; `holidays` gives the official ones of a span."""
    asked = (
        terms["principal"], terms["rate"], terms["months"], terms["first_due"],
        terms["grace_months"], terms["grace_profit"],
    )  # fmt: skip
    method: Method = terms["method"]
    rows = instalments(method, *asked)
    named = holidays(rows[0].due_on, rows[-1].due_on)
    return Reckoned(terms, planned(rows, named), compare(*asked))
