"""How each made-up unit stood, from the rows just made: reading them back would take longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.models import Action, Document, Loan, Obstacle, Programme, Revival, Visit
from db.rules.columns import default_value
from db.rules.standing import Facts, Paper, Return, Seen, timeline
from db.sample.looks import DIAGNOSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from db.models import Base
    from db.sample.units import Row

    Rows = Mapping[type[Base], list[Row]]

_columns = Programme.__table__.columns
CAPACITY: Final = int(default_value(_columns["revived_capacity"]))  # compared sooner than a Decimal
MONTHS: Final = default_value(_columns["follow_up_months"])


def standings(unit: Row, of: Rows) -> list[tuple[Any, ...]]:
    """(unit, fields of `db.rules.standing.Span`); none of an archived one."""
    if unit["archived_on"] is not None:
        return []
    return [(unit["id"], *span) for span in timeline(_facts(unit, of))]


def _facts(unit: Row, of: Rows) -> Facts:
    accepted = [row for row in of[Visit] if row["review"] == "accepted"]
    found = [row["day"] for row in accepted if row["kind"] in DIAGNOSES]
    found += [row["found_on"] for row in of[Obstacle]]
    return Facts(
        unit["registered_on"],
        CAPACITY,
        MONTHS,
        visits=[
            Seen(row["day"], row["kind"], row["state_seen"], row["capacity"]) for row in accepted
        ],
        diagnosed_on=min(found, default=None),
        supports=list(_supports(of)),
        returns=[
            Return(row["returned_on"], row["jobs_after"], row["capacity_after"], row["stopped_on"])
            for row in of[Revival]
        ],
        papers=[
            Paper(row["day"], row["capacity"])
            for row in of[Document]
            if row["capacity"] is not None
        ],
    )


def _supports(of: Rows) -> Iterator[tuple[date, date | None]]:
    for action in of[Action]:
        yield action["decided_on"], None
    for loan in of[Loan]:
        yield loan["applied_on"], loan["rejected_on"] or loan["withdrawn_on"]
