"""The latest changes as the dashboard tells them: who did what, when, and where it can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from db.text import grouped
from desktop.choices import OPERATION
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.models.change import Change
    from desktop.fields import Field

ROWS: Final = 10
NAMED: Final = 2  # fields of an edit that are told by name
PAGES: Final = {"unit": "units", "loan": "loans", "jihadi_group": "groups"}


@dataclass(frozen=True)
class News:
    """A change, with the name of what it was done to and the page of that; `at` is in UTC."""

    at: datetime
    actor: str
    record: str
    operation: str
    fields: Mapping[str, Any]
    name: str = ""
    door: Door | None = None


def latest(session: Session) -> tuple[News, ...]:
    """The newest changes first."""
    from db.queries import changes

    return tuple(_news(session, change) for change in changes.latest(session, ROWS))


def in_words(news: News, word: str, fields: Mapping[str, Field]) -> str:
    """«ویرایش واحد «فولاد»: محصول، نشانی»; `word` is what such a record is called."""
    if news.operation == "bulk":
        return f"{OPERATION.show('bulk')} {word}"
    named = f" «{news.name}»" if news.name else ""
    if news.operation != "update":
        return f"{_verb(news.operation)} {word}{named}"
    if "archived_on" in news.fields:
        verb = "بازگرداندن" if news.fields["archived_on"][1] is None else "بایگانی"
        return f"{verb} {word}{named}"
    labels = [fields[name].label for name in news.fields if name in fields]
    more = len(labels) - NAMED
    told = "، ".join(labels[:NAMED]) + (f" و {grouped(more)} خانهٔ دیگر" if more > 0 else "")
    return f"{_verb('update')} {word}{named}" + (f": {told}" if told else "")


def _verb(operation: str) -> str:
    return OPERATION.choices.get(operation, operation)


def _news(session: Session, change: Change) -> News:
    name, door = _owner(session, change.record, change.record_id)
    return News(change.at, change.actor, change.record, change.operation, change.fields, name, door)


def _owner(session: Session, record: str, number: int) -> tuple[str, Door | None]:
    """The name of the record, or of the unit it belongs to; and the page it is seen on."""
    from db.models import Loan, Revival, Tranche, Unit

    found = _find(session, record, number)
    if isinstance(found, Tranche):
        found = session.get(Loan, found.loan_id)
    unit = session.get(Unit, found.unit_id) if isinstance(found, Loan | Revival) else None
    place = unit if isinstance(found, Revival) else found
    page = PAGES.get(place.__tablename__) if place is not None else None
    name = getattr(unit or found, "name", "")
    return name, Door(page, record=place.id) if page and place is not None else None


def _find(session: Session, record: str, number: int) -> Any:
    from db.models import Base

    models = (mapper.class_ for mapper in Base.registry.mappers)
    model = next((model for model in models if model.__tablename__ == record), None)
    return None if model is None else session.get(model, number)
