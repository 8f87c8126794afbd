"""What every record has: a version against silent overwriting, and an archive instead of a bin."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Connection, Index, MetaData, String, event
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, declared_attr, mapped_column

from db import text
from db.types import Day, Found, Id, Key, Name

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class LateIndex(NamedTuple):
    """An index that the schema is compared by; a start, which compares nothing, makes none."""

    name: str
    columns: tuple[str, ...]
    where: str = ""
    unique: bool = False

    def add_to(self, table: Any) -> None:
        condition = sql(self.where) if self.where else None
        # Not said for PostgreSQL too, as the first step does: here it would import that dialect.
        columns = (table.c[column] for column in self.columns)
        Index(self.name, *columns, unique=self.unique, sqlite_where=condition)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    INDEXES: ClassVar[tuple[LateIndex, ...]] = ()


class Record(Base):
    """A row a person keeps: it is archived with a reason, never deleted."""

    __abstract__ = True

    id: Mapped[Id]
    version: Mapped[int]
    archived_on: Mapped[Day | None]
    archive_reason: Mapped[Name] = mapped_column(String(120), default="")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands in the class
        return {"version_id_col": cls.__table__.c.version}


def index(name: str, *columns: str) -> LateIndex:
    return LateIndex(name, columns)


def live_index(name: str, *columns: str, where: str = "", unique: bool = False) -> LateIndex:
    """An index over the rows that are not archived: those that lists and figures ask for.

    It holds `archived_on` too, always empty there: else SQLite would not know that the index
    answers alone, and would read the table.
    """
    condition = "archived_on IS NULL" + (f" AND {where}" if where else "")
    if not unique:
        columns = (*columns, "archived_on")
    return LateIndex(name, columns, condition, unique)


def archive_index(name: str) -> LateIndex:
    """An index over the few rows that are archived, to take them off a total."""
    return LateIndex(name, ("archived_on",), "archived_on IS NOT NULL")


def found_index(table: str) -> LateIndex:
    """An index to look for a text of its own in, without those rows that have none."""
    return live_index(f"ix_{table}_live_found", "id", "search_key", where="search_key <> ''")


class Searchable:
    """A record found by `search_key`, made from its own text."""

    SEARCHED: ClassVar[tuple[str, ...]] = ("name",)

    search_key: Mapped[Found] = mapped_column(default="")

    @classmethod
    def search_key_of(cls, values: Mapping[str, Any]) -> str:
        """The parts are kept apart by a line break, which no key has."""
        words = (values[name] for name in cls.SEARCHED)
        return "\n".join(text.search_key(word) for word in words if word)[:1000]

    def make_keys(self) -> None:
        self.search_key = self.search_key_of({name: getattr(self, name) for name in self.SEARCHED})


class Findable(Searchable):
    """One listed by a `sort_key` too."""

    SORTED_BY: ClassVar[str] = "name"

    sort_key: Mapped[Key] = mapped_column(default="")

    @classmethod
    def keys_of(cls, values: Mapping[str, Any]) -> tuple[str, str]:
        """(search key, sort key)."""
        sort_key = text.sort_key(values[cls.SORTED_BY] or "")[:1000]
        return cls.search_key_of(values), sort_key

    def make_keys(self) -> None:
        """Sets both keys."""
        values = {name: getattr(self, name) for name in (*self.SEARCHED, self.SORTED_BY)}
        self.search_key, self.sort_key = self.keys_of(values)


@event.listens_for(Searchable, "before_insert", propagate=True)
@event.listens_for(Searchable, "before_update", propagate=True)
def _make_keys(mapper: Mapper[Any], connection: Connection, target: Searchable) -> None:
    target.make_keys()
