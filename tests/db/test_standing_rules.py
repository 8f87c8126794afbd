"""How a unit stands by each day, against a clerk who walks through the days with a pencil."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from db.calendar import add_months, from_jalali, to_jalali
from db.rules.standing import FOR_EVER, Facts, Paper, Return, Seen, Span, standing, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST = from_jalali("1401/11/15")  # months of 30, 29 and 31 days follow
LENGTH = 160  # days in which things happen
DAYS = st.integers(0, LENGTH).map(lambda number: FIRST + timedelta(days=number))
CAPACITIES = st.sampled_from((0, 30, 49, 50, 51, 80))
KINDS = ("monitoring", "shallow_diagnosis", "deep_diagnosis", "follow_up", "follow_up", "follow_up")
STATES = ("stagnant", "semi_stagnant", "active", "active", "active")
VISITS = st.builds(Seen, DAYS, st.sampled_from(KINDS), st.sampled_from(STATES), CAPACITIES)
PAPERS = st.builds(Paper, DAYS, CAPACITIES)


@st.composite
def returns(draw: st.DrawFn) -> list[Return]:
    """One after the other, each but the last stopped before the next begins or on that day."""
    days = sorted(draw(st.lists(DAYS, max_size=5)))
    last = days.pop() if len(days) % 2 else None
    found = [(day, stop) for day, stop in zip(days[::2], days[1::2], strict=True)]
    given = [*found, *([] if last is None else [(last, None)])]
    jobs = st.sampled_from((0, 1, 7, 7))
    return [Return(day, draw(jobs), 60 + number, stop) for number, (day, stop) in enumerate(given)]


@st.composite
def every_fact(draw: st.DrawFn) -> Facts:
    """All in order of its day, and on or after the registration, as the other rules have it."""
    visits = sorted(draw(st.lists(VISITS, max_size=7)), key=lambda seen: seen.day)
    known = [seen.day for seen in visits if "diagnosis" in seen.kind]
    supports = st.tuples(DAYS, st.none() | DAYS).map(lambda days: _in_order(*days))
    return Facts(
        FIRST,
        draw(st.sampled_from((30, 50, 50, 50, 80))),
        draw(st.sampled_from((0, 1, 2, 3))),
        visits=visits,
        diagnosed_on=min([*known, *draw(st.lists(DAYS, max_size=1))], default=None),
        supports=draw(st.lists(supports, max_size=2)),
        returns=draw(returns()),
        papers=sorted(draw(st.lists(PAPERS, max_size=2)), key=lambda paper: paper.day),
    )


def _in_order(since: date, until: date | None) -> tuple[date, date | None]:
    return (since, until) if until is None or since <= until else (until, since)


@dataclass
class Course:
    """What has become of one return, a day at a time."""

    of: Return
    shown_on: date | None = None  # the newest evidence
    held_since: date | None = None  # evidence has held from here on; None after a failing visit
    has_lasted: bool = False
    is_contradicted: bool = False
    is_stopped: bool = False

    @property
    def missing(self) -> str:
        if not self.of.jobs_after:
            return "jobs"
        if self.shown_on is None:
            return "evidence"
        return "contradicted" if self.is_contradicted else ""

    def live(self, facts: Facts, day: date) -> None:
        """Read what was recorded of this day."""
        if self.is_stopped:
            return
        seen = [visit for visit in facts.visits if visit.day == day]
        failing = [v for v in seen if v.state != "active" or v.capacity < facts.capacity]
        good = [v for v in seen if v.kind == "follow_up" and v not in failing]
        papers = [p for p in facts.papers if p.day == day and p.capacity >= facts.capacity]
        if good or papers:
            self.shown_on, self.is_contradicted = day, False
        self._hold(facts, day, bool(failing), bool(good or papers))
        if any(visit.state == "stagnant" for visit in seen):
            self.has_lasted = False
        if seen:
            self.is_contradicted = seen[-1].state == "stagnant"
        if self.of.stopped_on == day:
            self.is_stopped, self.is_contradicted = True, False

    def _hold(self, facts: Facts, day: date, has_failed: bool, is_shown: bool) -> None:
        if has_failed:
            self.held_since = None
        elif is_shown:
            self.held_since = self.held_since or day
            self.has_lasted |= add_months(self.held_since, facts.months) <= day


def walked(facts: Facts, last: date) -> Iterator[tuple[date, Span]]:
    """How it stands on every day from the registration to `last`."""
    courses: list[Course] = []
    day = facts.registered_on
    while day <= last:
        courses += [Course(of, held_since=day) for of in facts.returns if of.returned_on == day]
        for course in courses:
            course.live(facts, day)
        yield day, _told(facts, courses, day)
        day += timedelta(days=1)


def _told(facts: Facts, courses: Sequence[Course], day: date) -> Span:
    if not courses:
        return Span(FIRST, FOR_EVER, _before(facts, day))  # type: ignore[arg-type]
    last = courses[-1]
    proven = [course for course in courses if not course.missing]
    lasts = last in proven and last.has_lasted and not last.is_stopped
    stage = "sustained" if lasts else "counted" if proven else "claimed"
    shown = (proven or courses)[0].of
    return Span(
        FIRST, FOR_EVER, "stopped" if last.is_stopped else stage,  # type: ignore[arg-type]
        claimed=True, counted=bool(proven), sustained=lasts, stopped=last.is_stopped,
        missing="" if proven else last.missing,  # type: ignore[arg-type]
        returned_on=courses[0].of.returned_on,
        jobs_after=shown.jobs_after, capacity_after=shown.capacity_after,
        stopped_on=last.of.stopped_on if last.is_stopped else None,
    )  # fmt: skip


def _before(facts: Facts, day: date) -> str:
    for since, until in facts.supports:
        if since <= day and not (until is not None and until <= day):
            return "in_support"
    if facts.diagnosed_on is not None and facts.diagnosed_on <= day:
        return "diagnosed"
    return "visited" if any(visit.day <= day for visit in facts.visits) else "registered"


def _without_days(span: Span) -> Span:
    return span._replace(since=FIRST, until=FOR_EVER)


LAST = FIRST + timedelta(days=LENGTH + 2)


@given(every_fact())
def test_each_day_is_told_as_by_hand(facts: Facts) -> None:
    spans = iter(timeline(facts))
    span = next(spans)
    for day, told in walked(facts, LAST):
        if day == span.until:
            span = next(spans)
        assert _without_days(span) == told, day
        assert _without_days(standing(facts, day)) == told, day
    assert list(spans) == []


@given(every_fact())
def test_spans_follow_each_other_to_the_end_of_days(facts: Facts) -> None:
    spans = timeline(facts)
    assert spans[0].since == facts.registered_on
    assert spans[-1].until == FOR_EVER
    for span, following in pairwise(spans):
        assert span.since < span.until == following.since
        assert _without_days(span) != _without_days(following)


@given(every_fact(), DAYS)
def test_what_comes_later_changes_nothing_before(facts: Facts, day: date) -> None:
    before = [span for span in timeline(_known_by(facts, day)) if span.since <= day]
    after = [span for span in timeline(facts) if span.since <= day]
    assert [_capped(span, day) for span in before] == [_capped(span, day) for span in after]


def _known_by(facts: Facts, day: date) -> Facts:
    """As if it had been asked on that day: what was recorded later taken away."""
    return replace(
        facts,
        visits=[seen for seen in facts.visits if seen.day <= day],
        diagnosed_on=_if_by(facts.diagnosed_on, day),
        supports=[(a, _if_by(b, day)) for a, b in facts.supports if a <= day],
        returns=[
            each._replace(stopped_on=_if_by(each.stopped_on, day))
            for each in facts.returns
            if each.returned_on <= day
        ],
        papers=[paper for paper in facts.papers if paper.day <= day],
    )


def _if_by(given: date | None, day: date) -> date | None:
    return given if given is not None and given <= day else None


def _capped(span: Span, day: date) -> Span:
    return span if span.until <= day else span._replace(until=FOR_EVER)


@given(every_fact())
def test_flags_agree_with_each_other(facts: Facts) -> None:
    for span in timeline(facts):
        assert span.sustained <= span.counted <= span.claimed
        assert span.claimed == (span.returned_on is not None) == (span.jobs_after is not None)
        assert (span.missing != "") == (span.claimed and not span.counted)
        assert span.stopped == (span.stopped_on is not None) == (span.stage == "stopped")
        assert not (span.stopped and span.sustained)


def day(text: str) -> date:
    return from_jalali(text)


def seen(text: str, state: str = "active", capacity: int = 60, kind: str = "follow_up") -> Seen:
    return Seen(day(text), kind, state, capacity)


def told(**values: Any) -> list[tuple[str, ...]]:
    """(since, stage, missing) of the spans of a unit of 1402/01/10 that returned on 03/01."""
    given = {"returns": [Return(day("1402/03/01"), 7, 60)], **values}
    facts = Facts(day("1402/01/10"), 50, 3, **given)
    return [(to_jalali(each.since), each.stage, each.missing) for each in timeline(facts)]


def test_a_return_without_evidence_is_claimed_only() -> None:
    assert told() == [("1402/01/10", "registered", ""), ("1402/03/01", "claimed", "evidence")]
    nobody = [Return(day("1402/03/01"), 0, 60)]
    assert told(returns=nobody, visits=[seen("1402/03/02")])[-1] == (
        "1402/03/01", "claimed", "jobs",
    )  # fmt: skip


def test_only_a_good_follow_up_shows_it() -> None:
    for visit in (
        seen("1402/03/09", capacity=49),
        seen("1402/03/09", "semi_stagnant"),
        seen("1402/03/09", kind="monitoring"),
    ):
        assert told(visits=[visit])[-1] == ("1402/03/01", "claimed", "evidence")
    assert told(visits=[seen("1402/03/09", capacity=50)])[-1] == ("1402/03/09", "counted", "")
    paper = Paper(day("1402/03/20"), 50)
    assert told(papers=[paper])[-1] == ("1402/03/20", "counted", "")


def test_a_later_stagnant_visit_contradicts_until_it_is_shown_anew() -> None:
    visits = [seen("1402/03/09"), seen("1402/04/09", "stagnant", 0, "monitoring"),
              seen("1402/05/20")]  # fmt: skip
    assert told(visits=visits)[-3:] == [
        ("1402/03/09", "counted", ""),
        ("1402/04/09", "claimed", "contradicted"),
        ("1402/05/20", "counted", ""),
    ]


def test_a_confirmed_stop_is_no_contradiction() -> None:
    """The visit that found it stagnant proposed the stop: revived it was, and still counts."""
    visits = [seen("1402/03/09"), seen("1402/04/09", "stagnant", 0)]
    for stop in ("1402/04/05", "1402/04/09", "1402/04/15"):
        facts = Facts(day("1402/01/10"), 50, 3, visits=visits,
                      returns=[Return(day("1402/03/01"), 7, 60, day(stop))])  # fmt: skip
        last = timeline(facts)[-1]
        assert (last.stage, last.counted, last.missing) == ("stopped", True, "")


def test_three_months_of_evidence_sustain_it() -> None:
    good = [seen("1402/03/09"), seen("1402/04/20")]
    assert told(visits=[*good, seen("1402/05/31")])[-1][1] == "counted"
    assert told(visits=[*good, seen("1402/06/01")])[-1] == ("1402/06/01", "sustained", "")
    weak = [*good, seen("1402/05/01", "semi_stagnant", 40)]
    assert told(visits=[*weak, seen("1402/06/01"), seen("1402/08/30")])[-1][1] == "counted"
    assert told(visits=[*weak, seen("1402/06/01"), seen("1402/09/01")])[-1][1] == "sustained"


def test_what_has_lasted_begins_anew_after_it_was_found_stagnant() -> None:
    lasted = [seen("1402/03/09"), seen("1402/06/01")]
    assert told(visits=[*lasted, seen("1402/07/01", "semi_stagnant", 40)])[-1][1] == "sustained"
    visits = [*lasted, seen("1402/07/01", "stagnant", 0), seen("1402/07/20"), seen("1402/10/20")]
    assert [stage for _, stage, _ in told(visits=visits)[-4:]] == [
        "sustained", "claimed", "counted", "sustained",
    ]  # fmt: skip


def test_a_second_return_may_prove_the_unit() -> None:
    twice = [Return(day("1402/03/01"), 5, 55, day("1402/04/01")), Return(day("1402/05/01"), 9, 70)]
    facts = Facts(day("1402/01/10"), 50, 3, returns=twice, visits=[seen("1402/05/11")])
    last = timeline(facts)[-1]
    assert (last.stage, last.returned_on, last.jobs_after) == ("counted", day("1402/03/01"), 9)
