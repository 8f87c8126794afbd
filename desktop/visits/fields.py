"""Every field of a visit, and which of them each screen shows, in order."""

from __future__ import annotations

from db.models.visit import Visit
from desktop import choices, kinds
from desktop.fields import Field

UNIT = Field.of(Visit.unit_id, "واحد", kinds.link("unit"), 26)
DAY = Field.of(Visit.day, "روز پایش", kinds.DAY, 12)
GROUP = Field.of(Visit.group_id, "گروه جهادی", kinds.link("group"), 24)
VISITORS = Field.of(Visit.visitors, "بازدیدکنندگان", kinds.TEXT, 26)
KIND = Field.of(Visit.kind, "نوع", choices.VISIT_KIND, 16)
STATE_SEEN = Field.of(Visit.state_seen, "وضعیت", choices.STATE_SEEN, 10)
HEADS = Field.of(Visit.heads, "شاغلان", kinds.PEOPLE, 8)
CAPACITY = Field.of(Visit.capacity, "ظرفیت", kinds.CAPACITY, 8)
FINDINGS = Field.of(Visit.findings, "یافته‌ها", kinds.NOTE, 40)
NEXT_DUE_ON = Field.of(Visit.next_due_on, "نوبت پایش بعدی", kinds.DAY, 14)
EXERCISE = Field.of(Visit.exercise_id, "رزمایش یا جشنواره", kinds.link("exercise"), 22)
REVIEW = Field.of(Visit.review, "بررسی", choices.REVIEW, 12)
RETURN_REASON = Field.of(Visit.return_reason, "دلیل برگشت", kinds.TEXT, 24)
ARCHIVED_ON = Field.of(Visit.archived_on, "روز بایگانی", kinds.DAY, 12)
ARCHIVE_REASON = Field.of(Visit.archive_reason, "دلیل بایگانی", kinds.TEXT, 24)

# Worked out by `db.queries.visits`
UNIT_CODE = Field("unit_code", "کد واحد", kinds.CODE, 10)
COUNTY = Field("county", "شهرستان", kinds.TEXT, 12)
COUNTY_CHOICE = Field("county_id", "شهرستان", kinds.link("county"), 14, required=True)
DUE = Field("due", "سررسیدشده", kinds.FLAG, 10)

SHOWN = (DAY, UNIT, COUNTY, KIND, STATE_SEEN, HEADS, CAPACITY, REVIEW, GROUP, NEXT_DUE_ON)
TABLE = (*SHOWN, DUE, VISITORS, FINDINGS, EXERCISE, RETURN_REASON, UNIT_CODE, ARCHIVED_ON,
         ARCHIVE_REASON)  # fmt: skip
FORM = {
    "پایش": (UNIT, DAY, GROUP, VISITORS),
    "آنچه دیده شد": (KIND, STATE_SEEN, HEADS, CAPACITY, NEXT_DUE_ON, EXERCISE, FINDINGS),
}
REPORT = (DAY, UNIT, UNIT_CODE, COUNTY, KIND, STATE_SEEN, HEADS, CAPACITY, GROUP, VISITORS, REVIEW,
          NEXT_DUE_ON, DUE, FINDINGS)  # fmt: skip
CARD = (DAY, COUNTY, KIND, STATE_SEEN, HEADS, CAPACITY, GROUP, VISITORS, REVIEW, RETURN_REASON,
        NEXT_DUE_ON, EXERCISE, FINDINGS)  # fmt: skip
