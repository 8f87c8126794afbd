"""Visits, obstacles, members, exercises and awards over a made-up programme, some of them archived.

Written past the rules, so that every combination is there.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.models import (
    Award,
    Exercise,
    JihadiGroup,
    Obstacle,
    Participation,
    Unit,
    Visit,
    Volunteer,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST = date(2022, 8, 1)
NAMES = ("گلی", "پارسا", "ژاله", "یزدان", "آذر", "چمن", "کاوه", "هادی")


def add_group_work(session: Session, seed: int = 5) -> None:
    """Six of each group, three exercises, and what 300 units make of it."""
    dice = Random(seed)
    groups = list(session.scalars(select(JihadiGroup.id)))
    _members(session, dice, groups)
    _exercises(session, dice, groups)
    for unit in list(session.scalars(select(Unit))):
        group = unit.group_id or dice.choice([None, *groups])
        _visits(session, dice, unit, group)
        _obstacles(session, dice, unit, group)
    session.flush()
    for model in (Volunteer, Visit, Obstacle, Participation, Award):
        for row in session.scalars(select(model).where(model.id % 13 == 0)):
            row.archived_on, row.archive_reason = date(2024, 1, 1), "گم شد"
    session.flush()


def _members(session: Session, dice: Random, groups: list[int]) -> None:
    for group in groups:
        for _ in range(6):
            session.add(
                Volunteer(
                    group_id=group, name=f"{dice.choice(NAMES)} {dice.choice(NAMES)}",
                    speciality=dice.choice(("", "برق", "گاز", "چاپ", "پلاستیک")),
                    joined_on=dice.choice((None, _day(dice))), note=dice.choice(("", "کند", "گند")),
                )
            )  # fmt: skip


def _exercises(session: Session, dice: Random, groups: list[int]) -> None:
    for number, kind in enumerate(("exercise", "exercise", "festival", "exercise", "festival")):
        starts_on = FIRST + timedelta(days=130 * number)
        exercise = Exercise(
            name=f"رزمایش {NAMES[number]}", kind=kind, starts_on=starts_on,
            ends_on=starts_on + timedelta(days=20) if number % 2 else None,
            place=dice.choice(("", "مرودشت", "پاسارگاد")),
            outcome=dice.choice(("", "گزارش", "پایان")),
        )  # fmt: skip
        session.add(exercise)
        session.flush()
        for group in dice.sample(groups, 5):
            session.add(Participation(exercise_id=exercise.id, group_id=group))
        if kind == "festival":
            for rank in (1, 2, 3):
                session.add(
                    Award(
                        exercise_id=exercise.id, group_id=dice.choice(groups), rank=rank,
                        title=f"مقام {rank}", measure="revived", value=9 - rank,
                    )
                )  # fmt: skip
    exercise.archived_on, exercise.archive_reason = date(2024, 1, 1), "برگزار نشد"


def _visits(session: Session, dice: Random, unit: Unit, group: int | None) -> None:
    for _ in range(dice.randrange(4)):
        session.add(
            Visit(
                unit_id=unit.id, day=_day(dice), group_id=group,
                kind=dice.choice(("monitoring", "deep_diagnosis", "follow_up", "follow_up")),
                state_seen=dice.choice(("stagnant", "active", "active")), heads=8,
                capacity=dice.choice((0, 40, 70)),
                review=dice.choices(("accepted", "draft", "returned"), (8, 1, 1))[0],
                exercise_id=dice.choice((None, None, 1, 2, 3, 4)),
            )
        )  # fmt: skip


def _obstacles(session: Session, dice: Random, unit: Unit, group: int | None) -> None:
    for _ in range(dice.randrange(3)):
        found_on = _day(dice)
        removed: Any = dice.choice((None, found_on + timedelta(days=dice.randrange(90))))
        session.add(
            Obstacle(
                unit_id=unit.id, kind_id=dice.randrange(1, 19), agency_id=dice.choice((None, 1, 2)),
                group_id=dice.choice((group, group, None)), found_on=found_on, removed_on=removed,
            )
        )  # fmt: skip


def _day(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randrange(560))
