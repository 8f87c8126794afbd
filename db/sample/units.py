"""Made-up units and their returns, as rows of their tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from db.commands.units import FIRST_CODE
from db.models import Unit
from db.sample import dice as chance
from db.sample import words
from db.sample.dice import Dice, Weighted
from db.sample.story import LAST, SHOWN, later, workday
from db.text import search_key, to_persian_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models.base import Searchable
    from db.sample.events import Event
    from db.sample.groups import Crew
    from db.sample.story import Fate

Row = dict[str, Any]
KEPT: Final[Row] = {"version": 1, "archived_on": None, "archive_reason": ""}
_day = date.fromordinal


@dataclass
class Lists:
    """The ids of the lists the units point to."""

    counties: dict[str, int]
    industries: dict[str, int]
    banks: dict[str, int]
    estates: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    groups: dict[int, list[int]] = field(default_factory=dict)
    crews: dict[int, Crew] = field(default_factory=dict)
    agencies: dict[str, int] = field(default_factory=dict)
    obstacle_kinds: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


class UnitMaker:
    """Makes one unit after another; remembers the last owner, who may have a second unit."""

    def __init__(self, dice: Dice, lists: Lists) -> None:
        self._dice = dice
        self._lists = lists
        self._counties = {flag: _counties(lists, lucky=flag) for flag in (True, False)}
        self._industries = {flag: _industries(lucky=flag) for flag in (True, False)}
        self._owner: Row = {}

    def row(self, number: int, fate: Fate) -> Row:
        """The `number`-th unit, counted from 1, with its keys."""
        dice = self._dice
        has_returned = fate.returned is not None
        county = self._counties[has_returned].pick(dice)
        industry = self._industries[has_returned].pick(dice)
        work = dice.pick(words.INDUSTRIES[industry][2])
        name = f"{work[0]} {dice.pick(words.BRANDS)}"
        values = {
            "id": number,
            "code": str(FIRST_CODE + number - 1),
            **KEPT,
            "name": name if dice.chance(45) else f"{name} {county}",
            "industry_id": self._lists.industries[industry],
            "sector": "mine" if industry == "08" else "industry",
            **self._work(work),
            **self._place(county),
            **self._owned(number, name),
            **self._found(fate.registered),
            "first_visit_due_on": self._first_visit(fate),
            "note": dice.pick(words.UNIT_NOTES) if dice.chance(6) else "",
        }
        if fate.archived:
            values["archived_on"] = _day(later(dice, fate.registered, 3, 60) or fate.registered)
            values["archive_reason"] = dice.pick(words.ARCHIVE_REASONS)
        values["search_key"], values["sort_key"] = Unit.keys_of(values)
        return values

    def _work(self, work: tuple[str, str, str, int, int]) -> Row:
        _, product, measure, least, most = work
        thousands = Decimal(self._dice.whole(least * 2, most * 2)) / 2
        return {
            "product": product,
            "nominal_capacity": thousands * 1000,
            "capacity_measure": f"{measure} در سال",
        }

    def _place(self, county: str) -> Row:
        dice, lists = self._dice, self._lists
        county_id = lists.counties[county]
        estates, groups = lists.estates.get(county_id), lists.groups.get(county_id)
        plot = to_persian_digits(str(dice.whole(1, 180)))
        estate_id = None
        if estates and dice.chance(60):
            estate_id, estate = dice.pick(estates)
            address = f"{estate}، خیابان {to_persian_digits(str(dice.whole(1, 12)))}، قطعه {plot}"
        else:
            address = f"شهرستان {county}، {dice.pick(words.STREETS)}، پلاک {plot}"
        return {
            "county_id": county_id,
            "estate_id": estate_id,
            "address": address,
            "postal_code": chance.postal_code(dice) if dice.chance(88) else "",
            "latitude": None,
            "longitude": None,
            "group_id": dice.pick(groups) if groups and dice.chance(92) else None,
        }

    def _owned(self, number: int, name: str) -> Row:
        """The papers; the numbers that must be unique come from the unit's own number."""
        dice = self._dice
        if not (self._owner and dice.chance(3)):
            self._owner = self._legal(name) if dice.chance(70) else self._natural()
        return {
            **self._owner,
            "licence_no": str(1_000_003 + number * 611_953 % 1_000_003),
            "sso_workshop_code": (
                f"71{number * 7_368_787 % 99_999_989:08}" if dice.chance(90) else ""
            ),
        }

    def _legal(self, name: str) -> Row:
        number = chance.legal_national_id(self._dice)
        owned = {
            "person_kind": "legal",
            "national_code": "",
            "legal_national_id": number,
            "registration_no": str(self._dice.whole(900, 64_000)),
            "economic_no": number,
            "owner": f"شرکت {name}",
            "manager": person(self._dice),
        }
        return owned | self._phones()

    def _natural(self) -> Row:
        number, owner = chance.national_code(self._dice), person(self._dice)
        owned = {
            "person_kind": "natural",
            "national_code": number,
            "legal_national_id": "",
            "registration_no": "",
            "economic_no": f"{number}0001",
            "owner": owner,
            "manager": owner if self._dice.chance(75) else person(self._dice),
        }
        return owned | self._phones()

    def _phones(self) -> Row:
        dice = self._dice
        landline = f"071{dice.pick('345')}{dice.digits(7)}" if dice.chance(70) else ""
        return {"mobile": chance.mobile(dice), "phone": landline}

    def _found(self, registered: int) -> Row:
        """Its state on the day it was found: a stagnant one has at most its guards."""
        dice = self._dice
        is_stagnant = dice.chance(58)
        since = registered - dice.whole(120, 2400)
        return {
            "registered_on": _day(registered),
            "stagnant_since": _day(since),
            "licence_on": _day(since - dice.whole(400, 6500)),
            "found_state": "stagnant" if is_stagnant else "semi_stagnant",
            "found_jobs": dice.whole(0, 2) if is_stagnant else dice.whole(3, 18),
            "found_capacity": 0 if is_stagnant else 5 * dice.whole(1, 6),
        }

    def _first_visit(self, fate: Fate) -> date | None:
        """Of most that nobody has visited: soon after the registration, or only in the plan."""
        if fate.course != "found" or fate.archived or not self._dice.chance(60):
            return None
        return _day(workday(max(fate.registered + 7, LAST - 20) + self._dice.whole(3, 45)))


def found_by(model: type[Searchable], row: Row) -> Row:
    """The row with the search key that the model would make of it."""
    row["search_key"] = "\n".join(_key(row[name]) for name in model.SEARCHED if row[name])[:1000]
    return row


# The same few names and sentences come again and again.
_key = lru_cache(maxsize=1 << 14)(search_key)


def person(dice: Dice) -> str:
    first = dice.pick(words.MEN) if dice.chance(85) else dice.pick(words.WOMEN)
    return f"{first} {dice.pick(words.FAMILIES)}{dice.pick(words.FAMILY_ENDINGS)}"


def returns(dice: Dice, unit: Row, fate: Fate) -> Iterator[Row]:
    """The unit's returns: some stop again, and a few of those come back once more."""
    day = fate.returned
    while day is not None:
        may_stop = fate.course in SHOWN and dice.chance(16)
        stopped = later(dice, day, 30, 260) if may_stop else None
        yield _return(dice, unit, day, stopped)
        again = stopped is not None and dice.chance(35)
        day = later(dice, stopped, 20, 110) if stopped is not None and again else None


def _return(dice: Dice, unit: Row, day: int, stopped: int | None) -> Row:
    jobs: int = unit["found_jobs"] + dice.whole(2, 11)
    if unit["found_jobs"] > 3 and dice.chance(3):  # it runs again, with fewer people
        jobs = unit["found_jobs"] - dice.whole(1, 2)
    return {
        **KEPT,
        "unit_id": unit["id"],
        "returned_on": _day(day),
        "jobs_after": jobs,
        "capacity_after": 5 * dice.whole(10, 18),
        "stopped_on": None if stopped is None else _day(stopped),
        "stop_reason": "" if stopped is None else dice.pick(words.STOP_REASONS),
        "note": dice.pick(words.RETURN_NOTES) if dice.chance(40) else "",
    }


def _counties(lists: Lists, *, lucky: bool) -> Weighted[str]:
    return Weighted({
        name: words.COUNTY_WEIGHTS.get(name, words.OTHER_COUNTY_WEIGHT)
        * (words.COUNTY_LUCK.get(name, 100) if lucky else 100)
        for name in lists.counties
    })  # fmt: skip


def _industries(*, lucky: bool) -> Weighted[str]:
    return Weighted({
        code: weight * (luck if lucky else 100)
        for code, (weight, luck, _) in words.INDUSTRIES.items()
    })  # fmt: skip
