"""The made-up groups, their volunteers, and who goes out together on visits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select

from db.models import County, JihadiGroup, Volunteer
from db.sample import visit_words, words
from db.sample.dice import Dice, mobile, national_code
from db.sample.story import FIRST, later, workday
from db.sample.units import person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CREWS: Final = 10  # of a group: the same people go together again and again


class Crew(NamedTuple):
    """A group as its visits see it: `people` are (day from which they may go, their names)."""

    formed: int
    people: tuple[tuple[int, str], ...]

    def going(self, dice: Dice, day: int) -> str:
        """Who goes on a day; the first of them are there since the group was formed."""
        while True:
            since, names = dice.pick(self.people)
            if since <= day:
                return names


def add_groups(session: Session, dice: Dice) -> dict[int, Crew]:
    """The crews of each group by its id."""
    counties = {row.name: row.id for row in session.scalars(select(County))}
    late = len(words.GROUPS) - 4  # the newest four join in the spring of 1402
    crews = {}
    for place, (name, county, speciality) in enumerate(words.GROUPS):
        formed = FIRST + (dice.whole(5, 200) if place < late else dice.whole(372, 440))
        group = JihadiGroup(
            name=f"گروه جهادی {name}",
            speciality=speciality,
            leader=person(dice),
            phone=mobile(dice),
            formed_on=date.fromordinal(workday(formed)),
            county_id=counties[county],
        )
        session.add(group)
        session.flush()
        crews[group.id] = _crew(session, dice, group, workday(formed))
    return crews


def _crew(session: Session, dice: Dice, group: JihadiGroup, formed: int) -> Crew:
    """Its members, the leader first, and the twos and threes they go in."""
    members = [(formed, group.leader)]
    session.add(_volunteer(dice, group, group.leader, formed))
    for place in range(dice.whole(4, 11)):
        joined = formed if place < 3 else later(dice, formed, 3, 240) or formed
        name = person(dice)
        if name in {known for _, known in members}:
            continue
        members.append((joined, name))
        session.add(_volunteer(dice, group, name, joined))
    session.flush()
    return Crew(formed, ((formed, group.leader), *(_team(dice, members) for _ in range(CREWS))))


def _team(dice: Dice, members: list[tuple[int, str]]) -> tuple[int, str]:
    team = {dice.pick(members): None for _ in range(dice.whole(1, 3))}
    return max(joined for joined, _ in team), "، ".join(name for _, name in team)


def _volunteer(dice: Dice, group: JihadiGroup, name: str, joined: int) -> Volunteer:
    return Volunteer(
        group_id=group.id,
        name=name,
        speciality=dice.pick(visit_words.SPECIALITIES),
        phone=mobile(dice) if dice.chance(80) else "",
        national_code=national_code(dice) if dice.chance(35) else "",
        joined_on=date.fromordinal(joined),
    )
