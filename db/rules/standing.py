"""The stage of a unit by any day: how far it has come, and whether its revival can be shown.

A return to production is *claimed* when it is entered. It is *counted* when it is proven: the
jobs after it are given, and an accepted follow-up visit or a document shows activity at or above
the programme's capacity, with no later visit that finds the unit stagnant. It is *sustained* when
such evidence holds for the months the programme asks for, and begins anew after a visit that finds
the unit stagnant. A stop that a person has confirmed ends it, and is what that visit has told: the
unit was revived all the same, and still counts once, by the day of its first return.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from db.calendar import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

Stage = Literal[
    "registered", "visited", "diagnosed", "in_support", "claimed", "counted", "sustained", "stopped"
]
STAGES: Final[tuple[Stage, ...]] = (
    "registered", "visited", "diagnosed", "in_support", "claimed", "counted", "sustained", "stopped"
)  # fmt: skip
Missing = Literal["", "jobs", "evidence", "contradicted"]
FOR_EVER: Final = date.max  # `until` of the span that has not ended
_SAID: Final = slice(2, None)  # of a span, all but its days


class Seen(NamedTuple):
    """An accepted visit; `capacity` in percent."""

    day: date
    kind: str
    state: str
    capacity: int


class Paper(NamedTuple):
    """A document that shows activity of `capacity` percent on a day."""

    day: date
    capacity: int


class Return(NamedTuple):
    """A return to production, and its stop if a person has confirmed one."""

    returned_on: date
    jobs_after: int
    capacity_after: int
    stopped_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of one unit; everything in order of its day.

    `supports` are (first day, first day no longer) of each action and loan; `capacity` in percent
    and `months` are the programme's.
    """

    registered_on: date
    capacity: Decimal | int
    months: int
    visits: Sequence[Seen] = ()
    diagnosed_on: date | None = None
    supports: Sequence[tuple[date, date | None]] = ()
    returns: Sequence[Return] = ()
    papers: Sequence[Paper] = ()


class Span(NamedTuple):
    """How a unit stands from `since` until the day before `until`.

    `returned_on` is its first return; jobs and capacity are those of the return that proves it,
    or of the first. `missing` is what keeps a claimed one from being counted.
    """

    since: date
    until: date
    stage: Stage
    claimed: bool = False
    counted: bool = False
    sustained: bool = False
    stopped: bool = False
    missing: Missing = ""
    returned_on: date | None = None
    jobs_after: int | None = None
    capacity_after: int | None = None
    stopped_on: date | None = None


def timeline(facts: Facts) -> list[Span]:
    """The spans of a unit from its registration on, each unlike its neighbours."""
    spans: list[Span] = []
    for day in _turns(facts):
        found = standing(facts, day)
        if not spans or found[_SAID] != spans[-1][_SAID]:
            spans.append(found)
    ended = [span._replace(until=after.since) for span, after in pairwise(spans)]
    return [*ended, spans[-1]]


def standing(facts: Facts, day: date) -> Span:
    """How the unit stands by the end of a day not before its registration."""
    returns = [each for each in facts.returns if each.returned_on <= day]
    if not returns:
        return Span(day, FOR_EVER, _before_return(facts, day))
    first, last = returns[0], returns[-1]
    proofs = [(each, missing_proof(facts, each, day)) for each in returns]
    proven = next((each for each, missing in proofs if not missing), None)
    stopped = last.stopped_on is not None and last.stopped_on <= day
    sustained = proven is not None and not stopped and _lasts(facts, last, day)
    shown = proven or first
    stage: Stage = "claimed" if proven is None else "sustained" if sustained else "counted"
    return Span(
        day, FOR_EVER, "stopped" if stopped else stage,
        claimed=True,
        counted=proven is not None,
        sustained=sustained,
        stopped=stopped,
        missing="" if proven else proofs[-1][1],
        returned_on=first.returned_on,
        jobs_after=shown.jobs_after,
        capacity_after=shown.capacity_after,
        stopped_on=last.stopped_on if stopped else None,
    )  # fmt: skip


def missing_proof(facts: Facts, of: Return, day: date) -> Missing:
    """What a return lacks by a day to be counted; empty when its evidence is whole."""
    end = _end(of, day)
    if of.jobs_after < 1:
        return "jobs"
    evidence = list(evidence_days(facts, of, end))
    if not evidence:
        return "evidence"
    if of.stopped_on is not None and of.stopped_on <= day:
        return ""  # that it runs no longer is confirmed, and contradicts nothing
    visits = [seen for seen in facts.visits if of.returned_on <= seen.day <= end]
    if visits and visits[-1].state == "stagnant" and visits[-1].day >= max(evidence):
        return "contradicted"
    return ""


def evidence_days(facts: Facts, of: Return, end: date) -> Iterator[date]:
    """The days on which follow-up visits and documents show that the return is true."""
    for seen in facts.visits:
        if of.returned_on <= seen.day <= end and seen.kind == "follow_up" and _holds(facts, seen):
            yield seen.day
    for paper in facts.papers:
        if of.returned_on <= paper.day <= end and paper.capacity >= facts.capacity:
            yield paper.day


def lasts_from(facts: Facts, of: Return, day: date) -> date:
    """The day from which the evidence has held without a break, by a day."""
    end, start = _end(of, day), of.returned_on
    held = sorted(evidence_days(facts, of, end))
    for seen in facts.visits:
        if of.returned_on <= seen.day <= end and not _holds(facts, seen):
            start = next((each for each in held if each > seen.day), date.max)
    return start


def _before_return(facts: Facts, day: date) -> Stage:
    if any(since <= day and (until is None or day < until) for since, until in facts.supports):
        return "in_support"
    if facts.diagnosed_on is not None and facts.diagnosed_on <= day:
        return "diagnosed"
    if facts.visits and facts.visits[0].day <= day:
        return "visited"
    return "registered"


def _lasts(facts: Facts, of: Return, day: date) -> bool:
    """Once it has held for the months asked, it has lasted until it is found stagnant or stops."""
    if missing_proof(facts, of, day):
        return False
    found = [seen.day for seen in facts.visits if seen.state == "stagnant" and seen.day <= day]
    idle = max(found, default=date.min)
    return any(
        add_months(start, facts.months) <= each
        for each in evidence_days(facts, of, _end(of, day))
        if each > idle and (start := lasts_from(facts, of, each)) <= each
    )


def _holds(facts: Facts, seen: Seen) -> bool:
    return seen.state == "active" and seen.capacity >= facts.capacity


def _end(of: Return, day: date) -> date:
    """What is seen after a confirmed stop says nothing of the return before it."""
    return day if of.stopped_on is None else min(day, of.stopped_on)


def _turns(facts: Facts) -> list[date]:
    """Every day on which the standing may change, none before the registration."""
    days = {facts.registered_on}
    if facts.diagnosed_on is not None:
        days.add(facts.diagnosed_on)
    for since, until in facts.supports:
        days.update((since,) if until is None else (since, until))
    for each in facts.returns:
        days.update((each.returned_on, each.stopped_on or each.returned_on))
    first = facts.returns[0].returned_on if facts.returns else date.max
    days.update(seen.day for seen in facts.visits if seen.day >= first)
    days.update(seen.day for seen in facts.visits[:1])
    days.update(paper.day for paper in facts.papers if paper.day >= first)
    return sorted(max(day, facts.registered_on) for day in days)
