"""Finding any record by what is typed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, false, or_, select

from db import calendar, text
from db.models import Exercise, JihadiGroup, Loan, Unit, Volunteer
from db.queries.naming import (
    Found,
    joined,
    loan_found,
    loan_rows,
    unit_found,
    unit_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

FEW = 3  # so many units found are meant themselves: their loans are offered too
LAST_CHARACTER = "\U0010ffff"


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
    return [unit_found(row) for row in unit_rows(session, numbers)]


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
    rows = loan_rows(session, session.scalars(some.limit(limit)).all())
    return [loan_found(row) for row in rows if row.archived_on is None]


def _in_contract_no(term: str) -> ColumnElement[bool]:
    """Its digits are stored as they were typed, Persian or Latin."""
    spellings = {term, text.to_persian_digits(term)}
    return or_(*(Loan.contract_no.contains(each, autoescape=True) for each in sorted(spellings)))


def _groups(session: Session, terms: Sequence[str], limit: int) -> list[Found]:
    query = select(JihadiGroup).where(
        JihadiGroup.archived_on.is_(None),
        *(JihadiGroup.search_key.contains(term, autoescape=True) for term in terms),
    )
    rows = session.scalars(query.order_by(JihadiGroup.sort_key, JihadiGroup.id).limit(limit))
    return [_group(row) for row in rows]


def _group(row: JihadiGroup) -> Found:
    return Found("jihadi_group", row.id, row.name, joined(row.speciality, row.leader))


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
              joined(row.place, calendar.to_persian_date(row.starts_on)))
        for row in rows
    ]  # fmt: skip
