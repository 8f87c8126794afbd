"""The history of every save, written by the session itself, chained so that edits show."""

from __future__ import annotations

import getpass
import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import event, func, insert, inspect, select
from sqlalchemy.orm import Session

from db import models
from db.models.base import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection, Select
    from sqlalchemy.orm import ORMExecuteState, UOWTransaction
    from sqlalchemy.sql.elements import KeyedColumnElement

_MADE_BY_PROGRAM = frozenset({"id", "version", "sort_key", "search_key", "followed_on"})
START = "0" * 64


class UnseenWrite(Exception):  # noqa: N818 - it names what happened
    """A bulk write would pass by the history and the version check."""


class RecordingSession(Session):
    """A session whose every flush leaves rows in `change`, in the same transaction."""

    def bulk_save_objects(self, *_: Any, **__: Any) -> NoReturn:
        raise UnseenWrite("bulk_save_objects")

    def bulk_insert_mappings(self, *_: Any, **__: Any) -> NoReturn:
        raise UnseenWrite("bulk_insert_mappings")

    def bulk_update_mappings(self, *_: Any, **__: Any) -> NoReturn:
        raise UnseenWrite("bulk_update_mappings")


@event.listens_for(RecordingSession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        what = type(state.statement).__name__
        raise UnseenWrite(f"{what} of {getattr(state.statement, 'table', '?')}")


@event.listens_for(RecordingSession, "after_flush")
def _record(session: Session, context: UOWTransaction) -> None:
    rows = [row for row in _rows(session) if row]
    if rows:
        connection = session.connection()
        connection.execute(insert(models.Change), _chained(connection, rows))


def _rows(session: Session) -> Iterator[dict[str, Any]]:
    at, actor = datetime.now(UTC).replace(tzinfo=None), actor_name()
    for target, operation in _touched(session):
        fields = _fields(target, operation)
        if fields:
            yield {
                "at": at,
                "actor": actor,
                "record": target.__tablename__,
                "record_id": target.id,
                "operation": operation,
                "fields": fields,
            }


def _touched(session: Session) -> Iterator[tuple[Record, str]]:
    groups = ((session.new, "insert"), (session.dirty, "update"), (session.deleted, "delete"))
    for group, operation in groups:
        records = [target for target in group if isinstance(target, Record)]
        # In one order, whatever order the session's sets have.
        for target in sorted(records, key=lambda each: (each.__tablename__, each.id)):
            yield target, operation


def _fields(target: Record, operation: str) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    state = inspect(target)
    for name in recorded(target):
        if operation == "insert":
            before, after = None, getattr(target, name)
        elif operation == "delete":
            before, after = getattr(target, name), None
        else:
            history = state.attrs[name].history
            if not history.has_changes():
                continue
            before = next(iter(history.deleted or ()), None)
            after = getattr(target, name)
        if before != after and not (operation == "insert" and after == ""):
            fields[name] = [plain(before), plain(after)]
    return fields


def recorded(record: Record | type[Record]) -> list[str]:
    """The columns whose changes are kept: all but what the program makes by itself."""
    names = (attribute.key for attribute in inspect(record).mapper.column_attrs)
    return [name for name in names if name not in _MADE_BY_PROGRAM]


def plain(value: Any) -> Any:
    """As JSON keeps it: days as ISO text, decimals as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def typed(column: Column[Any] | KeyedColumnElement[Any], value: Any) -> Any:
    """What `plain` was given, for a column of its type."""
    python_type = column.type.python_type
    if isinstance(value, str) and issubclass(python_type, date):  # a moment is a date too
        return python_type.fromisoformat(value)
    return Decimal(value) if isinstance(value, str) and python_type is Decimal else value


def actor_name() -> str:
    """The name the operating system knows the person by."""
    try:
        return getpass.getuser()[:120]
    except (KeyError, OSError, ImportError):  # no such name on a stripped machine
        return "?"


def newest(session: Session) -> int:
    """The id of the newest row. None is ever taken out, so those after it are what came since."""
    return session.scalar(_newest_id()) or 0


def head(connection: Connection) -> str:
    """The hash of the newest row: what a backup or a report may carry to prove the tail."""
    return connection.scalar(_newest_hash()) or START


# Made once: to put a statement together takes longer than to carry it out.


@cache
def _newest_id() -> Select[int]:
    return select(func.max(models.Change.id))


@cache
def _newest_hash() -> Select[str]:
    return select(models.Change.hash).order_by(models.Change.id.desc()).limit(1)


def first_broken(connection: Connection) -> int | None:
    """The id of the first row that was changed or taken out afterwards, or None."""
    before = START
    rows = select(models.Change.__table__).order_by(models.Change.id)
    for row in connection.execute(rows).mappings():
        if row["hash"] != _hash(before, row):
            return int(row["id"])
        before = row["hash"]
    return None


def _chained(connection: Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    before = head(connection)
    for row in rows:
        before = row["hash"] = _hash(before, row)
    return rows


def _hash(before: str, row: Any) -> str:
    content = json.dumps(
        [row["at"].isoformat(), row["actor"], row["record"], row["record_id"], row["operation"],
         row["fields"]],
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


def record_inserts(
    connection: Connection, written: Iterable[tuple[type[Record], Sequence[Mapping[str, Any]]]]
) -> None:
    """Leave the rows that a session would have left for records written past it."""
    at, actor = datetime.now(UTC).replace(tzinfo=None), actor_name()
    changes = [
        {
            "at": at,
            "actor": actor,
            "record": model.__tablename__,
            "record_id": row["id"],
            "operation": "insert",
            "fields": {
                name: [None, plain(row[name])] for name in names if row[name] not in (None, "")
            },
        }
        for model, rows in written
        for names in [recorded(model)]
        for row in rows
    ]
    if changes:
        connection.execute(insert(models.Change), _chained(connection, changes))


def record_event(connection: Connection, record: str, what: dict[str, Any]) -> None:
    """Leave a row for a change too large to list row by row (a made-up programme)."""
    row = {
        "at": datetime.now(UTC).replace(tzinfo=None),
        "actor": actor_name(),
        "record": record,
        "record_id": 0,
        "operation": "bulk",
        "fields": {name: [None, plain(value)] for name, value in what.items()},
    }
    connection.execute(insert(models.Change), _chained(connection, [row]))
