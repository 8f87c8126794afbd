"""Makes the file of today's schema that later programs have to open.

`python -m tests.db.make_old_file`, once for each schema, before it is released: a file that was
released is never made again.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import migrate
from db.commands import (
    documents,
    exercises,
    loans,
    lookups,
    programme,
    repayment,
    saving,
    units,
    volunteers,
)
from db.database import existing
from db.driver import driver
from db.history import plain
from db.models import (
    Action,
    Award,
    Call,
    Correction,
    County,
    Document,
    Estate,
    Exercise,
    Holiday,
    Instalment,
    JihadiGroup,
    Loan,
    Milestone,
    Obstacle,
    Participation,
    Payment,
    Position,
    Programme,
    Rescheduling,
    Revival,
    Tranche,
    Unit,
    Visit,
    Volunteer,
    Waiver,
)
from db.queries import progress
from db.queries.units import revivals
from tests.db.making import (
    add_action,
    add_loan,
    add_obstacle,
    add_revival,
    add_tranche,
    add_unit,
    add_visit,
    approved,
    loan_values,
    revival_values,
)
from tests.db.repayments import (
    PAID_OUT,
    add_call,
    add_correction,
    add_lent,
    add_payment,
    add_rescheduling,
    add_waiver,
    after,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FOLDER = Path(__file__).parents[1] / "data" / "old_files"
MODELS = (Programme, Milestone, County, Estate, JihadiGroup, Unit, Revival, Loan, Tranche,
          Volunteer,
          Visit, Obstacle, Action, Exercise, Participation, Award, Document,
          Holiday, Payment, Waiver, Rescheduling, Correction, Call,
          Instalment, Position)  # fmt: skip
DAYS = (date(2023, 4, 1), date(2023, 6, 15), date(2023, 12, 1), date(2024, 3, 19))
FIGURES = ("revived", "claimed", "sustained", "running", "remaining", "direct_jobs", "units",
           "groups", "exercises")  # fmt: skip


def fill(session: Session) -> None:
    """Some of everything, changed and archived too."""
    plan = programme.save_programme(session, {"target_units": 420, "organisation": None}, None)
    corners = [(date(2023, 9, 1), 200), (date(2023, 12, 1), 300)]
    programme.save_milestones(session, plan.id, corners)
    programme.save_milestones(session, plan.id, [(date(2023, 9, 1), 210)])
    lookups.archive(session, County, 36, "ادغام شد")
    group = lookups.save(session, JihadiGroup, None, {"name": "گروه شهید چمران", "active": True})
    estate = {"name": "شهرک صنعتی نی‌ریز", "county_id": 14, "kind": "estate"}
    lookups.save(session, Estate, None, estate)
    _add_units(session, group.id)
    _add_loans(session)
    _add_field_work(session, group.id)
    _add_repayment(session)


def _add_field_work(session: Session, group_id: int) -> None:
    """A journey to a revival that is shown, one that is not, and a festival."""
    member = {"name": "زهرا کاظمی", "group_id": group_id, "national_code": "0790419904"}
    volunteers.save_volunteer(session, None, member)
    found = add_visit(session, 1, kind="deep_diagnosis", state_seen="stagnant", heads=2, capacity=0,
                      day=date(2023, 5, 1), group_id=group_id)  # fmt: skip
    obstacle = add_obstacle(session, 1, visit_id=found.id, main=True)
    add_action(session, 1, obstacle_id=obstacle.id)
    add_visit(session, 1, day=date(2023, 10, 15), group_id=group_id)
    add_visit(session, 2, day=date(2023, 8, 1), review="draft")
    fair = {"name": "جشنوارهٔ گل", "kind": "festival", "starts_on": date(2023, 6, 1)}
    festival = exercises.save_exercise(session, None, fair)
    exercises.add_groups(session, festival.id, [group_id])
    prize = {"group_id": group_id, "rank": 1, "title": "برگزیده"}
    exercises.save_award(session, festival.id, None, prize)
    documents.add(session, 1, b"%PDF-1.7 made up", {"file_name": "پروانه.pdf", "kind": "licence"})


def _add_repayment(session: Session) -> None:
    """A loan in two tranches that has fallen behind, with a rescheduling; one by the paper."""
    seen = add_visit(session, 3, day=after(20), kind="monitoring")
    lent = add_lent(session, 7_000_000, unit_id=3, method="annuity", grace_months=2,
                    contract_no="1401/7").id  # fmt: skip
    second = {"day": after(25), "amount": 5_000_000, "visit_id": seen.id}
    loans.save_tranche(session, lent, None, second)
    add_payment(session, lent, receipt_no="12/1")
    wrong = add_payment(session, lent, day=after(61), receipt_no="12/2")
    repayment.undo_payment(session, wrong.id, "رسید دیگری بود")
    add_waiver(session, lent, day=after(150), amount=1000)
    add_call(session, lent)
    add_rescheduling(session, lent)
    add_payment(session, lent, day=after(260), amount=2_500_000)
    exact = add_lent(session, unit_id=2, branch="بازار").id
    add_correction(session, exact)
    add_payment(session, exact, day=PAID_OUT, amount=13_200_000, keeps_credit=True)
    lookups.save(session, Holiday, None, {"day": date(2024, 3, 20), "name": "عید نوروز"})
    lookups.archive(session, Holiday, 1, "دو بار نوشته شده بود")


def _add_units(session: Session, group_id: int) -> None:
    first = add_unit(
        session, name="نخ‌ریسی پارس", group_id=group_id, licence_no="12/34",
        national_code="0790419904", nominal_capacity=Decimal("1250.5"), capacity_measure="تن",
        latitude=Decimal("29.591768"), longitude=Decimal("52.583698"), note="سطر نخست\nسطر دوم",
        stagnant_since=date(2019, 3, 21), found_capacity=0,
    )  # fmt: skip
    units.save_unit(session, first.id, {**saving.values_of(first), "owner": "کاظم گلچین"}, 1)
    add_revival(session, first.id, stopped_on=date(2023, 8, 1), stop_reason="نبود مواد اولیه")
    add_revival(session, first.id, returned_on=date(2023, 10, 1), jobs_after=12)
    second = add_unit(session, name="چینی‌سازی ژاله", county_id=2, found_state="semi_stagnant")
    add_revival(session, second.id, returned_on=date(2023, 7, 1), jobs_after=2)
    third = add_unit(session, name="آجر گنبد", county_id=2, registered_on=date(2022, 1, 1))
    add_revival(session, third.id, returned_on=date(2022, 5, 5))
    wrong = add_revival(session, third.id, **_stopped(session, third.id))
    units.archive_revival(session, wrong.id, "اشتباه وارد شد")
    gone = add_unit(session, name="واحد تکراری")
    add_revival(session, gone.id)
    units.archive_unit(session, gone.id, "تکراری بود")


def _stopped(session: Session, unit_id: int) -> dict[str, Any]:
    running = revivals(session, unit_id)[0]
    values = {**revival_values(), **saving.values_of(running), "stopped_on": date(2023, 2, 1)}
    units.save_revival(session, unit_id, running.id, values, 1)
    return {"returned_on": date(2023, 6, 1)}


def _add_loans(session: Session) -> None:
    paid = add_loan(
        session, 1, rate=Decimal("4.5"), sheba="IR820540102680020817909002",
        **approved(amount_approved=1_000_000_000_000),
    )  # fmt: skip
    add_tranche(session, paid.id, 400_000_000_000)
    wrong = add_tranche(session, paid.id, 1, date(2023, 6, 1))
    loans.archive_tranche(session, wrong.id, "اشتباه وارد شد")
    rejected = add_loan(session, 2, bank_id=2)
    values = loan_values(2, bank_id=2, rejected_on=date(2023, 9, 9))
    loans.save_loan(session, rejected.id, values, 1)
    gone = add_loan(session, 3)
    loans.archive_loan(session, gone.id, "پس گرفته شد")


def facts(session: Session) -> dict[str, Any]:
    """What a later program has to find in the file."""
    return {
        "figures": {
            day.isoformat(): {name: getattr(found, name) for name in FIGURES}
            | {"approved": found.loans.approved, "paid_out": found.loans.paid_out}
            for day in DAYS
            for found in [progress.figures(session, day)]
        },
        "rows": {
            model.__tablename__: [
                {name: plain(value) for name, value in saving.values_of(row).items()}
                for row in session.scalars(select(model).order_by(model.id))
            ]
            for model in MODELS
        },
    }


def main() -> None:
    file = FOLDER / f"{migrate.HEAD}.ehya"
    programme.create_file(file, {**programme.DEFAULTS, "baseline_on": date(2023, 3, 20)})
    database = existing(file)
    with database.write() as session:
        fill(session)
    with database.read() as session:
        told = json.dumps(facts(session), ensure_ascii=False, indent=1)
    database.close()
    with driver().connect(file) as raw:
        raw.execute("VACUUM")
    raw.close()
    file.with_suffix(".json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
