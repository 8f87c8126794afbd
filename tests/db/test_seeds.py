"""A new file's lists are whole, spelled as stored text is, and point to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from db import models, seeds
from db.calendar import to_jalali
from db.models import Bank, Base, County, Estate, Holiday, Industry, ObstacleKind
from db.rules.lookups import check_lookup
from db.text import normal, search_key
from tests.vectors import VECTORS

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = {County: 37, Industry: 29, ObstacleKind: 18, Bank: 26, Estate: 15}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    models.load_all()
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        seeds.fill(session)
        session.commit()
        yield session
    engine.dispose()


@pytest.mark.parametrize("model", SIZES)
def test_every_row_is_there_once_and_breaks_no_rule(session: Session, model: Any) -> None:
    rows = session.scalars(select(model)).all()
    assert len(rows) == SIZES[model]
    assert len({search_key(row.name) for row in rows}) == len(rows)
    for row in rows:
        values = {column.name: getattr(row, column.name) for column in model.__table__.columns}
        assert list(check_lookup(model, values)) == []
        assert row.name == normal(row.name)
        assert row.search_key
        assert row.sort_key
        assert row.version == 1


def test_counties_stand_in_persian_order(session: Session) -> None:
    names = session.scalars(select(County.name).order_by(County.sort_key)).all()
    assert names == VECTORS["collation"]["counties_fa_order"]


def test_the_holidays_are_those_of_1402(session: Session) -> None:
    rows = session.scalars(select(Holiday)).all()
    told = [to_jalali(row.day) for row in rows]
    assert told == VECTORS["jalali"]["official_holidays_1402"]
    assert all(row.name == normal(row.name) and row.sort_key for row in rows)


def test_lists_that_are_there_are_not_added_again(session: Session) -> None:
    session.delete(session.get_one(Holiday, 1))
    session.flush()
    seeds.add_new(session)
    assert len(session.scalars(select(Holiday)).all()) == 26


def test_codes_are_text_with_their_zeros(session: Session) -> None:
    assert min(session.scalars(select(Industry.code))) == "05"
    assert min(session.scalars(select(Bank.code))) == "011"  # 010 is the central bank
    assert set(session.scalars(select(Industry.revision))) == {"4"}


def test_estates_lie_in_their_counties(session: Session) -> None:
    query = select(Estate.name, County.name).outerjoin(County, County.id == Estate.county_id)
    found: dict[str, str | None] = {row[0]: row[1] for row in session.execute(query)}
    assert found["شهرک صنعتی فتح‌آباد"] == "مرودشت"
    assert found["ناحیه صنعتی بیرم"] is None  # no source says where
    for unverified in ("آب‌باریک", "لپویی", "زرقان"):
        assert not any(unverified in name for name in found)
