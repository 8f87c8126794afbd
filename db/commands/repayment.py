"""Changing a loan's repayment: payments, waivers, reschedulings. Checks, then writes.

Never commits. What an entry would spoil of those on record is refused beside its field.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from db.calendar import LAST_DAY
from db.commands import saving
from db.errors import Violation, raise_on
from db.models import Correction, Payment, Rescheduling, Waiver
from db.queries import repayment as queries
from db.rules import plans, repaying, settling
from db.rules import repayment as facts
from db.rules.coherence import spoilt
from db.rules.columns import check_columns
from db.rules.common import check_range
from db.rules.schedule import check_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from db.rules.plans import OnRecord

_NEWEST: Final = 1 << 62  # the number of a payment that has none yet: after those of its day


# Payments


def check_payment(
    session: Session, loan_id: int, payment_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about a payment's values (rial)."""
    found = list(check_columns(Payment, values))
    receipt_of = queries.same_receipt(
        session, loan_id, str(values.get("receipt_no") or ""), payment_id
    )
    since = None if payment_id else _fits_since(session, loan_id, values)
    if since is not None:
        return [*found, *repaying.check_payment(values, since, receipt_of=receipt_of)]
    of = queries.on_record(session, loan_id)
    rest, payment = _without_payment(of, payment_id), _payment(payment_id, values)
    over, needed = _measured(rest, payment)
    renewed_on = plans.renewed_on(of)
    found += _no_schedule(of, "day")
    found += repaying.check_payment(
        values, plans.paid_out_on(of), over, needed, renewed_on, receipt_of
    )
    if rest is None or payment is None or any(not each.warning for each in found):
        return found
    after = replace(rest, payments=[*rest.payments, payment])
    return [*found, *spoilt(of, after, "amount")]


def save_payment(
    session: Session,
    loan_id: int,
    payment_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Payment:
    """A payment to the bank, in rial. Raises RuleError, ConflictError."""
    payment = saving.fetch(session, Payment, payment_id, version)
    raise_on(check_payment(session, loan_id, payment_id, values))
    return saving.assign(session, payment, {**values, "loan_id": loan_id})


def undo_payment(session: Session, payment_id: int, reason: str) -> None:
    """It counts no more, on any day; the history keeps it. Raises RuleError."""
    payment = session.get_one(Payment, payment_id)
    of = queries.on_record(session, payment.loan_id)
    renewed_on = plans.renewed_on(of)
    if renewed_on is not None and payment.day <= renewed_on:
        raise_on([Violation("archive_reason", "before_rescheduling", (renewed_on,))])
    raise_on(spoilt(of, _without_payment(of, payment_id), "archive_reason"))
    saving.archive(session, Payment, payment_id, reason)


def _fits_since(session: Session, loan_id: int, values: Mapping[str, Any]) -> date | None:
    """The last day with an entry, where a payment after it is plainly within what is owed.

    The stored position says so; all that is on record need not be looked through.
    """
    day, amount = values.get("day"), values.get("amount")
    if day is None or amount is None or values.get("settles"):
        return None
    last = queries.last_position(session, loan_id)
    if last is None or day <= last.since or amount > last.principal + last.profit:
        return None
    return last.since


def _measured(rest: OnRecord | None, payment: facts.Payment | None) -> tuple[int, int | None]:
    """Rial that it leaves over in the end; what it needs, if it is to end the loan."""
    known = plans.facts(rest, LAST_DAY) if rest else None
    if known is None or payment is None:
        return 0, None
    needed = settling.settlement(known, payment.day).total if payment.settles else None
    return settling.excess(known, payment), needed


def _payment(payment_id: int | None, values: Mapping[str, Any]) -> facts.Payment | None:
    day, amount = values.get("day"), values.get("amount")
    if day is None or amount is None or amount <= 0:
        return None
    settles, keeps = (bool(values.get(name)) for name in ("settles", "keeps_credit"))
    return facts.Payment(payment_id or _NEWEST, day, amount, settles, keeps)


def _without_payment(of: OnRecord | None, payment_id: int | None) -> OnRecord | None:
    if of is None:
        return None
    return replace(of, payments=[each for each in of.payments if each.number != payment_id])


# Waivers


def check_waiver(
    session: Session, loan_id: int, waiver_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about a waiver's values (rial)."""
    of, day, amount = queries.on_record(session, loan_id), values.get("day"), values.get("amount")
    rest = _without_waiver(session, loan_id, of, waiver_id)
    known = plans.facts(rest, day) if rest and day else None
    left = settling.state(known, day).penalty_left if known and day else 0
    found = [
        *check_columns(Waiver, values),
        *_no_schedule(of, "day"),
        *repaying.check_waiver(values, left, plans.paid_out_on(of)),
    ]
    if rest is None or day is None or amount is None or found:
        return found
    after = replace(rest, waivers=[*rest.waivers, facts.Waiver(day, amount)])
    return spoilt(of, after, "amount")


def save_waiver(
    session: Session,
    loan_id: int,
    waiver_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Waiver:
    """Penalties of a loan that are forgiven, in rial. Raises RuleError, ConflictError."""
    waiver = saving.fetch(session, Waiver, waiver_id, version)
    raise_on(check_waiver(session, loan_id, waiver_id, values))
    return saving.assign(session, waiver, {**values, "loan_id": loan_id})


def archive_waiver(session: Session, waiver_id: int, reason: str) -> None:
    """The penalty is owed again, on every day. Raises RuleError."""
    loan_id = session.get_one(Waiver, waiver_id).loan_id
    of = queries.on_record(session, loan_id)
    raise_on(spoilt(of, _without_waiver(session, loan_id, of, waiver_id), "archive_reason"))
    saving.archive(session, Waiver, waiver_id, reason)


def _without_waiver(
    session: Session, loan_id: int, of: OnRecord | None, waiver_id: int | None
) -> OnRecord | None:
    if of is None:
        return None
    others = [each for each in queries.waivers(session, loan_id) if each.id != waiver_id]
    return replace(of, waivers=[facts.Waiver(each.day, each.amount) for each in others])


# Reschedulings


def check_rescheduling(
    session: Session, loan_id: int, rescheduling_id: int | None, values: Mapping[str, Any]
) -> list[Violation]:
    """Every complaint about a rescheduling's values."""
    of = queries.on_record(session, loan_id)
    rest = _without_renewal(of, rescheduling_id)
    taken = _taken_over(rest, values.get("since"))
    principal = taken.principal if taken else 1
    given = {**values, "first_due": values.get("first_due_on"), "principal": principal}
    found = [
        *check_columns(Rescheduling, values),
        *check_range(values, "penalty_points", 0, 100),
        *_no_schedule(of, "since"),
        *_paid_out_since(of, values.get("since")),
        *repaying.check_rescheduling(
            given, principal, plans.paid_out_on(of), plans.renewed_on(rest)
        ),
        *(each for each in check_terms(given) if each.field != "principal"),
    ]
    found = list(dict.fromkeys(map(_beside, found)))
    if rest is None or taken is None or any(not each.warning for each in found):
        return found
    renewal = _renewal(rescheduling_id, values, taken)
    return [*found, *spoilt(of, replace(rest, renewals=[*rest.renewals, renewal]), "since")]


def save_rescheduling(
    session: Session,
    loan_id: int,
    rescheduling_id: int | None,
    values: Mapping[str, Any],
    version: int | None = None,
) -> Rescheduling:
    """A new schedule for what is unpaid by the end of a day. Raises RuleError, ConflictError."""
    record = saving.fetch(session, Rescheduling, rescheduling_id, version)
    raise_on(check_rescheduling(session, loan_id, rescheduling_id, values))
    rest = _without_renewal(queries.on_record(session, loan_id), rescheduling_id)
    taken = _taken_over(rest, values["since"])
    assert taken is not None  # else nothing was paid out, which was refused
    made = {"principal": taken.principal, "carried": taken.profit, "loan_id": loan_id}
    return saving.assign(session, record, {**values, **made})


def archive_rescheduling(session: Session, rescheduling_id: int, reason: str) -> None:
    """The schedule before it holds again; only the last can be undone. Raises RuleError."""
    record = session.get_one(Rescheduling, rescheduling_id)
    of = queries.on_record(session, record.loan_id)
    rest = _without_renewal(of, rescheduling_id)
    last = plans.renewed_on(rest)
    if last is not None and last > record.since:
        raise_on([Violation("archive_reason", "before_rescheduling", (last,))])
    raise_on(spoilt(of, rest, "archive_reason"))
    papers = queries.corrections(session, record.loan_id)
    of_it = [each.id for each in papers if each.rescheduling_id == rescheduling_id]
    saving.archive(session, Correction, of_it, reason)
    saving.archive(session, Rescheduling, rescheduling_id, reason)


def _without_renewal(of: OnRecord | None, rescheduling_id: int | None) -> OnRecord | None:
    if of is None:
        return None
    return replace(of, renewals=[each for each in of.renewals if each.id != rescheduling_id])


def _taken_over(of: OnRecord | None, since: date | None) -> facts.Settlement | None:
    """What a rescheduling takes over; None where there is no schedule yet."""
    known = plans.facts(of, since) if of and since else None
    return settling.settlement(known, since) if known and since else None


def _renewal(
    rescheduling_id: int | None, values: Mapping[str, Any], taken: facts.Settlement
) -> plans.Renewal:
    terms = plans.Terms(
        values["method"], values["rate"], values["months"], values["first_due_on"],
        values.get("grace_months") or 0, values.get("grace_profit") or "separate",
        values.get("penalty_points") or 0,
    )  # fmt: skip
    number = rescheduling_id or _NEWEST
    return plans.Renewal(number, values["since"], terms, taken.principal, taken.profit)


def _paid_out_since(of: OnRecord | None, since: date | None) -> Iterator[Violation]:
    """What is paid out after it would be in no schedule."""
    days = [day for day, _ in of.tranches] if of else []
    if since and days and min(days) <= since < max(days):
        yield Violation("since", "paid_out_since", (min(day for day in days if day > since),))


def _beside(violation: Violation) -> Violation:
    if violation.field != "first_due":
        return violation
    return Violation("first_due_on", violation.code, violation.detail, violation.warning)


# All of them


def _no_schedule(of: OnRecord | None, field: str) -> Iterator[Violation]:
    """Nothing can be repaid by a contract that does not say when."""
    if of is not None and of.tranches and of.terms.first_due is None:
        yield Violation(field, "first_due_missing")
