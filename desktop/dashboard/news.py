"""The latest changes as the dashboard tells them: who did what, when, and where it can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Final

from db.calendar import to_persian_date, today
from db.queries import changes, naming
from db.text import grouped, to_persian_digits
from desktop.choices import OPERATION
from desktop.widgets.frame import Door

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.models.change import Change
    from db.queries.naming import Found
    from desktop.fields import Field

ROWS: Final = 10
NAMED: Final = 2  # fields of an edit that are told by name
OF_PROGRAMME: Final = ("programme", "milestone")
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
    found = changes.latest(session, ROWS)
    names = naming.names(session, {(each.record, each.record_id) for each in found})
    return tuple(_told(each, names.get((each.record, each.record_id))) for each in found)


def when(news: News) -> str:
    """The local time of a change: «امروز ۱۰:۳۲», or with its date."""
    here = news.at.replace(tzinfo=UTC).astimezone()
    days = {today(): "امروز", today() - timedelta(days=1): "دیروز"}
    day = days.get(here.date()) or to_persian_date(here.date())
    return f"{day}  {to_persian_digits(f'{here:%H:%M}')}"


def in_words(news: News, word: str, fields: Mapping[str, Field]) -> str:
    """«ویرایش واحد «فولاد»: محصول، نشانی»; `word` is what such a record is called."""
    if news.operation == "bulk":
        made = news.fields.get(f"{news.record}s")
        return f"{_verb('bulk')} {f'{grouped(made[1])} ' if made else ''}{word}"
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


def _told(change: Change, named: Found | None) -> News:
    door = None
    if change.record in OF_PROGRAMME:
        door = Door("programme")
    elif named is not None and named.record in PAGES:
        door = Door(PAGES[named.record], record=named.id)
    name = named.title if named else ""
    return News(change.at, change.actor, change.record, change.operation, change.fields, name, door)
