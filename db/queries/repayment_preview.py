"""What an entry of a loan's repayment would do, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from db.calendar import LAST_DAY
from db.queries import repayment
from db.rules import repayment as rules
from db.rules import schedule, settling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from db.rules.repayment import State
    from db.rules.schedule import Cost, Instalment

_NEW = 1 << 62  # after every payment of its day
_ASKED = ("method", "rate", "months", "first_due_on")


class Part(NamedTuple):
    """What a payment settles of an instalment, in whole rial; `plan` counts the reschedulings."""

    plan: int
    number: int
    due_on: date
    principal: int
    profit: int
    penalty: int


@dataclass(frozen=True)
class Settled:
    """What a payment settles, in the order in which it does; what is left of it is credit."""

    parts: Sequence[Part] = ()
    credit: int = 0

    @property
    def principal(self) -> int:
        return sum(part.principal for part in self.parts)

    @property
    def profit(self) -> int:
        return sum(part.profit for part in self.parts)

    @property
    def penalty(self) -> int:
        return sum(part.penalty for part in self.parts)


def settled(session: Session, loan_id: int) -> Mapping[int, Settled]:
    """Of every payment on record, by its id; what is not there has settled nothing."""
    facts = repayment.facts(session, loan_id, LAST_DAY)
    if facts is None:
        return {}
    state = settling.state(facts, LAST_DAY)
    return {each.number: _settled(state, each.number) for each in facts.payments}


def settled_by(
    session: Session, loan_id: int, payment_id: int | None, values: Mapping[str, Any]
) -> Settled | None:
    """Of a payment of `values` (day, amount, settles); None before anything was paid out."""
    facts = repayment.facts(session, loan_id, LAST_DAY)
    if facts is None or values["day"] < facts.plans[0].since:
        return None
    number = payment_id or _NEW
    payment = rules.Payment(number, values["day"], values["amount"], bool(values.get("settles")))
    others = [each for each in facts.payments if each.number != number]
    state = settling.state(replace(facts, payments=[*others, payment]), LAST_DAY)
    return _settled(state, number)


def _settled(state: State, number: int) -> Settled:
    due = {(line.plan, line.number): line.due_on for line in state.lines}
    parts = [
        Part(share.plan, share.instalment, due[share.plan, share.instalment], share.principal,
             share.profit, share.penalty)
        for share in state.shares if share.payment == number
    ]  # fmt: skip
    return Settled(parts, sum(each.amount for each in state.credits if each.payment == number))


def rescheduled(session: Session, loan_id: int, values: Mapping[str, Any]) -> list[Instalment]:
    """The new schedule by the terms in `values`; empty if they make none."""
    facts = repayment.facts(session, loan_id, values["since"])
    if facts is None or any(values.get(name) is None for name in _ASKED):
        return []
    try:
        plan = settling.rescheduled(
            facts, values["since"], values["method"], values["rate"], values["months"],
            values["first_due_on"], values["rate"] + (values.get("penalty_points") or 0),
            values.get("grace_months") or 0, values.get("grace_profit") or "separate",
        )  # fmt: skip
    except ValueError:  # told beside the field by the command's own check
        return []
    return list(plan.instalments)


def papers(session: Session, loan_id: int) -> dict[int, frozenset[int]]:
    """By the place of the plan (0 the contract's): the instalments overwritten by the paper."""
    renewals = [each.id for each in repayment.reschedulings(session, loan_id)]
    places: dict[int | None, int] = {None: 0}
    places |= {number: place for place, number in enumerate(renewals, 1)}
    found: dict[int, set[int]] = {}
    for each in repayment.corrections(session, loan_id):
        if each.rescheduling_id in places:
            found.setdefault(places[each.rescheduling_id], set()).add(each.number)
    return {place: frozenset(numbers) for place, numbers in found.items()}


def costs(session: Session, loan_id: int) -> list[Cost]:
    """What the loan would cost by each method, on all that was paid out; empty without terms."""
    known = repayment.on_record(session, loan_id)
    first_due = known.terms.first_due if known else None
    if known is None or not known.tranches or first_due is None:
        return []
    terms, principal = known.terms, sum(amount for _, amount in known.tranches)
    return schedule.compare(
        principal, terms.rate, terms.months, first_due, terms.grace_months,
        terms.grace_profit,
    )  # fmt: skip
