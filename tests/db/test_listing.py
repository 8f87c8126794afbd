"""Lists: every column both ways, every filter, search, the archive and the past, page by page."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from db import calendar, sample, text
from db.calendar import from_jalali
from db.commands import loans as loan_commands
from db.commands import lookups as lookup_commands
from db.commands import units as unit_commands
from db.database import Database, existing
from db.models import Bank, County, Instalment, JihadiGroup, Loan, Revival, Tranche, Unit
from db.queries import (
    actions,
    due_figures,
    dues,
    exercises,
    loans,
    lookups,
    obstacles,
    units,
    visits,
    volunteers,
)
from db.queries.listing import PAGE, Listing, View
from tests.db import plain_dues, plain_groups
from tests.db.field_work import add_field_work
from tests.db.group_work import add_group_work
from tests.db.loan_work import add_loan_work
from tests.db.making import add_loan, add_unit
from tests.db.plain_lists import Plain, Row, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from db.queries.listing import Source

SIZE = 300
DAYS = tuple(
    map(from_jalali, ("1401/06/31", "1401/12/29", "1402/05/05", "1402/10/30", "1404/02/31"))
)
SOURCES: dict[str, Source] = {
    "unit": units.SOURCE,
    "loan": loans.SOURCE,
    "visit": visits.SOURCE,
    "obstacle": obstacles.SOURCE,
    "action": actions.SOURCE,
    "volunteer": volunteers.SOURCE,
    "exercise": exercises.SOURCE,
    "instalment": dues.SOURCE,
    "call list": dues.CALLS,
    **lookups.SOURCES,
}
BORN = {"unit": "registered_on", "loan": "applied_on", "visit": "day", "obstacle": "found_on",
        "action": "decided_on", "exercise": "starts_on"}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A sample with some of everything archived and some names written otherwise."""
    path = tmp_path_factory.mktemp("lists") / "s.ehya"
    sample.make(path, SIZE, seed=3)
    opened = existing(path)
    with opened.write() as session:
        _disturb(session)
        add_field_work(session, SIZE)
        add_group_work(session)
        add_loan_work(session)
    yield opened
    opened.close()


def _disturb(session: Session) -> None:
    for number in range(7, SIZE, 23):
        unit_commands.archive_unit(session, number, "تکراری" if number % 2 else "پایان کار")
    for number, model in ((5, Revival), (9, Loan), (11, Tranche)):
        for row in session.scalars(select(model).where(model.id % number == 0)):
            row.archived_on, row.archive_reason = date(2024, 1, 1), "گم شد"
    for number, unit in enumerate(session.scalars(select(Unit))):
        unit.note = ("", "گل", "پل", "چای ژاله", "کار", "=1+1", "۱۲", "12", "آب")[number % 9]
        if number % 3 == 0:
            unit.latitude = Decimal(24 + number) / 10 + 24
            unit.longitude = Decimal("52.583698") - number
        if number % 10 == 0:
            unit.industry_id = unit.group_id = unit.estate_id = None
        if number % 4 == 0:
            unit.owner = ("پریسا گلچین", "ژاله کاظمی", "یاسر چمنی", "علی آبادی")[number % 16 // 4]
    for number, loan in enumerate(session.scalars(select(Loan))):
        loan.contract_no = f"۱۴۰۲/{number}" if number % 2 else f"1402-{number}"
        loan.note = ("", "گچ", "کچ", "چک")[number % 4]
        loan.penalty_points = Decimal(number % 7) / 2
        loan.branch = ("زند", "چمران", "گلستان", "آزادی", "")[number % 5]
    lookup_commands.archive(session, County, 3, "ادغام شد")
    lookup_commands.archive(session, Bank, 2, "ادغام شد")
    session.get_one(JihadiGroup, 1).county_id = None
    session.get_one(JihadiGroup, 2).formed_on = None
    session.flush()


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile, BEGIN left out."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _u: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


_PLAIN: dict[date, dict[str, list[Row]]] = {}


def plain(database: Database, name: str, day: date) -> list[Row]:
    """Every row of a list by a day, the archived among them."""
    if day not in _PLAIN:
        with database.read() as session:
            count = Plain(session, day)
            _PLAIN[day] = {"unit": count.unit_rows(), "loan": count.loan_rows(),
                           "visit": count.visit_rows(), "obstacle": count.obstacle_rows(),
                           "action": count.action_rows(),
                           "volunteer": plain_groups.volunteer_rows(count),
                           "exercise": plain_groups.exercise_rows(count),
                           "instalment": plain_dues.instalment_rows(count),
                           "call list": plain_dues.call_rows(count)}  # fmt: skip
            _PLAIN[day] |= {each: count.lookup_rows(each) for each in lookups.SOURCES}
    return _PLAIN[day][name]


def live(database: Database, name: str, day: date) -> list[Row]:
    """Those a list of that day shows."""
    born = BORN.get(name)
    return [
        row
        for row in plain(database, name, day)
        if row["archived_on"] is None and (born is None or row[born] <= day)
    ]


def listing(database: Database, name: str, **view: Any) -> Listing:
    return Listing(database.read, SOURCES[name], View(**view))


COLUMNS = [(name, column) for name, source in SOURCES.items() for column in source.columns]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", SOURCES)
def test_every_value_is_as_it_was_by_that_day(made: Database, name: str, day: date) -> None:
    expected = {row["id"]: row for row in live(made, name, day)}
    shown = listing(made, name, as_of=day)
    assert sorted(shown.ids) == sorted(expected)
    for row in shown.every_row():
        for column in SOURCES[name].columns:
            assert getattr(row, column) == expected[row.id][column], (row.id, column)


@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[f"{a}-{b}" for a, b in COLUMNS])
def test_every_column_can_be_sorted_both_ways(made: Database, name: str, column: str) -> None:
    day = DAYS[2]
    rows = live(made, name, day)
    for descending in (False, True):
        shown = listing(made, name, as_of=day, sort=column, descending=descending)
        assert list(shown.ids) == in_order(rows, column, descending=descending)


def test_the_first_order_is_that_of_the_source(made: Database) -> None:
    for name, source in SOURCES.items():
        assert list(listing(made, name, as_of=DAYS[2]).ids) == in_order(
            live(made, name, DAYS[2]), source.sort
        )


def test_persian_letters_come_in_the_order_of_the_alphabet(database: Database) -> None:
    names = ["یاسمن", "گندم", "آجر", "پارس", "بهار", "ژاله", "کاوه", "چای", "هما", "واحد", "لاله"]
    with database.write() as session:
        for number, name in enumerate(names):
            add_unit(session, name=name, owner=name, county_id=1 + number)
    expected = [
        "آجر",
        "بهار",
        "پارس",
        "چای",
        "ژاله",
        "کاوه",
        "گندم",
        "لاله",
        "واحد",
        "هما",
        "یاسمن",
    ]
    for column in ("name", "owner"):
        shown = listing(database, "unit", sort=column)
        assert [row.name for row in shown.every_row()] == expected


# filters


def one(column: str, value: Any) -> tuple[Any, Callable[[Row], bool]]:
    return [value], lambda row: row[column] == value


def within(column: str, first: date | None, last: date | None) -> tuple[Any, Callable[[Row], bool]]:
    def holds(row: Row) -> bool:
        value = row[column]
        return value is not None and (first or value) <= value <= (last or value)

    return [day and day.isoformat() for day in (first, last)], holds


def among(column: str, first: date | None, last: date | None) -> tuple[Any, Any]:
    """A filter by days of which a row has several."""

    def holds(row: Row) -> bool:
        return any((first or day) <= day <= (last or day) for day in row[column])

    return [day and day.isoformat() for day in (first, last)], holds


D1, D2 = from_jalali("1402/02/01"), from_jalali("1402/05/01")
OF_LOANS: dict[str, list[tuple[Any, Callable[[Row], Any]]]] = {
    "bank_id": [one("bank_id", 1), ([2, 5], lambda row: row["bank_id"] in (2, 5))],
    "group_id": [one("group_id", 2), one("group_id", None)],
    "county_id": [one("county_id", 7), ([7, 4], lambda row: row["county_id"] in (7, 4))],
    "unit_id": [one("unit_id", 6)],
    "loan_class": [
        one("loan_class", "current"),
        one("loan_class", "past_due"),
        one("loan_class", "overdue"),
        (["overdue", "doubtful"], lambda row: row["loan_class"] in ("overdue", "doubtful")),
    ],
    "again": [(True, lambda row: row["again"])],
    "call_state": [one("call_state", each) for each in dues.CALL_STATES],
}
FILTERS: dict[str, dict[str, list[tuple[Any, Callable[[Row], Any]]]]] = {
    "unit": {
        "id": [([1, 2, 299], lambda row: row["id"] in (1, 2, 299)), ([], lambda _: False)],
        "county_id": [one("county_id", 7), ([7, 4], lambda row: row["county_id"] in (7, 4))],
        "estate_id": [one("estate_id", 1), one("estate_id", None)],
        "industry_id": [
            one("industry_id", None),
            ([None, 6], lambda row: row["industry_id"] in (None, 6)),
        ],
        "group_id": [one("group_id", 1), one("group_id", None)],
        "sector": [one("sector", "industry"), one("sector", "mine")],
        "found_state": [one("found_state", "stagnant"), one("found_state", "semi_stagnant")],
        "registered_on": [within("registered_on", D1, D2), within("registered_on", None, D1)],
        "stage": [
            one("stage", "counted"),
            one("stage", "stopped"),
            (["in_support", "claimed"], lambda row: row["stage"] in ("in_support", "claimed")),
        ],
        "missing": [one("missing", "evidence"), one("missing", "contradicted")],
        "claimed": [(True, lambda row: row["claimed"])],
        "counted": [(True, lambda row: row["counted"])],
        "unproven": [(True, lambda row: row["claimed"] and not row["counted"])],
        "sustained": [(True, lambda row: row["counted"] and row["sustained"])],
        "running": [(True, lambda row: row["counted"] and not row["stopped"])],
        "returned_on": [
            within("returned_on", D1, D2),
            within("returned_on", D1, None),
            within("returned_on", None, None),
        ],
        "stopped_on": [within("stopped_on", D1, D2), within("stopped_on", None, None)],
    },
    "loan": {
        "id": [([1, 300], lambda row: row["id"] in (1, 300))],
        "unit_id": [one("unit_id", 6)],
        "bank_id": [one("bank_id", 1), one("bank_id", 2)],
        "county_id": [one("county_id", 7)],
        "purpose": [one("purpose", "working_capital"), one("purpose", "fixed_capital")],
        "stage": [
            one("stage", stage)
            for stage in ("applied", "introduced", "approved", "contract", "paying", "paid_out",
                          "rejected", "withdrawn")
        ],
        "standing": [(True, lambda row: row["approved_standing"] > 0)],
        "has_paid": [(True, lambda row: row["paid"] > 0)],
        "applied_on": [within("applied_on", D1, D2)],
        "approved_on": [within("approved_on", D1, D2), within("approved_on", None, None)],
        "method": [one("method", "annuity"), one("method", "flat_2400")],
        "loan_class": OF_LOANS["loan_class"],
        "behind": [(True, lambda row: (row["overdue"] or 0) > 0)],
        "not_revived": [(True, lambda row: row["not_revived"])],
        "age": [one("age", "on_time"), one("age", "upto_6"), one("age", None),
                (["upto_1", "rescheduled"], lambda row: row["age"] in ("upto_1", "rescheduled"))],
        "unscheduled": [(True, lambda row: row["paid"] > 0 and row["balance"] is None)],
        "paid_on": [among("paid_days", D1, D2), among("paid_days", None, None)],
        "received_on": [among("received_days", D1, D2), among("received_days", D1, None)],
        "fell_due_on": [among("fell_due_days", D1, D2), among("fell_due_days", None, D1)],
    },
    "visit": {
        "id": [([1, 300], lambda row: row["id"] in (1, 300))],
        "unit_id": [one("unit_id", 6)],
        "county_id": [one("county_id", 7)],
        "group_id": [one("group_id", 1), one("group_id", None)],
        "exercise_id": [one("exercise_id", 1), one("exercise_id", None)],
        "kind": [one("kind", "monitoring"), one("kind", "deep_diagnosis")],
        "state_seen": [one("state_seen", "stagnant")],
        "review": [one("review", "returned"), one("review", "draft")],
        "day": [within("day", D1, D2), within("day", D2, None)],
        "next_due_on": [within("next_due_on", D1, D2), within("next_due_on", None, None)],
        "awaited": [(True, lambda row: row["awaited"])],
        "due": [(True, lambda row: row["due"])],
    },
    "obstacle": {
        "id": [([1, 300], lambda row: row["id"] in (1, 300))],
        "unit_id": [one("unit_id", 6)],
        "visit_id": [one("visit_id", 4), one("visit_id", None)],
        "county_id": [one("county_id", 7)],
        "kind_id": [one("kind_id", 2)],
        "agency_id": [one("agency_id", 1), one("agency_id", None)],
        "group_id": [one("group_id", 1)],
        "severity": [one("severity", "high")],
        "main": [(True, lambda row: row["main"])],
        "state": [one("state", "open"), one("state", "removed")],
        "found_on": [within("found_on", D1, D2)],
        "removed_on": [within("removed_on", D1, D2), within("removed_on", None, None)],
    },
    "action": {
        "id": [([1, 300], lambda row: row["id"] in (1, 300))],
        "unit_id": [one("unit_id", 6)],
        "obstacle_id": [one("obstacle_id", None)],
        "county_id": [one("county_id", 7)],
        "kind": [one("kind", "resolution")],
        "state": [one("state", "late"), one("state", "open"),
                  (["done", "not_done"], lambda row: row["state"] in ("done", "not_done"))],
        "agency_id": [one("agency_id", 1), one("agency_id", None)],
        "group_id": [one("group_id", 1)],
        "decided_on": [within("decided_on", D1, D2)],
        "due_on": [within("due_on", D1, D2), within("due_on", None, None)],
        "done_on": [within("done_on", D1, D2)],
        "no_due": [(True, lambda row: row["due_on"] is None)],
    },
    "volunteer": {
        "id": [([1, 3], lambda row: row["id"] in (1, 3))],
        "group_id": [one("group_id", 2), ([2, 5], lambda row: row["group_id"] in (2, 5))],
    },
    "exercise": {
        "id": [([1, 3], lambda row: row["id"] in (1, 3))],
        "kind": [one("kind", "exercise"), one("kind", "festival")],
        "starts_on": [within("starts_on", None, D1), within("starts_on", D1, None)],
        "held": [(True, lambda row: row["starts_on"] <= DAYS[3])],
    },
    "instalment": {
        "id": [([40, 41, 90], lambda row: row["id"] in (40, 41, 90))],
        "loan_id": [one("loan_id", 6), ([4, 9], lambda row: row["loan_id"] in (4, 9))],
        "window": [
            (["overdue"], lambda row: "overdue" in row["window"]),
            (["this_week"], lambda row: "this_week" in row["window"]),
            (["this_month"], lambda row: "this_month" in row["window"]),
            (["this_month", "overdue"], lambda row: row["window"] & {"this_month", "overdue"}),
        ],
        "due_on": [within("due_on", D1, D2), within("due_on", None, D1)],
        "first": [(True, lambda row: row["first"])],
        "banks": [
            (["closed"], lambda row: row["closed"]),
            (["open"], lambda row: not row["closed"]),
            (["closed", "open"], lambda _: True),
        ],
        **OF_LOANS,
    },
    "call list": {
        "id": [([6, 9, 100], lambda row: row["id"] in (6, 9, 100))],
        "behind": [(True, lambda row: row["behind"])],
        "oldest_due_on": [within("oldest_due_on", None, D2)],
        "again_on": [within("again_on", D1, D2), within("again_on", None, None)],
        "last_call": [within("last_call", None, D2)],
        **OF_LOANS,
    },
    **{
        name: {"id": [([1, 3], lambda row: row["id"] in (1, 3))]}
        | ({"county_id": [one("county_id", 7), one("county_id", None)]}
           if "county_id" in source.filters else {})
        | ({"active": [(True, lambda row: row["active_by"])]} if name == "group" else {})
        for name, source in lookups.SOURCES.items()
    },
}  # fmt: skip
TRIED = [
    pytest.param(name, which, value, holds, id=f"{name}-{which}-{value}")
    for name, filters in FILTERS.items()
    for which, tries in filters.items()
    for value, holds in tries
]


def test_every_filter_is_tried() -> None:
    assert {name: set(filters) for name, filters in FILTERS.items()} == {
        name: set(source.filters) for name, source in SOURCES.items()
    }


@pytest.mark.parametrize(("name", "which", "value", "holds"), TRIED)
def test_each_filter_keeps_what_it_says(
    made: Database, name: str, which: str, value: Any, holds: Callable[[Row], bool]
) -> None:
    for day in (DAYS[1], DAYS[3]):
        shown = listing(made, name, as_of=day, filters={which: value})
        expected = [row["id"] for row in live(made, name, day) if holds(row)]
        assert sorted(shown.ids) == sorted(expected)


def test_the_days_bring_something_of_every_kind(made: Database) -> None:
    """Else what is said of the due calendar would prove little."""
    of_days = {name: [row for day in DAYS for row in plain(made, name, day)]
               for name in ("instalment", "call list")}  # fmt: skip
    for name, rows in of_days.items():
        assert {row["loan_class"] for row in rows} == {"current", "past_due", "overdue", "doubtful"}
        assert {row["call_state"] for row in rows} == set(dues.CALL_STATES), name
    due = of_days["instalment"]
    assert {"overdue", "this_week", "this_month"} == set().union(*(row["window"] for row in due))
    assert any(0 < row["left"] < row["total"] for row in due)
    assert {"جمعه", "دوم، یکم"} <= {row["closed"] for row in due}
    assert any(row["closed"] is None for row in due)
    assert any(row["call_state"] == "today" and not row["behind"] for row in of_days["call list"])
    with made.read() as session:
        renewed = session.scalars(select(Instalment.loan_id).where(
            Instalment.rescheduling_id.is_not(None))).all()  # fmt: skip
        assert set(renewed) & {row["loan_id"] for row in due}
        assert session.scalar(select(Instalment.id).where(Instalment.by_paper))


@pytest.mark.parametrize("name", ["instalment", "call list"])
def test_a_list_tells_the_sum_of_all_its_rows(made: Database, name: str) -> None:
    (column,) = SOURCES[name].totals
    for day in DAYS:
        tried: list[dict[str, Any]] = [{}, {"loan_class": ["overdue"]}, {"id": []}]
        for filters in tried:
            shown = listing(made, name, as_of=day, filters=filters)
            rows = {row["id"]: row for row in live(made, name, day)}
            assert shown.totals == {column: sum(rows[each][column] for each in shown.ids)}
    empty = Listing(made.read, SOURCES[name], None)
    assert empty.totals == {column: 0}
    assert listing(made, "unit").totals == {}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_head_of_the_due_calendar_is_what_its_doors_show(made: Database, day: date) -> None:
    with made.read() as session:
        told = due_figures.figures(session, day)
    due, calls = live(made, "instalment", day), live(made, "call list", day)
    for name in dues.WINDOWS:
        rows = [row for row in due if name in row["window"]]
        assert told.windows[name] == (len(rows), sum(row["left"] for row in rows))
    assert told.behind == sum(row["behind"] for row in calls)
    assert told.calls == sum(row["again"] for row in calls)


def test_the_month_is_told_by_its_days(made: Database) -> None:
    day, (first, last) = DAYS[3], calendar.month_range(1402, 11)
    tried: list[tuple[dict[str, Any], Callable[[Row], bool]]] = [
        ({}, lambda _: True), ({"bank_id": [5]}, lambda row: row["bank_id"] == 5),
    ]  # fmt: skip
    for filters, holds in tried:
        with made.read() as session:
            told = due_figures.by_day(session, first, last, day, filters)
        expected: dict[date, list[int]] = defaultdict(list)
        for row in live(made, "instalment", day):
            if first <= row["due_on"] <= last and holds(row):
                expected[row["due_on"]].append(row["left"])
        assert told == {each: (len(left), sum(left)) for each, left in expected.items()}
        assert due_figures.total(told.values()).instalments == sum(map(len, expected.values())) > 0


@given(st.sampled_from(["گل", "شیراز 1", "1402-", "۱۴۰۲/۱", "رضایی 14", "ژ", "٪", "3"]))
def test_what_is_due_is_found_by_the_unit_or_the_contract(made: Database, typed: str) -> None:
    for name in ("instalment", "call list"):
        expected = [
            row["id"]
            for row in live(made, name, DAYS[3])
            if all(
                term in row["unit_key"]
                or (any(sign.isdigit() for sign in term)
                    and {term, text.to_persian_digits(term)}
                    & _parts_of(row["contract_no"], len(term)))
                for term in text.search_terms(typed)
            )
        ]  # fmt: skip
        assert sorted(listing(made, name, as_of=DAYS[3], search=typed).ids) == sorted(expected)


def _parts_of(words: str, length: int) -> set[str]:
    return {words[start : start + length] for start in range(len(words))}


def test_filters_search_and_order_go_together(made: Database) -> None:
    day = DAYS[3]
    shown = listing(
        made, "unit", as_of=day, search="گلچین", sort="jobs_after", descending=True,
        filters={"stage": ["counted", "sustained", "claimed"], "county_id": list(range(1, 20))},
    )  # fmt: skip
    rows = [
        row
        for row in live(made, "unit", day)
        if row["stage"] in ("counted", "sustained", "claimed")
        and row["county_id"] < 20
        and "گلچین" in row["search_key"]
    ]
    assert rows
    assert list(shown.ids) == in_order(rows, "jobs_after", descending=True)


def test_a_filter_takes_more_ids_than_a_statement_takes_values(made: Database) -> None:
    shown = listing(made, "unit", filters={"id": list(range(1, 40_000))})
    assert len(shown) == len(listing(made, "unit"))


# search


@pytest.fixture
def named(database: Database) -> Database:
    with database.write() as session:
        for number, (name, owner) in enumerate(
            [
                ("صنایع غذایی گل‌کاران کیان", "علی"),
                ("نخ‌ریسی پارس ۱۲", "کاظم یزدی"),
                ("100% خالص_پلاستیک", "Ali REZA"),
                ("بلوک/سیمان\\ماسه", "مهدی"),
                ("آجر آذر", "سؤال ئی"),
            ]
        ):
            add_unit(session, name=name, owner=owner, county_id=1 + number, mobile=MOBILES[number])
            add_loan(session, number + 1, contract_no=("ق-۱۲۳", "KH/45", "", "99_9", "5%")[number])
    return database


MOBILES = ("09171234567", "09121112233", "", "", "")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", {1, 2, 3, 4, 5}),
        ("   ", {1, 2, 3, 4, 5}),
        ("گلکاران", {1}),
        ("گل کاران", {1}),
        ("گل‌کاران", {1}),
        ("گلكاران كيان", {1}),
        ("کیان غذایی", {1}),  # every word, in any order
        ("کیان پارس", set()),
        ("صنايع", {1}),
        ("12", {1, 2}),  # in a name and a telephone number
        ("۱۲", {1, 2}),
        ("١٢", {1, 2}),
        ("۰۹۱۷۱۲۳۴۵۶۷", {1}),
        ("100002", {2}),
        ("یزدي", {2}),
        ("ali reza", {3}),
        ("ALI", {3}),
        ("%", {3}),
        ("_", {3}),
        ("100%", {3}),
        ("0%خ", {3}),
        ("1_0", set()),
        ("/", {4}),
        ("\\", {4}),
        ("ک/س", {4}),
        ("سوال", {5}),
        ("ییی", set()),
        ("اجر", {5}),
        ("'", set()),
        ('"', set()),
        ("غذایی\u200f کیان", {1}),
        ("نخ‌رِیسی", {2}),
    ],
)
def test_whatever_is_typed_finds_what_is_meant(
    named: Database, typed: str, found: set[int]
) -> None:
    assert set(listing(named, "unit", search=typed).ids) == found
    in_form = {number for number, _ in _options(named, "unit", typed)}
    assert in_form == found


def _options(database: Database, source: str, typed: str) -> list[tuple[int, str]]:
    with database.read() as session:
        return lookups.options(session, source, typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("کیان", {1}), ("123", {1}), ("۱۲۳", {1}), ("ق-۱۲۳", {1}), ("kh/45", {2}), ("KH/۴۵", {2}),
     ("99_9", {4}), ("9999", set()), ("5%", {5}), ("پارس 45", {2}), ("کیان kh", set())],
)  # fmt: skip
def test_a_loan_is_found_by_its_unit_or_its_number(
    named: Database, typed: str, found: set[int]
) -> None:
    assert set(listing(named, "loan", search=typed).ids) == found


def test_an_archived_loan_is_found_by_its_number_in_the_archive(named: Database) -> None:
    with named.write() as session:
        loan_commands.archive_loan(session, 1, "تکراری")
    for typed in ("123", "کیان"):
        assert list(listing(named, "loan", search=typed).ids) == []
        assert list(listing(named, "loan", search=typed, archived=True).ids) == [1]


@given(st.text(max_size=6) | st.text("%_/\\'\"*?[]^ یكک‌۱1", max_size=6))
def test_nothing_typed_breaks_the_search(made: Database, typed: str) -> None:
    terms = text.search_terms(typed)
    expected = [
        row["id"]
        for row in live(made, "unit", DAYS[3])
        if all(term in row["search_key"] for term in terms)
    ]
    assert sorted(listing(made, "unit", as_of=DAYS[3], search=typed).ids) == expected
    assert len(listing(made, "loan", search=typed)) <= len(listing(made, "loan"))


@pytest.mark.parametrize("name", ["visit", "obstacle", "action"])
@given(st.sampled_from(["گل", "رضایی", "نامه", "بانک", "شیراز 1", "مجوز", "زهرا گل", "ژ", "٪"]))
def test_what_belongs_to_a_unit_is_found_by_it_or_by_its_own_text(
    made: Database, name: str, typed: str
) -> None:
    expected = [
        row["id"]
        for row in live(made, name, DAYS[3])
        if all(term in row["unit_key"] or term in row["search_key"]
               for term in text.search_terms(typed))
    ]  # fmt: skip
    assert sorted(listing(made, name, as_of=DAYS[3], search=typed).ids) == expected


def test_search_is_by_the_key_alone(made: Database) -> None:
    day = DAYS[3]
    for typed in ("گل", "شیراز 1", "0917", "کاظمی", "صنایع", "ژ"):
        terms = text.search_terms(typed)
        expected = [
            row["id"]
            for row in live(made, "unit", day)
            if all(term in row["search_key"] for term in terms)
        ]
        assert sorted(listing(made, "unit", as_of=day, search=typed).ids) == sorted(expected)


# the archive


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.archives])
def test_the_archive_shows_what_the_list_does_not(made: Database, name: str) -> None:
    today = date.today()  # noqa: DTZ011 - the day of the list
    rows = [row for row in plain(made, name, today) if row["archived_on"] is not None]
    shown = listing(made, name, archived=True)
    assert list(shown.ids) == in_order(rows, SOURCES[name].sort)
    assert all(row.archive_reason for row in shown.every_row())
    every = {row["id"] for row in plain(made, name, today)}
    assert set(listing(made, name).ids) | set(shown.ids) == every


# pages


def test_pages_are_the_rows_of_the_ids(made: Database) -> None:
    shown = listing(made, "unit", sort="county")
    assert len(shown) == len(shown.ids) > 2 * PAGE
    everything = list(shown.every_row())
    assert [row.id for row in everything] == list(shown.ids)
    assert [row.id for row in shown.every_row(size=7)] == list(shown.ids)
    for start in (0, 1, PAGE - 1, PAGE, len(shown) - 3):
        page = shown.rows(start, PAGE)
        assert page == everything[start : start + PAGE]
    assert shown.rows(len(shown), PAGE) == []
    assert shown.rows(0, 0) == []


@pytest.mark.parametrize("name", SOURCES)
def test_a_list_is_one_question_and_a_page_one_more(made: Database, name: str) -> None:
    with statements(made) as asked:
        shown = listing(made, name)
        assert len(asked) == 1
        shown.rows(0, PAGE)
        assert len(asked) == 2
        list(shown.every_row(size=200))
        assert len(asked) == 2 + -(-len(shown) // 200)


def test_a_row_gone_meanwhile_leaves_its_place_empty(named: Database) -> None:
    shown, of_loans = listing(named, "unit"), listing(named, "loan")
    place = list(shown.ids).index(2)
    with named.write() as session:
        unit_commands.archive_unit(session, 2, "تکراری")
        add_unit(session, name="آآآ", county_id=20)
    assert [row and row.id for row in shown.rows(0, 9)] == list(shown.ids)  # archived, but there
    assert [row is None for row in of_loans.rows(0, 9)].count(True) == 1
    with named.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("DELETE FROM loan WHERE unit_id = 2")
        connection.exec_driver_sql("DELETE FROM unit WHERE id = 2")
    page = shown.rows(0, 9)
    assert page[place] is None
    assert [row and row.id for row in page].count(None) == 1
    assert 2 not in [row.id for row in shown.every_row()]
    assert len(shown) == 5


def test_an_empty_list_has_no_rows(database: Database) -> None:
    shown = listing(database, "unit", search="هیچ")
    assert (len(shown), shown.rows(0, PAGE), list(shown.every_row())) == (0, [], [])


def test_a_list_in_a_session_that_stays_open_speaks_of_one_moment(named: Database) -> None:
    @contextmanager
    def held() -> Iterator[Session]:
        yield session

    with named.read() as session:
        shown = Listing(held, units.SOURCE, View())
        with named.write() as writing:
            unit_commands.save_unit(
                writing, 1, {"name": "نام تازه", "county_id": 1, "found_jobs": 1,
                             "found_state": "stagnant", "registered_on": date(2023, 5, 1)},
            )  # fmt: skip
        row = next(row for row in shown.every_row() if row.id == 1)
        assert row.name == "صنایع غذایی گل‌کاران کیان"
    assert "نام تازه" in [row.name for row in listing(named, "unit").every_row()]


# as of a day


def test_a_record_is_listed_from_the_day_it_counts(database: Database) -> None:
    day = date(2023, 5, 1)
    with database.write() as session:
        unit = add_unit(session, registered_on=day)
        add_loan(session, unit.id, applied_on=day)
    before = day - timedelta(days=1)
    for name in ("unit", "loan"):
        assert [len(listing(database, name, as_of=at)) for at in (before, day)] == [0, 1]
        assert len(listing(database, name)) == 1


# the plans


def _plan(database: Database, **view: Any) -> str:
    with statements(database) as asked:
        listing(database, "unit", **view)
    ((statement, parameters),) = asked
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return " | ".join(row[3] for row in rows)


@pytest.mark.parametrize(
    "view", [{}, {"descending": True}, {"search": "گل"}, {"search": "گل کار", "descending": True}]
)
def test_the_list_and_its_search_never_touch_the_table(
    made: Database, view: dict[str, Any]
) -> None:
    plan = _plan(made, **view)
    assert "SCAN unit USING COVERING INDEX ix_unit_live_" in plan
    assert "TEMP B-TREE" not in plan
