"""Records to drive pages over, written by the program's own commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.calendar import from_jalali
from db.commands import (
    actions,
    calls,
    exercises,
    loans,
    lookups,
    obstacles,
    repayment,
    units,
    visits,
    volunteers,
)
from db.models import JihadiGroup
from db.queries import lookups as lists

if TYPE_CHECKING:
    from db.database import Database

TODAY = from_jalali("1402/09/15")
REGISTERED = from_jalali("1402/01/10")


def number_of(database: Database, source: str, name: str) -> int:
    """The id of a row of a base list by its name."""
    with database.read() as session:
        return next(i for i, called in lists.options(session, source) if called == name)


def add_unit(database: Database, name: str = "نخ‌ریسی گلستان", **more: Any) -> int:
    """A stagnant unit in شیراز with three heads, registered on 1402/01/10."""
    values = {
        "name": name,
        "county_id": more.pop("county_id", None) or number_of(database, "county", "شیراز"),
        "found_state": "stagnant",
        "found_jobs": 3,
        "registered_on": REGISTERED,
        **more,
    }
    with database.write() as session:
        return units.save_unit(session, None, values).id


def add_return(
    database: Database, unit_id: int, day: str, *, shown: bool = True, **more: Any
) -> int:
    """A return with 12 heads; `shown` by a follow-up visit of the same day, so that it counts."""
    values = {"returned_on": from_jalali(day), "jobs_after": 12, "capacity_after": 60, **more}
    with database.write() as session:
        number = units.save_revival(session, unit_id, None, values).id
    if shown:
        add_follow_up(database, unit_id, day)
    return number


def add_follow_up(database: Database, unit_id: int, day: str, **more: Any) -> int:
    """An accepted follow-up visit that finds 12 heads at work at 60 percent."""
    return add_visit(database, unit_id, day, **{"heads": 12, **more})


def add_loan(database: Database, unit_id: int, **more: Any) -> int:
    """Five milliard rial asked of the first bank on 1402/02/01."""
    with database.read() as session:
        bank_id = lists.options(session, "bank")[0][0]
    values = {
        "unit_id": unit_id,
        "bank_id": bank_id,
        "amount_asked": 5_000_000_000,
        "applied_on": from_jalali("1402/02/01"),
        **more,
    }
    with database.write() as session:
        return loans.save_loan(session, None, values).id


def approved(amount: int, contract: str | None = "1402/04/01") -> dict[str, Any]:
    """The values of a loan that got as far as its contract."""
    return {
        "approved_on": from_jalali("1402/03/01"),
        "amount_approved": amount,
        "contract_on": from_jalali(contract) if contract else None,
    }


def add_tranche(database: Database, loan_id: int, day: str, amount: int) -> int:
    with database.write() as session:
        values = {"day": from_jalali(day), "amount": amount}
        return loans.save_tranche(session, loan_id, None, values).id


def add_lent(
    database: Database,
    unit_id: int,
    first_due: str = "1402/05/01",
    amount: int = 1_200_000_000,
    **more: Any,
) -> int:
    """A loan paid out on 1402/04/02: twelve equal instalments at 18 percent."""
    terms = {"method": "annuity", "rate": 18, "months": 12, "first_due_on": from_jalali(first_due)}
    number = add_loan(database, unit_id, **approved(amount), **{**terms, **more})
    add_tranche(database, number, "1402/04/02", amount)
    return number


def add_payment(database: Database, loan_id: int, day: str, amount: int) -> int:
    with database.write() as session:
        values = {"day": from_jalali(day), "amount": amount}
        return repayment.save_payment(session, loan_id, None, values).id


def add_call(database: Database, loan_id: int, day: str, again: str = "", **more: Any) -> int:
    """A call to the manager; `again` is the day to call again."""
    again_on = from_jalali(again) if again else None
    with database.write() as session:
        values = {"day": from_jalali(day), "spoke_to": "مدیر", "again_on": again_on, **more}
        return calls.save_call(session, loan_id, None, values).id


def add_visit(database: Database, unit_id: int, day: str = "1402/06/01", **more: Any) -> int:
    """An accepted follow-up that shows the unit at work: nine heads, 60 percent."""
    values = {
        "unit_id": unit_id,
        "day": from_jalali(day),
        "kind": "follow_up",
        "state_seen": "active",
        "heads": 9,
        "capacity": 60,
        "review": "accepted",
        **more,
    }
    with database.write() as session:
        return visits.save_visit(session, None, values).id


def add_obstacle(database: Database, unit_id: int, day: str = "1402/06/01", **more: Any) -> int:
    """An open obstacle of the first kind on the list."""
    with database.read() as session:
        kind_id = lists.options(session, "obstacle_kind")[0][0]
    values = {"unit_id": unit_id, "kind_id": kind_id, "found_on": from_jalali(day), **more}
    with database.write() as session:
        return obstacles.save_obstacle(session, None, values).id


def add_action(database: Database, unit_id: int, day: str = "1402/06/01", **more: Any) -> int:
    """An open action of somebody, without a day by which it is due."""
    values = {
        "unit_id": unit_id,
        "what": "نامه به بانک",
        "person": "دبیر طرح",
        "decided_on": from_jalali(day),
        **more,
    }
    with database.write() as session:
        return actions.save_action(session, None, values).id


def add_group(database: Database, name: str = "گروه جهادی شهید رجایی", **more: Any) -> int:
    with database.write() as session:
        return lookups.save(session, JihadiGroup, None, {"name": name, **more}).id


def add_volunteer(database: Database, group_id: int, name: str = "علی رضایی", **more: Any) -> int:
    with database.write() as session:
        values = {"name": name, "group_id": group_id, **more}
        return volunteers.save_volunteer(session, None, values).id


def add_exercise(database: Database, name: str = "رزمایش بهار", **more: Any) -> int:
    """An exercise of 1402/05/01 to 1402/05/03."""
    days = {"starts_on": from_jalali("1402/05/01"), "ends_on": from_jalali("1402/05/03")}
    with database.write() as session:
        return exercises.save_exercise(session, None, {"name": name, **days, **more}).id
