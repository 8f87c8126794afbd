"""Records made the way a clerk makes them: through the commands, from a few plain values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from db.commands.actions import save_action
from db.commands.loans import save_loan, save_tranche
from db.commands.obstacles import save_obstacle
from db.commands.units import save_revival, save_unit
from db.commands.visits import save_visit
from db.models import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from db.errors import Violation
    from db.models import Action, Loan, Obstacle, Revival, Tranche, Unit

DAY = date(2023, 5, 1)  # after the baseline day of the `database` fixture
LEGAL_IDS = ("14007650912", "10101286980")  # both pass their check digit
NATIONAL_CODES = ("0499370899", "0790419904")


def unit_values(**values: Any) -> dict[str, Any]:
    return {
        "name": "کارگاه نمونه",
        "county_id": 1,
        "found_state": "stagnant",
        "found_jobs": 4,
        "registered_on": DAY,
        **values,
    }


def revival_values(**values: Any) -> dict[str, Any]:
    return {"returned_on": DAY, "jobs_after": 9, "capacity_after": 60, **values}


def loan_values(unit_id: int, **values: Any) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "bank_id": 1,
        "amount_asked": 5_000_000_000,
        "applied_on": DAY,
        **values,
    }


def approved(**values: Any) -> dict[str, Any]:
    """The values of a loan that may be paid out: 1000 rial approved, the contract made."""
    return {"amount_approved": 1000, "approved_on": DAY, "contract_on": DAY, **values}


def add_unit(session: Session, **values: Any) -> Unit:
    return save_unit(session, None, unit_values(**values))


def add_revival(session: Session, unit_id: int, *, shown: bool = False, **values: Any) -> Revival:
    """A return; `shown` by a follow-up visit of the same day, so that it counts."""
    revival = save_revival(session, unit_id, None, revival_values(**values))
    if shown:
        session.add(
            Visit(
                unit_id=unit_id, day=revival.returned_on, kind="follow_up", state_seen="active",
                heads=revival.jobs_after, capacity=60, review="accepted",
            )
        )  # fmt: skip
        session.flush()
    return revival


def add_loan(session: Session, unit_id: int, **values: Any) -> Loan:
    return save_loan(session, None, loan_values(unit_id, **values))


def add_tranche(session: Session, loan_id: int, amount: int = 1000, day: date = DAY) -> Tranche:
    return save_tranche(session, loan_id, None, {"day": day, "amount": amount})


def visit_values(unit_id: int, **values: Any) -> dict[str, Any]:
    """An accepted follow-up that shows the unit at work: nine heads, 60 percent."""
    return {
        "unit_id": unit_id,
        "day": DAY,
        "kind": "follow_up",
        "state_seen": "active",
        "heads": 9,
        "capacity": 60,
        "review": "accepted",
        **values,
    }


def obstacle_values(unit_id: int, **values: Any) -> dict[str, Any]:
    return {"unit_id": unit_id, "kind_id": 1, "found_on": DAY, **values}


def action_values(unit_id: int, **values: Any) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "what": "نامه به بانک",
        "person": "دبیر طرح",
        "decided_on": DAY,
        **values,
    }


def add_visit(session: Session, unit_id: int, **values: Any) -> Visit:
    return save_visit(session, None, visit_values(unit_id, **values))


def add_obstacle(session: Session, unit_id: int, **values: Any) -> Obstacle:
    return save_obstacle(session, None, obstacle_values(unit_id, **values))


def add_action(session: Session, unit_id: int, **values: Any) -> Action:
    return save_action(session, None, action_values(unit_id, **values))


def told(violations: Iterable[Violation]) -> list[tuple[str, str]]:
    """(field, code) of each complaint, a warning's code after a question mark."""
    return [(v.field, f"?{v.code}" if v.warning else v.code) for v in violations]
