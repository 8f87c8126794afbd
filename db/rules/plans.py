"""The schedules of a loan by any day: from its tranches, its reschedulings, and the bank's paper.

A version of the contract's schedule is made by the tranches paid by then; what was overwritten to
match the bank's own paper stands in the newest one. A rescheduling ends it by its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from db.calendar import LAST_DAY
from db.rules.repayment import Facts, Plan
from db.rules.schedule import instalments
from db.rules.tranche_schedule import tranche_instalments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from db.rules.repayment import Payment, Waiver
    from db.rules.schedule import GraceProfit, Instalment, Method, Rate


class Terms(NamedTuple):
    """`rate` and `penalty_points` in percent a year, the points on top of the rate.

    There are no instalments yet without `first_due`.
    """

    method: Method
    rate: Rate
    months: int
    first_due: date | None
    grace_months: int
    grace_profit: GraceProfit
    penalty_points: Rate

    @property
    def given(self) -> tuple[Rate, int, date, int, GraceProfit]:
        """What makes the schedule of a sum; ValueError without a first due day."""
        if self.first_due is None:
            raise ValueError("no first due day")
        return self.rate, self.months, self.first_due, self.grace_months, self.grace_profit

    @property
    def penalty_rate(self) -> Fraction:
        return Fraction(self.rate) + Fraction(self.penalty_points)


class Renewal(NamedTuple):
    """A rescheduling (امهال); rial of unpaid principal and of earned profit that it took over."""

    id: int
    since: date
    terms: Terms
    principal: int
    carried: int


@dataclass(frozen=True, slots=True)
class OnRecord:
    """All that is on record of a loan; `papers` are the overwritten instalments of each plan.

    The contract's are under None, those of a rescheduling under its id.
    """

    terms: Terms
    tranches: Sequence[tuple[date, int]]  # (day, rial)
    renewals: Sequence[Renewal] = ()
    papers: Mapping[int | None, Sequence[Instalment]] = field(default_factory=dict)
    payments: Sequence[Payment] = ()
    waivers: Sequence[Waiver] = ()

    @property
    def keeps_credit(self) -> bool:
        """Whether a payment may leave more than is owed."""
        return any(payment.keeps_credit for payment in self.payments)


class Version(NamedTuple):
    """A schedule in force from the end of `since` until the end of the day before `until`.

    `made` is what the rules make, `rows` what is paid: the same but for those of `by_paper`.
    """

    rescheduling: int | None
    since: date
    until: date
    made: Sequence[Instalment]
    rows: Sequence[Instalment]
    by_paper: frozenset[int] = frozenset()  # numbers of the rows that were overwritten


def paid_out_on(of: OnRecord | None) -> date | None:
    """The day of the first tranche."""
    return min((day for day, _ in of.tranches), default=None) if of else None


def renewed_on(of: OnRecord | None) -> date | None:
    """The day of the last rescheduling."""
    return max((each.since for each in of.renewals), default=None) if of else None


def versions(of: OnRecord) -> list[Version]:
    """Of the contract, one for each day with a tranche, without end; then the reschedulings.

    None when nothing was paid out, or when no schedule can be made of what is on record.
    """
    if not of.tranches:
        return []
    try:
        return [*_of_contract(of), *_of_renewals(of)]
    except ValueError:  # the commands let it not come to this
        return []


def in_force(of: OnRecord) -> Iterator[Version]:
    """Those that were in force by the end of at least one day; a rescheduling ends the others."""
    every = versions(of)
    renewed_on = min((each.since for each in of.renewals), default=LAST_DAY)
    for version in every:
        ends_on = version.until
        if version.rescheduling is None:
            ends_on = min(ends_on, renewed_on)
        if version.since < ends_on:
            yield version._replace(until=ends_on)


def facts(of: OnRecord, as_of: date) -> Facts | None:
    """For `db.rules.settling`, by a day; None before the first tranche."""
    return facts_of(of, [each for each in versions(of) if each.since <= as_of])


def facts_of(of: OnRecord, known: Sequence[Version]) -> Facts | None:
    """The same with the versions that are known; of the contract's the newest counts."""
    contract = [each for each in known if each.rescheduling is None]
    if not contract:
        return None
    plans = [Plan(contract[0].since, of.terms.method, contract[-1].rows, of.terms.penalty_rate)]
    renewals = {each.id: each for each in of.renewals}
    plans += [
        _plan(renewals[each.rescheduling], each.rows)
        for each in known
        if each.rescheduling is not None
    ]
    return Facts(plans, of.payments, of.waivers)


def _of_contract(of: OnRecord) -> Iterator[Version]:
    days = sorted({day for day, _ in of.tranches})
    for since, until in pairwise([*days, LAST_DAY]):
        paid = tuple(tranche for tranche in of.tranches if tranche[0] <= since)
        rows = _schedule(of.terms.method, paid, *of.terms.given)
        version = Version(None, since, until, rows, rows)
        yield _overwritten(version, of) if until == LAST_DAY else version


@lru_cache(maxsize=256)  # a save asks for the same one several times
def _schedule(
    method: Method, paid: tuple[tuple[date, int], ...], *given: Any
) -> Sequence[Instalment]:
    return tuple(tranche_instalments(method, paid, *given))


def _of_renewals(of: OnRecord) -> Iterator[Version]:
    renewals = sorted(of.renewals, key=lambda each: (each.since, each.id))
    days = pairwise([*(each.since for each in renewals), LAST_DAY])
    for renewal, (since, until) in zip(renewals, days, strict=True):
        rows = instalments(renewal.terms.method, renewal.principal, *renewal.terms.given)
        rows[0] = rows[0]._replace(profit=rows[0].profit + renewal.carried)
        yield _overwritten(Version(renewal.id, since, until, rows, rows), of)


def _overwritten(version: Version, of: OnRecord) -> Version:
    papers = {row.number: row for row in of.papers.get(version.rescheduling, ())}
    rows = [papers.get(row.number, row) for row in version.rows]
    return version._replace(rows=rows, by_paper=frozenset(papers))


def _plan(renewal: Renewal, rows: Sequence[Instalment]) -> Plan:
    since, terms = renewal.since, renewal.terms
    rate = terms.penalty_rate
    return Plan(since, terms.method, rows, rate, renewal.principal, renewal.carried)
