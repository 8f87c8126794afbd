"""Saving, archiving and restoring, as the windows do it: duplicates, codes, relapses, payouts."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from db import calendar, standing
from db.commands import loans, lookups, saving, units
from db.errors import RuleError
from db.models import (
    Bank,
    Change,
    County,
    Estate,
    Industry,
    JihadiGroup,
    Loan,
    ObstacleKind,
    Revival,
    Tranche,
    Unit,
)
from db.queries import loans as loan_queries
from db.queries import lookups as lookup_queries
from db.queries import progress
from db.queries import units as unit_queries
from db.queries.listing import Listing, View
from tests.db.making import (
    DAY,
    LEGAL_IDS,
    add_loan,
    add_revival,
    add_tranche,
    add_unit,
    approved,
    loan_values,
    revival_values,
    told,
    unit_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from db.database import Database

ONE_DAY = timedelta(days=1)
NATIONAL_CODE = "0790419904"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


@contextmanager
def refuses(*complaints: tuple[str, str]) -> Iterator[None]:
    """The write inside breaks exactly these rules."""
    with pytest.raises(RuleError) as caught:
        yield
    assert told(caught.value.violations) == list(complaints)


# units: duplicates


@pytest.mark.parametrize(
    ("name", "code"), [("licence_no", "licence_taken"), ("sso_workshop_code", "workshop_taken")]
)
def test_what_is_of_one_unit_is_not_of_another(session: Session, name: str, code: str) -> None:
    first = add_unit(session, name="نخست", **{name: "1234"})
    with refuses((name, code)):
        add_unit(session, name="دوم", county_id=2, **{name: "1234"})
    (violation,) = units.check(
        session, None, unit_values(name="دوم", county_id=2, **{name: "1234"})
    )
    assert violation.detail == ("نخست", first.code)
    second = add_unit(session, name="دوم", county_id=2, **{name: "1235"})
    with refuses((name, code)):
        units.save_unit(session, second.id, unit_values(name="دوم", county_id=2, **{name: "1234"}))
    units.save_unit(session, first.id, unit_values(name="نخست تازه", **{name: "1234"}))
    add_unit(session, name="سوم", county_id=3)
    add_unit(session, name="چهارم", county_id=4)  # none given twice is no duplicate


@pytest.mark.parametrize(
    ("name", "number"), [("national_code", NATIONAL_CODE), ("legal_national_id", LEGAL_IDS[0])]
)
@pytest.mark.parametrize(
    ("licence", "others", "answer"),
    [
        ("", "", "owner_taken"),
        ("1", "", "owner_taken"),
        ("", "1", "owner_taken"),
        ("2", "1", "?owner_has_other_unit"),
    ],
)
def test_an_owner_of_two_units_has_a_licence_for_each(
    session: Session, name: str, number: str, licence: str, others: str, answer: str
) -> None:
    add_unit(session, name="نخست", licence_no=others, **{name: number})
    values = unit_values(name="دوم", county_id=2, licence_no=licence, **{name: number})
    assert told(units.check(session, None, values)) == [(name, answer)]
    if answer.startswith("?"):
        units.save_unit(session, None, values)
    else:
        with refuses((name, answer)):
            units.save_unit(session, None, values)


def test_an_owner_of_many_units_is_told_of_the_one_without_a_licence(session: Session) -> None:
    for number in range(3):
        add_unit(
            session, name=f"واحد {number}", county_id=1 + number, licence_no=str(7 + number),
            national_code=NATIONAL_CODE,
        )  # fmt: skip
    third = unit_queries.get(session, 3)
    units.save_unit(session, 3, {**saving.values_of(third), "national_code": ""})
    bare = add_unit(session, name="بی‌پروانه", county_id=9)
    bare.national_code = NATIONAL_CODE
    session.flush()
    values = unit_values(name="تازه", county_id=8, licence_no="99", national_code=NATIONAL_CODE)
    assert told(units.check(session, None, values)) == [("national_code", "owner_taken")]


def test_two_owners_may_not_share_a_licence(session: Session) -> None:
    add_unit(session, name="نخست", licence_no="1", national_code=NATIONAL_CODE)
    values = unit_values(name="دوم", county_id=2, licence_no="1", national_code=NATIONAL_CODE)
    assert told(units.check(session, None, values)) == [
        ("licence_no", "licence_taken"),
        ("national_code", "?owner_has_other_unit"),
    ]


def test_an_archived_unit_gives_its_identifiers_back(session: Session) -> None:
    first = add_unit(session, name="نخست", licence_no="1", national_code=NATIONAL_CODE)
    units.archive_unit(session, first.id, "تکراری")
    second = add_unit(session, name="دوم", licence_no="1", national_code=NATIONAL_CODE)
    with refuses(("licence_no", "licence_taken")):
        units.restore_unit(session, first.id)
    units.archive_unit(session, second.id, "اشتباه بود")
    units.restore_unit(session, first.id)
    assert unit_queries.get(session, first.id).archived_on is None


# units: names that are much alike


@pytest.mark.parametrize(
    ("name", "is_alike"),
    [
        ("صنایع غذایی گلچین فارس", True),  # the same
        ("صنايع غذايي گلچين فارس", True),  # Arabic letters
        ("صنایع‌غذایی گل‌چین فارس", True),  # half-spaces
        ("صنایع غذایی گلچین‌ فارس", True),
        ("صنایع غذایی گلجین فارس", True),  # one letter another
        ("صنایع غذایی گلچین فارسی", True),  # one letter more
        ("صنایع غذای گلچین فارس", True),  # one letter less
        ("صنایع غذایی گلستان فارس", False),
        ("صنایع غذایی", False),
        ("نخ‌ریسی پارس", False),
    ],
)
def test_a_name_much_like_another_is_wondered_at(
    session: Session, name: str, is_alike: bool
) -> None:
    known = add_unit(session, name="صنایع غذایی گلچین فارس")
    complaints = units.check(session, None, unit_values(name=name))
    assert told(complaints) == ([("name", "?similar_name")] if is_alike else [])
    assert [v.detail for v in complaints] == ([(known.name, known.code)] if is_alike else [])
    assert units.check(session, None, unit_values(name=name, county_id=2)) == []
    units.save_unit(session, None, unit_values(name=name))  # a warning does not stop it


def test_a_unit_is_not_like_itself_nor_like_an_archived_one(session: Session) -> None:
    unit = add_unit(session, name="صنایع غذایی گلچین فارس")
    assert units.check(session, unit.id, unit_values(name="صنایع غذایی گلچین فارس")) == []
    units.archive_unit(session, unit.id, "تکراری")
    assert units.check(session, None, unit_values(name="صنایع غذایی گلچین فارس")) == []


def test_the_likest_name_is_told(session: Session) -> None:
    add_unit(session, name="کارگاه تولیدی نمونهٔ یک")
    likest = add_unit(session, name="کارگاه تولیدی نمونهٔ دو")
    (violation,) = units.check(session, None, unit_values(name="کارگاه تولیدی نمونه‌ی دو"))
    assert violation.detail == (likest.name, likest.code)


# units: codes


def test_codes_are_given_in_turn_and_never_again(session: Session) -> None:
    codes = [add_unit(session, name=f"و {n}", county_id=1 + n).code for n in range(3)]
    assert codes == ["100001", "100002", "100003"]
    units.archive_unit(session, 3, "تکراری")
    assert add_unit(session, name="تازه", county_id=9).code == "100004"
    units.restore_unit(session, 3)
    assert add_unit(session, name="تازه‌تر", county_id=10).code == "100005"


def test_a_refused_unit_takes_no_code(database: Database) -> None:
    with pytest.raises(RuleError), database.write() as session:
        add_unit(session, name="")
    with pytest.raises(ZeroDivisionError), database.write() as session:
        add_unit(session, owner=1 / 0)
    with database.write() as session:
        assert add_unit(session).code == "100001"


def test_codes_go_on_by_number_not_by_text(session: Session) -> None:
    add_unit(session).code = "999999"
    session.flush()
    assert add_unit(session, name="دو", county_id=2).code == "1000000"
    assert add_unit(session, name="سه", county_id=3).code == "1000001"


# units: returns


def test_a_relapse_ends_running_and_a_new_return_begins_it(session: Session) -> None:
    unit = add_unit(session)
    first = add_revival(session, unit.id, shown=True)
    with refuses(("returned_on", "still_running")):
        add_revival(session, unit.id, returned_on=DAY + 9 * ONE_DAY)
    values = revival_values(stopped_on=DAY + 5 * ONE_DAY, stop_reason="قطع برق")
    units.save_revival(session, unit.id, first.id, values)
    add_revival(session, unit.id, returned_on=DAY + 9 * ONE_DAY)
    standing.settle(session)
    stages = [
        unit_queries.stage(session, unit.id, DAY + days * ONE_DAY) for days in (0, 4, 5, 8, 9)
    ]
    assert stages == ["counted", "counted", "stopped", "stopped", "counted"]
    figures = [progress.figures(session, DAY + days * ONE_DAY) for days in (-1, 4, 5, 9)]
    assert [(found.revived, found.running) for found in figures] == [
        (110, 110), (111, 111), (111, 110), (111, 111),
    ]  # fmt: skip
    with refuses(("stopped_on", "runs_into_next")):
        units.save_revival(session, unit.id, first.id, revival_values())


def test_a_return_does_not_stand_in_its_own_way(session: Session) -> None:
    unit = add_unit(session)
    revival = add_revival(session, unit.id)
    units.save_revival(session, unit.id, revival.id, revival_values(jobs_after=10))
    assert unit_queries.revivals(session, unit.id)[0].jobs_after == 10


def test_returns_of_other_units_do_not_matter(session: Session) -> None:
    for number in range(2):
        add_revival(session, add_unit(session, name=f"و {number}", county_id=1 + number).id)


def test_an_archived_return_is_out_of_the_way_and_of_the_sums(session: Session) -> None:
    unit = add_unit(session)
    wrong = add_revival(session, unit.id, shown=True)
    units.archive_revival(session, wrong.id, "اشتباه وارد شد")
    standing.settle(session)
    assert progress.figures(session, DAY).revived == 110
    assert progress.figures(session, DAY).direct_jobs == 700
    assert unit_queries.stage(session, unit.id, DAY) == "visited"
    add_revival(session, unit.id, jobs_after=5)
    standing.settle(session)
    assert progress.figures(session, DAY).direct_jobs == 701


def test_a_unit_is_not_registered_after_its_return(session: Session) -> None:
    unit = add_unit(session)
    add_revival(session, unit.id, returned_on=DAY + ONE_DAY)
    later = unit_values(registered_on=DAY + 2 * ONE_DAY)
    with refuses(("registered_on", "after_return")):
        units.save_unit(session, unit.id, later)
    units.save_unit(session, unit.id, unit_values(registered_on=DAY + ONE_DAY))
    units.archive_revival(session, 1, "اشتباه وارد شد")
    units.save_unit(session, unit.id, later)


# loans


def test_a_loan_goes_through_its_stages(session: Session) -> None:
    unit = add_unit(session)
    loan = add_loan(session, unit.id)
    days = [DAY + number * ONE_DAY for number in range(6)]
    steps: dict[str, Any] = {}
    for more in (
        {"introduced_on": days[1]},
        {"approved_on": days[2], "amount_approved": 1000},
        {"contract_on": days[3]},
    ):
        steps |= more
        loans.save_loan(session, loan.id, loan_values(unit.id, **steps))
    add_tranche(session, loan.id, 400, days[4])
    add_tranche(session, loan.id, 600, days[5])
    stages = [loan_queries.stage(session, loan.id, day) for day in days]
    assert stages == ["applied", "introduced", "approved", "contract", "paying", "paid_out"]


@pytest.mark.parametrize(
    ("name", "stage"), [("rejected_on", "rejected"), ("withdrawn_on", "withdrawn")]
)
def test_a_loan_may_end_unpaid(session: Session, name: str, stage: str) -> None:
    unit = add_unit(session)
    loan = add_loan(session, unit.id, **{name: DAY + ONE_DAY})
    assert loan_queries.stage(session, loan.id, DAY) == "applied"
    assert loan_queries.stage(session, loan.id, DAY + ONE_DAY) == stage


def test_payouts_stay_within_what_is_approved(session: Session) -> None:
    loan = add_loan(session, add_unit(session).id, **approved())
    first = add_tranche(session, loan.id, 400)
    with refuses(("amount", "above_approved")):
        add_tranche(session, loan.id, 601)
    second = add_tranche(session, loan.id, 600)
    assert (first.number, second.number) == (1, 2)
    with refuses(("amount", "above_approved")):
        loans.save_tranche(session, loan.id, first.id, {"day": DAY, "amount": 401})
    loans.save_tranche(session, loan.id, first.id, {"day": DAY, "amount": 399})
    with refuses(("amount_approved", "approved_below_paid")):
        loans.save_loan(session, loan.id, loan_values(1, **approved(amount_approved=998)))
    loans.save_loan(session, loan.id, loan_values(1, **approved(amount_approved=999)))


def test_a_payout_needs_a_contract_and_then_holds_it(session: Session) -> None:
    loan = add_loan(session, add_unit(session).id, **approved(contract_on=None))
    with refuses(("day", "paid_without_contract")):
        add_tranche(session, loan.id)
    loans.save_loan(session, loan.id, loan_values(1, **approved()))
    add_tranche(session, loan.id)
    with refuses(("contract_on", "paid_without_contract")):
        loans.save_loan(session, loan.id, loan_values(1, **approved(contract_on=None)))
    with refuses(("withdrawn_on", "ended_after_paid")):
        loans.save_loan(session, loan.id, loan_values(1, **approved(withdrawn_on=DAY)))


def test_an_archived_payout_is_out_of_every_sum(session: Session) -> None:
    loan = add_loan(session, add_unit(session).id, **approved())
    wrong = add_tranche(session, loan.id, 1000)
    assert progress.figures(session, DAY).loans.paid_out == 1000
    loans.archive_tranche(session, wrong.id, "اشتباه وارد شد")
    assert progress.figures(session, DAY).loans.paid_out == 0
    assert loan_queries.stage(session, loan.id, DAY) == "contract"
    add_tranche(session, loan.id, 1000)
    assert progress.figures(session, DAY).loans.paid_out == 1000


def test_the_bank_of_a_sheba_is_looked_up(session: Session) -> None:
    unit = add_unit(session)
    parsian = session.scalars(select(Bank).where(Bank.code == "054")).one()
    other = session.scalars(select(Bank).where(Bank.code.not_in(["054", ""]))).first()
    assert other is not None
    values = loan_values(unit.id, sheba="IR820540102680020817909002")
    assert loans.check(session, None, {**values, "bank_id": parsian.id}) == []
    assert told(loans.check(session, None, {**values, "bank_id": other.id})) == [
        ("sheba", "?sheba_of_other_bank")
    ]


# the archive


def _figures(session: Session) -> tuple[Any, ...]:
    found = progress.figures(session, DAY + 30 * ONE_DAY)
    shares = [(share.revived, share.units) for share in found.counties]
    return (found.revived, found.running, found.direct_jobs, found.units, found.loans, shares)


def _lists(database: Database) -> list[tuple[Any, ...]]:
    sources = (unit_queries.SOURCE, loan_queries.SOURCE)
    listed = [len(Listing(database.read, source, View())) for source in sources]
    with database.read() as session:
        groups = Listing(database.read, lookup_queries.SOURCES["group"], View())
        banks = Listing(database.read, lookup_queries.SOURCES["bank"], View())
        assert session is not None
    uses = [(row.units, row.revived) for row in groups.every_row()]
    return [tuple(listed), tuple(uses), tuple(row.loans for row in banks.every_row())]


def test_an_archived_unit_takes_all_that_is_its_own_with_it(database: Database) -> None:
    with database.write() as session:
        group = lookups.save(session, JihadiGroup, None, {"name": "گروه"})
        before = _figures(session)
    lists = _lists(database)
    with database.write() as session:
        unit = add_unit(session, group_id=group.id)
        add_revival(session, unit.id)
        loan = add_loan(session, unit.id, **approved())
        add_tranche(session, loan.id)
    with database.read() as session:
        full = _figures(session)
        assert full != before
    full_lists = _lists(database)
    assert full_lists != lists
    with database.write() as session:
        units.archive_unit(session, unit.id, "تکراری")
    with database.read() as session:
        assert _figures(session) == before
        assert session.get_one(Loan, loan.id).archived_on is None
    assert _lists(database) == lists
    with database.write() as session:
        units.restore_unit(session, unit.id)
    with database.read() as session:
        assert _figures(session) == full
    assert _lists(database) == full_lists


def test_an_archived_loan_takes_its_payouts_with_it(session: Session) -> None:
    unit = add_unit(session)
    loan = add_loan(session, unit.id, **approved())
    add_tranche(session, loan.id)
    full = _figures(session)
    loans.archive_loan(session, loan.id, "تکراری")
    found = progress.figures(session, DAY).loans
    assert (found.count, found.approved, found.paid_out) == (0, 0, 0)
    loans.restore_loan(session, loan.id)
    assert _figures(session) == full


ARCHIVES: dict[str, Any] = {
    "unit": (Unit, units.archive_unit),
    "revival": (Revival, units.archive_revival),
    "loan": (Loan, loans.archive_loan),
    "tranche": (Tranche, loans.archive_tranche),
    "county": (County, lambda s, number, reason: lookups.archive(s, County, number, reason)),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_nothing_is_archived_without_a_reason(session: Session, name: str) -> None:
    model, archive = ARCHIVES[name]
    unit = add_unit(session)
    add_revival(session, unit.id)
    loan = add_loan(session, unit.id, **approved())
    add_tranche(session, loan.id)
    for reason, code in (("", "required"), (" \n", "required"), ("ی" * 121, "too_long")):
        with refuses(("archive_reason", code)):
            archive(session, 1, reason)
    assert session.get_one(model, 1).archived_on is None
    archive(session, 1, f" {'ی' * 118} ")
    found = session.get_one(model, 1)
    assert found.archived_on == calendar.today()
    assert found.archive_reason == "ی" * 118


def test_restoring_what_is_not_archived_changes_nothing(session: Session) -> None:
    unit = add_unit(session)
    before = session.scalar(select(func.count()).select_from(Change))
    units.restore_unit(session, unit.id)
    assert session.scalar(select(func.count()).select_from(Change)) == before
    assert unit.version == 1


# the base lists


@pytest.mark.parametrize("model", [County, Estate, Industry, ObstacleKind, Bank, JihadiGroup])
def test_a_name_is_in_a_list_once(session: Session, model: Any) -> None:
    values: dict[str, Any] = {"name": "گل‌کاران یکم", "code": "x"}
    row = lookups.save(session, model, None, values)
    for name in ("گل‌کاران یکم", "گلكاران يكم", " گل کاران  یکم "):
        with refuses(("name", "name_taken")):
            lookups.save(session, model, None, {**values, "name": name})
    lookups.save(session, model, row.id, {**values, "name": "گلكاران يكم"})
    other = lookups.save(session, model, None, {**values, "name": "گل‌کاران دوم"})
    with refuses(("name", "name_taken")):
        lookups.save(session, model, other.id, {**values, "name": "گلكاران يكم"})
    lookups.archive(session, model, row.id, "نادرست")
    lookups.save(session, model, other.id, {**values, "name": "گلكاران يكم"})
    with refuses(("name", "name_taken")):
        lookups.restore(session, model, row.id)
    lookups.archive(session, model, other.id, "نادرست")
    lookups.restore(session, model, row.id)


def test_an_estate_may_have_the_name_of_one_elsewhere(session: Session) -> None:
    for county in (1, 2, None):
        lookups.save(session, Estate, None, {"name": "شهرک امید", "county_id": county})
    for county in (1, None):
        with refuses(("name", "name_taken")):
            lookups.save(session, Estate, None, {"name": "شهرک امید", "county_id": county})


def test_what_was_chosen_stays_readable_when_archived(session: Session) -> None:
    unit = add_unit(session)
    lookups.archive(session, County, 1, "ادغام شد")
    assert lookup_queries.label(session, "county", 1) == "آباده"
    assert 1 not in [number for number, _ in lookup_queries.options(session, "county")]
    units.save_unit(session, unit.id, unit_values(owner="تازه"))


def test_text_is_kept_to_the_letter(database: Database) -> None:
    """What the forms let through is stored as it is: no statement, no pattern, no formula."""
    nasty = [
        "'; DROP TABLE unit; --",
        "100%_\\",
        "=cmd|' /C calc'!A0",
        "\u200fنام\u200c‌",
        "😀",
        "\u2028",
    ]
    with database.write() as session:
        for number, name in enumerate(nasty):
            add_unit(session, name=name, note=name, county_id=1 + number)
    with database.read() as session:
        rows = session.scalars(select(Unit).order_by(Unit.id)).all()
        assert [(row.name, row.note) for row in rows] == [(name, name) for name in nasty]


def test_the_largest_amounts_are_exact(session: Session) -> None:
    unit = add_unit(session)
    most = 10**14 - 1
    loan = add_loan(session, unit.id, amount_asked=most, **approved(amount_approved=most))
    add_tranche(session, loan.id, most)
    other = add_loan(session, unit.id, **approved(amount_approved=most))
    add_tranche(session, other.id, most)
    session.expire_all()
    assert progress.figures(session, DAY).loans.paid_out == 2 * most
    assert session.get_one(Loan, loan.id).amount_asked == most


def test_days_far_back_are_kept(session: Session) -> None:
    day = date(1941, 3, 21)
    unit = add_unit(session, registered_on=day, stagnant_since=day)
    session.expire_all()
    assert unit_queries.get(session, unit.id).stagnant_since == day
