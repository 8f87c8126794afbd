"""Finding any record by what is typed of it, and naming the records of the history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, or_, select

from db import calendar, text
from db.models import (
    Action,
    Award,
    Bank,
    County,
    Document,
    Exercise,
    JihadiGroup,
    Loan,
    Obstacle,
    Participation,
    Revival,
    Tranche,
    Unit,
    Visit,
    Volunteer,
)
from db.queries.lookups import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

FEW = 3  # so many units found are meant themselves: their loans are offered too
LAST_CHARACTER = "\U0010ffff"
# Records without a name of their own, but with a page: they are called by their unit.
_OF_UNITS: dict[str, Any] = {"visit": Visit, "obstacle": Obstacle, "action": Action}
_OF_EXERCISE: dict[str, Any] = {"participation": Participation, "award": Award}
_BY_TABLE = {model.__tablename__: model for model in MODELS.values()}


@dataclass(frozen=True)
class Found:
    """`record` is the table whose page shows it; `detail` tells it from others of its name."""

    record: str
    id: int
    title: str
    detail: str


def everything(session: Session, typed: str, limit: int = 12) -> list[Found]:
    """Units, loans, groups, their members and exercises that hold every word typed, at most
    `limit`, the likeliest first.
    """
    terms = text.search_terms(typed)
    if not terms:
        return []
    share = max(1, limit // 4)
    units = _units(session, typed, terms, limit)
    loans = _loans(session, terms, units, share)
    groups = _groups(session, terms, share)
    others = [*loans, *groups, *_volunteers(session, terms, share)]
    others += _exercises(session, terms, share)
    others = others[: max(share, limit // 2)]
    return [*units[: max(0, limit - len(others))], *others][:limit]


def _units(session: Session, typed: str, terms: Sequence[str], limit: int) -> list[Found]:
    """By code, then names that begin so, then anywhere in the name, owner, product or numbers."""
    holds = and_(*(Unit.search_key.contains(term, autoescape=True) for term in terms))
    found: dict[int, Found] = {}
    for condition in (Unit.code == "".join(terms), _name_begins(typed), holds):
        if len(found) < limit:
            found |= {unit.id: unit for unit in _some_units(session, condition, limit)}
    return list(found.values())[:limit]


def _name_begins(typed: str) -> ColumnElement[bool]:
    begins = text.sort_key(text.normal(typed))
    if not begins:
        return false()
    return and_(Unit.sort_key >= begins, Unit.sort_key < begins + LAST_CHARACTER)


def _some_units(session: Session, condition: ColumnElement[bool], limit: int) -> list[Found]:
    # The order of the index, so that the scan ends with the last row wanted.
    order = (Unit.sort_key, Unit.id)
    some = select(Unit.id).where(Unit.archived_on.is_(None), condition)
    numbers = session.scalars(some.order_by(*order).limit(limit)).all()
    return [_unit(row) for row in _unit_rows(session, numbers)]


def _unit_rows(session: Session, numbers: Iterable[int]) -> Sequence[Any]:
    query = (
        select(Unit.id, Unit.name, Unit.code, Unit.owner, County.name.label("county"))
        .join(County, County.id == Unit.county_id)
        .where(Unit.id.in_(list(numbers)))
        .order_by(Unit.sort_key, Unit.id)
    )
    return session.execute(query).all()


def _unit(row: Any) -> Found:
    return Found("unit", row.id, row.name, _joined(_shown_code(row.code), row.county, row.owner))


def _loans(
    session: Session, terms: Sequence[str], units: Sequence[Found], limit: int
) -> list[Found]:
    """Those of the units found when these are few; if there are none, by the contract's number,
    for which all loans have to be looked through.
    """
    if 0 < len(units) <= FEW:
        return _some_loans(session, Loan.unit_id.in_([unit.id for unit in units]), limit)
    if units or not any(char.isdigit() for term in terms for char in term):
        return []
    return _some_loans(session, and_(*map(_in_contract_no, terms)), limit)


def _some_loans(session: Session, condition: ColumnElement[bool], limit: int) -> list[Found]:
    # The order of the index over the numbers, which alone is then gone through.
    order = (Loan.contract_no, Loan.id)
    some = select(Loan.id).where(Loan.archived_on.is_(None), condition).order_by(*order)
    rows = _loan_rows(session, session.scalars(some.limit(limit)).all())
    return [_loan(row) for row in rows if row.archived_on is None]


def _loan_rows(session: Session, numbers: Iterable[int]) -> Sequence[Any]:
    query = (
        select(Loan.id, Loan.contract_no, Unit.name, Unit.archived_on, Bank.name.label("bank"))
        .join(Unit, Unit.id == Loan.unit_id)
        .join(Bank, Bank.id == Loan.bank_id)
        .where(Loan.id.in_(list(numbers)))
        .order_by(Loan.id)
    )
    return session.execute(query).all()


def _in_contract_no(term: str) -> ColumnElement[bool]:
    """Its digits are stored as they were typed, Persian or Latin."""
    spellings = {term, text.to_persian_digits(term)}
    return or_(*(Loan.contract_no.contains(each, autoescape=True) for each in sorted(spellings)))


def _loan(row: Any) -> Found:
    number = f"قرارداد {text.to_persian_digits(row.contract_no)}" if row.contract_no else ""
    return Found("loan", row.id, row.name, _joined(row.bank, number))


def _groups(session: Session, terms: Sequence[str], limit: int) -> list[Found]:
    query = select(JihadiGroup).where(
        JihadiGroup.archived_on.is_(None),
        *(JihadiGroup.search_key.contains(term, autoescape=True) for term in terms),
    )
    rows = session.scalars(query.order_by(JihadiGroup.sort_key, JihadiGroup.id).limit(limit))
    return [_group(row) for row in rows]


def _group(row: JihadiGroup) -> Found:
    return Found("jihadi_group", row.id, row.name, _joined(row.speciality, row.leader))


def _volunteers(session: Session, terms: Sequence[str], limit: int) -> list[Found]:
    """A member is shown on the page of his group."""
    query = (
        select(Volunteer.name, Volunteer.group_id, JihadiGroup.name.label("group"))
        .join(JihadiGroup, JihadiGroup.id == Volunteer.group_id)
        .where(
            Volunteer.archived_on.is_(None),
            JihadiGroup.archived_on.is_(None),
            *(Volunteer.search_key.contains(term, autoescape=True) for term in terms),
        )
        .order_by(Volunteer.sort_key, Volunteer.id)
    )
    return [
        Found("jihadi_group", row.group_id, row.name, f"جهادگر · {row.group}")
        for row in session.execute(query.limit(limit))
    ]


def _exercises(session: Session, terms: Sequence[str], limit: int) -> list[Found]:
    query = select(Exercise).where(
        Exercise.archived_on.is_(None),
        *(Exercise.search_key.contains(term, autoescape=True) for term in terms),
    )
    rows = session.scalars(query.order_by(Exercise.starts_on.desc(), Exercise.id).limit(limit))
    return [
        Found("exercise", row.id, row.name,
              _joined(row.place, calendar.to_persian_date(row.starts_on)))
        for row in rows
    ]  # fmt: skip


def naming(session: Session, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Found]:
    """(table, id) → what it is called and whose page shows it: of a return its unit, of a tranche
    its loan; a visit, an obstacle or an action is called by its unit. What has no name at all (a
    programme, a bulk entry) is left out.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for record, number in keys:
        wanted[record].add(number)
    found: dict[tuple[str, int], Found] = {}
    for record, numbers in wanted.items():
        found |= {(record, number): each for number, each in _named(session, record, numbers)}
    return found


def _named(session: Session, record: str, numbers: set[int]) -> list[tuple[int, Found]]:
    if record == "unit":
        return [(row.id, _unit(row)) for row in _unit_rows(session, numbers)]
    if record == "revival":
        return _named_by_owner(session, Revival.id, Revival.unit_id, numbers, "unit")
    if record == "document":
        return _named_by_owner(session, Document.id, Document.unit_id, numbers, "unit")
    if record == "tranche":
        return _named_by_owner(session, Tranche.id, Tranche.loan_id, numbers, "loan")
    if record == "volunteer":
        return _named_by_owner(session, Volunteer.id, Volunteer.group_id, numbers, "jihadi_group")
    if record in _OF_EXERCISE:
        of = _OF_EXERCISE[record]
        return _named_by_owner(session, of.id, of.exercise_id, numbers, "exercise")
    if record == "loan":
        return [(row.id, _loan(row)) for row in _loan_rows(session, numbers)]
    if record in _OF_UNITS:
        return _named_by_unit(session, record, numbers)
    model: Any = _BY_TABLE.get(record)
    if model is None:
        return []
    rows = session.execute(select(model.id, model.name).where(model.id.in_(numbers)))
    return [(row.id, Found(record, row.id, row.name, "")) for row in rows]


def _named_by_unit(session: Session, record: str, numbers: set[int]) -> list[tuple[int, Found]]:
    model = _OF_UNITS[record]
    rows = session.execute(
        select(model.id, Unit.name, Unit.code)
        .join(Unit, Unit.id == model.unit_id)
        .where(model.id.in_(numbers))
    )
    return [(row.id, Found(record, row.id, row.name, _shown_code(row.code))) for row in rows]


def _named_by_owner(
    session: Session, own: Any, owner: Any, numbers: set[int], owners: str
) -> list[tuple[int, Found]]:
    rows = session.execute(select(own, owner).where(own.in_(numbers))).all()
    named = dict(_named(session, owners, {row[1] for row in rows}))
    return [(row[0], named[row[1]]) for row in rows if row[1] in named]


def _shown_code(code: str) -> str:
    return f"کد {text.to_persian_digits(code)}"


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
