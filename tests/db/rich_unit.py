"""A unit to which everything that is recorded has happened, from its finding to its second stop."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.calendar import from_jalali
from db.commands import documents, repayment
from db.commands.loans import save_loan, save_tranche
from db.models import Action, Agency, Exercise, JihadiGroup, Obstacle, ObstacleKind, Revival, Visit
from tests.db.making import add_revival, add_unit

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

LAST = from_jalali("1402/11/20")


def day(text: str) -> date:
    return from_jalali(f"1402/{text}")


def visit(unit_id: int, on: str, **values: Any) -> Visit:
    given = {
        "kind": "monitoring", "state_seen": "stagnant", "heads": 2, "capacity": 0,
        "review": "accepted", "visitors": "مریم کاظمی، رضا دهقان", **values,
    }  # fmt: skip
    return Visit(unit_id=unit_id, day=day(on), **given)


def add_rich_unit(session: Session, *, photos: tuple[bytes, ...] = (), **more: Any) -> int:
    """The id; the photos are added by turns as «before» and «after»."""
    group = JihadiGroup(name="گروه جهادی شهید رجایی")
    exercise = Exercise(name="رزمایش نخست صنعت و معدن", starts_on=day("03/01"))
    agency = Agency(name="شرکت توزیع نیروی برق شیراز")
    session.add_all([group, exercise, agency])
    session.flush()
    kinds = session.scalars(select(ObstacleKind).order_by(ObstacleKind.id)).all()
    values = {
        "name": "نخ‌ریسی گلستان فارس",
        "found_jobs": 4,
        "found_capacity": 0,
        "stagnant_since": from_jalali("1399/06/01"),
        "registered_on": day("02/01"),
        "group_id": group.id,
        **more,
    }
    unit_id = add_unit(session, **values).id
    session.add_all(
        [
            visit(unit_id, "02/10", group_id=group.id, findings="سالن تولید خاموش است."),
            visit(
                unit_id, "03/02", group_id=group.id, kind="deep_diagnosis",
                state_seen="semi_stagnant", capacity=10, exercise_id=exercise.id,
                findings="بدهی برق و نبود نقدینگی برای خرید پنبه؛ ماشین‌ها سالم‌اند.",
            ),
            visit(unit_id, "06/20", kind="follow_up", state_seen="active", heads=14, capacity=65),
            visit(unit_id, "06/25", review="draft", kind="follow_up", state_seen="active"),
            visit(unit_id, "07/01", review="returned", return_reason="شمار شاغلان نوشته نشده"),
        ]
    )  # fmt: skip
    session.flush()
    obstacles = [
        Obstacle(unit_id=unit_id, kind_id=kinds[0].id, severity="high", main=True,
                 found_on=day("03/02"), removed_on=day("05/30"), removed_by="بانک سپه",
                 removal="تسهیلات سرمایه در گردش پرداخت شد"),
        Obstacle(unit_id=unit_id, kind_id=kinds[11].id, severity="medium", agency_id=agency.id,
                 found_on=day("03/02"), note="قطعی برق دو روز در هفته"),
        Obstacle(unit_id=unit_id, kind_id=kinds[4].id, severity="low", found_on=day("03/02")),
    ]  # fmt: skip
    session.add_all(obstacles)
    session.flush()
    session.add_all(
        [
            Action(unit_id=unit_id, obstacle_id=obstacles[1].id, kind="resolution",
                   what="معافیت واحد از قطعی برق در ساعت کار", agency_id=agency.id,
                   decided_on=day("03/10"), due_on=day("03/25")),
            Action(unit_id=unit_id, what="معرفی به بانک سپه برای تسهیلات", person="رضا دهقان",
                   decided_on=day("03/12"), due_on=day("03/20"), done_on=day("03/19"),
                   result="done", outcome="معرفی‌نامه فرستاده شد"),
            Action(unit_id=unit_id, what="بازدید کارشناس رسمی", decided_on=day("04/01"),
                   done_on=day("04/30"), result="not_done", outcome="کارشناس نیامد"),
        ]
    )  # fmt: skip
    _loans(session, unit_id)
    add_revival(session, unit_id, returned_on=day("06/01"), jobs_after=14, capacity_after=65,
                stopped_on=day("10/01"), stop_reason="قطعی گاز زمستان")  # fmt: skip
    add_revival(session, unit_id, returned_on=day("11/10"), jobs_after=11, capacity_after=55)
    _documents(session, unit_id, photos)
    return unit_id


def _loans(session: Session, unit_id: int) -> None:
    paid = save_loan(session, None, {
        "unit_id": unit_id, "bank_id": 6, "amount_asked": 12_000_000_000,
        "amount_approved": 10_000_000_000, "applied_on": day("03/20"),
        "introduced_on": day("03/25"), "approved_on": day("04/20"), "contract_on": day("05/01"),
        "contract_no": "۱۴۰۲/۱۲۳", "first_due_on": day("06/10"),
    }).id  # fmt: skip
    for on, amount in (("05/10", 6_000_000_000), ("05/28", 4_000_000_000)):
        save_tranche(session, paid, None, {"day": day(on), "amount": amount})
    repayment.save_payment(session, paid, None, {
        "day": day("06/12"), "amount": 500_000_000, "receipt_no": "۹۱۲",
    })  # fmt: skip
    late = {"day": day("09/01"), "amount": 1_000_000, "reason": "مصوبهٔ ستاد تسهیل"}
    repayment.save_waiver(session, paid, None, late)
    repayment.save_rescheduling(session, paid, None, {
        "since": day("10/01"), "method": "annuity", "rate": Decimal(4), "months": 24,
        "first_due_on": day("11/01"), "reason": "قطعی گاز زمستان",
    })  # fmt: skip
    save_loan(session, None, {
        "unit_id": unit_id, "bank_id": 3, "amount_asked": 5_000_000_000,
        "applied_on": day("07/01"), "rejected_on": day("08/01"), "purpose": "fixed_capital",
    })  # fmt: skip


def _documents(session: Session, unit_id: int, photos: tuple[bytes, ...]) -> None:
    documents.add(session, unit_id, b"%PDF-1.4 licence", {
        "kind": "licence", "file_name": "پروانه.pdf", "title": "پروانهٔ بهره‌برداری",
    })  # fmt: skip
    documents.add(session, unit_id, b"%PDF-1.4 list", {
        "kind": "insured_list", "file_name": "بیمه.pdf", "title": "فهرست بیمه‌شدگان شهریور",
        "day": day("06/31"), "heads": 14, "capacity": 62,
    })  # fmt: skip
    for number, data in enumerate(photos):
        documents.add(session, unit_id, data, {
            "kind": ("photo_before", "photo_after")[number % 2], "file_name": f"{number}.png",
            "title": ("سالن خاموش", "خط ریسندگی در کار")[number % 2],
            "day": day(("02/10", "06/20")[number % 2]),
        })  # fmt: skip


def revivals(session: Session, unit_id: int) -> list[Revival]:
    return list(session.scalars(select(Revival).where(Revival.unit_id == unit_id)))
