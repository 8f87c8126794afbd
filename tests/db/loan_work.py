"""Made-up repayments over the loans of a file: of every sort, behind and ahead, some undone."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.calendar import add_months, from_jalali
from db.commands import corrections, repayment
from db.errors import RuleError
from db.models import Call, Holiday, Loan, Payment, Tranche, Unit, Waiver
from db.queries import repayment as queries
from db.rules import plans, settling

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ARCHIVED = {"archived_on": date(2024, 1, 1), "archive_reason": "دو بار ثبت شده بود"}
PEOPLE = ("", "مالک", "گلچین (مدیر)", "یزدانی", "ژاله کاظمی")
WORDS = ("", "هفتهٔ آینده می‌پردازد", "پاسخ نداد", "نقدینگی ندارد")
TWICE = from_jalali("1402/11/15")  # a day with two holidays


def add_loan_work(session: Session, seed: int = 6) -> None:
    """Schedules for the loans that were paid out, and what came of them."""
    made = Random(seed)
    session.add_all(
        [
            Holiday(day=TWICE, name="یکم"),
            Holiday(day=TWICE, name="دوم"),
            Holiday(day=TWICE + timedelta(days=1), name="به اشتباه", **ARCHIVED),
        ]
    )
    for loan in session.scalars(select(Loan).order_by(Loan.id)).all():
        days = [t.day for t in _tranches(session, loan.id)]
        if days and loan.contract_on is not None and made.randrange(12) != 0:
            _schedule(loan, min(days), made)
    session.flush()
    with session.no_autoflush:
        for loan in session.scalars(select(Loan).where(Loan.first_due_on.is_not(None))).all():
            _of_loan(session, loan, made)
    session.flush()


def _tranches(session: Session, loan_id: int) -> Any:
    query = select(Tranche).where(Tranche.loan_id == loan_id, Tranche.archived_on.is_(None))
    return session.scalars(query).all()


def _schedule(loan: Loan, paid_out_on: date, made: Random) -> None:
    """Short enough that some loans are repaid within the days of the sample."""
    loan.months = made.choice((13, 14, 18, 24))  # of 13 the last fee of a qarz is nothing
    loan.grace_months = made.choice((0, 0, 1, 2))
    loan.grace_profit = made.choice(("separate", "spread", "capitalised"))
    loan.first_due_on = add_months(paid_out_on, 1 + loan.grace_months) + timedelta(
        days=made.randrange(3)
    )


def _of_loan(session: Session, loan: Loan, made: Random) -> None:
    unit = session.get_one(Unit, loan.unit_id)
    if loan.archived_on is None and unit.archived_on is None:
        _pay(session, loan, made)
    _call(session, loan, made)


def _pay(session: Session, loan: Loan, made: Random) -> None:
    known = queries.on_record(session, loan.id)
    versions = plans.versions(known) if known else []
    if known is None or not versions:
        return
    if made.randrange(6) == 0:
        row = versions[-1].rows[2]
        with suppress(RuleError):
            corrections.save_corrections(
                session, loan.id, None, [row._replace(profit=row.profit + 7)]
            )
    start, usual = versions[0].since, versions[-1].rows[1].total
    for place in range(made.randrange(9)):
        session.add(
            Payment(
                loan_id=loan.id, day=start + timedelta(days=30 * place + made.randrange(60)),
                amount=made.choice((usual, usual, usual // 2 + 1, usual * 2, 1_000_003)),
                settles=made.randrange(15) == 0, keeps_credit=True, **_perhaps(made),
            )
        )  # fmt: skip
    if made.randrange(5) == 0:
        session.add(
            Waiver(loan_id=loan.id, day=start + timedelta(days=200), amount=20_000,
                   reason="مصوبه", **_perhaps(made))
        )  # fmt: skip
    session.flush()
    if made.randrange(4) == 0:
        _reschedule(session, loan, made)


def _reschedule(session: Session, loan: Loan, made: Random) -> None:
    """After all that was entered, so that it takes over what was owed."""
    known = queries.on_record(session, loan.id)
    facts = plans.facts(known, date(2024, 2, 1)) if known else None
    if facts is None:
        return
    last = max([facts.plans[0].since, *(each.day for each in facts.payments)])
    since = max(last, facts.plans[0].since + timedelta(days=made.randrange(90, 250)))
    if not settling.settlement(facts, since).principal:
        return
    values = {
        "since": since, "method": made.choice(("annuity", "flat_2400", "qarz_11_plus_1")),
        "rate": 18, "months": made.choice((6, 12)), "first_due_on": add_months(since, 1),
        "grace_months": 0, "grace_profit": "separate", "penalty_points": 6, "reason": "امهال",
    }  # fmt: skip
    with suppress(RuleError):
        repayment.save_rescheduling(session, loan.id, None, values)


def _call(session: Session, loan: Loan, made: Random) -> None:
    for _ in range(made.choice((0, 0, 1, 1, 2, 3))):
        day = (loan.first_due_on or loan.applied_on) + timedelta(days=made.randrange(-20, 300))
        again = day + timedelta(days=made.randrange(1, 60)) if made.randrange(3) else None
        session.add(
            Call(loan_id=loan.id, day=day, spoke_to=made.choice(PEOPLE), again_on=again,
                 note=made.choice(WORDS), **_perhaps(made))
        )  # fmt: skip


def _perhaps(made: Random) -> dict[str, Any]:
    return ARCHIVED if made.randrange(9) == 0 else {}
