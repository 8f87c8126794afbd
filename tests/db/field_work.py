"""Made-up visits, obstacles and actions of every sort over the units of a file."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.models import Action, Agency, Exercise, JihadiGroup, Obstacle, Unit, Visit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ARCHIVED = {"archived_on": date(2024, 1, 1), "archive_reason": "دو بار ثبت شده بود"}
PEOPLE = ("", "علی رضایی", "زهرا گلی، علی رضایی", "يوسف چمنی", "ژاله کاظمی")
WORDS = ("", "مجوز برق مانده است", "مواد اولیه ندارد", "نامهٔ بانک", "گمرک")
DEEDS = ("نامه به بانک ملی", "پیگیری مجوز", "تأمین مواد اولیه", "بازدید دوباره")


def add_field_work(session: Session, units: int, seed: int = 8) -> None:
    """About two visits, an obstacle and an action a unit, some of everything archived."""
    made = Random(seed)
    exercises = [
        Exercise(name="رزمایش بهار", starts_on=date(2023, 4, 10)),
        Exercise(name="جشنوارهٔ تولید", kind="festival", starts_on=date(2023, 8, 1)),
    ]
    session.add_all(exercises)
    session.flush()
    numbers = [number for number in session.scalars(select(Unit.id)) if number <= units]
    lists = {
        "group_id": [None, *session.scalars(select(JihadiGroup.id).limit(6))],
        "agency_id": [None, *session.scalars(select(Agency.id).limit(5))],
        "exercise_id": [None, None, *(exercise.id for exercise in exercises)],
    }
    for number in numbers:
        unit = session.get_one(Unit, number)
        _of_unit(session, made, unit, lists)
    session.flush()


def _of_unit(session: Session, made: Random, unit: Unit, lists: dict[str, list[Any]]) -> None:
    def some(name: str) -> Any:
        return made.choice(lists[name])

    def later(day: date, most: int = 240) -> date:
        return day + timedelta(days=made.randrange(most))

    visits = [
        Visit(
            unit_id=unit.id, day=later(unit.registered_on), group_id=some("group_id"),
            visitors=made.choice(PEOPLE), findings=made.choice(WORDS),
            kind=made.choice(("monitoring", "shallow_diagnosis", "deep_diagnosis", "follow_up")),
            state_seen=made.choice(("stagnant", "semi_stagnant", "active")),
            heads=made.randrange(30), capacity=made.randrange(101),
            exercise_id=some("exercise_id"),
            review=made.choice(("draft", "accepted", "accepted", "accepted", "returned")),
            **_perhaps(made),
        )
        for _ in range(made.randrange(4))
    ]  # fmt: skip
    for visit in visits:
        if made.random() < 0.7:
            visit.next_due_on = later(visit.day, 90) + timedelta(days=1)
        if visit.review == "returned":
            visit.return_reason = made.choice(WORDS[1:])
    session.add_all(visits)
    session.flush()
    obstacles = [
        Obstacle(
            unit_id=unit.id, kind_id=made.randrange(1, 6), found_on=visit.day, visit_id=visit.id,
            severity=made.choice(("low", "medium", "high")), agency_id=some("agency_id"),
            group_id=some("group_id"), note=made.choice(WORDS), main=made.random() < 0.3,
            **_perhaps(made),
        )
        for visit in visits if made.random() < 0.6
    ]  # fmt: skip
    for obstacle in obstacles:
        if made.random() < 0.5:
            obstacle.removed_on = later(obstacle.found_on)
            obstacle.removal, obstacle.removed_by = made.choice(WORDS), made.choice(PEOPLE)
        if made.random() < 0.2:
            obstacle.visit_id = None
    session.add_all(obstacles)
    session.flush()
    for against in [*obstacles, None][: made.randrange(3)]:
        decided = later(against.found_on if against is not None else unit.registered_on)
        action = Action(
            unit_id=unit.id, decided_on=decided,
            obstacle_id=None if against is None else against.id,
            kind=made.choice(("action", "resolution")), what=made.choice(DEEDS),
            agency_id=some("agency_id"), person=made.choice(PEOPLE), group_id=some("group_id"),
            due_on=made.choice((None, later(decided), later(decided))), note=made.choice(WORDS),
            **_perhaps(made),
        )  # fmt: skip
        if made.random() < 0.5:
            action.done_on, action.result = later(decided), made.choice(("done", "not_done"))
            action.outcome = made.choice(WORDS)
        session.add(action)


def _perhaps(made: Random) -> dict[str, Any]:
    return ARCHIVED if made.random() < 0.08 else {}
