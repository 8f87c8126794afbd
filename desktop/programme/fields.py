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
MONITORING_DAYS = Field.of(Programme.monitoring_days, "پایش بعدی، پس از پایش", kinds.DAYS, 12)
DIAGNOSIS_DAYS = Field.of(Programme.diagnosis_days, "پایش بعدی، پس از عارضه‌یابی", kinds.DAYS, 12)
FOLLOW_UP_DAYS = Field.of(Programme.follow_up_days, "پایش بعدی، پس از پایش احیاشده", kinds.DAYS, 12)
APPLIED_DAYS = Field.of(Programme.applied_days, "ماندن در «درخواست»", kinds.DAYS, 12)
INTRODUCED_DAYS = Field.of(Programme.introduced_days, "ماندن در «معرفی به بانک»", kinds.DAYS, 12)
APPROVED_DAYS = Field.of(Programme.approved_days, "ماندن در «تصویب»", kinds.DAYS, 12)
CONTRACT_DAYS = Field.of(Programme.contract_days, "ماندن در «قرارداد»", kinds.DAYS, 12)
DOCUMENT_MEBIBYTES = Field.of(Programme.document_mebibytes, "بزرگ‌ترین سند", kinds.MEBIBYTES, 12)
MILESTONE_DAY = Field.of(Milestone.day, "روز", kinds.DAY, 12)
MILESTONE_UNITS = Field.of(Milestone.units, "شمار کل واحدها تا آن روز", kinds.UNITS, 12)

FORM = {
    "برنامه": (TITLE, ORGANISATION, TARGET_UNITS, DEADLINE, STARTS_ON),
    "مبنا: آنچه پیش از آغاز ثبت به دست آمده است": (
        BASELINE_ON, BASELINE_KIND, BASELINE_UNITS, BASELINE_JOBS,
    ),
    "آستانه‌ها": (REVIVED_CAPACITY, FOLLOW_UP_MONTHS, DOCUMENT_MEBIBYTES),
    "نوبت پایش بعدی": (MONITORING_DAYS, DIAGNOSIS_DAYS, FOLLOW_UP_DAYS),
    "بیشترین ماندن تسهیلات در هر مرحله": (
        APPLIED_DAYS, INTRODUCED_DAYS, APPROVED_DAYS, CONTRACT_DAYS,
    ),
}  # fmt: skip
FIRST = {
    "برنامه": (TITLE, ORGANISATION, TARGET_UNITS, DEADLINE),
    "مبنا: آنچه پیش از آغاز ثبت به دست آمده است": (BASELINE_ON, BASELINE_UNITS, BASELINE_JOBS),
}
