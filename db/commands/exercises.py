"""Changing exercises and festivals: who took part, what they saw, who is awarded. Never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Award, Exercise, Participation, Visit
from db.queries import exercises
from db.queries.league import value
from db.rules.columns import check_columns
from db.rules.exercises import check_award, check_exercise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.commands.saving import Ids
    from db.queries.league import Line

RANK_TITLES: Final = ("مقام اول", "مقام دوم", "مقام سوم")


def check(session: Session, exercise_id: int | None, values: Mapping[str, Any]) -> list[Violation]:
    """Every complaint about an exercise's values, warnings included."""
    if exercise_id is None:
        return list(check_exercise(values))
    days = exercises.visit_days(session, exercise_id)
    return list(check_exercise(values, days, len(exercises.awards(session, exercise_id))))


def save_exercise(
    session: Session, exercise_id: int | None, values: Mapping[str, Any], version: int | None = None
) -> Exercise:
    """Create the exercise, or change the one of that id. Raises RuleError, ConflictError."""
    exercise = saving.fetch(session, Exercise, exercise_id, version)
    raise_on(check(session, exercise_id, values))
    return saving.assign(session, exercise, values)


def archive_exercise(session: Session, ids: Ids, reason: str) -> None:
    saving.archive(session, Exercise, ids, reason)


def restore_exercise(session: Session, exercise_id: int) -> None:
    saving.restore(session, Exercise, exercise_id)


def add_groups(session: Session, exercise_id: int, group_ids: Iterable[int]) -> int:
    """Write down that these took part, those already written left out; returns how many."""
    known = set(exercises.group_ids(session, exercise_id))
    new = [number for number in dict.fromkeys(group_ids) if number not in known]
    for number in new:
        saving.assign(session, Participation(), {"exercise_id": exercise_id, "group_id": number})
    return len(new)


def check_part(values: Mapping[str, Any]) -> list[Violation]:
    return list(check_columns(Participation, values))


def save_part(
    session: Session, participation_id: int, values: Mapping[str, Any], version: int | None = None
) -> Participation:
    """What is noted of a group's part. Raises RuleError, ConflictError."""
    part = saving.fetch(session, Participation, participation_id, version)
    raise_on(check_part(values))
    return saving.assign(session, part, values)


def remove_group(session: Session, participation_id: int, reason: str) -> None:
    """It did not take part after all. Raises RuleError if it has an award of that festival."""
    part = session.get_one(Participation, participation_id)
    given = exercises.awards(session, part.exercise_id)
    if any(award.group_id == part.group_id for award in given):
        raise_on([Violation("group_id", "participant_awarded")])
    saving.archive(session, Participation, participation_id, reason)


def take_visits(session: Session, exercise_id: int, visit_ids: Sequence[int]) -> int:
    """These visits were a part of it; those of another exercise stay there. Returns how many."""
    return _set_exercise(session, visit_ids, None, exercise_id)


def release_visits(session: Session, exercise_id: int, visit_ids: Sequence[int]) -> int:
    """These visits were no part of it after all. Returns how many."""
    return _set_exercise(session, visit_ids, exercise_id, None)


def _set_exercise(
    session: Session, visit_ids: Sequence[int], before: int | None, after: int | None
) -> int:
    found = [v for v in saving.some(session, Visit, visit_ids) if v.exercise_id == before]
    for visit in found:
        visit.exercise_id = after
    session.flush()
    return len(found)


def check_prize(
    session: Session, exercise_id: int, award_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about an award's values, warnings included."""
    others = [
        (award.group_id, award.title)
        for award in exercises.awards(session, exercise_id)
        if award.id != award_id
    ]
    kind = exercises.get(session, exercise_id).kind
    return list(check_award(values, kind, others, exercises.group_ids(session, exercise_id)))


def save_award(
    session: Session,
    exercise_id: int,
    award_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Award:
    """An award of a festival. Raises RuleError, ConflictError."""
    award = saving.fetch(session, Award, award_id, version)
    raise_on(check_prize(session, exercise_id, award_id, values))
    return saving.assign(session, award, {**values, "exercise_id": exercise_id})


def award_first(
    session: Session, exercise_id: int, lines: Iterable[Line], measure: str
) -> list[Award]:
    """An award for each of these ranked lines that has not got it, its figure as it is now."""
    given = {(award.group_id, award.title) for award in exercises.awards(session, exercise_id)}
    wanted = [
        {"group_id": line.id, "rank": line.rank, "title": RANK_TITLES[line.rank - 1],
         "measure": measure, "value": value(line, measure)}
        for line in lines
    ]  # fmt: skip
    new = [each for each in wanted if (each["group_id"], each["title"]) not in given]
    return [save_award(session, exercise_id, None, each) for each in new]


def archive_award(session: Session, award_id: int, reason: str) -> None:
    saving.archive(session, Award, award_id, reason)
