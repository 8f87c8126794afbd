"""The fields of the programme: its target, its deadline, its baseline."""

from __future__ import annotations

from db.models.programme import Milestone, Programme
from desktop import choices, kinds
from desktop.fields import Field

TITLE = Field.of(Programme.title, "عنوان برنامه", kinds.TEXT, 50)
ORGANISATION = Field.of(Programme.organisation, "سازمان", kinds.TEXT, 50)
TARGET_UNITS = Field.of(Programme.target_units, "هدف (شمار کل واحدهای احیاشده)", kinds.UNITS, 12)
DEADLINE = Field.of(Programme.deadline, "مهلت", kinds.DAY, 12)
STARTS_ON = Field.of(Programme.starts_on, "آغاز برنامه", kinds.DAY, 12)
BASELINE_ON = Field.of(Programme.baseline_on, "روز مبنا", kinds.DAY, 12)
BASELINE_UNITS = Field.of(Programme.baseline_units, "واحدهای احیاشده تا روز مبنا", kinds.UNITS, 12)
BASELINE_JOBS = Field.of(Programme.baseline_jobs, "اشتغال مستقیم تا روز مبنا", kinds.PEOPLE, 12)
BASELINE_KIND = Field.of(
    Programme.baseline_kind, "مبنا از کجا شمرده شود", choices.BASELINE_KIND, 16
)
REVIVED_CAPACITY = Field.of(Programme.revived_capacity, "کمترین ظرفیت واحد احیاشده", kinds.RATE, 12)
FOLLOW_UP_MONTHS = Field.of(Programme.follow_up_months, "مدت پیگیری تا پایداری", kinds.MONTHS, 12)
MILESTONE_DAY = Field.of(Milestone.day, "روز", kinds.DAY, 12)
MILESTONE_UNITS = Field.of(Milestone.units, "شمار کل واحدها تا آن روز", kinds.UNITS, 12)

FORM = {
    "برنامه": (TITLE, ORGANISATION, TARGET_UNITS, DEADLINE, STARTS_ON),
    "مبنا: آنچه پیش از آغاز ثبت به دست آمده است": (
        BASELINE_ON, BASELINE_KIND, BASELINE_UNITS, BASELINE_JOBS,
    ),
    "آستانه‌ها": (REVIVED_CAPACITY, FOLLOW_UP_MONTHS),
}  # fmt: skip
FIRST = {
    "برنامه": (TITLE, ORGANISATION, TARGET_UNITS, DEADLINE),
    "مبنا: آنچه پیش از آغاز ثبت به دست آمده است": (BASELINE_ON, BASELINE_UNITS, BASELINE_JOBS),
}
