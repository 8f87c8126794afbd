"""Overwriting instalments to match the bank's own paper, and giving them back to the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Correction
from db.queries import repayment as queries
from db.rules import plans
from db.rules.coherence import spoilt
from db.rules.common import MOST_RIAL, check_range
from db.rules.schedule import Instalment, check_first_due, check_instalments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from db.rules.plans import OnRecord, Version

AS_MADE: Final = "برابر با حساب برنامه شد"


def check_corrections(
    session: Session, loan_id: int, rescheduling_id: int | None, rows: Sequence[Instalment]
) -> list[Violation]:
    """Complaints about instalments as the bank's paper has them, of the contract or a rescheduling.

    The other instalments stay as they are; all together still repay the principal.
    """
    of = queries.on_record(session, loan_id)
    version = _version(of, rescheduling_id)
    if of is None or version is None:
        return [Violation("number", "no_such_instalment")]
    papers = _papers(of, version, rows)
    found = list(_check(version, rows, papers))
    if found:
        return found
    after = replace(of, papers={**of.papers, rescheduling_id: list(papers.values())})
    return spoilt(of, after, "principal")


def save_corrections(
    session: Session, loan_id: int, rescheduling_id: int | None, rows: Sequence[Instalment]
) -> list[Correction]:
    """Those of `rows` that differ from what the rules make; the others are given back to them.

    Raises RuleError.
    """
    raise_on(check_corrections(session, loan_id, rescheduling_id, rows))
    of = queries.on_record(session, loan_id)
    version = _version(of, rescheduling_id)
    assert of is not None
    assert version is not None
    papers = _papers(of, version, rows)
    stored = {each.number: each for each in _stored(session, loan_id, rescheduling_id)}
    back = [each.id for number, each in stored.items() if number not in papers]
    saving.archive(session, Correction, back, AS_MADE)
    plan = {"loan_id": loan_id, "rescheduling_id": rescheduling_id}
    return [
        saving.assign(session, stored.get(number) or Correction(), {**plan, **row._asdict()})
        for number, row in papers.items()
    ]


def drop_corrections(
    session: Session, loan_id: int, rescheduling_id: int | None, reason: str
) -> None:
    """Every instalment of a plan as the rules make it again. Raises RuleError."""
    of = queries.on_record(session, loan_id)
    if of is not None:
        after = replace(of, papers={**of.papers, rescheduling_id: []})
        raise_on(spoilt(of, after, "archive_reason"))
    ids = [each.id for each in _stored(session, loan_id, rescheduling_id)]
    saving.archive(session, Correction, ids, reason)


def _stored(session: Session, loan_id: int, rescheduling_id: int | None) -> Sequence[Correction]:
    every = queries.corrections(session, loan_id)
    return [each for each in every if each.rescheduling_id == rescheduling_id]


def _version(of: OnRecord | None, rescheduling_id: int | None) -> Version | None:
    """The newest of the plan."""
    every = plans.versions(of) if of else []
    return next((each for each in reversed(every) if each.rescheduling == rescheduling_id), None)


def _papers(of: OnRecord, version: Version, rows: Sequence[Instalment]) -> dict[int, Instalment]:
    """What stays overwritten and what is now, without what the rules make as well."""
    made = set(version.made)
    papers = {row.number: row for row in of.papers.get(version.rescheduling, ())}
    papers |= {row.number: row for row in rows}
    return {number: row for number, row in sorted(papers.items()) if row not in made}


def _check(
    version: Version, rows: Sequence[Instalment], papers: dict[int, Instalment]
) -> Iterator[Violation]:
    numbers = {row.number for row in version.made}
    for row in rows:
        if row.number not in numbers:
            yield Violation("number", "no_such_instalment")
        yield from check_range({"profit": row.profit}, "profit", 0, MOST_RIAL)
        if row.due_on < version.since:
            yield Violation("due_on", "day_before_first", (version.since,))
        yield from check_first_due({"due_on": row.due_on, "months": 1}, "due_on")
    whole = [papers.get(row.number, row) for row in version.made]
    yield from check_instalments(whole, sum(row.principal for row in version.made))
