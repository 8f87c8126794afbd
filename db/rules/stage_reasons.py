"""Why a unit stands where it does («چرا؟»), and what would bring it further: step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from db.calendar import add_months
from db.rules.standing import evidence_days, lasts_from, missing_proof, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from db.rules.standing import Facts, Return

Tone = Literal["good", "warn", "bad", "muted"]


@dataclass(frozen=True)
class Reason:
    """One step; `code` names its sentence, `detail` are its days and numbers."""

    code: str
    tone: Tone
    detail: tuple[Any, ...] = ()


def reasons(facts: Facts, day: date) -> list[Reason]:
    """Every step by the end of `day`, in the order of the journey: reached, or still missing."""
    return [*_journey(facts, day), *_revival(facts, day)]


def _journey(facts: Facts, day: date) -> Iterator[Reason]:
    yield Reason("registered", "good", (facts.registered_on,))
    visits = [seen.day for seen in facts.visits if seen.day <= day]
    yield Reason("visited", "good", (visits[0],)) if visits else Reason("not_visited", "muted")
    if facts.diagnosed_on is not None and facts.diagnosed_on <= day:
        yield Reason("diagnosed", "good", (facts.diagnosed_on,))
    else:
        yield Reason("not_diagnosed", "muted")
    since = [start for start, end in facts.supports
             if start <= day and (end is None or day < end)]  # fmt: skip
    yield Reason("in_support", "good", (min(since),)) if since else Reason("no_support", "muted")


def _revival(facts: Facts, day: date) -> Iterator[Reason]:
    returns = [each for each in facts.returns if each.returned_on <= day]
    if not returns:
        yield Reason("not_returned", "muted")
        return
    last, span = returns[-1], standing(facts, day)
    yield Reason("claimed", "good", (returns[0].returned_on,))
    shown = next((each for each in returns if not missing_proof(facts, each, day)), last)
    yield from _proof(facts, shown, day)
    if span.stopped:
        yield Reason("stopped", "bad", (span.stopped_on,))
    elif span.counted:
        yield from _lasting(facts, last, day)


def _proof(facts: Facts, of: Return, day: date) -> Iterator[Reason]:
    end = day if of.stopped_on is None else min(day, of.stopped_on)
    if of.jobs_after < 1:
        yield Reason("no_jobs", "warn")
    else:
        yield Reason("jobs", "good", (of.jobs_after,))
    shown = sorted(evidence_days(facts, of, end))
    if shown:
        yield Reason("evidence", "good", (shown[0], int(facts.capacity)))
    else:
        yield Reason("no_evidence", "warn", (of.returned_on, int(facts.capacity)))
    if missing_proof(facts, of, day) == "contradicted":
        seen = [each for each in facts.visits if of.returned_on <= each.day <= end]
        yield Reason("contradicted", "bad", (seen[-1].day,))


def _lasting(facts: Facts, of: Return, day: date) -> Iterator[Reason]:
    """How far the evidence reaches, and how far it has to."""
    shown = sorted(evidence_days(facts, of, day))
    if standing(facts, day).sustained:
        yield Reason("sustained", "good", (shown[-1],))
        return
    start = lasts_from(facts, of, day)
    if not shown or start > day:
        yield Reason("begins_anew", "warn", (facts.months,))
    else:
        yield Reason("not_sustained", "muted", (shown[-1], add_months(start, facts.months)))
