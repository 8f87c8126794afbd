"""A list of any length: the ordered ids of a query, and pages of its rows when they are seen."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, and_, bindparam, func, select

from db import calendar, text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression
    from sqlalchemy.orm import Session

    Reading = Callable[[], AbstractContextManager[Session]]

PAGE = 128
AS_OF: ColumnElement[date] = bindparam("as_of", type_=Date)


class Column(NamedTuple):
    """`value` is shown; `order` is what it is sorted by, where that is something else.

    `joins` names the joins of the source that the expressions need.
    """

    value: SQLColumnExpression[Any]
    order: SQLColumnExpression[Any] | tuple[SQLColumnExpression[Any], ...] | None = None
    joins: tuple[str, ...] = ()
    nullable: bool = False

    @property
    def keys(self) -> tuple[SQLColumnExpression[Any], ...]:
        """What it is sorted by, in turn."""
        if isinstance(self.order, tuple):
            return self.order
        return (self.value if self.order is None else self.order,)


def persian(column: SQLColumnExpression[str]) -> Column:
    """A text without a stored key, in Persian order all the same (see `db.engine`)."""
    return Column(column, func.sort_key(column))


class Filter(NamedTuple):
    """`where` makes the condition from a plain (JSON) value."""

    where: Callable[[Any], ColumnElement[bool]]
    joins: tuple[str, ...] = ()


def by_the_end(day: date) -> dict[str, date]:
    """The values of `AS_OF`."""
    return {"as_of": day}


@dataclass(frozen=True)
class Source:
    """What can be listed of one record: its columns, joins, filters and search.

    The joins are outer but for the `required`, whose row is always there: from these the database
    may begin, and so take its rows in their order. `where` may speak of the `always` joined.
    """

    record: Any
    columns: Mapping[str, Column]
    joins: Mapping[str, tuple[Any, ColumnElement[bool]]]
    filters: Mapping[str, Filter]
    search: Callable[[str], ColumnElement[bool]]
    sort: str
    born: SQLColumnExpression[date] | None = None  # the day from which a row counts, for `as_of`
    where: ColumnElement[bool] | None = None
    required: frozenset[str] = frozenset()
    searched: tuple[str, ...] = ()  # the joins that a search needs
    always: tuple[str, ...] = ()
    archives: bool = True  # its rows are archived one by one; those worked out are not
    totals: tuple[str, ...] = ()  # the columns whose sums over all rows are told with the ids
    days: Callable[[date], Mapping[str, date]] = by_the_end  # that its expressions ask for

    @cached_property
    def page(self) -> Select[Any]:
        """Some rows with all columns; made once, which takes as long as to fetch them."""
        columns: list[Any] = [column.value.label(name) for name, column in self.columns.items()]
        some = self.record.id.in_(bindparam("wanted", expanding=True))
        return self.joined(select(self.record.id, *columns).where(some), self.joins)

    def joined(self, query: Select[Any], names: Collection[str]) -> Select[Any]:
        """A select of the record with some of the joins."""
        for name, (target, on) in self.joins.items():
            if name in names:
                query = query.join(target, on, isouter=name not in self.required)
        return query


@dataclass(frozen=True)
class View:
    """What of a source is asked for. `as_of` None is today; `archived` shows the archive."""

    filters: Mapping[str, Any] = field(default_factory=dict)
    search: str = ""
    sort: str = ""
    descending: bool = False
    as_of: date | None = None
    archived: bool = False

    def having(self, **changes: Any) -> View:
        return replace(self, **changes)


class Listing:
    """A snapshot of the ids a view gave, in order; `rows` fetches some of them.

    `reading` opens a session for each fetch; a report hands in one that stays open, so that all
    of it speaks of one moment.
    """

    def __init__(self, reading: Reading, source: Source, view: View | None) -> None:
        """Without a view it is empty: what is shown before the first fetch."""
        self._reading = reading
        self._source = source
        self.view = view or View()
        self.ids: list[int] = []
        self.totals: Mapping[str, int] = dict.fromkeys(source.totals, 0)
        if view is not None:
            with reading() as session:
                self.ids, self.totals = _found(session, source, view)

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, start: int, count: int) -> list[Row[Any] | None]:
        """Rows by position; None stands for one that has gone since the snapshot."""
        wanted = self.ids[start : start + count]
        with self._reading() as session:
            found = {row.id: row for row in rows_of(session, self._source, wanted, self.view)}
        return [found.get(number) for number in wanted]

    def every_row(self, size: int = 1000) -> Iterator[Row[Any]]:
        """All rows in order, a page at a time, for exports."""
        for start in range(0, len(self.ids), size):
            yield from (row for row in self.rows(start, size) if row is not None)


def ids(session: Session, source: Source, view: View) -> list[int]:
    """The ids of a view in its order: one indexed query, no objects made."""
    return _found(session, source, view)[0]


def _found(session: Session, source: Source, view: View) -> tuple[list[int], dict[str, int]]:
    found = _query(source, view).subquery()
    # As one row: the driver takes longer to hand out 100,000 than SQLite to find them.
    packed = func.json_group_array(found.c.id)
    sums = (func.coalesce(func.sum(found.c[name]), 0) for name in source.totals)
    row = session.execute(select(packed, *sums), parameters(source, view)).one()
    totals = map(int, row[1:])  # a server sums whole numbers into decimals
    found_ids: list[int] = json.loads(str(row[0]))
    return found_ids, dict(zip(source.totals, totals, strict=True))


def rows_of(
    session: Session, source: Source, wanted: Sequence[int], view: View
) -> Sequence[Row[Any]]:
    asked = {**parameters(source, view), "wanted": list(wanted)}
    return session.execute(source.page, asked).all()


def parameters(source: Source, view: View) -> Mapping[str, date]:
    return source.days(view.as_of or calendar.today())


def conditions(source: Source, view: View) -> list[ColumnElement[bool]]:
    """The WHERE of a view; the archived are apart, and what is not yet born does not count."""
    found: list[ColumnElement[bool]] = []
    if source.archives:
        archived_on = source.record.archived_on
        found.append(archived_on.is_not(None) if view.archived else archived_on.is_(None))
    if source.where is not None:
        found.append(source.where)
    if view.as_of is not None and source.born is not None:
        found.append(source.born <= AS_OF)
    found += [source.filters[name].where(value) for name, value in view.filters.items()]
    found += [source.search(term) for term in text.search_terms(view.search)]
    return found


def selected(source: Source, view: View, names: Sequence[str], joins: Collection[str] = ()) -> Any:
    """Some columns of the rows of a view, in no order; `joins` are those it needs beside."""
    columns = {name: source.columns[name] for name in names}
    needed = {*source.always, *joins}.union(
        *(column.joins for column in columns.values()),
        *(source.filters[name].joins for name in view.filters),
    )
    if view.search:
        needed.update(source.searched)
    chosen: list[Any] = [column.value.label(name) for name, column in columns.items()]
    query = select(source.record.id, *chosen).where(and_(*conditions(source, view)))
    return source.joined(query, needed)


def _query(source: Source, view: View) -> Select[Any]:
    sort = source.columns[view.sort or source.sort]
    query: Select[Any] = selected(source, view, source.totals, sort.joins)
    for key in sort.keys:
        ordered = key.desc() if view.descending else key
        query = query.order_by(ordered.nulls_last() if sort.nullable else ordered)
    return query.order_by(source.record.id.desc() if view.descending else source.record.id)


def one_of(column: Any) -> Callable[[Any], ColumnElement[bool]]:
    """A filter by a list of values; None in it stands for «not given»."""

    def where(values: Any) -> ColumnElement[bool]:
        given = [value for value in values if value is not None]
        found: ColumnElement[bool] = column.in_(given)
        return found | column.is_(None) if None in values else found

    return where


def between(column: Any) -> Callable[[Any], ColumnElement[bool]]:
    """A filter by [first, last], both included, either of them None; days as ISO text."""

    def where(values: Any) -> ColumnElement[bool]:
        first, last = (date.fromisoformat(v) if isinstance(v, str) else v for v in values)
        bounds = [column >= first] if first is not None else []
        if last is not None:
            bounds.append(column <= last)
        return and_(*bounds) if bounds else column.is_not(None)

    return where
